"""From a line to the message that an intake makes of it: a real mail, a real form post, read by the intake's own code.

Only the signatures and tokens of the providers are left out.
"""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email.header import Header
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import formataddr, getaddresses
from typing import Final
from urllib.parse import urlencode
from uuid import uuid4

import fte_intake_gmail
import fte_intake_webform
import fte_intake_whatsapp
from fte.errors import Unprocessable
from fte.providers.gmail import GmailMessage
from fte.providers.plain_text import one_line, storable
from fte.settings import Settings
from fte.store.intake import InboundMessage
from fte_intake_gmail import Ignored

UNUSED: Final = "dry-run.invalid"
"""The domain of every address that a dry run makes up."""

NUMBER: Final = "whatsapp:+14155550100"
"""Our own number where the settings have none."""

_STAND_INS: Final = {"name": "Not given", "subject": "Not given", "message": "Not given at all", "phone": ""}


def mail_message(
    settings: Settings, headers: Mapping[str, str], text: str, html: str = "", attachments: Sequence[str] = ()
) -> InboundMessage | Ignored:
    """What intake-gmail makes of a mail."""
    id_ = uuid4().hex
    raw = _mail({**headers, "To": settings.support_address, "Message-ID": f"<{id_}@{UNUSED}>"}, text, html, attachments)
    arrived = GmailMessage(id_, f"thread-{id_}", frozenset({"INBOX"}), datetime.now(UTC), raw)
    return fte_intake_gmail.inbound_message(arrived, settings.own, settings.support_address)


def chat_message(
    settings: Settings, fields: Mapping[str, str], attachments: Sequence[str] = ()
) -> InboundMessage | None:
    """What intake-whatsapp makes of a message with these fields of Twilio's; None when it is our own.

    Raises `Unprocessable` when there is no sender.
    """
    own = settings.twilio_number or NUMBER
    sender = one_line(fields.get("From", ""))
    media = {f"MediaUrl{index}": f"https://{UNUSED}/{name}" for index, name in enumerate(attachments)}
    media |= {f"MediaContentType{index}": _type_of(name) for index, name in enumerate(attachments)}
    post = {
        **{name: storable(value) for name, value in fields.items()},
        "From": sender if sender.startswith("whatsapp:") or not sender else f"whatsapp:{sender}",
        "To": own,
        "MessageSid": f"SM{uuid4().hex}",
        "NumMedia": str(len(attachments)),
        **media,
    }
    form = fte_intake_whatsapp.Form(urlencode(post).encode())
    message = fte_intake_whatsapp.inbound_message(form, datetime.now(UTC), settings.own)
    return None if message.sender == own else message


def form_message(settings: Settings, fields: Mapping[str, str]) -> InboundMessage:
    """What intake-webform makes of a form with these fields.

    Tickets of another desk may be shorter or longer than our form takes: such a field is read past the form's check, so
    that they can be tried all the same. Only the address cannot be done without: raises `Unprocessable`.
    """
    given = {name: storable(value) for name, value in fields.items()}
    filled = {"category": "general", **given}
    try:
        form = _read(settings, filled)
    except Unprocessable as error:
        if not error.fields or not error.fields.keys() <= _STAND_INS.keys():
            raise
        form = _read(settings, filled | {name: _STAND_INS[name] for name in error.fields})
    message = fte_intake_webform.inbound_message(form, uuid4().hex, datetime.now(UTC), settings.own)
    return replace(
        message,
        name=one_line(given.get("name", "")),
        subject=one_line(given.get("subject", "")),
        content=given.get("message", "").strip(),
    )


def _read(settings: Settings, fields: Mapping[str, str]) -> fte_intake_webform.SupportForm:
    return fte_intake_webform.read_form("application/json", json.dumps(fields).encode(), settings.own)


def _mail(headers: Mapping[str, str], text: str, html: str, attachments: Sequence[str]) -> bytes:
    texts = [MIMEText(storable(html), "html", "utf-8")] if html else []
    if text or not html:
        texts.insert(0, MIMEText(storable(text), "plain", "utf-8"))
    if len(texts) == 1 and not attachments:
        mail: MIMEBase = texts[0]
    elif attachments:
        mail = MIMEMultipart("mixed", _subparts=[*_one(texts), *map(_attachment, attachments)])
    else:
        mail = MIMEMultipart("alternative", _subparts=texts)
    for name, value in headers.items():
        if value.strip():
            mail[name] = _addresses(value) if name in ("From", "Reply-To", "Sender", "Cc") else _encoded(value)
    return mail.as_bytes()


def _one(texts: list[MIMEText]) -> list[MIMEBase]:
    return [MIMEMultipart("alternative", _subparts=texts)] if len(texts) > 1 else list(texts)


def _attachment(name: str) -> MIMEBase:
    main, _, sub = _type_of(name).partition("/")
    part = MIMEBase(main, sub)
    part.set_payload("")
    part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", one_line(name)))
    return part


def _type_of(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _addresses(value: str) -> str:
    found = getaddresses([one_line(value)])
    if all(address and address.isascii() for _, address in found):
        return ", ".join(formataddr(pair) for pair in found)
    return _encoded(value)


def _encoded(value: str) -> str:
    line = one_line(value)
    return line if line.isascii() else Header(line, "utf-8").encode()
