"""The rows of an answer and its parts. Each function is one transaction.

Every transaction locks all parts of the answer first, in order, and then the answer: so that two of them cannot wait
for each other, and the answer's status is always summed up from what is really there.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from fte.domain.channels import Channel
from fte.domain.delivery import DeliveryStatus, summed_up
from fte.domain.identity import whatsapp_identifier
from fte.observability import trace_id
from fte.store.pool import Connection, Pool, autocommit, fetch_all, fetch_one, transaction
from fte_deliver.steps import Action, PartState, Step, after_acceptance, claimed, next_step

log = logging.getLogger(__name__)

LEASE_SECONDS: Final = 15
"""How long a part is left alone after its worker was last heard of. A live worker keeps renewing it, however long the
provider takes; of a dead one the customer has the answer within half a minute all the same."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on one part. `attempt` is a fencing number: a later claim has a higher one."""

    id: UUID
    message_id: UUID
    part: int
    attempt: int
    action: Action
    body: str
    rfc_message_id: str | None
    created_at: datetime
    channel: Channel
    author: str
    recipient: str
    subject: str
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """How an address stands to us: whether it wants no messages, and when a WhatsApp message last came from it."""

    opted_out: bool
    last_inbound: datetime | None
    now: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """What the provider calls a message that it has taken."""

    provider_id: str
    thread_id: str | None = None


async def claim(pool: Pool, message_id: UUID) -> Claim | None:
    """Claim the part of this answer that is due, or None: nothing is due, or somebody is working on it."""
    async with transaction(pool) as connection:
        parts, now = await _locked_parts(connection, message_id)
        step = next_step(parts, now)
        if step.action is Action.ABANDON:
            await _fail(connection, message_id, step.parts, "earlier_part_failed")
            return None
        if step.action not in (Action.SEND, Action.ASK):
            return None
        return await _take(connection, message_id, step)


async def renew(pool: Pool, claim: Claim) -> None:
    """Keep the claim for longer. No effect once somebody else has claimed the part, or it is given back."""
    async with autocommit(pool) as connection:
        await connection.execute(
            "UPDATE deliveries SET lease_until = now() + make_interval(secs => %s)"
            " WHERE id = %s AND attempts = %s AND lease_until IS NOT NULL",
            [LEASE_SECONDS, claim.id, claim.attempt],
        )


async def record_taken(pool: Pool, claim: Claim, taken: Taken) -> bool:
    """Record that the provider has this part, under which id, with the news of it that came early.

    False when that message is the record of another part: then nothing is recorded. Nothing optional happens in here,
    so that nothing optional can undo it.
    """
    async with transaction(pool) as connection:
        # The provider's callback takes the same lock: either it finds the id, or its report is found here. So does
        # whoever takes this message for another part: one of the two finds the other's record.
        await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [taken.provider_id])
        await _locked_parts(connection, claim.message_id)
        if await _is_of_another(connection, claim, taken):
            return False
        reports = await fetch_all(
            connection,
            "SELECT status, error_code FROM delivery_reports WHERE provider_message_id = %s"
            " ORDER BY received_at, status",
            [taken.provider_id],
        )
        status = after_acceptance([DeliveryStatus(report["status"]) for report in reports])
        recorded = await fetch_one(
            connection,
            "UPDATE deliveries SET status = %s, provider_message_id = %s, sent_at = now(), lease_until = NULL,"
            " next_attempt_at = NULL, error_code = %s WHERE id = %s AND provider_message_id IS NULL RETURNING id",
            [
                str(status),
                taken.provider_id,
                next((report["error_code"] for report in reports if report["status"] == status), None),
                claim.id,
            ],
        )
        if recorded is None:
            log.error("sent_twice", extra={"delivery": claim.id, "provider_id": taken.provider_id})
            return True
        await connection.execute(
            "UPDATE messages SET provider_thread_id = coalesce(provider_thread_id, %s) WHERE id = %s",
            [taken.thread_id, claim.message_id],
        )
        await _sum_up(connection, claim.message_id)
    return True


async def record_found(pool: Pool, claim: Claim, candidates: Sequence[Taken]) -> bool:
    """Record the first of these messages at the provider that is not the record of another part as this part; False
    when there is none."""
    for candidate in candidates:
        if await record_taken(pool, claim, candidate):
            return True
    return False


async def put_back(
    pool: Pool, claim: Claim, status: DeliveryStatus, *, seconds: float = 0.0, code: str | None = None
) -> None:
    """Give the claim back: the part is due again after `seconds`. No effect once somebody else has claimed it."""
    async with transaction(pool) as connection:
        await _locked_parts(connection, claim.message_id)
        await connection.execute(
            "UPDATE deliveries SET status = %s, lease_until = NULL, error_code = %s,"
            " next_attempt_at = now() + make_interval(secs => %s) WHERE id = %s AND attempts = %s"
            " AND status IN ('sending', 'unknown')",
            [str(status), code, seconds, claim.id, claim.attempt],
        )
        await _sum_up(connection, claim.message_id)


async def refuse(pool: Pool, claim: Claim, code: str) -> None:
    """Record that this part can never be sent, and so none of the later ones. No effect on a part that is claimed
    again."""
    async with transaction(pool) as connection:
        await give_up(connection, claim, code)


async def give_up(connection: Connection, claim: Claim, code: str) -> bool:
    """`refuse` inside the caller's transaction; False when the part is claimed again, and nothing was done."""
    parts, _ = await _locked_parts(connection, claim.message_id)
    failed = await fetch_one(
        connection,
        "UPDATE deliveries SET status = 'failed', error_code = %s, lease_until = NULL, next_attempt_at = NULL"
        " WHERE id = %s AND attempts = %s AND status IN ('sending', 'unknown') RETURNING id",
        [code, claim.id, claim.attempt],
    )
    if failed is None:
        return False
    later = [part for part in parts if part.part > claim.part and part.status is DeliveryStatus.QUEUED]
    await _fail(connection, claim.message_id, later, "earlier_part_failed")
    return True


async def standing(pool: Pool, claim: Claim) -> Standing:
    """How the address of this part stands to us."""
    by = Channel.WHATSAPP if claim.channel is Channel.WHATSAPP else Channel.EMAIL
    address = claim.recipient.strip().lower().removeprefix("whatsapp:")
    # A number has one spelling in the rows, whichever the provider gives.
    known_as = whatsapp_identifier(address, "recipient").value.lower() if by is Channel.WHATSAPP else address
    async with autocommit(pool) as connection:
        row = await fetch_one(
            connection,
            "SELECT EXISTS (SELECT FROM opt_outs WHERE channel = ANY(%s)"
            "                  AND regexp_replace(lower(address), '^whatsapp:', '') = ANY(%s)) AS opted_out,"
            "       (SELECT max(i.received_at) FROM messages AS i WHERE i.customer_id = m.customer_id"
            "           AND i.reply_key = m.reply_key AND i.direction = 'inbound' AND i.channel = 'whatsapp')"
            "       AS last_inbound, now() AS now FROM messages AS m WHERE m.id = %s",
            [[str(by), str(claim.channel)], [address, known_as], claim.message_id],
        )
    assert row is not None
    return Standing(**row)


async def due(pool: Pool, limit: int) -> list[UUID]:
    """Answers with a part that is due and that nobody works on, the oldest first."""
    async with autocommit(pool) as connection:
        rows = await fetch_all(
            connection,
            "SELECT d.message_id FROM deliveries AS d WHERE d.status IN ('queued', 'sending', 'unknown')"
            "   AND (d.next_attempt_at IS NULL OR d.next_attempt_at <= now())"
            "   AND (d.lease_until IS NULL OR d.lease_until <= now())"
            "   AND NOT EXISTS (SELECT FROM deliveries AS e WHERE e.message_id = d.message_id AND e.part < d.part"
            "                    AND e.status IN ('queued', 'sending', 'unknown'))"
            " ORDER BY d.created_at LIMIT %s FOR UPDATE OF d SKIP LOCKED",
            [limit],
        )
    return [row["message_id"] for row in rows]


async def belongs_to(pool: Pool, message_id: UUID) -> dict[str, str | None]:
    """The trace of the message that this one answers, None when it answers none, and its conversation; nothing when
    it is gone."""
    async with autocommit(pool) as connection:
        row = await fetch_one(
            connection,
            "SELECT i.details ->> 'traceparent' AS traceparent, m.conversation_id"
            "  FROM messages AS m LEFT JOIN messages AS i ON i.id = m.answers WHERE m.id = %s",
            [message_id],
        )
    if row is None:
        return {}
    return {"trace_id": trace_id(row["traceparent"]), "conversation_id": str(row["conversation_id"])}


async def _is_of_another(connection: Connection, claim: Claim, taken: Taken) -> bool:
    other = await fetch_one(
        connection,
        "SELECT id FROM deliveries WHERE provider_message_id = %s AND id <> %s",
        [taken.provider_id, claim.id],
    )
    return other is not None


async def _locked_parts(connection: Connection, message_id: UUID) -> tuple[list[PartState], datetime]:
    rows = await fetch_all(
        connection,
        "SELECT id, part, status, next_attempt_at, lease_until, now() AS now FROM deliveries"
        " WHERE message_id = %s ORDER BY part FOR UPDATE",
        [message_id],
    )
    if not rows:
        return [], datetime.max.replace(tzinfo=UTC)
    parts = [
        PartState(row["id"], row["part"], DeliveryStatus(row["status"]), row["next_attempt_at"], row["lease_until"])
        for row in rows
    ]
    return parts, rows[0]["now"]


async def _take(connection: Connection, message_id: UUID, step: Step) -> Claim:
    part = step.parts[0]
    row = await fetch_one(
        connection,
        "UPDATE deliveries AS d SET status = %s, attempts = d.attempts + 1, next_attempt_at = NULL,"
        " lease_until = now() + make_interval(secs => %s) FROM messages AS m WHERE d.id = %s AND m.id = d.message_id"
        " RETURNING d.attempts, d.body, d.rfc_message_id, d.created_at, m.channel, m.author, m.recipient, m.subject,"
        " m.details",
        [str(claimed(part.status)), LEASE_SECONDS, part.id],
    )
    assert row is not None
    await _sum_up(connection, message_id)
    return Claim(
        id=part.id,
        message_id=message_id,
        part=part.part,
        attempt=row["attempts"],
        action=step.action,
        body=row["body"],
        rfc_message_id=row["rfc_message_id"],
        created_at=row["created_at"],
        channel=Channel(row["channel"]),
        author=row["author"],
        recipient=row["recipient"] or "",
        subject=row["subject"],
        details=row["details"],
    )


async def _fail(connection: Connection, message_id: UUID, parts: Sequence[PartState], code: str) -> None:
    await connection.execute(
        "UPDATE deliveries SET status = 'failed', error_code = %s, next_attempt_at = NULL WHERE id = ANY(%s)",
        [code, [part.id for part in parts]],
    )
    await _sum_up(connection, message_id)


async def _sum_up(connection: Connection, message_id: UUID) -> None:
    rows = await fetch_all(connection, "SELECT status FROM deliveries WHERE message_id = %s", [message_id])
    status = summed_up(DeliveryStatus(row["status"]) for row in rows)
    await connection.execute(
        "UPDATE messages SET delivery_status = %s WHERE id = %s AND delivery_status <> %s",
        [str(status), message_id, str(status)],
    )
