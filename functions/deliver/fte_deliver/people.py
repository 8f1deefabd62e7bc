"""How people hear that the customer has no answer: the ticket is marked, and handed to the Support Lead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from fte.domain import teams
from fte.domain.channels import Channel
from fte.domain.tickets import TicketStatus, steps
from fte.errors import NotPossible
from fte.events import derived_id, new_traceparent
from fte.store import escalations
from fte.store.outbox import OutboxRow
from fte.store.pool import Connection, fetch_one

SOURCE: Final = "deliver"
TEAM: Final = "support-lead"
FLAG: Final = "KB_MISS"

_CASE: Final = """
SELECT t.id, t.reference, t.status, m.customer_id, m.conversation_id, m.channel,
       i.details ->> 'traceparent' AS traceparent,
       EXISTS (SELECT FROM escalations AS e WHERE e.ticket_id = t.id AND e.status = 'open') AS with_people
  FROM messages AS m JOIN tickets AS t ON t.id = m.ticket_id LEFT JOIN messages AS i ON i.id = m.answers
 WHERE m.id = %s FOR NO KEY UPDATE OF t
"""


@dataclass(frozen=True, slots=True)
class Why:
    """Why the customer has no answer: `kind` names it in ids, `reason` and `summary` say it to the team."""

    kind: str
    reason: str
    summary: str
    context: dict[str, Any]


async def tell(connection: Connection, message_id: UUID, why: Why) -> OutboxRow | None:
    """Inside the caller's transaction: mark the message's ticket, and hand it to the Support Lead.

    The team that has the case already has its summary, too: then the mark tells the lead to look at it, and no more.
    Return the event of the hand-over, or None without one.
    """
    case = await fetch_one(connection, _CASE, [message_id])
    if case is None:
        return None
    await connection.execute("UPDATE tickets SET needs_review = true WHERE id = %s", [case["id"]])
    if case["with_people"]:
        return None
    for status in _way_to_people(TicketStatus(case["status"])):
        await connection.execute(
            "UPDATE tickets SET status = %s, resolution = NULL, resolved_at = NULL WHERE id = %s",
            [str(status), case["id"]],
        )
    escalation = escalations.Escalation(
        id=derived_id(why.kind, message_id),
        ticket_id=case["id"],
        reference=case["reference"],
        customer_id=case["customer_id"],
        conversation_id=case["conversation_id"],
        channel=Channel(case["channel"]),
        flag=FLAG,
        flags=(FLAG,),
        teams=(TEAM,),
        severity="high",
        reason=why.reason,
        due_at=teams.due_at(TEAM, datetime.now(UTC)),
        summary=why.summary,
        context=why.context,
    )
    traceparent = case["traceparent"] or new_traceparent()
    return await escalations.write(connection, escalation, source=SOURCE, traceparent=traceparent)


def _way_to_people(status: TicketStatus) -> tuple[TicketStatus, ...]:
    try:
        return steps(status, TicketStatus.ESCALATED)
    except NotPossible:
        # A closed ticket stays closed; the lead still hears of it.
        return ()
