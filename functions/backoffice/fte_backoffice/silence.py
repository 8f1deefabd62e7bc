"""Customers who say no more: after three days their matter is taken as settled, and two weeks later it is closed."""

from __future__ import annotations

from typing import Final

from fte.domain.tickets import TicketStatus
from fte.store.pool import fetch_all, transaction
from fte_backoffice import cases
from fte_backoffice.wiring import SOURCE, Resources

SILENCE_HOURS: Final = 72

CLOSE_AFTER_DAYS: Final = 14
"""How long a resolved ticket can still be reopened by writing again; after that a message opens a new one."""

BATCH: Final = 100

# Never while people have the case, while a message waits for its outcome or for a person, or when our last answer did
# not arrive: its silence is no consent.
_ASSUME: Final = """
UPDATE tickets SET status = %(resolved)s, resolution = 'assumed', resolved_at = now()
 WHERE id IN (
       SELECT t.id FROM tickets AS t
        WHERE t.status = %(answered)s
          AND coalesce((SELECT max(received_at) FROM messages WHERE ticket_id = t.id), t.created_at)
              < now() - make_interval(hours => %(hours)s)
          AND NOT EXISTS (SELECT FROM escalations AS e WHERE e.ticket_id = t.id AND e.status = 'open')
          AND NOT EXISTS (SELECT FROM messages AS m WHERE m.conversation_id = t.conversation_id
                             AND m.direction = 'inbound'
                             AND (m.outcome IS NULL OR (m.outcome = 'silent' AND m.ticket_id IS NULL)))
          AND coalesce((SELECT delivery_status FROM messages WHERE ticket_id = t.id AND direction = 'outbound'
                         ORDER BY seq DESC LIMIT 1), 'sent') NOT IN ('failed', 'bounced')
        ORDER BY t.created_at LIMIT %(batch)s FOR UPDATE OF t SKIP LOCKED)
RETURNING reference, conversation_id
"""

_CLOSE: Final = """
UPDATE tickets SET status = %(closed)s
 WHERE id IN (
       SELECT id FROM tickets
        WHERE status = %(resolved)s AND resolved_at < now() - make_interval(days => %(days)s)
        ORDER BY resolved_at LIMIT %(batch)s FOR UPDATE SKIP LOCKED)
RETURNING reference, conversation_id
"""


async def assume_settled(resources: Resources) -> int:
    """Resolve, as *assumed*, the answered tickets whose customers are silent for three days; return how many."""
    async with transaction(resources.pool) as connection:
        settled = await fetch_all(
            connection,
            _ASSUME,
            {
                "answered": str(TicketStatus.ANSWERED),
                "resolved": str(TicketStatus.RESOLVED),
                "hours": SILENCE_HOURS,
                "batch": BATCH,
            },
        )
        for ticket in settled:
            await cases.note(
                connection, SOURCE, "assumed_resolved", ticket["conversation_id"], reference=ticket["reference"]
            )
    return len(settled)


async def close_settled(resources: Resources) -> int:
    """Close the tickets that have been resolved for two weeks; return how many."""
    async with transaction(resources.pool) as connection:
        closed = await fetch_all(
            connection,
            _CLOSE,
            {
                "resolved": str(TicketStatus.RESOLVED),
                "closed": str(TicketStatus.CLOSED),
                "days": CLOSE_AFTER_DAYS,
                "batch": BATCH,
            },
        )
        for ticket in closed:
            await cases.note(connection, SOURCE, "closed", ticket["conversation_id"], reference=ticket["reference"])
    return len(closed)
