"""A WhatsApp message as Twilio tells of it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from fte.domain.channels import Channel
from fte.domain.identity import Identifier, whatsapp_identifier
from fte.errors import Unprocessable
from fte.providers.plain_text import one_line, storable
from fte.store.intake import InboundMessage
from fte_intake_whatsapp.signed import Form

_MAX_ID: Final = 200
_MAX_MEDIA: Final = 20
# Twilio puts a WhatsApp sticker under this type; pictures are JPEG or PNG.
_KINDS: Final = {"image/webp": "sticker", "text/vcard": "contact", "text/x-vcard": "contact"}
_MAIN_KINDS: Final = {"image": "image", "audio": "audio message", "video": "video"}
_KEPT: Final = (
    "AccountSid", "MessagingServiceSid", "WaId", "ButtonText", "ButtonPayload", "Latitude", "Longitude", "Address",
    "Label", "Forwarded", "FrequentlyForwarded", "OriginalRepliedMessageSid", "OriginalRepliedMessageSender",
    "ReferralHeadline", "ReferralSourceUrl", "ExternalUserId",
)  # fmt: skip


def inbound_message(form: Form, received_at: datetime) -> InboundMessage:
    """The message to store. Raises `Unprocessable` when it has no id or no sender.

    Everything that WhatsApp can carry becomes a text of some kind, so that nothing a customer sends goes unseen.
    """
    sid = one_line(form.get("MessageSid") or form.get("SmsMessageSid") or form.get("SmsSid"))[:_MAX_ID]
    sender = one_line(form.get("From"))[:_MAX_ID]
    identifier = whatsapp_identifier(sender, "WhatsApp sender")
    missing = {field: "is missing" for field, value in (("MessageSid", sid), ("From", identifier.value)) if not value}
    if missing:
        raise Unprocessable("a message without id or sender", fields=missing)
    media = _media(form)
    return InboundMessage(
        channel=Channel.WHATSAPP,
        provider_message_id=sid,
        identifiers=_identifiers(identifier, one_line(form.get("ExternalUserId"))),
        content=_text(form, media),
        received_at=received_at,
        name=one_line(form.get("ProfileName")),
        sender=sender,
        recipient=one_line(form.get("To")),
        received={
            "phone": identifier.value,
            "message_sid": sid,
            "profile_name": one_line(form.get("ProfileName")),
            "message_type": one_line(form.get("MessageType")) or "text",
            "media": len(media),
        },
        details={
            "attachments": media,
            "twilio": {name: one_line(form.get(name)) for name in _KEPT if form.get(name)},
        },
    )


def _identifiers(sender: Identifier, user_id: str) -> tuple[Identifier, ...]:
    """A number and a business-scoped user id in one message belong to one customer; Twilio vouches for both."""
    if not user_id or user_id.removeprefix("whatsapp:") == sender.value:
        return (sender,)
    return (sender, Identifier("whatsapp", user_id.removeprefix("whatsapp:"), "channel", "WhatsApp user id"))


def _media(form: Form) -> list[dict[str, str]]:
    count = form.get("NumMedia")
    number = min(int(count), _MAX_MEDIA) if count.isdecimal() else 0
    return [
        {"url": one_line(form.get(f"MediaUrl{index}")), "type": one_line(form.get(f"MediaContentType{index}")).lower()}
        for index in range(number)
    ]


def _text(form: Form, media: list[dict[str, str]]) -> str:
    body = storable(form.get("Body")).strip()
    if body:
        return body
    notes = [f"[{_kind(item['type'])}]" for item in media]
    if form.get("Latitude") and form.get("Longitude"):
        place = ", ".join(one_line(form.get(name)) for name in ("Label", "Address") if form.get(name).strip())
        notes.append(f"[location] {one_line(form.get('Latitude'))}, {one_line(form.get('Longitude'))} {place}".strip())
    if not notes and form.get("ButtonText").strip():
        notes.append(storable(form.get("ButtonText")).strip())
    kind = one_line(form.get("MessageType"))
    return "\n".join(notes) or (f"[{kind}]" if kind not in ("", "text") else "[empty message]")


def _kind(content_type: str) -> str:
    return _KINDS.get(content_type) or _MAIN_KINDS.get(content_type.partition("/")[0], "document")
