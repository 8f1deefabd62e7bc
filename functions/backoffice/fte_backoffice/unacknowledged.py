"""Escalations that nobody has acknowledged: their event may be lost, so it is sent again."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from fte.domain.channels import Channel
from fte.events import EventType, derived_id, new_traceparent
from fte.store import escalations, outbox
from fte.store.escalations import Escalation
from fte.store.outbox import OutboxRow
from fte.store.pool import Connection, fetch_all, transaction
from fte_backoffice import cases
from fte_backoffice.wiring import SOURCE, Resources

PATIENCE_SECONDS: Final = 60
BATCH: Final = 50

_DUE: Final = """
UPDATE escalations AS e SET raised_at = now() FROM tickets AS t
 WHERE t.id = e.ticket_id AND e.id IN (
       SELECT id FROM escalations
        WHERE status = 'open' AND acknowledged_at IS NULL AND raised_at < now() - make_interval(secs => %s)
        ORDER BY raised_at LIMIT %s FOR UPDATE SKIP LOCKED)
RETURNING e.id, e.ticket_id, t.reference, e.customer_id, e.conversation_id, t.channel, e.flag, e.flags, e.teams,
          e.severity, e.reason, e.due_at
"""


async def remind(resources: Resources) -> int:
    """Send again the event of each escalation that is unacknowledged for a minute; return how many were sent.

    Each at most once a minute, whatever number of processes sweeps. The event is the same one, with the same id.
    """
    events: list[OutboxRow] = []
    async with transaction(resources.pool) as connection:
        for row in await fetch_all(connection, _DUE, [PATIENCE_SECONDS, BATCH]):
            escalation = Escalation(
                **{
                    **row,
                    "channel": Channel(row["channel"]),
                    "flags": tuple(row["flags"]),
                    "teams": tuple(row["teams"]),
                }
            )
            events += await _send_again(connection, escalation)
    resources.core.outbox.publish_soon(events)
    return len(events)


async def _send_again(connection: Connection, escalation: Escalation) -> list[OutboxRow]:
    """Its event once more; none when it still waits to be published."""
    anew = await escalations.tell(connection, escalation, source=SOURCE, traceparent=new_traceparent())
    events = [anew] if anew else await outbox.again(connection, [_event_id(escalation)])
    if events:
        await cases.note(
            connection, SOURCE, "escalation_sent_again", escalation.conversation_id, escalation_id=str(escalation.id)
        )
    return events


def _event_id(escalation: Escalation) -> UUID:
    return derived_id(EventType.ESCALATION_RAISED, escalation.id)
