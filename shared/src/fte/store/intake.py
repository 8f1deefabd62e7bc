"""What an intake writes: one message, in one transaction, with its events."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb

from fte import metrics
from fte.deadline import DATABASE_SECONDS, within
from fte.errors import Unavailable
from fte.events import derived_id
from fte.observability import trace_id
from fte.store.inbound import InboundMessage, intake_row
from fte.store.outbox import OutboxRow
from fte.store.pool import Pool, autocommit, fetch_one

__all__ = ["Accepted", "InboundMessage", "Keyword", "accept", "set_aside"]


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of a message: `new`, a `duplicate` of a stored one, or a `conflict` with it.

    `limited`: one too many of this sender, and not stored; there is room in so many `seconds`.
    """

    status: Literal["new", "duplicate", "conflict", "limited"]
    message_id: UUID
    reference: str
    events: tuple[OutboxRow, ...]
    seconds: int = 0

    @property
    def facts(self) -> Mapping[str, str | None]:
        """What a log line says of it. A trace begins with a message; a repetition has no events, and so none."""
        facts = {"as": self.status, "message_id": str(self.message_id), "reference": self.reference}
        if not self.events:
            return facts
        attributes = self.events[0].event.attributes
        trace = trace_id(attributes.get("traceparent"))
        return {**facts, "trace_id": trace, "conversation_id": attributes.get("subject")}


_INTAKE: Final = "SELECT intake_message(%s) AS accepted"
_INTAKE_FORM: Final = "SELECT intake_form(%s, %s) AS accepted"
_SET_FORM_ASIDE: Final = "SELECT set_form_aside(%s, %s, %s, %s) AS accepted"
_INTAKE_KEYWORD: Final = "SELECT intake_keyword(%s, %s, %s) AS accepted"


@dataclass(frozen=True, slots=True)
class Keyword:
    """A message that says no more than that the customer wants no messages, or wants them again.

    `notice` is what we say to it, once; empty when the provider answers such words itself.
    """

    word: Literal["stop", "start"]
    notice: str = ""


async def accept(
    pool: Pool,
    message: InboundMessage,
    source: str,
    *,
    most_an_hour: int | None = None,
    keyword: Keyword | None = None,
) -> Accepted:
    """Store `message` once. When this returns, the message is safe; its events are in the outbox.

    `most_an_hour` is for the form: so many new messages are taken from one sender. What a `keyword` asks for is done in
    the same transaction.

    Message, customer, conversation and events are one transaction. Raises `Unavailable` within two seconds when the
    database does not answer; then the caller does not know of any promise, and the provider delivers again.
    """
    row = Jsonb(intake_row(message, source))
    call: tuple[str, list[Any]] = (_INTAKE, [row]) if most_an_hour is None else (_INTAKE_FORM, [row, most_an_hour])
    if keyword is not None:
        call = (_INTAKE_KEYWORD, [row, keyword.word, _notice(message, keyword)])
    accepted = await within(DATABASE_SECONDS, _store(pool, *call))
    metrics.MESSAGES_RECEIVED.labels(message.channel, accepted.status).inc()
    return accepted


async def set_aside(pool: Pool, message: InboundMessage, source: str, reason: str, *, most_an_hour: int) -> Accepted:
    """Keep a form's post that looks like a machine's for a month, and answer as `accept` does; nothing comes of it.

    Raises `Unavailable` as `accept` does.
    """
    fields = message.received | {"subject": message.subject, "message": message.content}
    call = [Jsonb(intake_row(message, source)), reason, Jsonb(fields), most_an_hour]
    kept = await within(DATABASE_SECONDS, _store(pool, _SET_FORM_ASIDE, call))
    metrics.MESSAGES_RECEIVED.labels(message.channel, "spam").inc()
    return kept


def _notice(message: InboundMessage, keyword: Keyword) -> Jsonb | None:
    id_ = derived_id("keyword_notice", message.id)
    notice = {"id": str(id_), "delivery_id": str(derived_id("delivery", id_, 1)), "text": keyword.notice}
    return Jsonb(notice) if keyword.notice else None


async def _store(pool: Pool, statement: str, parameters: Sequence[Any]) -> Accepted:
    while True:
        try:
            return await _accept(pool, statement, parameters)
        except psycopg.errors.UniqueViolation:
            # Another delivery of the same message committed in the same moment: now it is there to be found.
            continue
        except Unavailable:
            # A connection that died with a restarted server is no reason to refuse; the caller's patience ends this.
            await asyncio.sleep(0.05)


async def _accept(pool: Pool, statement: str, parameters: Sequence[Any]) -> Accepted:
    async with autocommit(pool) as connection:
        row = await fetch_one(connection, statement, parameters)
    assert row is not None
    accepted = row["accepted"]
    return Accepted(
        accepted["status"],
        UUID(accepted["message_id"]),
        accepted["reference"],
        tuple(OutboxRow.from_row(event) for event in accepted["events"]),
        accepted.get("seconds", 0),
    )
