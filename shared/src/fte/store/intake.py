"""What an intake writes: one message, in one transaction, with its events."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb

from fte import metrics
from fte.deadline import DATABASE_SECONDS, within
from fte.errors import Unavailable
from fte.observability import trace_id
from fte.store.inbound import InboundMessage, intake_row
from fte.store.outbox import OutboxRow
from fte.store.pool import Pool, fetch_one, transaction

__all__ = ["Accepted", "InboundMessage", "accept"]


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of a message: `new`, a `duplicate` of a stored one, or a `conflict` with it."""

    status: Literal["new", "duplicate", "conflict"]
    message_id: UUID
    reference: str
    events: tuple[OutboxRow, ...]

    @property
    def facts(self) -> Mapping[str, str | None]:
        """What a log line says of it. A trace begins with a message; a repetition has no events, and so none."""
        facts = {"as": self.status, "message_id": str(self.message_id), "reference": self.reference}
        if not self.events:
            return facts
        attributes = self.events[0].event.attributes
        trace = trace_id(attributes.get("traceparent"))
        return {**facts, "trace_id": trace, "conversation_id": attributes.get("subject")}


async def accept(pool: Pool, message: InboundMessage, source: str) -> Accepted:
    """Store `message` once. When this returns, the message is safe; its events are in the outbox.

    Message, customer, conversation and events are one transaction. Raises `Unavailable` within two seconds when the
    database does not answer; then the caller does not know of any promise, and the provider delivers again.
    """
    accepted = await within(DATABASE_SECONDS, _store(pool, Jsonb(intake_row(message, source))))
    metrics.MESSAGES_RECEIVED.labels(message.channel, accepted.status).inc()
    return accepted


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
