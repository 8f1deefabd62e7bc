"""The events of the suite: their types, topics, ids and the shape of their data.

An id is derived from the thing (a provider's message, a reply, an escalation), never from the attempt, so an event
that is written twice is the same event. No address, number or name stands in an attribute.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Literal
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import BaseModel, ConfigDict, Field

from fte.domain.channels import Channel

_NAMESPACE: Final = uuid5(NAMESPACE_URL, "https://techcorp.example/fte")

MAX_TEXT: Final = 40_000
"""Bytes of customer text in an event, as JSON; the row has all of it."""

MAX_DATA: Final = 60_000
"""Bytes of an event's data, so that with its attributes it stays under the 64 KiB that every intermediary forwards."""


class EventType(StrEnum):
    """`com.techcorp.fte.<what>.v1`."""

    EMAIL_RECEIVED = "com.techcorp.fte.email.received.v1"
    WHATSAPP_RECEIVED = "com.techcorp.fte.whatsapp.received.v1"
    WEBFORM_RECEIVED = "com.techcorp.fte.webform.received.v1"
    TICKET_INCOMING = "com.techcorp.fte.ticket.incoming.v1"
    RESPONSE_READY = "com.techcorp.fte.response.ready.v1"
    ESCALATION_RAISED = "com.techcorp.fte.escalation.raised.v1"
    METRIC_RECORDED = "com.techcorp.fte.metric.recorded.v1"


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class MessageData(_Data):
    """What every inbound event says. `customer_id` and `conversation_id` are filled in by the intake's transaction."""

    message_id: UUID
    customer_id: UUID
    conversation_id: UUID
    provider_message_id: str
    subject: str = ""
    text: str
    truncated: bool = Field(False, description="The text is cut; the message's row has all of it.")
    received_at: datetime


class ChannelReceived(MessageData):
    """A message with what only its channel knows: the audit copy, and the way back after a database was restored."""

    reference: str
    row: dict[str, Any] = Field({}, description="What the message's row needs beside these fields.")


class EmailReceived(ChannelReceived):
    """A mail as it came in."""

    thread_id: str
    rfc_message_id: str
    in_reply_to: str = ""
    references: list[str] = []
    headers: dict[str, str] = {}


class WhatsAppReceived(ChannelReceived):
    """A WhatsApp message as Twilio told of it."""

    phone: str
    message_sid: str
    profile_name: str = ""
    message_type: str = "text"
    media: int = 0


class WebformReceived(ChannelReceived):
    """The support form with all its fields."""

    name: str
    email: str
    phone: str = ""
    category: str
    priority: str = ""


class TicketIncoming(MessageData):
    """The unified event: what the agent works on, whatever the channel."""

    channel: Channel
    reference: str


class ResponseReady(_Data):
    """An answer is stored and waits to be delivered."""

    message_id: UUID
    customer_id: UUID
    conversation_id: UUID
    ticket_id: UUID
    channel: Channel
    parts: int


class EscalationRaised(_Data):
    """A matter was handed over to people."""

    escalation_id: UUID
    ticket_id: UUID
    reference: str
    customer_id: UUID
    conversation_id: UUID
    channel: Channel
    flag: str
    flags: list[str]
    team: str
    teams: list[str]
    severity: Literal["low", "medium", "high", "critical"]
    reason: str
    due_at: datetime


class MetricRecorded(_Data):
    """One measured value."""

    name: str
    value: float
    unit: Literal["ms", "count", "ratio"]
    channel: Channel | None = None
    conversation_id: UUID | None = None
    labels: dict[str, str] = {}
    recorded_at: datetime


DATA: Final[dict[EventType, type[_Data]]] = {
    EventType.EMAIL_RECEIVED: EmailReceived,
    EventType.WHATSAPP_RECEIVED: WhatsAppReceived,
    EventType.WEBFORM_RECEIVED: WebformReceived,
    EventType.TICKET_INCOMING: TicketIncoming,
    EventType.RESPONSE_READY: ResponseReady,
    EventType.ESCALATION_RAISED: EscalationRaised,
    EventType.METRIC_RECORDED: MetricRecorded,
}

TOPIC: Final[dict[EventType, str]] = {
    EventType.EMAIL_RECEIVED: "fte.channels.email.inbound",
    EventType.WHATSAPP_RECEIVED: "fte.channels.whatsapp.inbound",
    EventType.WEBFORM_RECEIVED: "fte.channels.webform.inbound",
    EventType.TICKET_INCOMING: "fte.tickets.incoming",
    EventType.RESPONSE_READY: "fte.responses",
    EventType.ESCALATION_RAISED: "fte.escalations",
    EventType.METRIC_RECORDED: "fte.metrics",
}

DEAD_LETTER_TOPIC: Final = "fte.dlq"
TOPICS: Final = (*TOPIC.values(), DEAD_LETTER_TOPIC)
PARTITIONS: Final = 12


def derived_id(kind: str, *parts: object) -> UUID:
    """The id of a thing that is known by `parts`: the same parts give the same id, for ever."""
    return uuid5(_NAMESPACE, ":".join((kind, *map(str, parts))))


def new_traceparent() -> str:
    """A W3C trace context that starts here."""
    return f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"


def outgoing(
    type_: EventType,
    *,
    source: str,
    thing: object,
    time: datetime,
    data: dict[str, Any],
    traceparent: str,
    extensions: dict[str, str] | None = None,
) -> dict[str, Any]:
    """One row for the outbox, still without subject and partition key where those are not known yet.

    `thing` is what the event tells of (a provider's message id, a reply's id); with the type it makes the event's id.
    `source` is the function's name.
    """
    attributes = {
        "id": str(derived_id(type_, thing)),
        "type": str(type_),
        "source": f"/fte/{source}",
        "time": time.isoformat(),
        "traceparent": traceparent,
        **(extensions or {}),
    }
    return {"id": attributes["id"], "topic": TOPIC[type_], "attributes": attributes, "data": data}
