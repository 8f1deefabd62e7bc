"""How a reply is headed, and how it is cut into the messages that a channel takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from fte.domain.channels import Channel
from fte.domain.graphemes import clusters
from fte.domain.policy.length import units

SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+(?=[^a-z\s])")
LIST_ITEM: Final = re.compile(r"\s*(?:\d{1,2}[.)]|[-*•])\s")

_MARK: Final = re.compile(r"\d{1,2}[.)]|[-*•]")
_ABBREVIATION: Final = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|approx|incl|mr|mrs|ms|dr)|^\d{1,2})\.$", re.IGNORECASE)


def heading(channel: Channel, subject: str, reference: str) -> str:
    """The subject of a reply to a message with `subject`.

    A form is answered by a mail that opens a thread of its own, so that one carries the ticket's reference.
    """
    if channel is Channel.WEBFORM:
        # A form can be filled in with anybody's address: words of a stranger must not stand above our signature.
        return f"[{reference}] Your request to TechCorp support"
    return subject if channel is Channel.WHATSAPP or subject.lower().startswith("re:") else f"Re: {subject}"


def split(text: str, limit: int) -> tuple[str, ...]:
    """`text` in parts of at most `limit` units: between lines and sentences, else between words.

    A unit is a UTF-16 code unit (see `fte.domain.policy.length.units`); `limit` is 2 at least, so that every character
    fits. Only white space is lost. A line of a list, a sentence, a word (so a link) and an emoji with all that belongs
    to it stay whole as far as a part can hold them; a list's number or bullet stays with the words after it.
    """
    parts: list[str] = []
    current = ""
    for separator, piece in _pieces(text, limit):
        joined = f"{current}{separator}{piece}" if current else piece
        if units(joined) <= limit:
            current = joined
        else:
            parts.append(current)
            current = piece
    return tuple([*parts, current] if current else parts)


def _pieces(text: str, limit: int) -> Iterable[tuple[str, str]]:
    """The smallest things that should stay whole, each with what stood before it."""
    for line in (line.strip() for line in text.splitlines() if line.strip()):
        separator = "\n"
        whole = units(line) <= limit and LIST_ITEM.match(line) is not None
        for sentence in [line] if whole else _sentences(line):
            for piece in [sentence] if units(sentence) <= limit else _by_words(sentence, limit):
                yield separator, piece
                separator = " "


def _sentences(line: str) -> Iterator[str]:
    """The sentences of a line; what an abbreviation or a list's number ends goes on."""
    current = ""
    for sentence in SENTENCE_END.split(line):
        current = f"{current} {sentence}" if current else sentence
        if not _ABBREVIATION.search(current if len(current) < 4 else current[-12:].lstrip("0123456789")):
            yield current
            current = ""
    if current:
        yield current


def _by_words(sentence: str, limit: int) -> Iterable[str]:
    current = ""
    for word in _words(sentence, limit):
        for chunk in [word] if units(word) <= limit else _by_characters(word, limit):
            if current and units(current) + 1 + units(chunk) > limit:
                yield current
                current = ""
            current = f"{current} {chunk}" if current else chunk
    if current:
        yield current


def _words(sentence: str, limit: int) -> Iterator[str]:
    """The words; the mark of a list item and its first word are one, where a part can hold both."""
    mark, *words = sentence.split()
    if words and _MARK.fullmatch(mark) and units(mark) + 1 + units(words[0]) <= limit:
        mark = f"{mark} {words.pop(0)}"
    yield mark
    yield from words


def _by_characters(word: str, limit: int) -> Iterator[str]:
    """A word that no part can hold, cut between characters as a reader sees them; also those are cut if need be."""
    current = ""
    for cluster in clusters(word):
        for piece in [cluster] if units(cluster) <= limit else cluster:
            if units(current) + units(piece) > limit:
                yield current
                current = ""
            current += piece
    if current:
        yield current
