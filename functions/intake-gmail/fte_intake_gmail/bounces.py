"""What comes back about our own mails: a reply that did not arrive is marked so, and people look at its ticket."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal
from uuid import UUID

from psycopg.types.json import Jsonb

from fte.domain.delivery import DeliveryStatus, summed_up
from fte.domain.identity import normal_email
from fte.providers.mail.bounces import Report
from fte.providers.mail.our_ids import replies_named
from fte.store.pool import Connection, Pool, fetch_all, fetch_one, transaction

Result = Literal["bounced", "known", "too_early", "not_final", "not_ours", "other_recipient"]

_SENT: Final = frozenset({DeliveryStatus.SENT, DeliveryStatus.DELIVERED})
_UNDERWAY: Final = frozenset({DeliveryStatus.QUEUED, DeliveryStatus.SENDING, DeliveryStatus.UNKNOWN})

_PARTS: Final = """
SELECT id, status, rfc_message_id FROM deliveries WHERE message_id = %s ORDER BY part FOR UPDATE
"""

# Where else the customer wrote from: the team can answer there.
_OTHERS: Final = """
SELECT array_agg(DISTINCT o.channel) AS channels FROM messages AS m JOIN messages AS o ON o.customer_id = m.customer_id
   AND o.direction = 'inbound' AND o.channel <> m.channel WHERE m.id = %s
"""


async def record(pool: Pool, report: Report, key: bytes) -> Result:
    """Take in a report about a mail of ours, in one transaction; a repeated one changes nothing.

    `too_early`: it is not recorded yet that the reply was sent; ask again. `other_recipient`: what failed went to an
    address that we did not write to, as when a customer passes our mail on.
    """
    async with transaction(pool) as connection:
        reply = await _reply(connection, report.message_ids, replies_named(key, report.message_ids))
        if reply is None:
            return "not_ours"
        if report.outcome != "failed":
            return "not_final"
        if not await _went_to(connection, reply, report.recipient):
            return "other_recipient"
        # In the order in which deliver locks: the parts, then the message.
        parts = await fetch_all(connection, _PARTS, [reply])
        states = {row["id"]: DeliveryStatus(row["status"]) for row in parts}
        if any(status in _UNDERWAY for status in states.values()):
            return "too_early"
        lost = [id_ for id_, status in states.items() if status in _SENT]
        if not lost:
            return "known"
        await connection.execute(
            "UPDATE deliveries SET status = 'bounced', error_code = %s WHERE id = ANY(%s)",
            [report.status or "bounced", lost],
        )
        after = summed_up(DeliveryStatus.BOUNCED if id_ in lost else status for id_, status in states.items())
        message = await fetch_one(
            connection,
            "UPDATE messages SET delivery_status = %s WHERE id = %s RETURNING ticket_id, conversation_id",
            [str(after), reply],
        )
        assert message is not None
        await connection.execute("UPDATE tickets SET needs_review = true WHERE id = %s", [message["ticket_id"]])
        others = await fetch_one(connection, _OTHERS, [reply])
        details = {
            "message_id": str(reply),
            "status": report.status,
            "other_channels": (others and others["channels"]) or [],
        }
        await connection.execute(
            "INSERT INTO audit_log (actor, action, conversation_id, details)"
            " VALUES ('intake-gmail', 'bounced', %s, %s)",
            [message["conversation_id"], Jsonb(details)],
        )
    return "bounced"


async def _reply(connection: Connection, ids: Sequence[str], named: Sequence[UUID]) -> UUID | None:
    row = await fetch_one(
        connection,
        "SELECT m.id FROM messages AS m WHERE m.direction = 'outbound' AND (m.id = ANY(%s) OR EXISTS (SELECT FROM"
        " deliveries AS d WHERE d.message_id = m.id AND d.rfc_message_id = ANY(%s))) ORDER BY m.seq DESC LIMIT 1",
        [list(named), list(ids)],
    )
    return row["id"] if row else None


async def _went_to(connection: Connection, reply: UUID, told: str) -> bool:
    """Whether the reply went to the address that a report names, or may have: not every report names one."""
    addresses = [address for word in told.split(",") if (address := normal_email(word.strip()))]
    if not addresses:
        return True
    row = await fetch_one(
        connection,
        "SELECT FROM messages WHERE id = %s AND reply_key IN (SELECT mailbox(a) FROM unnest(%s::text[]) AS a)",
        [reply, addresses],
    )
    return row is not None
