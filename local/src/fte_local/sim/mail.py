"""RFC 5322 mail: composing what a customer writes, and reading any mail as Gmail shows it. Pure."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.utils import format_datetime, getaddresses, make_msgid, parseaddr
from typing import Any

REPLY_PREFIX = re.compile(r"^\s*((re|fwd?|aw|wg|sv|rv|tr)\s*(\[\d+\])?\s*:\s*)+", re.IGNORECASE)
MESSAGE_ID = re.compile(r"<[^<>\s]+>")
Headers = Mapping[str, str | Sequence[str] | None]


def compose(
    *,
    sender: str,
    to: Sequence[str],
    subject: str,
    text: str | None,
    html: str | None,
    cc: Sequence[str],
    reply_to: str | None,
    in_reply_to: str | None,
    references: Sequence[str],
    headers: Headers,
    now: datetime,
) -> bytes:
    """A mail as a customer's program would send it. A header given as None is left out, any other wins over ours.

    Raises `ValueError` when a header cannot be written, such as one with a line break.
    """
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = sender
    mail["To"] = ", ".join(to)
    mail["Subject"] = subject
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2] or "mail.example")
    for name, value in (("Cc", ", ".join(cc)), ("Reply-To", reply_to), ("In-Reply-To", in_reply_to)):
        if value:
            mail[name] = value
    if references:
        mail["References"] = " ".join(references)
    if text is not None or html is None:
        mail.set_content((text or "") + "\n")
    if html is not None:
        if text is None:
            mail.set_content(html, subtype="html")
        else:
            mail.add_alternative(html, subtype="html")
    for name, given in headers.items():
        del mail[name]
        for value in [given] if isinstance(given, str) else given or ():
            mail[name] = value
    return mail.as_bytes()


def received(raw: bytes, mailbox: str, now: datetime) -> bytes:
    """`raw` with the trace lines that Gmail puts on top of a mail it takes in."""
    domain = parseaddr(header(parse(raw), "From"))[1].rpartition("@")[2] or "mail.example"
    lines = [f"Delivered-To: {mailbox}", f"Received: by mx.google.com; {format_datetime(now)}"]
    if parse(raw)["Authentication-Results"] is None:
        verdict = f"dkim=pass header.i=@{domain}; spf=pass smtp.mailfrom={domain}; dmarc=pass header.from={domain}"
        lines.append(f"Authentication-Results: mx.google.com; {verdict}")
    return "\r\n".join(lines).encode("ascii", "replace") + b"\r\n" + raw


def parse(raw: bytes) -> Message:
    """Any bytes as a mail; what is broken stays as it is."""
    return message_from_bytes(raw, policy=policy.compat32)


def decoded(value: object) -> str:
    """A header's text without folding and with encoded words read."""
    text = re.sub(r"\r?\n(?=[ \t])", "", str(value))
    try:
        return str(make_header(decode_header(text)))
    except (HeaderParseError, LookupError, ValueError):
        return text


def header(mail: Message, name: str) -> str:
    """One header's text, or an empty text."""
    return decoded(mail.get(name, ""))


def addresses(values: Iterable[str]) -> tuple[str, ...]:
    """The bare addresses of address headers, in order."""
    return tuple(address for _, address in getaddresses(list(values)) if "@" in address)


def recipients(mail: Message) -> tuple[str, ...]:
    """Everyone a mail is for, each once."""
    fields = [decoded(value) for name in ("To", "Cc", "Bcc") for value in mail.get_all(name, [])]
    return tuple(dict.fromkeys(addresses(fields)))


def related(mail: Message) -> frozenset[str]:
    """The Message-IDs that a mail says it continues."""
    named = " ".join(str(value) for name in ("In-Reply-To", "References") for value in mail.get_all(name, []))
    return frozenset(MESSAGE_ID.findall(named))


def subject_key(mail: Message) -> str:
    """The subject by which Gmail compares threads: without reply prefixes, spacing and case."""
    return " ".join(REPLY_PREFIX.sub("", header(mail, "Subject")).split()).lower()


def body(mail: Message, subtype: str) -> str | None:
    """The first text part of this kind that is not an attachment."""
    for part in mail.walk():
        if part.get_content_type() == f"text/{subtype}" and not part.get_filename():
            return _text(part)
    return None


def payload(mail: Message, part_id: str = "") -> dict[str, Any]:
    """A mail, or a part of one, as Gmail's `MessagePart`."""
    shown: dict[str, Any] = {
        "partId": part_id,
        "mimeType": mail.get_content_type(),
        "filename": decoded(mail.get_filename() or ""),
        "headers": header_list(mail),
        "body": {"size": 0},
    }
    if mail.is_multipart():
        children = [part for part in mail.get_payload() if isinstance(part, Message)]
        dot = f"{part_id}." if part_id else ""
        shown["parts"] = [payload(part, f"{dot}{index}") for index, part in enumerate(children)]
    elif shown["filename"]:
        shown["body"] = {"size": len(content(mail)), "attachmentId": f"part-{part_id or '0'}"}
    else:
        data = content(mail)
        shown["body"] = {"size": len(data), "data": encoded(data)} if data else {"size": 0}
    return shown


def part(mail: Message, part_id: str) -> Message | None:
    """The part that `payload` gave this id."""
    found = mail
    for index in (int(number) for number in part_id.split(".") if number):
        children = found.get_payload() if found.is_multipart() else [found]
        child = children[index] if isinstance(children, list) and index < len(children) else None
        if not isinstance(child, Message):
            return None
        found = child
    return found


def header_list(mail: Message) -> list[dict[str, str]]:
    """All headers in order, repeated ones too."""
    return [{"name": name, "value": decoded(value)} for name, value in mail.items()]


def content(mail: Message) -> bytes:
    """A part's bytes without transfer encoding; text in UTF-8, as Gmail gives it."""
    if mail.get_content_maintype() == "text":
        return _text(mail).encode("utf-8", "replace")
    data = mail.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def encoded(data: bytes) -> str:
    """Base64 for URLs, as all of Gmail's data."""
    return base64.urlsafe_b64encode(data).decode("ascii")


def _text(mail: Message) -> str:
    data = mail.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        return data.decode(mail.get_content_charset() or "utf-8", "replace")
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")
