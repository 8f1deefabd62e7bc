"""How a reply is headed, and how it is cut into the messages that a channel takes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from fte.domain.channels import Channel

SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+(?=[^a-z\s])")
LIST_ITEM: Final = re.compile(r"\s*(?:\d{1,2}[.)]|[-*•])\s")


def heading(channel: Channel, subject: str, reference: str) -> str:
    """The subject of a reply to a message with `subject`.

    A form is answered by a mail that opens a thread of its own, so that one carries the ticket's reference.
    """
    if channel is Channel.WEBFORM:
        # A form can be filled in with anybody's address: words of a stranger must not stand above our signature.
        return f"[{reference}] Your request to TechCorp support"
    return subject if channel is Channel.WHATSAPP or subject.lower().startswith("re:") else f"Re: {subject}"


def split(text: str, limit: int) -> tuple[str, ...]:
    """`text` in parts of at most `limit` characters: between lines and sentences, else between words.

    Only white space is lost. A word (a link) longer than `limit` is cut, because nothing else is possible.
    """
    parts: list[str] = []
    current = ""
    for separator, piece in _pieces(text, limit):
        joined = f"{current}{separator}{piece}" if current else piece
        if len(joined) <= limit:
            current = joined
        else:
            parts.append(current)
            current = piece
    return tuple([*parts, current] if current else parts)


def _pieces(text: str, limit: int) -> Iterable[tuple[str, str]]:
    """The smallest units that should stay whole, each with what stood before it."""
    for line in (line.strip() for line in text.splitlines() if line.strip()):
        separator = "\n"
        units = [line] if len(line) <= limit and LIST_ITEM.match(line) else SENTENCE_END.split(line)
        for unit in units:
            for piece in [unit] if len(unit) <= limit else _by_words(unit, limit):
                yield separator, piece
                separator = " "


def _by_words(sentence: str, limit: int) -> Iterable[str]:
    current = ""
    for word in sentence.split():
        for start in range(0, len(word), limit):
            chunk = word[start : start + limit]
            if current and len(current) + 1 + len(chunk) > limit:
                yield current
                current = ""
            current = f"{current} {chunk}" if current else chunk
    if current:
        yield current
