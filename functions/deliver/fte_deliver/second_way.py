"""The rows of an answer that did not arrive: the answer goes another way, or people are told. One transaction each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from psycopg.types.json import Jsonb

from fte.domain.channels import Channel
from fte.domain.delivery import DeliveryStatus
from fte.domain.identity import whatsapp_identifier
from fte.events import derived_id
from fte.store.outbox import OutboxRow
from fte.store.pool import Connection, Pool, autocommit, fetch_all, fetch_one, transaction
from fte_deliver import people
from fte_deliver.losses import OPTED_OUT, Loss, Way, next_way
from fte_deliver.steps import LOST, PENDING

FALLBACK_OF: Final = "fallback_of"
TEMPLATE: Final = "template"

_LOST: Final = """
SELECT m.id, m.conversation_id, m.customer_id, m.ticket_id, m.channel, m.author, m.recipient, m.content, m.details,
       t.reference, c.agent_silent, i.received_at AS asked_at
  FROM messages AS m JOIN conversations AS c ON c.id = m.conversation_id
  LEFT JOIN tickets AS t ON t.id = m.ticket_id LEFT JOIN messages AS i ON i.id = m.answers
 WHERE m.id = %s AND m.direction = 'outbound' AND m.loss_settled_at IS NULL
"""

# A mailbox that wrote to us, or that was verified, and that the owner of the WhatsApp address has named or shares a
# circle with: whoever types somebody's number into a form or a mail gets no answer that is meant for that number.
# Several are none: nobody here can tell which is meant.
_EMAIL: Final = """
SELECT min(e.value) AS value FROM customer_identifiers AS e
 WHERE e.customer_id = %(customer)s AND e.type = 'email' AND e.level IN ('channel', 'verified')
   AND (EXISTS (SELECT FROM customer_identifiers AS w WHERE w.address = %(address)s AND w.circle = e.circle)
        OR EXISTS (SELECT FROM identity_links AS l WHERE l.said_by = %(address)s AND l.named = e.address
                      AND l.together AND l.ended_at IS NULL))
HAVING count(DISTINCT e.address) = 1
"""

_LETTER: Final = """Hello,

Our answer to your WhatsApp message could not be delivered there, so here it is by e-mail:

{answer}

You can simply reply to this e-mail, or write to us on WhatsApp again.{reference}

{signature}"""


@dataclass(frozen=True, slots=True)
class Settled:
    """What was decided: the message that goes another way now, and the events of a hand-over."""

    way: Way
    message_id: UUID | None = None
    events: tuple[OutboxRow | None, ...] = ()


async def lost(pool: Pool, limit: int) -> list[UUID]:
    """Answers that did not arrive, and of which nobody has decided what happens next."""
    async with autocommit(pool) as connection:
        rows = await fetch_all(
            connection,
            "SELECT id FROM messages AS m WHERE delivery_status = 'failed' AND loss_settled_at IS NULL"
            "   AND NOT EXISTS (SELECT FROM deliveries WHERE message_id = m.id"
            "                      AND status IN ('queued', 'sending', 'unknown'))"
            " ORDER BY received_at LIMIT %s",
            [limit],
        )
    return [row["id"] for row in rows]


async def settle(pool: Pool, message_id: UUID, *, template: bool) -> Settled | None:
    """Decide, once, what happens after an answer that did not arrive; None while it may, or was decided.

    `template`: whether there is one for customers who have not written for a day.
    """
    async with transaction(pool) as connection:
        parts = await fetch_all(
            connection,
            "SELECT part, body, status, error_code FROM deliveries WHERE message_id = %s ORDER BY part FOR UPDATE",
            [message_id],
        )
        states = [DeliveryStatus(part["status"]) for part in parts]
        if PENDING & set(states) or DeliveryStatus.FAILED not in states:
            return None
        row = await fetch_one(connection, _LOST + " FOR UPDATE OF m", [message_id])
        if row is None:
            return None
        first = next(number for number, state in enumerate(states) if state in LOST)
        code = str(parts[first]["error_code"] or "unknown")
        known_as = whatsapp_identifier(row["recipient"] or "", "recipient")
        address = f"{known_as.type}:{known_as.value}"
        email = await fetch_one(connection, _EMAIL, {"customer": row["customer_id"], "address": address})
        loss = Loss(
            channel=Channel(row["channel"]),
            code=code,
            is_second=FALLBACK_OF in row["details"],
            held=row["agent_silent"] and row["author"] == "agent",
            template=template,
            email=email is not None,
        )
        way = next_way(loss)
        # From the part that was lost on: what came before it is in the customer's hands.
        rest = [str(part["body"]) for part in parts[first:]]
        settled = Settled(way)
        if way is Way.TEMPLATE:
            settled = Settled(way, await _by_template(connection, row, rest))
        elif way is Way.EMAIL and email is not None:
            settled = Settled(way, await _by_mail(connection, row, rest, email["value"]))
        elif way is Way.PEOPLE:
            settled = Settled(way, events=(await people.tell(connection, message_id, _why(row, code)),))
        elif code in OPTED_OUT:
            await _note_opt_out(connection, row, code)
        await connection.execute(
            "INSERT INTO audit_log (actor, action, conversation_id, details) VALUES ('deliver', 'not_arrived', %s, %s)",
            [row["conversation_id"], Jsonb({"message_id": str(message_id), "code": code, "next": str(way)})],
        )
        await connection.execute("UPDATE messages SET loss_settled_at = now() WHERE id = %s", [message_id])
    return settled


def _why(row: dict[str, Any], code: str) -> people.Why:
    return people.Why(
        "not_arrived",
        f"Our reply could not be delivered on {row['channel']} ({code}), and the customer has none.",
        "A reply did not reach the customer: please find another way.",
        {"lost_message": str(row["id"]), "code": code},
    )


async def _by_template(connection: Connection, row: dict[str, Any], rest: Sequence[str]) -> UUID:
    # A template's variable holds no line ends, and one message is enough for all of it.
    body = " ".join(" ".join(rest).split())
    return await _write(connection, row, Channel.WHATSAPP, row["recipient"], body, {TEMPLATE: True})


async def _by_mail(connection: Connection, row: dict[str, Any], rest: Sequence[str], address: str) -> UUID:
    config = await fetch_one(connection, "SELECT signature FROM channel_configs WHERE channel = 'email'")
    reference = f"\n\nTicket reference: {row['reference']}" if row["reference"] else ""
    signature = config["signature"] if config else ""
    body = _LETTER.format(answer="\n\n".join(rest), reference=reference, signature=signature).rstrip()
    subject = "Your WhatsApp message to TechCorp support"
    subject = f"[{row['reference']}] {subject}" if row["reference"] else subject
    return await _write(connection, row, Channel.EMAIL, address, body, {}, subject=subject)


async def _write(
    connection: Connection,
    row: dict[str, Any],
    channel: Channel,
    recipient: str,
    body: str,
    details: dict[str, Any],
    *,
    subject: str = "",
) -> UUID:
    # It answers nothing for the figures: how long the first way was tried is no response time.
    of = UUID(row["details"].get(FALLBACK_OF) or str(row["id"]))
    id_ = derived_id("second_way", of, channel)
    await connection.execute(
        "INSERT INTO messages (id, conversation_id, customer_id, ticket_id, direction, author, channel, recipient,"
        " subject, content, details, delivery_status, received_at)"
        " VALUES (%s, %s, %s, %s, 'outbound', %s, %s, %s, %s, %s, %s, 'queued', now())",
        [
            *(id_, row["conversation_id"], row["customer_id"], row["ticket_id"], row["author"], str(channel)),
            *(recipient, subject, body, Jsonb({**details, FALLBACK_OF: str(of)})),
        ],
    )
    await connection.execute(
        "INSERT INTO deliveries (id, message_id, part, body) VALUES (%s, %s, 1, %s)",
        [derived_id("delivery", id_, 1), id_, body],
    )
    return id_


async def _note_opt_out(connection: Connection, row: dict[str, Any], code: str) -> None:
    """The provider knows of a wish that we did not; and a customer who wrote since is to be seen by people."""
    address = row["recipient"] or ""
    by = str(Channel.WHATSAPP) if row["channel"] == Channel.WHATSAPP else str(Channel.EMAIL)
    if row["channel"] == Channel.WHATSAPP:
        address = whatsapp_identifier(address, "").value
    if code != "opted_out":
        await connection.execute(
            "INSERT INTO opt_outs (channel, address, source) VALUES (%s, %s, 'provider') ON CONFLICT DO NOTHING",
            [by, address],
        )
    await connection.execute(
        "UPDATE tickets SET needs_review = true WHERE id = %s AND EXISTS (SELECT FROM opt_outs"
        " WHERE channel = %s AND address = %s AND created_at < %s)",
        [row["ticket_id"], by, address, row["asked_at"]],
    )
