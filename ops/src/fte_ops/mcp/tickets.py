"""The tickets that a client of the protocol works on: each has a conversation's turn and a gate of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid4

from pydantic import ValidationError

from fte.domain.channels import Channel
from fte.domain.identity import Identifier
from fte.errors import Transient, Unprocessable
from fte.store.intake import accept
from fte_agent import INPUTS, AgentResources, Said, StepwiseRun
from fte_ops.mcp.customers import SOURCE, address_of, message_of, uuid_or_none

IDLE_SECONDS: Final = 15 * 60.0
"""So long after its last call an open ticket is given back: no customer waits for a client that forgot about them."""

NAMES_NO_TICKET: Final = frozenset({"get_customer_history", "search_knowledge_base"})
"""Tools whose own input has no ticket: here `ticket_id` says whose call it is."""


@dataclass(slots=True)
class _Open:
    """An open ticket, and the customer as the client has named and we have understood them."""

    run: StepwiseRun
    named: str
    customer: Identifier
    idle: asyncio.Task[None] | None = None
    """Ends it when no call comes."""

    def stir(self) -> None:
        """Note that the client has not forgotten about it."""
        if self.idle is not None:
            self.idle.cancel()

    def arguments(self, tool: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """As the tool knows them: with the customer's id, and a ticket only where the tool has one.

        Raises `Unprocessable` for the address of another customer.
        """
        known = {name: value for name, value in given.items() if name != "ticket_id" or tool not in NAMES_NO_TICKET}
        customer = known.get("customer_id", "")
        if customer == self.named:
            known["customer_id"] = self.run.context.conversation.customer_id
        elif customer and uuid_or_none(customer) is None:
            raise Unprocessable(f"foreign_id: the customer of this ticket is {self.named}")
        return known


class TicketDesk:
    """Where calls arrive: `create_ticket` opens a ticket, the other four belong to one that is open.

    Any number may be open at once, one for each customer. A call says which one it is for by `ticket_id`; where only
    one is open, it may be left out.
    """

    def __init__(self, resources: AgentResources) -> None:
        self._resources = resources
        self._open: dict[UUID, _Open] = {}

    async def call(self, tool: str, arguments: Mapping[str, Any]) -> Said:
        """Carry out one call of the five. What may not be is refused with a reason, and changes nothing.

        A ticket in which something of ours fails is given back: the agent goes on with it.
        """
        try:
            return await (self._create(arguments) if tool == "create_ticket" else self._go_on(tool, arguments))
        except Unprocessable as error:
            return Said(f"rejected: {error}", accepted=False)
        except Transient as error:
            return Said(f"failed: {error.code}; the agent answers what is stored", accepted=False)

    async def close(self) -> None:
        """Give back what is open; the agent answers it."""
        for ticket_id in list(self._open):
            await self._give_back(ticket_id)

    async def _go_on(self, tool: str, arguments: Mapping[str, Any]) -> Said:
        """One of the other four, for an open ticket. Raises `Unprocessable`, `Transient`."""
        ticket_id = self._which(arguments)
        ticket = self._open[ticket_id]
        known = ticket.arguments(tool, arguments)
        ticket.stir()
        try:
            said = await ticket.run.call(tool, known)
        except BaseException:
            await self._give_back(ticket_id)
            raise
        await self._after(ticket_id)
        return said

    def _which(self, arguments: Mapping[str, Any]) -> UUID:
        """The open ticket that a call is for. Raises `Unprocessable`."""
        if not self._open:
            raise Unprocessable("out_of_order: create_ticket comes first")
        if "ticket_id" not in arguments:
            if len(self._open) > 1:
                raise Unprocessable(f"which_ticket: ticket_id is one of {', '.join(map(str, self._open))}")
            return next(iter(self._open))
        named = uuid_or_none(arguments["ticket_id"])
        if named not in self._open:
            raise Unprocessable("foreign_id: no ticket with this id is open; create_ticket opens one")
        return named

    async def _create(self, arguments: Mapping[str, Any]) -> Said:
        """Take the issue as the customer's message, and its conversation's turn, and open the ticket.

        Raises `Unprocessable`, `Transient`.
        """
        channel = _channel(arguments)
        named = str(arguments.get("customer_id", ""))
        customer = await address_of(self._resources.core.pool, named, channel)
        for ticket_id, other in self._open.items():
            if other.customer.value == customer.value:
                raise Unprocessable(f"already_called: ticket_id {ticket_id} of this customer is open; finish it first")
        run = await self._begun(channel, customer, str(arguments["issue"]).strip())
        ticket = _Open(run, named, customer)
        try:
            said = await run.call("create_ticket", ticket.arguments("create_ticket", arguments))
        except BaseException:
            await run.leave()
            raise
        if run.context.ticket is None:
            await run.leave()
            return said
        self._open[run.context.ticket.id] = ticket
        await self._after(run.context.ticket.id)
        return said

    async def _begun(self, channel: Channel, customer: Identifier, issue: str) -> StepwiseRun:
        accepted = await accept(self._resources.core.pool, message_of(channel, customer, issue), SOURCE)
        run = await StepwiseRun.take(self._resources, UUID(accepted.events[0].event.data["conversation_id"]))
        if run is None:
            raise Unprocessable("this conversation is being answered already; the message is stored with it")
        if run.context.over:
            await run.leave()
            raise Unprocessable("people have this conversation; the message is stored with it")
        return run

    async def _after(self, ticket_id: UUID) -> None:
        """Close the ticket that a call has finished; an open one waits for the next call."""
        if self._open[ticket_id].run.context.over:
            await self._give_back(ticket_id)
        else:
            self._open[ticket_id].idle = asyncio.create_task(self._forgotten(ticket_id))

    async def _forgotten(self, ticket_id: UUID) -> None:
        await asyncio.sleep(IDLE_SECONDS)
        # From here on no call finds the ticket, so none ends this task in the middle.
        await self._open.pop(ticket_id).run.leave()

    async def _give_back(self, ticket_id: UUID) -> None:
        ticket = self._open.pop(ticket_id)
        ticket.stir()
        await ticket.run.leave()


def _channel(arguments: Mapping[str, Any]) -> Channel:
    """The channel of a call of `create_ticket` that is as it should be. Raises `Unprocessable`: nothing is stored."""
    try:
        channel = Channel(arguments.get("channel", ""))
    except ValueError as error:
        raise Unprocessable(f"channel is one of {', '.join(Channel)}") from error
    if not str(arguments.get("issue", "")).strip():
        raise Unprocessable("issue says what the customer needs, in the customer's words")
    try:
        # Whatever the customer is called, the rest has to be right.
        INPUTS["create_ticket"].model_validate({**arguments, "customer_id": uuid4()})
    except ValidationError as error:
        wrong = ", ".join(sorted({str(problem["loc"][0]) for problem in error.errors()}))
        raise Unprocessable(f"bad_arguments: {wrong}") from error
    return channel
