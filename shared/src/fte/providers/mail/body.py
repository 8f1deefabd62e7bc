"""The text and the attachments in a mail's parts."""

from __future__ import annotations

from dataclasses import dataclass
from email.errors import MessageError
from email.message import Message
from typing import Final

from fte.providers.mail.html_text import html_to_text
from fte.providers.plain_text import one_line, storable

_MAX_DEPTH: Final = 40
_MAX_CHARACTERS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a mail: its name ("" when it has none), its size in bytes and its type."""

    name: str
    size: int
    type: str


@dataclass(frozen=True, slots=True)
class Body:
    """What a part holds. `html` tells that the text was made from HTML."""

    text: str = ""
    html: bool = False
    attachments: tuple[Attachment, ...] = ()


def read_body(message: Message, depth: int = 0) -> Body:
    """The text of `message`, plain text before HTML, and its attachments. A mail inside the mail is an attachment."""
    kind = message.get_content_type()
    if depth > _MAX_DEPTH:
        return Body()
    if message.is_multipart() and message.get_content_maintype() == "multipart":
        parts = [read_body(part, depth + 1) for part in message.get_payload() if isinstance(part, Message)]
        attachments = tuple(attachment for part in parts for attachment in part.attachments)
        if kind == "multipart/alternative":
            texts = sorted((part for part in parts if part.text), key=lambda part: part.html)[:1]
        else:
            texts = [part for part in parts if part.text]
        return Body("\n\n".join(part.text for part in texts), any(part.html for part in texts), attachments)
    if kind in ("text/plain", "text/html") and _disposition(message) != "attachment" and not _file_name(message):
        text = storable(_decoded(message)[:_MAX_CHARACTERS])
        return Body(html_to_text(text), html=True) if kind == "text/html" else Body(text.strip())
    return Body(attachments=(_attachment(message, kind),))


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        return data.decode(part.get_content_charset("utf-8"))
    except (LookupError, ValueError):
        pass
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _attachment(part: Message, kind: str) -> Attachment:
    if part.is_multipart():
        inner = part.get_payload()
        size = sum(len(bytes(item)) for item in inner if isinstance(item, Message))
    else:
        payload = part.get_payload(decode=True)
        size = len(payload) if isinstance(payload, bytes) else 0
    return Attachment(_file_name(part), size, kind)


def _file_name(part: Message) -> str:
    try:
        return one_line(part.get_filename() or "")[:200]
    except (MessageError, LookupError, AttributeError, ValueError, TypeError):
        return ""


def _disposition(part: Message) -> str:
    try:
        return (part.get_content_disposition() or "").lower()
    except (MessageError, LookupError, AttributeError, ValueError, TypeError):
        return ""
