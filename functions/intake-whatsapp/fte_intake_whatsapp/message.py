"""A WhatsApp message as Twilio tells of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from fte.domain.channels import Channel
from fte.domain.claims import claims_in_chat
from fte.domain.identity import Identifier, whatsapp_identifier
from fte.errors import Unprocessable
from fte.providers.plain_text import one_line, storable
from fte.store.intake import InboundMessage
from fte_intake_whatsapp.signed import Form

_MAX_ID: Final = 200
_MAX_MEDIA: Final = 20
_MAX_RAW: Final = 50_000
# WhatsApp's stickers are WebP and its voice messages Ogg; pictures are JPEG or PNG.
_KINDS: Final = {
    "image/webp": "sticker",
    "audio/ogg": "voice message",
    "text/vcard": "contact",
    "text/x-vcard": "contact",
    "text/directory": "contact",
}
_MAIN_KINDS: Final = {"image": "image", "audio": "audio message", "video": "video"}
_KEPT: Final = (
    "AccountSid", "MessagingServiceSid", "WaId", "ButtonText", "ButtonPayload", "Latitude", "Longitude", "Address",
    "Label", "Forwarded", "FrequentlyForwarded", "OriginalRepliedMessageSid", "OriginalRepliedMessageSender",
    "ReferralHeadline", "ReferralSourceUrl", "ExternalUserId", "ListId", "ListTitle", "OptOutType", "ErrorCode",
    "MessageType",
)  # fmt: skip


def inbound_message(form: Form, received_at: datetime, own: Sequence[str] = ()) -> InboundMessage:
    """The message to store. Raises `Unprocessable` when it has no id or no sender.

    `content` is what the customer said in words, and nothing else: a name that we give to a picture would be read as
    the customer's words by whoever judges them. Of what has no words a `note` in `details` tells, so that nothing goes
    unseen. `own` are our own mail addresses: a customer who names one does not call it theirs.
    """
    sid = one_line(form.get("MessageSid") or form.get("SmsMessageSid") or form.get("SmsSid"))[:_MAX_ID]
    sender = one_line(form.get("From"))[:_MAX_ID]
    identifier = whatsapp_identifier(sender, "WhatsApp sender")
    missing = {field: "is missing" for field, value in (("MessageSid", sid), ("From", identifier.value)) if not value}
    if missing:
        raise Unprocessable("a message without id or sender", fields=missing)
    media = _media(form)
    words = _words(form)
    return InboundMessage(
        channel=Channel.WHATSAPP,
        provider_message_id=sid,
        identifiers=(*_identifiers(identifier, one_line(form.get("ExternalUserId"))), *_claims(form, own)),
        content=words,
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
            **({} if words else {"note": _note(form, media)}),
            **_raw(form),
        },
        # Of what both the webhook and Twilio's list have: a place and a button are told by the webhook alone.
        fingerprint=hashlib.sha256(f"{sender}\n{_body(form)}\n{len(media)}".encode()).hexdigest(),
    )


def _identifiers(sender: Identifier, user_id: str) -> tuple[Identifier, ...]:
    """A number and a business-scoped user id in one message belong to one customer; Twilio vouches for both."""
    if not user_id or user_id.removeprefix("whatsapp:") == sender.value:
        return (sender,)
    return (sender, Identifier("whatsapp", user_id.removeprefix("whatsapp:"), "channel", "WhatsApp user id"))


def _claims(form: Form, own: Sequence[str]) -> tuple[Identifier, ...]:
    # What is passed on was written by somebody else.
    passed_on = any(form.get(name).lower() == "true" for name in ("Forwarded", "FrequentlyForwarded"))
    return () if passed_on else claims_in_chat(form.get("Body"), own)


def _media(form: Form) -> list[dict[str, str]]:
    count = form.get("NumMedia")
    number = min(int(count[:4]), _MAX_MEDIA) if count.isdecimal() else 0
    # Whoever writes to us says where this lies: nobody here calls that address. A person opens it at the provider.
    return [
        {
            "url": one_line(form.get(f"MediaUrl{index}")),
            "type": one_line(form.get(f"MediaContentType{index}")).lower(),
            "state": "not_fetched",
        }
        for index in range(number)
    ]


def _body(form: Form) -> str:
    return storable(form.get("Body")).strip()


def _raw(form: Form) -> dict[str, str]:
    """The text as it came, where cleaning has changed it."""
    if not {"\x00", "\ufffd"} & set(form.get("Body")):
        return {}
    return {"raw_body": form.encoded("Body")[:_MAX_RAW]}


def _words(form: Form) -> str:
    """What was written, or chosen from what we offered."""
    chosen = (storable(form.get(name)).strip() for name in ("ButtonText", "ListTitle"))
    return next((text for text in (_body(form), *chosen) if text), "")


def _note(form: Form, media: list[dict[str, str]]) -> str:
    """What came, of a message without words."""
    notes = [f"[{_kind(item['type'])}]" for item in media]
    if form.get("Latitude") and form.get("Longitude"):
        place = ", ".join(one_line(form.get(name)) for name in ("Label", "Address") if form.get(name).strip())
        notes.append(f"[location] {one_line(form.get('Latitude'))}, {one_line(form.get('Longitude'))} {place}".strip())
    kind = one_line(form.get("MessageType"))
    return "\n".join(notes) or (f"[{kind}]" if kind not in ("", "text") else "[empty message]")


def _kind(content_type: str) -> str:
    return _KINDS.get(content_type.partition(";")[0].strip()) or _MAIN_KINDS.get(
        content_type.partition("/")[0], "document"
    )
