"""Address headers, read in one pass, as people and programs write them rather than as the standard has them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from fte.domain.identity import normal_email
from fte.providers.mail.words import decode_words
from fte.providers.plain_text import one_line

_MAX_DOMAIN: Final = 253
_MAX_LENGTH: Final = 16_000


@dataclass(frozen=True, slots=True)
class Contact:
    """An address, normalised, and the name that stands with it."""

    address: str
    name: str


def contacts(raw: str) -> list[Contact]:
    """The usable addresses of a header that is not decoded yet: an encoded display name may spell an address."""
    found: list[Contact] = []
    before = ""
    for entry in _entries(raw[:_MAX_LENGTH]):
        address = next((usable for text in reversed(entry.angles) if (usable := _usable(text))), None)
        name = "".join(entry.words).strip()
        if address is None and not entry.angles:
            address, rest = _bare(name)
            name = rest if address else name
        if address is None:
            # `Lima, Ana <ana@…>`: a name with a comma and without quotes.
            before = f"{before}{name}, " if name else before
            continue
        found.append(Contact(address, one_line(decode_words(before + (name or " ".join(entry.comments))))))
        before = ""
    return found


@dataclass(slots=True)
class _Entry:
    words: list[str] = field(default_factory=list)
    angles: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


def _entries(raw: str) -> list[_Entry]:
    entries, entry, at = [], _Entry(), 0
    unclosed: set[str] = set()  # what does not close from here on does not close further on either
    while at < len(raw):
        character = raw[at]
        closed = None
        if character in '"(<' and character not in unclosed:
            closed = _closed(raw, at)
            if closed is None:
                unclosed.add(character)
        if closed is not None:
            text, at = closed
            if character == '"':
                entry.words.append(text)
            else:
                (entry.angles if character == "<" else entry.comments).append(text)
            continue
        at += 1
        if character in ",;":
            entries.append(entry)
            entry = _Entry()
        elif character == ":" and not entry.angles and "@" not in "".join(entry.words[-200:]):
            entry = _Entry()  # the name of a group
        elif character not in '"<>':
            entry.words.append(character)
        elif character == "<":
            entry.words.append(" ")
    return [*entries, entry]


def _closed(raw: str, start: int) -> tuple[str, int] | None:
    """What stands between the mark at `start` and the one that closes it, and where to go on."""
    opening, depth, at = raw[start], 1, start + 1
    out: list[str] = []
    while at < len(raw):
        character = raw[at]
        if character == "\\" and opening != "<" and at + 1 < len(raw):
            out.append(raw[at + 1])
            at += 2
            continue
        at += 1
        if opening == "(" and character == "(":
            depth += 1
        elif character == {'"': '"', "(": ")", "<": ">"}[opening]:
            depth -= 1
            if depth == 0:
                return "".join(out), at
        elif opening == "<" and character == "<":
            # Two opened, one closed: the inner one counts.
            out.clear()
            continue
        out.append(character)
    return None


def _bare(text: str) -> tuple[str | None, str]:
    words = text.split()
    for index, word in enumerate(words):
        if "@" in word and (usable := _usable(word.strip("'[]"))):
            return usable, " ".join(words[:index] + words[index + 1 :])
    return _usable("".join(words)), ""


def _usable(text: str) -> str | None:
    text = one_line(text).removeprefix("mailto:")
    if text.startswith("@"):
        text = text.rpartition(":")[2]  # a route, as it was once written
    local, _, domain = text.rpartition("@")
    if domain and not domain.isascii() and len(domain) <= _MAX_DOMAIN:
        try:
            domain = domain.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    return normal_email(f"{local}@{domain}")
