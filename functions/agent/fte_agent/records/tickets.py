"""The ticket of a matter: the one that a message continues, or a new one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from psycopg.types.json import Jsonb

from fte.domain.tickets import TicketStatus, on_new_message
from fte.store import matters
from fte.store.pool import Connection, fetch_one
from fte_agent.records.conversation import Conversation
from fte_agent.triage import Triage


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as the agent sees it."""

    id: UUID
    reference: str
    status: TicketStatus
    category: str
    priority: str
    is_new: bool

    @property
    def settled(self) -> bool:
        """Whether nothing is said in it any more."""
        return self.status in SETTLED


SETTLED: Final = frozenset({TicketStatus.RESOLVED, TicketStatus.CLOSED})

_PRIORITIES: Final = ("low", "medium", "high", "urgent")


def more_urgent(one: str, other: str) -> str:
    """The higher of two priorities: what is written later can make a matter urgent, and never less so."""
    return max(one, other, key=_PRIORITIES.index)


async def open_ticket(connection: Connection, conversation: Conversation, subject: str, triage: Triage) -> Ticket:
    """The ticket for what is owed: the one it continues (reopened if need be), else a new one. Safe to repeat.

    One that was settled after a message was put to it is given as it stands: an attempt that comes late opens nothing.
    """
    pending = conversation.pending
    known = [message.ticket_id for message in pending if message.ticket_id]
    id_ = known[-1] if known else await _continued(connection, conversation)
    row = await fetch_one(connection, "SELECT * FROM tickets WHERE id = %s FOR UPDATE", [id_]) if id_ else None
    if known and row is not None and (settled := _ticket(row)).settled:
        return settled
    is_new = row is None
    if row is None:
        row = await fetch_one(
            connection,
            "INSERT INTO tickets (reference, customer_id, conversation_id, channel, subject, status, category,"
            "                     priority, sentiment_score, sentiment_label, triage, needs_review)"
            " VALUES (%s, %s, %s, %s, %s, 'in_progress', %s, %s, %s, %s, %s, %s) RETURNING *",
            [
                pending[0].reference,
                conversation.customer_id,
                conversation.id,
                str(pending[-1].channel),
                subject,
                triage.category,
                triage.priority,
                triage.sentiment.score,
                triage.sentiment.label,
                Jsonb(triage.explanation()),
                triage.needs_review,
            ],
        )
    else:
        row = await fetch_one(
            connection,
            # A person who took over meanwhile has brought the ticket where it is now: there it stays.
            "UPDATE tickets AS t SET status = CASE WHEN c.agent_silent THEN t.status ELSE %s END,"
            " resolution = CASE WHEN c.agent_silent THEN t.resolution END,"
            " resolved_at = CASE WHEN c.agent_silent THEN t.resolved_at END,"
            " reopened_at = CASE WHEN t.status = 'resolved' AND NOT c.agent_silent THEN %s ELSE t.reopened_at END,"
            # What it is about is known once something was said to it; a greeting that was asked back says nothing.
            " category = CASE WHEN EXISTS (SELECT FROM agent_runs AS r WHERE r.ticket_id = t.id"
            "   AND r.outcome <> 'asked') THEN t.category ELSE %s END,"
            " priority = %s, sentiment_score = %s, sentiment_label = %s, triage = %s,"
            " needs_review = t.needs_review OR %s"
            " FROM conversations AS c WHERE t.id = %s AND c.id = %s RETURNING t.*",
            [
                str(on_new_message(TicketStatus(row["status"]))),
                pending[0].received_at,
                triage.category,
                more_urgent(row["priority"], triage.priority),
                triage.sentiment.score,
                triage.sentiment.label,
                Jsonb(triage.explanation()),
                triage.needs_review,
                row["id"],
                conversation.id,
            ],
        )
    assert row is not None
    await connection.execute(
        "UPDATE messages SET ticket_id = %s WHERE id = ANY(%s) AND ticket_id IS NULL",
        [row["id"], [message.id for message in pending]],
    )
    return _ticket(row, is_new=is_new)


async def opens_another(connection: Connection, conversation: Conversation) -> bool:
    """Whether what is owed has no ticket and is about another matter than the open ones of its conversation."""
    if any(message.ticket_id for message in conversation.pending):
        return False
    if await _continued(connection, conversation) is not None:
        return False
    return await matters.is_under_way(connection, conversation.id)


async def _continued(connection: Connection, conversation: Conversation) -> UUID | None:
    first = conversation.pending[0]
    return await matters.continued(connection, conversation.id, first.reply_key) if first.continues else None


def _ticket(row: dict[str, Any], *, is_new: bool = False) -> Ticket:
    return Ticket(
        row["id"], row["reference"], TicketStatus(row["status"]), row["category"], row["priority"], is_new=is_new
    )
