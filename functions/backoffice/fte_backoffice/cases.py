"""A case that a person of the team works on: its ticket and conversation, locked, and what can be done to them.

Every function runs inside the caller's transaction. The conversation is locked first, as the agent does before it
commits: so a person who acts while the agent is at work either comes first and wins, or comes after its answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, Literal
from uuid import UUID

from psycopg.types.json import Jsonb

from fte.domain.reference import parse_reference
from fte.domain.tickets import TicketStatus, steps
from fte.errors import NotFound
from fte.store.pool import Connection, fetch_one

Resolution = Literal["confirmed", "assumed"]

# A reference is reserved with the message. Either it became a ticket's, or its message was put to another ticket.
_FIND: Final = """
SELECT t.id, t.conversation_id FROM tickets AS t
 WHERE t.reference = %(reference)s OR t.id = (SELECT ticket_id FROM messages WHERE reference = %(reference)s)
 ORDER BY t.reference = %(reference)s DESC LIMIT 1
"""

UNANSWERED: Final = """
m.direction = 'inbound' AND m.outcome = 'silent'
   AND NOT EXISTS (SELECT FROM messages AS reply JOIN messages AS answered ON answered.id = reply.answers
                    WHERE reply.ticket_id = m.ticket_id AND answered.seq >= m.seq)
   AND NOT EXISTS (SELECT FROM tickets AS own WHERE own.id = m.ticket_id
                      AND (own.status = 'closed' OR own.status = 'resolved' AND own.resolved_at >= m.created_at))
"""
"""For a query of messages `m`: what was set aside, and neither answered in its ticket since nor settled with it."""

_TICKET: Final = """
SELECT t.id AS ticket_id, t.reference, t.status, t.subject, t.customer_id, t.conversation_id
  FROM tickets AS t WHERE t.id = %s FOR UPDATE
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A ticket, with its row and its conversation's locked."""

    ticket_id: UUID
    reference: str
    status: TicketStatus
    subject: str
    customer_id: UUID
    conversation_id: UUID


async def by_reference(connection: Connection, text: str) -> Case:
    """Lock the case that this reference names. Raises `NotFound`."""
    reference = parse_reference(text)
    found = await fetch_one(connection, _FIND, {"reference": reference}) if reference else None
    if found is None:
        raise NotFound
    await connection.execute("SELECT FROM conversations WHERE id = %s FOR NO KEY UPDATE", [found["conversation_id"]])
    return await locked(connection, found["id"])


async def locked(connection: Connection, ticket_id: UUID) -> Case:
    """Lock the case of this ticket, whose conversation the caller has locked."""
    row = await fetch_one(connection, _TICKET, [ticket_id])
    assert row is not None
    return Case(**{**row, "status": TicketStatus(row["status"])})


async def move(connection: Connection, case: Case, goal: TicketStatus, resolution: Resolution | None = None) -> Case:
    """Bring the ticket to `goal`, by way of the table of transitions. Raises `NotPossible`."""
    for status in steps(case.status, goal):
        as_what = resolution if status is TicketStatus.RESOLVED else None
        await connection.execute(
            "UPDATE tickets SET status = %(status)s, resolution = %(as_what)s,"
            " resolved_at = CASE WHEN %(as_what)s::text IS NOT NULL THEN now() END WHERE id = %(id)s",
            {"status": str(status), "as_what": as_what, "id": case.ticket_id},
        )
    return replace(case, status=goal)


async def settle(connection: Connection, case: Case) -> Case:
    """The team says that the matter is settled: the ticket is resolved, its escalations are done."""
    case = await move(connection, case, TicketStatus.RESOLVED, "confirmed")
    await connection.execute(
        "UPDATE tickets SET resolution = 'confirmed' WHERE id = %s AND resolution <> 'confirmed'", [case.ticket_id]
    )
    await connection.execute(
        "UPDATE escalations SET status = 'resolved', resolved_at = now(),"
        " acknowledged_at = coalesce(acknowledged_at, now()) WHERE ticket_id = %s AND status = 'open'",
        [case.ticket_id],
    )
    return case


async def acknowledge(connection: Connection, case: Case) -> None:
    """Somebody of the team has the ticket's escalations in hand."""
    await connection.execute(
        "UPDATE escalations SET acknowledged_at = now()"
        " WHERE ticket_id = %s AND status = 'open' AND acknowledged_at IS NULL",
        [case.ticket_id],
    )


async def note(connection: Connection, actor: str, action: str, conversation_id: UUID, /, **details: Any) -> None:
    """Write down who did what."""
    await connection.execute(
        "INSERT INTO audit_log (actor, action, conversation_id, details) VALUES (%s, %s, %s, %s)",
        [actor, action, conversation_id, Jsonb(details)],
    )
