"""How the team hears of an answer that no way brings to the customer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from fte.domain.channels import Channel
from fte.domain.tickets import TicketStatus, steps
from fte.errors import NotPossible
from fte.events import derived_id, new_traceparent
from fte.store import escalations
from fte.store.outbox import OutboxRow
from fte.store.pool import Connection, fetch_one
from fte_deliver.withholding import ANSWER_HOURS, FLAG, SOURCE, TEAM

_TICKET: Final = """
SELECT t.id, t.reference, t.status,
       EXISTS (SELECT FROM escalations AS e WHERE e.ticket_id = t.id AND e.status = 'open') AS with_people
  FROM tickets AS t WHERE t.id = %s FOR NO KEY UPDATE OF t
"""


async def tell(connection: Connection, lost: Mapping[str, Any], code: str) -> OutboxRow | None:
    """Inside the caller's transaction: mark the ticket, and hand it to the Support Lead unless people have it already.

    `lost` is the row of the message. Return the event of the hand-over.
    """
    ticket = await fetch_one(connection, _TICKET, [lost["ticket_id"]])
    if ticket is None:
        return None
    await connection.execute("UPDATE tickets SET needs_review = true WHERE id = %s", [ticket["id"]])
    if ticket["with_people"]:
        return None
    for status in _way_to_people(TicketStatus(ticket["status"])):
        await connection.execute(
            "UPDATE tickets SET status = %s, resolution = NULL, resolved_at = NULL WHERE id = %s",
            [str(status), ticket["id"]],
        )
    escalation = escalations.Escalation(
        id=derived_id("not_arrived", lost["id"]),
        ticket_id=ticket["id"],
        reference=ticket["reference"],
        customer_id=lost["customer_id"],
        conversation_id=lost["conversation_id"],
        channel=Channel(lost["channel"]),
        flag=FLAG,
        flags=(FLAG,),
        teams=(TEAM,),
        severity="high",
        reason=f"Our reply could not be delivered on {lost['channel']} ({code}), and the customer has none.",
        due_at=datetime.now(UTC) + timedelta(hours=ANSWER_HOURS),
        summary="A reply did not reach the customer: please find another way.",
        context={"lost_message": str(lost["id"]), "code": code},
    )
    return await escalations.write(
        connection, escalation, source=SOURCE, traceparent=lost["traceparent"] or new_traceparent()
    )


def _way_to_people(status: TicketStatus) -> tuple[TicketStatus, ...]:
    try:
        return steps(status, TicketStatus.ESCALATED)
    except NotPossible:
        # A closed ticket stays closed; the lead still hears of it.
        return ()
