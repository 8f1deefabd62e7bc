"""An answer as an e-mail that Gmail and the customer's program put into the right thread."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import localtime
from typing import Any, Final

DISPLAY_NAME: Final = "TechCorp Support"
MAX_REFERENCES: Final = 30

_MESSAGE_ID: Final = re.compile(r"<[!-;=?-~]{1,400}>")
_REPLY_PREFIX: Final = re.compile(r"\s*re\s*:", re.IGNORECASE)
_LINK: Final = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)]")


class Undeliverable(ValueError):
    """No mail can be built for this recipient."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is known of an answer that goes out by mail. `in_reply_to` is empty when it opens a thread.

    A person's reply is not `automatic`.
    """

    sender: str
    recipient: str
    subject: str
    text: str
    message_id: str
    in_reply_to: str = ""
    references: Sequence[str] = field(default_factory=tuple)
    html: str = ""
    automatic: bool = True

    @classmethod
    def from_row(
        cls,
        *,
        sender: str,
        recipient: str,
        subject: str,
        body: str,
        message_id: str,
        details: Mapping[str, Any],
        author: str = "agent",
    ) -> Reply:
        """The reply that an outbound message's row describes."""
        in_reply_to = str(details.get("in_reply_to") or "")
        heading = str(details.get("reply_to_subject") or subject)
        return cls(
            sender=sender,
            recipient=recipient,
            subject=reply_subject(heading) if in_reply_to else subject,
            text=body,
            message_id=message_id,
            in_reply_to=in_reply_to,
            references=tuple(map(str, details.get("references") or ())),
            html=str(details.get("html") or ""),
            automatic=author == "agent",
        )


def build(reply: Reply) -> bytes:
    """The mail's bytes. Raises `Undeliverable` when the recipient is no address that a mail header can hold."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(DISPLAY_NAME, addr_spec=reply.sender)
    message["To"] = _recipient(reply.recipient)
    message["Subject"] = _one_line(reply.subject)
    message["Date"] = localtime()
    if reply.automatic:
        # So that vacation responders and other machines leave it alone (RFC 3834). A person's reply is no automatic
        # one: the customer's absence notice is news to the person who wrote it.
        message["Auto-Submitted"] = "auto-replied"
        message["X-Auto-Response-Suppress"] = "All"
    message.set_content(_clean(reply.text), cte="quoted-printable")
    message.add_alternative(_clean(reply.html or as_html(reply.text)), subtype="html", cte="quoted-printable")
    return _identification(reply) + message.as_bytes()


def reply_subject(subject: str) -> str:
    """`Re: …`, without a second `Re:`: Gmail keeps a thread together only while the subject stays the same."""
    return subject if _REPLY_PREFIX.match(subject) else f"Re: {subject}".rstrip()


def as_html(text: str) -> str:
    """Plain text as simple HTML: paragraphs, line breaks, links."""
    paragraphs = [part.strip("\n") for part in re.split(r"\n{2,}", text.replace("\r\n", "\n")) if part.strip()]
    body = "\n".join(f"<p>{_linked(part).replace(chr(10), '<br>' + chr(10))}</p>" for part in paragraphs)
    return f'<!doctype html>\n<html><head><meta charset="utf-8"></head><body>\n{body}\n</body></html>\n'


def _linked(text: str) -> str:
    pieces: list[str] = []
    end = 0
    for link in _LINK.finditer(text):
        address = html.escape(link.group())
        pieces += [html.escape(text[end : link.start()]), f'<a href="{address}">{address}</a>']
        end = link.end()
    return "".join([*pieces, html.escape(text[end:])])


def _identification(reply: Reply) -> bytes:
    # Written here, because the library folds an id that is longer than a line into an encoded word, which no mail
    # program reads as an id. Ids come from strangers: only what can be an id goes in.
    in_reply_to = _ids([reply.in_reply_to])[-1:]
    references = _ids(reply.references)
    references += [id_ for id_ in in_reply_to if id_ not in references]
    if len(references) > MAX_REFERENCES:
        references = [references[0], *references[1 - MAX_REFERENCES :]]
    lines = [f"Message-ID: {reply.message_id}"]
    if in_reply_to:
        lines.append(f"In-Reply-To: {in_reply_to[0]}")
    if references:
        lines.append("References: " + "\r\n ".join(references))
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _ids(texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(id_ for text in texts for id_ in _MESSAGE_ID.findall(text)))


def _recipient(address: str) -> Address:
    if not address.isascii():
        raise Undeliverable("not an ASCII address")
    try:
        return Address(addr_spec=address.strip())
    except (ValueError, IndexError, MessageError) as error:
        raise Undeliverable("not an address") from error


def _one_line(text: str) -> str:
    return " ".join(_clean(text).split())


def _clean(text: str) -> str:
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
