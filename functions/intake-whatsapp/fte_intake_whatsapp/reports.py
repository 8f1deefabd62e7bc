"""What Twilio tells about messages that we sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fte.domain.delivery import DeliveryStatus, advance, summed_up
from fte.errors import Unprocessable
from fte.providers.plain_text import one_line
from fte.store.pool import Pool, fetch_all, transaction
from fte_intake_whatsapp.signed import Form

_S = DeliveryStatus

STATUSES: Final = {
    "accepted": _S.QUEUED,
    "scheduled": _S.QUEUED,
    "queued": _S.QUEUED,
    "sending": _S.QUEUED,
    "sent": _S.SENT,
    "delivered": _S.DELIVERED,
    "read": _S.READ,
    "failed": _S.FAILED,
    "undelivered": _S.FAILED,
    "canceled": _S.FAILED,
}
"""Twilio's words for a message's state, in ours."""


@dataclass(frozen=True, slots=True)
class Report:
    """News of a message that we sent."""

    provider_message_id: str
    status: DeliveryStatus
    error_code: str | None


def read_report(form: Form) -> Report | None:
    """The report in a status callback; None for a state that we do not know. Raises `Unprocessable` without an id."""
    sid = one_line(form.get("MessageSid") or form.get("SmsSid"))
    if not sid:
        raise Unprocessable("a report without an id", fields={"MessageSid": "is missing"})
    status = STATUSES.get((form.get("MessageStatus") or form.get("SmsStatus")).strip().lower())
    return Report(sid, status, one_line(form.get("ErrorCode")) or None) if status else None


async def record_report(pool: Pool, report: Report) -> None:
    """Keep the report, and move the delivery that it speaks of: all in one transaction, once, in any order.

    A report that comes before the id of its message is recorded waits in the table; whoever records the id finds it.
    """
    async with transaction(pool) as connection:
        # Taken by whoever records a message's id as well, so that one of the two sees what the other has written.
        await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [report.provider_message_id])
        await connection.execute(
            "INSERT INTO delivery_reports (provider_message_id, status, error_code) VALUES (%s, %s, %s)"
            " ON CONFLICT (provider_message_id, status) DO UPDATE"
            " SET error_code = coalesce(delivery_reports.error_code, excluded.error_code)",
            [report.provider_message_id, str(report.status), report.error_code],
        )
        parts = await fetch_all(
            connection,
            "SELECT id, message_id, status, provider_message_id FROM deliveries WHERE message_id IN"
            " (SELECT message_id FROM deliveries WHERE provider_message_id = %s) ORDER BY message_id, part FOR UPDATE",
            [report.provider_message_id],
        )
        for part in parts:
            # "Queued" at Twilio is no news: with us it would mean that the part is still to be sent.
            if part["provider_message_id"] == report.provider_message_id and report.status is not _S.QUEUED:
                part["status"] = str(advance(_S(part["status"]), report.status))
                await connection.execute(
                    "UPDATE deliveries SET status = %s, error_code = %s WHERE id = %s AND status <> %s",
                    [part["status"], report.error_code, part["id"], part["status"]],
                )
        if parts:
            await connection.execute(
                "UPDATE messages SET delivery_status = %s WHERE id = %s",
                [str(summed_up(_S(part["status"]) for part in parts)), parts[0]["message_id"]],
            )
