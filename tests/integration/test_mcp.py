"""`fte mcp`: the five tools over stdio, driven by the protocol's own client, on a throw-away and on a live database."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from mcp import Client, StdioServerParameters
from psycopg.rows import dict_row

from fte_agent.wiring import AgentResources
from fte_ops.mcp import tickets
from fte_ops.mcp.server import protocol
from fte_ops.mcp.tickets import TicketDesk

ARTICLES = Path(__file__).resolve().parents[2] / "knowledge"
TOOLS = ["create_ticket", "get_customer_history", "search_knowledge_base", "send_response", "escalate_to_human"]
Rows = Callable[..., Awaitable[list[dict[str, Any]]]]

ISSUE = "How do I reset my password? The link never arrives."

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def served(database: str, *options: str) -> AsyncIterator[Client]:
    """A client of `fte mcp`."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("FTE_", "OPENAI_"))},
        "DATABASE_URL": database,
        "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1",
        "FTE_KNOWLEDGE_DIR": str(ARTICLES),
    }
    command = StdioServerParameters(command=sys.executable, args=["-m", "fte_ops", "mcp", *options], env=environment)
    # The first call waits for the articles of a new throw-away database.
    async with Client(command, read_timeout_seconds=300) as client:
        yield client


async def said(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    """What a call that is let through answers."""
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    return dict(json.loads(result.content[0].text))


async def refused(client: Client, tool: str, **arguments: Any) -> str:
    """Why a call is not let through."""
    result = await client.call_tool(tool, arguments)
    assert result.is_error
    return str(result.content[0].text)


def issue(customer: object, text: str = ISSUE, channel: str = "email") -> dict[str, Any]:
    return {"customer_id": str(customer), "issue": text, "category": "account_access", "channel": channel}


def answer(ticket: Mapping[str, Any], message: str, channel: str = "email") -> dict[str, Any]:
    return {
        "reasoning": "The article says so.",
        "ticket_id": ticket["ticket_id"],
        "message": message,
        "channel": channel,
        "articles": ["password-reset"],
    }


async def test_five_tools_in_their_order(database_server: str) -> None:
    """A whole matter on a throw-away database; what is out of order, invented or forbidden is refused."""
    customer = "ann@customer.example"
    async with served(database_server) as client:
        listed = (await client.list_tools()).tools
        assert [tool.name for tool in listed] == TOOLS
        assert listed[0].input_schema["properties"]["channel"]["$ref"].endswith("Channel")

        assert "create_ticket comes first" in await refused(client, "search_knowledge_base", query=ISSUE)
        assert "channel is one of" in await refused(client, "create_ticket", **issue(customer, channel="fax"))
        assert "phone number" in await refused(client, "create_ticket", **issue(customer, channel="whatsapp"))
        assert "no customer with this id" in await refused(client, "create_ticket", **issue(uuid4()))

        ticket = await said(client, "create_ticket", **issue(customer))
        assert ticket["new"]
        assert "already_called" in await refused(client, "create_ticket", **issue(customer))
        assert "out_of_order" in await refused(client, "send_response", **answer(ticket, "Hello."))
        assert "foreign_id" in await refused(client, "get_customer_history", customer_id=str(uuid4()))
        history = await said(client, "get_customer_history", customer_id=customer)
        assert history["messages"] == []
        found = await said(client, "search_knowledge_base", query=ISSUE)
        assert found["articles"][0]["slug"] == "password-reset"

        assert "policy" in await refused(client, "send_response", **answer(ticket, "A new password costs $5."))
        assert "foreign_id" in await refused(client, "send_response", **answer({"ticket_id": str(uuid4())}, "Hello."))
        message = "Choose Forgot password on the sign-in page, and open the link in the mail within the hour."
        assert (await said(client, "send_response", **answer(ticket, message)))["status"] == "queued"
        assert "create_ticket comes first" in await refused(client, "send_response", **answer(ticket, message))

        again = await said(client, "create_ticket", **issue("+14155550123", channel="whatsapp"))
        assert again["reference"] != ticket["reference"]


async def test_what_people_have_to_answer_is_not_answered(database_server: str) -> None:
    async with served(database_server) as client:
        text = "I want my money back for last month, refund me please."
        ticket = await said(client, "create_ticket", **issue("ann@customer.example", text, "webform"))
        await said(client, "get_customer_history", customer_id="ann@customer.example")
        await said(client, "search_knowledge_base", query=text)
        why = await refused(client, "send_response", **answer(ticket, "Here is our policy.", "webform"))
        assert "must_hand_over" in why
        done = await said(
            client,
            "escalate_to_human",
            reasoning="It is about money.",
            ticket_id=ticket["ticket_id"],
            reason="refund_request",
        )
        assert (done["status"], done["team"]) == ("queued", "finance")


async def test_several_tickets_are_open_at_once(database_server: str) -> None:
    """Each with its own order, customer and address; a call that could be for either is for none."""
    async with served(database_server) as client:
        ann = await said(client, "create_ticket", **issue("ann@customer.example"))
        assert (await said(client, "get_customer_history", customer_id="ann@customer.example"))["messages"] == []
        bob = await said(client, "create_ticket", **issue("+14155550123", channel="whatsapp"))
        assert ann["ticket_id"] != bob["ticket_id"]

        why = await refused(client, "search_knowledge_base", query=ISSUE)
        assert why == f"rejected: which_ticket: ticket_id is one of {ann['ticket_id']}, {bob['ticket_id']}"
        # Ann's history was read, Bob's was not.
        assert "out_of_order" in await refused(client, "search_knowledge_base", query=ISSUE, ticket_id=bob["ticket_id"])
        await said(client, "search_knowledge_base", query=ISSUE, ticket_id=ann["ticket_id"])

        bobs = {"ticket_id": bob["ticket_id"]}
        assert "foreign_id" in await refused(client, "get_customer_history", customer_id="ann@customer.example", **bobs)
        await said(client, "get_customer_history", customer_id="+14155550123", **bobs)
        assert "foreign_id" in await refused(client, "send_response", **answer(ann, "Hello.", "whatsapp"))

        message = "Choose Forgot password on the sign-in page, and open the link in the mail within the hour."
        assert (await said(client, "send_response", **answer(ann, message)))["status"] == "queued"
        assert "foreign_id" in await refused(client, "send_response", **answer(ann, message))
        await said(client, "search_knowledge_base", query=ISSUE)
        assert (await said(client, "send_response", **answer(bob, message, "whatsapp")))["status"] == "queued"
        assert "create_ticket comes first" in await refused(client, "search_knowledge_base", query=ISSUE)


async def test_a_refused_ticket_stores_nothing(database_server: str) -> None:
    """One ticket for each customer at a time, and only from a call that is as it should be."""
    async with served(database_server) as client:
        why = await refused(client, "create_ticket", **issue("ann@customer.example"), priority="at once")
        assert why == "rejected: bad_arguments: priority"
        ticket = await said(client, "create_ticket", **issue("ann@customer.example"))
        why = await refused(client, "create_ticket", **issue("Ann@Customer.example", "Another thing.", "webform"))
        assert why.startswith(f"rejected: already_called: ticket_id {ticket['ticket_id']} ")
        await said(client, "get_customer_history", customer_id="ann@customer.example")
        await said(client, "search_knowledge_base", query=ISSUE)
        # A message of hers that was stored meanwhile would make this answer superseded.
        assert (await said(client, "send_response", **answer(ticket, "Choose Forgot password.")))["status"] == "queued"
        await said(client, "create_ticket", **issue("ann@customer.example", "Another thing."))
        history = await said(client, "get_customer_history", customer_id="ann@customer.example")
        assert [message["text"] for message in history["messages"] if message["from"] == "customer"] == [ISSUE]


@pytest.mark.usefixtures("knowledge")
async def test_live_works_on_the_real_rows_and_leaves_nothing_unanswered(database_url: str) -> None:
    """The reply waits to be delivered; a matter that the client abandons is owed, and its turn is free."""
    async with served(database_url, "--live") as client:
        ticket = await said(client, "create_ticket", **issue("ann@customer.example"))
        await said(client, "get_customer_history", customer_id="ann@customer.example")
        await said(client, "search_knowledge_base", query=ISSUE)
        reply = await said(client, "send_response", **answer(ticket, "Choose Forgot password on the sign-in page."))
        abandoned = [
            await said(client, "create_ticket", **issue(f"{name}@customer.example")) for name in ("bob", "cleo")
        ]
    with psycopg.connect(database_url, row_factory=dict_row) as rows:
        sent = rows.execute("SELECT recipient, delivery_status FROM messages WHERE id = %s", [reply["message_id"]])
        assert sent.fetchone() == {"recipient": "ann@customer.example", "delivery_status": "queued"}
        owed = rows.execute(
            "SELECT m.outcome, t.lease_until < now() AS free FROM messages AS m JOIN turns AS t USING (conversation_id)"
            " WHERE m.ticket_id = ANY(%s)",
            [[UUID(ticket["ticket_id"]) for ticket in abandoned]],
        )
        assert owed.fetchall() == [{"outcome": None, "free": True}] * 2


async def test_a_ticket_that_the_client_forgets_is_given_back(
    agent: AgentResources, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the client's end: its turn is free and the message owed, so that the agent answers."""
    monkeypatch.setattr(tickets, "IDLE_SECONDS", 0.0)
    desk = TicketDesk(agent)
    assert (await desk.call("create_ticket", issue("ann@customer.example"))).accepted
    async with asyncio.timeout(20):
        while not await rows("SELECT FROM turns WHERE lease_until < now()"):
            await asyncio.sleep(0.02)
    assert "create_ticket comes first" in (await desk.call("search_knowledge_base", {"query": ISSUE})).text
    (owed,) = await rows("SELECT outcome FROM messages")
    assert owed["outcome"] is None


async def test_a_turn_that_was_lost_is_the_agent_s(agent: AgentResources, rows: Rows) -> None:
    """As after a laptop slept: nothing is written, and the client can go on with others."""
    desk = TicketDesk(agent)
    created = await desk.call("create_ticket", issue("ann@customer.example"))
    await desk.call("get_customer_history", {"customer_id": "ann@customer.example"})
    await desk.call("search_knowledge_base", {"query": ISSUE})
    await rows("UPDATE turns SET fence = fence + 1, holder = 'another' RETURNING fence")
    lost = await desk.call("send_response", answer(json.loads(created.text), "Choose Forgot password."))
    assert not lost.accepted
    assert lost.text.startswith("failed: ")
    assert await rows("SELECT FROM messages WHERE direction = 'outbound'") == []
    assert (await desk.call("create_ticket", issue("bob@customer.example"))).accepted
    await desk.close()


async def test_what_people_have_opens_no_ticket_here(agent: AgentResources, rows: Rows) -> None:
    desk = TicketDesk(agent)
    await desk.call("create_ticket", issue("ann@customer.example"))
    await desk.close()
    await rows("UPDATE conversations SET agent_silent = true RETURNING id")
    said = await desk.call("create_ticket", issue("ann@customer.example"))
    assert said.text == "rejected: people have this conversation; the message is stored with it"
    assert await rows("SELECT FROM turns WHERE lease_until > now()") == []


async def test_a_client_is_greeted_before_the_desk_is_there() -> None:
    """Clients give up after a minute or less, and the first throw-away database may take longer."""
    never: asyncio.Future[TicketDesk] = asyncio.get_running_loop().create_future()

    async def desk() -> TicketDesk:
        return await never

    async with Client(protocol(desk)) as client:
        assert [tool.name for tool in (await client.list_tools()).tools] == TOOLS


async def test_without_a_database_every_call_says_so() -> None:
    """And the server stays: the database may be there for the next one."""
    async with served("postgresql://nobody@127.0.0.1:1/none") as client:
        for _ in range(2):
            why = await refused(client, "create_ticket", **issue("ann@customer.example"))
            assert "cannot be reached" in why
