"""What an intake writes: one message, in one transaction, with its events."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb

from fte.domain.channels import Channel
from fte.domain.identity import Identifier
from fte.domain.reference import new_reference
from fte.errors import Unavailable
from fte.events import MAX_TEXT, EventType, derived_id, new_traceparent, outgoing
from fte.store.outbox import OutboxRow
from fte.store.pool import Pool, fetch_one, transaction


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """A message as a channel brought it. `identifiers`: the most reliable first. `received`: what only this channel
    knows, as the fields of its own event; it is kept in `details` as well."""

    channel: Channel
    provider_message_id: str
    identifiers: Sequence[Identifier]
    content: str
    received_at: datetime
    subject: str = ""
    name: str = ""
    sender: str = ""
    recipient: str = ""
    provider_thread_id: str | None = None
    rfc_message_id: str | None = None
    received: dict[str, Any] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> UUID:
        """Derived from the provider's id, so that a repeated delivery is the same message."""
        return derived_id("message", self.channel, self.provider_message_id)

    @property
    def content_hash(self) -> str:
        """What tells a repetition from another message under the same id."""
        return hashlib.sha256(f"{self.sender}\n{self.subject}\n{self.content}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of a message: `new`, a `duplicate` of a stored one, or a `conflict` with it."""

    status: Literal["new", "duplicate", "conflict"]
    message_id: UUID
    reference: str
    events: tuple[OutboxRow, ...]


ACCEPT_SECONDS: Final = 1.8

_abandoned: set[asyncio.Task[Accepted]] = set()

_CHANNEL_EVENT = {
    Channel.EMAIL: EventType.EMAIL_RECEIVED,
    Channel.WHATSAPP: EventType.WHATSAPP_RECEIVED,
    Channel.WEBFORM: EventType.WEBFORM_RECEIVED,
}


async def accept(pool: Pool, message: InboundMessage, source: str) -> Accepted:
    """Store `message` once. When this returns, the message is safe; its events are in the outbox.

    Message, customer, conversation and events are one transaction. Raises `Unavailable` within two seconds when the
    database does not answer; then the caller does not know of any promise, and the provider delivers again.
    """
    storing = asyncio.create_task(_store(pool, Jsonb(_row(message, source))))
    # Not a timeout around the call: cancelling a query on a server that hangs takes seconds of its own.
    await asyncio.wait({storing}, timeout=ACCEPT_SECONDS)
    if not storing.done():
        _abandoned.add(storing)
        storing.add_done_callback(_abandoned.discard)
        storing.cancel()
        raise Unavailable("the database did not answer in time")
    return storing.result()


async def _store(pool: Pool, parameters: Jsonb) -> Accepted:
    while True:
        try:
            return await _accept(pool, parameters)
        except psycopg.errors.UniqueViolation:
            # Another delivery of the same message committed in the same moment: now it is there to be found.
            continue
        except Unavailable:
            # A connection that died with a restarted server is no reason to refuse; the caller's patience ends this.
            await asyncio.sleep(0.05)


async def _accept(pool: Pool, parameters: Jsonb) -> Accepted:
    async with transaction(pool) as connection:
        row = await fetch_one(connection, "SELECT intake_message(%s) AS accepted", [parameters])
    assert row is not None
    accepted = row["accepted"]
    return Accepted(
        accepted["status"],
        UUID(accepted["message_id"]),
        accepted["reference"],
        tuple(OutboxRow.from_row(event) for event in accepted["events"]),
    )


def _row(message: InboundMessage, source: str) -> dict[str, Any]:
    reference = new_reference()
    text = message.content[:MAX_TEXT]
    common = {
        "message_id": str(message.id),
        "provider_message_id": message.provider_message_id,
        "subject": message.subject,
        "text": text,
        "truncated": len(text) < len(message.content),
        "received_at": message.received_at.isoformat(),
    }
    trace = new_traceparent()
    events = [
        outgoing(
            type_,
            source=source,
            thing=f"{message.channel}:{message.provider_message_id}",
            time=message.received_at,
            data=common | extra,
            traceparent=trace,
            extensions={"channel": str(message.channel)},
        )
        for type_, extra in (
            (EventType.TICKET_INCOMING, {"channel": str(message.channel), "reference": reference}),
            (_CHANNEL_EVENT[message.channel], message.received | {"reference": reference}),
        )
    ]
    return {
        "id": str(message.id),
        "channel": str(message.channel),
        "provider_message_id": message.provider_message_id,
        "provider_thread_id": message.provider_thread_id,
        "rfc_message_id": message.rfc_message_id,
        "sender": message.sender,
        "recipient": message.recipient,
        "name": message.name,
        "subject": message.subject,
        "content": message.content,
        "content_hash": message.content_hash,
        "details": message.received | message.details | {"traceparent": trace},
        "received_at": message.received_at.isoformat(),
        "reference": reference,
        "identifiers": [identifier.as_dict() for identifier in message.identifiers],
        "events": events,
    }
