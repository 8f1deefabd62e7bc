"""How a reply is written down, whoever says it: one message, a row for each part that goes out, and the event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, Protocol
from uuid import UUID

from psycopg.types.json import Jsonb

from fte.domain.channels import Channel
from fte.events import EventType, derived_id, new_traceparent, outgoing
from fte.store import outbox
from fte.store.outbox import OutboxRow
from fte.store.pool import Connection


class Answered(Protocol):
    """The customer's message that a reply goes back to."""

    @property
    def id(self) -> UUID: ...
    @property
    def channel(self) -> Channel: ...
    @property
    def sender(self) -> str: ...
    @property
    def provider_thread_id(self) -> str | None: ...
    @property
    def rfc_message_id(self) -> str | None: ...
    @property
    def details(self) -> Mapping[str, Any]: ...


def reply_address(answered: Answered) -> str:
    """Where a reply to this message goes."""
    return str(answered.details.get("reply_to") or answered.sender)


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said, in which matter. `parts` are what goes to the provider, in order.

    `content_hash` tells a repetition of a reply from another one under the same id.
    """

    id: UUID
    author: Literal["agent", "human"]
    answered: Answered
    customer_id: UUID
    conversation_id: UUID
    ticket_id: UUID
    subject: str
    text: str
    parts: tuple[str, ...] = field(default_factory=tuple)
    content_hash: str | None = None


async def write(connection: Connection, reply: Reply, *, source: str, support_address: str) -> OutboxRow | None:
    """Inside the caller's transaction: message, deliveries and the event that a reply is ready; return the event."""
    answered = reply.answered
    details = _threading(answered)
    await connection.execute(
        "INSERT INTO messages (id, conversation_id, customer_id, ticket_id, direction, author, channel,"
        "  provider_thread_id, recipient, subject, content, content_hash, details, answers, delivery_status,"
        "  received_at)"
        " VALUES (%s, %s, %s, %s, 'outbound', %s, %s, %s, %s, %s, %s, %s, %s, %s, 'queued', now())",
        [
            reply.id,
            reply.conversation_id,
            reply.customer_id,
            reply.ticket_id,
            reply.author,
            str(answered.channel),
            details["thread_id"],
            reply_address(answered),
            reply.subject,
            reply.text,
            reply.content_hash,
            Jsonb(details),
            answered.id,
        ],
    )
    domain = support_address.rpartition("@")[2]
    by_mail = answered.channel is not Channel.WHATSAPP
    for number, part in enumerate(reply.parts, start=1):
        await connection.execute(
            "INSERT INTO deliveries (id, message_id, part, body, rfc_message_id) VALUES (%s, %s, %s, %s, %s)",
            [
                derived_id("delivery", reply.id, number),
                reply.id,
                number,
                part,
                f"<{reply.id}.{number}@{domain}>" if by_mail else None,
            ],
        )
    return await outbox.add(
        connection, _ready(reply, source), customer_id=reply.customer_id, conversation_id=reply.conversation_id
    )


def _threading(answered: Answered) -> dict[str, Any]:
    # A form is answered by mail too, but there is no thread yet that the answer could stand in.
    if answered.channel is not Channel.EMAIL:
        return {"thread_id": None, "in_reply_to": None, "references": []}
    references = [*answered.details.get("references", ()), answered.rfc_message_id]
    return {
        "thread_id": answered.provider_thread_id,
        "in_reply_to": answered.rfc_message_id,
        "references": [reference for reference in references if reference],
    }


def _ready(reply: Reply, source: str) -> dict[str, Any]:
    channel = str(reply.answered.channel)
    return outgoing(
        EventType.RESPONSE_READY,
        source=source,
        thing=reply.id,
        time=datetime.now(UTC),
        data={
            "message_id": str(reply.id),
            "customer_id": str(reply.customer_id),
            "conversation_id": str(reply.conversation_id),
            "ticket_id": str(reply.ticket_id),
            "channel": channel,
            "parts": len(reply.parts),
        },
        traceparent=str(reply.answered.details.get("traceparent") or new_traceparent()),
        extensions={"channel": channel},
    )
