"""The text and the attachments in a mail's parts."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Final

from fte.providers.mail.calendar import describe, method_of
from fte.providers.mail.charsets import decode
from fte.providers.mail.filenames import safe_name
from fte.providers.mail.html_text import html_to_text
from fte.providers.mail.parts import Part, read_parts
from fte.providers.plain_text import storable

_MAX_CHARACTERS: Final = 500_000
_MAX_ENCODED: Final = 4_000_000
_UNSEEN: Final = re.compile("[\u200b\u2060\ufeff\u00ad\U000e0000-\U000e007f]|\u200c(?=[\\s\u200c])")
"""Characters without a sight: fillers of newsletters, and a way to write what no reader sees."""

_SHOWN: Final = frozenset({"text/plain", "text/html", "text/enriched", "text/richtext"})
_MAX_SAID_BY_FILE: Final = 20_000
"""A file of text that is all there is counts as the mail up to this size: some programs send every text as a file."""

_NOT_FILES: Final = frozenset({"text/x-amp-html", "message/delivery-status", "message/disposition-notification"})


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a mail: its name ("" when it has none), its size in bytes, its type and its hash.

    `sha256` is "" when the file's bytes were not read.
    """

    name: str
    size: int
    type: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """What a part holds. `html` tells that the text was made from HTML, `method` what a calendar entry in it asks."""

    text: str = ""
    html: bool = False
    attachments: tuple[Attachment, ...] = ()
    method: str = ""


def read_body(part: Part, depth: int = 0) -> Body:
    """The text of a mail, plain text before HTML, and its attachments. A mail inside the mail is an attachment.

    Text that is shown in the mail is its text, under whatever name; a file is not.
    """
    disposition, options = part.disposition
    name = safe_name(options.get("filename") or part.params.get("name", ""))
    if part.children:
        return _together(part, [read_body(child, depth + 1) for child in part.children])
    is_file = disposition == "attachment" or (bool(name) and depth > 0 and disposition != "inline")
    if part.type in _SHOWN and not is_file:
        return _shown(part)
    if part.type in _NOT_FILES:
        return Body()
    if part.type == "text/calendar":
        entry = decode(b"".join(part.pieces(_MAX_ENCODED)), part.params.get("charset", "utf-8"))
        method = part.params.get("method", "").upper() or method_of(entry)
        return Body(describe(_clean(entry)), True, (_attachment(part, name, options),), method)
    return Body(attachments=(_attachment(part, name, options),))


def within(part: Part) -> Body:
    """What the first mail inside this mail says, where that is all there is."""
    for inner in _leaves(part):
        if inner.type == "message/rfc822":
            return read_body(read_parts(b"".join(inner.pieces())))
    return Body()


def said_by_file(part: Part) -> Body:
    """What the first small file of text says, where a mail says nothing itself."""
    for leaf in _leaves(part):
        if leaf.type in _SHOWN and leaf.end - leaf.start <= _MAX_SAID_BY_FILE and (body := _shown(leaf)).text:
            return body
    return Body()


def _shown(part: Part) -> Body:
    text = _clean(decode(b"".join(part.pieces(_MAX_ENCODED)), part.params.get("charset", "")))
    if part.type == "text/plain":
        return Body(text.strip())
    return Body(html_to_text(text), html=True)


def _leaves(part: Part) -> list[Part]:
    if not part.children:
        return [part]
    return [leaf for child in part.children for leaf in _leaves(child)]


def _together(part: Part, bodies: list[Body]) -> Body:
    attachments = tuple(attachment for body in bodies for attachment in body.attachments)
    method = next((body.method for body in bodies if body.method), "")
    # What a calendar entry says is read only where nobody wrote anything else.
    written = [body for body in bodies if body.text and not body.method] or [body for body in bodies if body.text]
    if part.type == "multipart/alternative":
        written = sorted(written, key=lambda body: body.html)[:1]
    return Body("\n\n".join(body.text for body in written), any(body.html for body in written), attachments, method)


def _clean(text: str) -> str:
    return storable(_UNSEEN.sub("", text[:_MAX_CHARACTERS]))


def _attachment(part: Part, name: str, options: dict[str, str]) -> Attachment:
    size, digest = 0, hashlib.sha256()
    for piece in part.pieces():
        size += len(piece)
        digest.update(piece)
    stated = options.get("size", "")
    if size == 0 and stated.isdecimal() and len(stated) < 12 and int(stated):
        # The outline of a mail that is too large to be fetched names files without their bytes.
        return Attachment(name, int(stated), part.type)
    return Attachment(name, size, part.type, digest.hexdigest())
