"""The matters that a client of the protocol works on, one at a time, and the customers they are for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from fte.domain.channels import Channel
from fte.domain.identity import Identifier, normal_email, normal_phone
from fte.errors import Unprocessable
from fte.store.intake import InboundMessage, accept
from fte.store.pool import autocommit, fetch_one
from fte_agent import AgentResources, Said, StepwiseRun

SOURCE: Final = "mcp"

_KIND: Final = {Channel.EMAIL: "email", Channel.WEBFORM: "email", Channel.WHATSAPP: "phone"}

_SPELLING: Final = {"email": "an e-mail address", "phone": "a phone number with its country code"}

_ADDRESS: Final = """
SELECT value FROM customer_identifiers WHERE customer_id = %s AND type = %s
 ORDER BY array_position(ARRAY['verified', 'channel', 'claimed'], level), created_at LIMIT 1
"""


class TicketDesk:
    """Where calls arrive: `create_ticket` begins a matter, the other four belong to the one that is open."""

    def __init__(self, resources: AgentResources) -> None:
        self._resources = resources
        self._run: StepwiseRun | None = None
        self._called = ""

    async def call(self, tool: str, arguments: Mapping[str, Any]) -> Said:
        """Carry out one call of the five. What may not be is refused with a reason, and changes nothing."""
        if tool == "create_ticket" and self._run is None:
            try:
                await self._begin(arguments)
            except Unprocessable as error:
                return Said(f"rejected: {error}", accepted=False)
        if self._run is None:
            return Said("rejected: out_of_order: create_ticket comes first", accepted=False)
        said = await self._run.call(tool, self._as_known(arguments))
        if self._run.context.over:
            await self.close()
        return said

    async def close(self) -> None:
        """Give back what is open; the agent answers it."""
        if self._run is not None:
            run, self._run = self._run, None
            await run.leave()

    async def _begin(self, arguments: Mapping[str, Any]) -> None:
        """Take the issue as the customer's message, and its conversation's turn. Raises `Unprocessable`."""
        self._called = str(arguments.get("customer_id", ""))
        try:
            channel = Channel(arguments.get("channel", ""))
        except ValueError as error:
            raise Unprocessable(f"channel is one of {', '.join(Channel)}") from error
        issue = str(arguments.get("issue", "")).strip()
        if not issue:
            raise Unprocessable("issue says what the customer needs, in the customer's words")
        message = _message(channel, await self._address(channel), issue)
        accepted = await accept(self._resources.core.pool, message, SOURCE)
        conversation = UUID(accepted.events[0].event.data["conversation_id"])
        self._run = await StepwiseRun.take(self._resources, conversation)
        if self._run is None:
            raise Unprocessable("this conversation is being answered already; the message is stored with it")

    async def _address(self, channel: Channel) -> Identifier:
        """Where the customer of this call is reached: of the one who is known by this id, or the address itself."""
        kind, value = _KIND[channel], self._called
        if known := _uuid(value):
            async with autocommit(self._resources.core.pool) as connection:
                row = await fetch_one(connection, _ADDRESS, [known, kind])
            if row is None:
                raise Unprocessable(f"no customer with this id can be reached by {channel}")
            value = row["value"]
        normal = normal_email(value) if kind == "email" else normal_phone(value)
        if normal is None:
            raise Unprocessable(f"customer_id is the id of a customer, or {_SPELLING[kind]}")
        return Identifier("email" if kind == "email" else "phone", normal, "claimed", SOURCE)

    def _as_known(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments with the customer's id where the client has called the customer by an address."""
        assert self._run is not None
        if arguments.get("customer_id") == self._called:
            return {**arguments, "customer_id": self._run.context.conversation.customer_id}
        return dict(arguments)


def _message(channel: Channel, customer: Identifier, issue: str) -> InboundMessage:
    chat = channel is Channel.WHATSAPP
    return InboundMessage(
        channel=channel,
        provider_message_id=f"{SOURCE}-{uuid4().hex}",
        identifiers=[customer],
        content=issue,
        subject="" if chat else issue.splitlines()[0][:200],
        sender=f"whatsapp:{customer.value}" if chat else customer.value,
        received_at=datetime.now(UTC),
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
