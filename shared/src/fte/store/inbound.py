"""A message as a channel brought it: what the intake's transaction takes, and the two events that tell of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from fte.domain.channels import Channel
from fte.domain.identity import Identifier
from fte.domain.names import name_tokens
from fte.domain.reference import new_reference
from fte.events import MAX_DATA, MAX_TEXT, EventType, MessageData, derived_id, new_traceparent, outgoing

_CHANNEL_EVENT: Final = {
    Channel.EMAIL: EventType.EMAIL_RECEIVED,
    Channel.WHATSAPP: EventType.WHATSAPP_RECEIVED,
    Channel.WEBFORM: EventType.WEBFORM_RECEIVED,
}

_KEPT: Final = (
    "channel", "provider_thread_id", "rfc_message_id", "sender", "recipient", "name", "content_hash", "identifiers",
)  # fmt: skip
"""What the channel's own event holds of the row, beside what every event holds: enough to write the row again."""

_LEFT_OUT_FIRST: Final = ("headers", "references", "row")
"""What an event does without when it would be too large for the bus; the row has it."""


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """A message as a channel brought it.

    `identifiers`: what the message comes from first. After it, what the provider says is the same person's, and, at
    level *claimed*, what the writer calls their own. `received`: what only this channel knows, as the fields of its own
    event; it is kept in `details` as well. `fingerprint` tells a repetition from another message under the same id,
    where sender, subject and content do not say it. `reference` is reserved for the ticket; a new one unless given.
    """

    channel: Channel
    provider_message_id: str
    identifiers: Sequence[Identifier]
    content: str
    received_at: datetime
    subject: str = ""
    name: str = ""
    sender: str = ""
    recipient: str = ""
    provider_thread_id: str | None = None
    rfc_message_id: str | None = None
    received: dict[str, Any] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)
    fingerprint: str = ""
    reference: str = ""

    @property
    def id(self) -> UUID:
        """Derived from the provider's id, so that a repeated delivery is the same message."""
        return derived_id("message", self.channel, self.provider_message_id)

    @property
    def content_hash(self) -> str:
        """What tells a repetition from another message under the same id."""
        words = f"{self.sender}\n{self.subject}\n{self.content}"
        return self.fingerprint or hashlib.sha256(words.encode()).hexdigest()

    @classmethod
    def from_event(cls, data: Mapping[str, Any]) -> InboundMessage:
        """The message that a channel's own event tells of, as far as the event holds it."""
        row = data["row"]
        own = {name: value for name, value in data.items() if name not in _COMMON and name not in ("row", "reference")}
        return cls(
            channel=Channel(row["channel"]),
            provider_message_id=data["provider_message_id"],
            identifiers=[Identifier(**identifier) for identifier in row["identifiers"]],
            content=data["text"],
            received_at=datetime.fromisoformat(str(data["received_at"])),
            subject=data["subject"],
            name=row["name"],
            sender=row["sender"],
            recipient=row["recipient"],
            provider_thread_id=row["provider_thread_id"],
            rfc_message_id=row["rfc_message_id"],
            received=own,
            details={"reply_to": row["reply_to"]},
            fingerprint=row["content_hash"],
            reference=data["reference"],
        )


_COMMON: Final = frozenset(MessageData.model_fields)


def intake_row(message: InboundMessage, source: str) -> dict[str, Any]:
    """The argument of the database's `intake_message`: the row's columns, the identifiers, the events."""
    trace = new_traceparent()
    own = message.identifiers[0]
    identity = f"{own.type}:{own.value}"
    row = {
        "id": str(message.id),
        "channel": str(message.channel),
        "provider_message_id": message.provider_message_id,
        "provider_thread_id": message.provider_thread_id,
        "rfc_message_id": message.rfc_message_id,
        "sender": message.sender,
        "recipient": message.recipient,
        "name": message.name,
        "subject": message.subject,
        "content": message.content,
        "content_hash": message.content_hash,
        "details": message.received
        | message.details
        | {"traceparent": trace, "sender_name": message.name, "identity": identity},
        "received_at": message.received_at.isoformat(),
        "reference": message.reference or new_reference(),
        "identifiers": [identifier.as_dict() for identifier in message.identifiers],
    }
    return {**row, "identifiers": _known_by(message), "events": _events(message, source, row, trace)}


def _known_by(message: InboundMessage) -> list[dict[str, Any]]:
    """The identifiers as the database's `resolve_customer` takes them: with what else tells who wrote, and where."""
    first, *others = (identifier.as_dict() for identifier in message.identifiers)
    return [{**first, "names": name_tokens(message.name), "channel": str(message.channel)}, *others]


def _events(message: InboundMessage, source: str, row: Mapping[str, Any], trace: str) -> list[dict[str, Any]]:
    text = _cut(message.content)
    common = {
        "message_id": row["id"],
        "provider_message_id": message.provider_message_id,
        "subject": message.subject,
        "text": text,
        "truncated": len(text) < len(message.content),
        "received_at": row["received_at"],
        "reference": row["reference"],
    }
    kept = {name: row[name] for name in _KEPT} | {"reply_to": message.details.get("reply_to")}
    own = {**message.received, "row": kept}
    return [
        outgoing(
            type_,
            source=source,
            thing=f"{message.channel}:{message.provider_message_id}",
            time=message.received_at,
            data=_fitting(common | extra),
            traceparent=trace,
            extensions={"channel": str(message.channel)},
        )
        for type_, extra in (
            (EventType.TICKET_INCOMING, {"channel": str(message.channel)}),
            (_CHANNEL_EVENT[message.channel], own),
        )
    ]


def _cut(text: str) -> str:
    """As much of `text` as takes at most `MAX_TEXT` bytes in JSON."""
    while (size := len(json.dumps(text))) > MAX_TEXT:
        text = text[: min(len(text) - 1, len(text) * MAX_TEXT // size)]
    return text


def _fitting(data: dict[str, Any]) -> dict[str, Any]:
    for name in _LEFT_OUT_FIRST:
        if len(json.dumps(data)) <= MAX_DATA:
            break
        if name in data:
            data = {**data, name: type(data[name])()}
    return data
