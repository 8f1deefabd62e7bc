"""Answers that do not arrive: what a test puts around them, and what became of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from fte.domain.delivery import DeliveryStatus
from fte.domain.reference import new_reference
from fte_intake_whatsapp.reports import Report, record_report
from fte_tests.desk import PHONE, Desk


def behave(desk: Desk, **ways: Any) -> None:
    answer = desk.stage.control.post("/sim/twilio", json=ways)
    assert answer.status_code == 200, answer.text


async def wrote(desk: Desk, answer: UUID, ago: timedelta, sender: str = PHONE) -> None:
    """The customer's WhatsApp message that is answered came so long ago."""
    await desk.execute(
        "UPDATE messages SET received_at = now() - %s, sender = %s"
        " WHERE id = (SELECT answers FROM messages WHERE id = %s)",
        ago, sender, answer,
    )  # fmt: skip


async def with_ticket(desk: Desk, answer: UUID, status: str = "answered") -> str:
    """Give the answer and its question the ticket that they are about; returns its reference."""
    reference = new_reference()
    (row,) = await desk.rows(
        "INSERT INTO tickets (reference, customer_id, conversation_id, channel, subject, status, category, priority,"
        "  sentiment_score, sentiment_label)"
        " SELECT %s, customer_id, conversation_id, channel, 'Export', %s, 'how_to', 'medium', 0.5, 'neutral'"
        "  FROM messages WHERE id = %s RETURNING id",
        reference, status, answer,
    )  # fmt: skip
    await desk.execute("UPDATE messages SET ticket_id = %s WHERE customer_id = %s", row["id"], desk.customer)
    return reference


async def known(
    desk: Desk, email: str, *, level: str = "channel", circle: UUID | None = None, named: bool = True
) -> None:
    """The customer has this mailbox; `named`: the WhatsApp number's owner has said so."""
    number = PHONE.removeprefix("whatsapp:")
    for type_, value, sure in (("email", email, level), ("phone", number, "channel")):
        await desk.execute(
            "INSERT INTO customer_identifiers (customer_id, type, value, level, reason, writes, circle)"
            " VALUES (%s, %s, %s, %s, 'test', true, %s) ON CONFLICT DO NOTHING",
            desk.customer, type_, value, sure, circle or uuid4(),
        )  # fmt: skip
    if named:
        await link(desk, f"phone:{number}", f"email:{email}")


async def link(desk: Desk, said_by: str, names: str) -> None:
    await desk.execute(
        "INSERT INTO identity_links (said_by, named, level, reason, channel) VALUES (%s, %s, 'claimed', 'test', '')",
        said_by, names,
    )  # fmt: skip


async def report(desk: Desk, part: dict[str, Any], status: DeliveryStatus, code: str | None = None) -> None:
    await record_report(desk.core.pool, Report(part["provider_message_id"], status, code))


async def decisions(desk: Desk) -> list[tuple[str, str]]:
    rows = await desk.rows("SELECT details FROM audit_log WHERE action = 'not_arrived' ORDER BY id")
    return [(row["details"]["code"], row["details"]["next"]) for row in rows]


async def second(desk: Desk) -> dict[str, Any]:
    (row,) = await desk.rows("SELECT * FROM messages WHERE details ? 'fallback_of'")
    return row
