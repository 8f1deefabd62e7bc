"""A mail as values, from its raw bytes. Broken mail is read as far as it goes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from typing import Any, Final, TypeVar

from fte.domain.identity import normal_email
from fte.errors import Permanent
from fte.providers.mail.body import Attachment, read_body
from fte.providers.mail.quotes import split_quote
from fte.providers.plain_text import one_line

T = TypeVar("T")

_ID: Final = re.compile(r"<[^<>\s]+>")
_MAX_ID: Final = 500
_MAX_REFERENCES: Final = 50

KEPT_HEADERS: Final = (
    "To", "Cc", "Date", "Sender", "Return-Path", "Auto-Submitted", "Precedence", "List-Id", "X-Auto-Response-Suppress",
    "X-Autoreply", "X-Autorespond", "X-Autoresponder",
)  # fmt: skip
"""The headers that are kept with a message, beside those that have a field of their own."""

# What the standard library's header parser raises on some broken headers.
_BROKEN: Final = (MessageError, LookupError, AttributeError, ValueError, TypeError)


class Unreadable(Permanent):
    """This mail cannot be read at all."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail. Addresses are normalised; `sender` is None when From holds no usable address.

    `text` is what the sender wrote now, `quoted` what was cut from it, `full_text` both as they came. `message_id` and
    the ids in `in_reply_to` and `references` (oldest first) have their angle brackets; a missing Message-ID is derived
    from the content. `headers` holds those of `KEPT_HEADERS` that are there, and the content type.
    """

    sender: str | None
    sender_name: str
    from_header: str
    reply_to: str | None
    subject: str
    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    text: str
    quoted: str
    full_text: str
    attachments: tuple[Attachment, ...]
    headers: dict[str, str]


def read_mail(raw: bytes) -> Mail:
    """Read a mail. Raises `Unreadable` when there is no way to make sense of the bytes."""
    try:
        return _read(_parse(raw))
    except (*_BROKEN, RecursionError) as error:
        raise Unreadable(f"the mail cannot be read ({type(error).__name__})") from error


def _parse(raw: bytes) -> Message:
    try:
        return message_from_bytes(raw, policy=policy.default)
    except _BROKEN:
        # The old policy keeps every header as text, so that nothing in one can break the rest.
        return message_from_bytes(raw, policy=policy.compat32)


def _read(message: Message) -> Mail:
    sender, name = _first_address(message, "From")
    subject = _header(message, "Subject")
    body = read_body(message)
    text, quoted = split_quote(body.text)
    identity = "\n".join((sender or "", _header(message, "Date"), subject, body.text))
    derived = f"<{hashlib.sha256(identity.encode()).hexdigest()[:40]}@derived.invalid>"
    references = _ids(message, "References")
    kept = {name.lower(): value for name in KEPT_HEADERS if (value := _header(message, name))}
    kept["content-type"] = one_line(message.get_content_type())
    if (report := _quietly(lambda: message.get_param("report-type"), None)) is not None:
        kept["report-type"] = one_line(str(report)).lower()
    return Mail(
        sender=sender,
        sender_name=name,
        from_header=_header(message, "From"),
        reply_to=_first_address(message, "Reply-To")[0],
        subject=subject,
        message_id=next(iter(_ids(message, "Message-ID")), derived),
        in_reply_to=next(iter(_ids(message, "In-Reply-To")), ""),
        references=references
        if len(references) <= _MAX_REFERENCES
        else (references[0], *references[-_MAX_REFERENCES:]),
        text=text,
        quoted=quoted,
        full_text=body.text,
        attachments=body.attachments,
        headers=kept,
    )


def _quietly(read: Callable[[], T], instead: T) -> T:
    try:
        return read()
    except _BROKEN:
        return instead


def _raw_header(message: Message, name: str) -> str:
    wanted = name.lower()
    return next((str(value) for key, value in message.raw_items() if key.lower() == wanted), "")


def _header(message: Message, name: str) -> str:
    """The first header of this name, decoded, on one line."""
    text = _quietly(lambda: str(message.get(name, "")), "")
    return one_line(text if text and "=?" not in text else _decoded(_raw_header(message, name)) or text)


def _decoded(raw: str) -> str:
    return _quietly(lambda: str(make_header(decode_header(raw))), raw)


def _first_address(message: Message, name: str) -> tuple[str | None, str]:
    # The addresses of the parsed header, not of its decoded text: an encoded display name may spell an address.
    header: Any = _quietly(lambda: message[name], None)
    for address in getattr(header, "addresses", ()):
        usable = normal_email(one_line(address.addr_spec))
        if usable:
            return usable, one_line(address.display_name)
    display, plain = parseaddr(_raw_header(message, name))
    return normal_email(plain), one_line(_decoded(display))


def _ids(message: Message, name: str) -> tuple[str, ...]:
    # No honest id is that long, and an index cannot hold every length.
    return tuple(dict.fromkeys(id_ for id_ in _ID.findall(_header(message, name)) if len(id_) <= _MAX_ID))
