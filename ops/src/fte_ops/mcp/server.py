"""The protocol: five tools over standard input and output."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Final

import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server

from fte.background import end
from fte.errors import SuiteError
from fte.knowledge.embedder import open_embedder
from fte.observability import configure_logging
from fte.settings import Settings
from fte.wiring import open_core
from fte_agent import INPUTS, OFFLINE, AgentResources, model_factory
from fte_ops.dryrun import desk
from fte_ops.mcp.customers import SOURCE
from fte_ops.mcp.tickets import NAMES_NO_TICKET, TicketDesk

DESCRIPTIONS: Final = {
    "create_ticket": "Take a customer's issue and open its ticket, or continue the one it belongs to. Always the first "
    "call. customer_id is the id of a known customer, or the e-mail address or phone number to reach one at.",
    "get_customer_history": "What this customer wrote before and what was answered, as far as the address that is "
    "answered may see it.",
    "search_knowledge_base": "Search TechCorp's documentation: articles with their passages, best first, each with a "
    "score from 0 to 1; below 0.5 an article is usually the wrong one.",
    "send_response": "Send the answer to the customer, and finish. message is the core of the answer: greeting, "
    "links, reference and signature are added. It is refused when it breaks a rule, or when people have to take over.",
    "escalate_to_human": "Hand the case to the team in charge, tell the customer so, and finish.",
}

INSTRUCTIONS: Final = (
    "You answer TechCorp's customers. For each matter: create_ticket, get_customer_history, search_knowledge_base, "
    "then either send_response or escalate_to_human. Calls out of this order are refused. Say only what the "
    "documentation says; no prices, no promises. Tickets of several customers may be open at once: then every call "
    "after create_ticket needs its ticket_id."
)


@asynccontextmanager
async def opened(settings: Settings, *, live: bool) -> AsyncIterator[TicketDesk]:
    """A desk on a throw-away database, or on the real one. Raises `Unavailable`, `SettingsError`."""
    configure_logging("fte", "WARNING")
    if not live:
        async with desk.opened(settings, OFFLINE) as dry:
            yield (tickets := TicketDesk(dry.agent))
            await tickets.close()
        return
    core = await open_core(SOURCE)
    agent = AgentResources(core, open_embedder(settings), model_factory(settings, None))
    tickets = TicketDesk(agent)
    try:
        yield tickets
    finally:
        await tickets.close()
        await agent.close()


async def serve(settings: Settings, *, live: bool) -> None:
    """Answer a client's calls, one after the other, until it closes its end.

    The first throw-away database takes longer than clients wait for a greeting, so the desk is opened meanwhile: only
    the calls of tools wait for it. One that cannot be opened is an error of the call, and tried again for the next.
    """
    async with AsyncExitStack() as held:
        desk = _Desk(lambda: held.enter_async_context(opened(settings, live=live)))
        try:
            async with stdio_server() as (reading, writing):
                server = protocol(desk)
                await server.run(reading, writing, server.create_initialization_options())
        finally:
            await end(desk.opening)


class _Desk:
    """The desk, which is opened at once, and anew for a call after that failed."""

    def __init__(self, open_: Callable[[], Coroutine[Any, Any, TicketDesk]]) -> None:
        self._open = open_
        self.opening = asyncio.create_task(open_())

    async def __call__(self) -> TicketDesk:
        if self.opening.done() and self.opening.exception() is not None:
            self.opening = asyncio.create_task(self._open())
        return await asyncio.shield(self.opening)


def protocol(desk: Callable[[], Awaitable[TicketDesk]]) -> Server[Any]:
    """The five tools at `desk`."""
    one_at_a_time = asyncio.Lock()

    async def list_tools(_context: Any, _params: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_tool(name) for name in DESCRIPTIONS])

    async def called(name: str, arguments: Mapping[str, Any]) -> tuple[str, bool]:
        try:
            tickets = await desk()
        except SuiteError as error:
            return str(error), False
        said = await tickets.call(name, arguments)
        return said.text, said.accepted

    async def call_tool(_context: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        if params.name not in DESCRIPTIONS:
            text, accepted = f"there is no tool {params.name!r}", False
        else:
            async with one_at_a_time:
                text, accepted = await called(params.name, params.arguments or {})
        return types.CallToolResult(content=[types.TextContent(type="text", text=text)], is_error=not accepted)

    return Server(
        "techcorp-customer-success", instructions=INSTRUCTIONS, on_list_tools=list_tools, on_call_tool=call_tool
    )


def _tool(name: str) -> types.Tool:
    schema = INPUTS[name].model_json_schema()
    if name == "create_ticket" or name == "get_customer_history":
        # An address will do as well; the id is put in its place.
        schema["properties"]["customer_id"] = {"type": "string", "title": "Customer Id"}
    if name in NAMES_NO_TICKET:
        schema["properties"]["ticket_id"] = {
            "type": "string",
            "title": "Ticket Id",
            "description": "The open ticket that this is for; may be left out while only one is open.",
        }
    return types.Tool(name=name, description=DESCRIPTIONS[name], input_schema=schema)
