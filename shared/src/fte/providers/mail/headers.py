"""The headers of a mail or a part, from its bytes. One pass; broken lines are left out, nothing raises."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from fte.providers.mail.charsets import decode
from fte.providers.mail.words import decode_words
from fte.providers.plain_text import one_line

_NAME: Final = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_ID: Final = re.compile(r"<[^<>\s]{1,498}>")
_MAX_HEADERS: Final = 1_000
_MAX_LENGTH: Final = 64_000
"""Characters of one header that are read: no honest one is longer, and some are made to be."""


@dataclass(frozen=True, slots=True)
class Headers:
    """Names in lower case, values unfolded but not decoded, in order; and where the body begins."""

    items: tuple[tuple[str, str], ...] = ()
    body: int = 0

    def raw(self, name: str) -> str:
        """The first header of this name as it stands, or ""."""
        return next((value for key, value in self.items if key == name), "")

    def all(self, name: str) -> list[str]:
        """All headers of this name as they stand."""
        return [value for key, value in self.items if key == name]

    def text(self, name: str) -> str:
        """The first header of this name, decoded, on one line."""
        return one_line(decode_words(self.raw(name)))

    def ids(self, name: str) -> tuple[str, ...]:
        """The message ids in the first header of this name, each once, with their angle brackets."""
        return tuple(dict.fromkeys(_ID.findall(self.text(name))))


def read_headers(raw: bytes, start: int, end: int) -> Headers:
    """The headers that begin at `start`; they end at an empty line or at one that can be none."""
    items: list[tuple[str, str]] = []
    lines: list[bytes] = []
    at = start
    while at < end:
        stop = raw.find(b"\n", at, end)
        stop = end if stop < 0 else stop
        # Of an endless line no more is looked at than counts.
        line = raw[at : min(stop, at + 2 * _MAX_LENGTH)].rstrip(b"\r")
        if not line:
            at = stop + 1
            break
        if line[:1] in b" \t" and lines:
            if len(lines) < _MAX_HEADERS:
                lines.append(line)
        elif _NAME.match(line):
            _add(items, lines)
            lines = [line]
        elif not (at == start and line.startswith((b"From ", b">From "))):
            break
        at = stop + 1
    _add(items, lines)
    return Headers(tuple(items), min(at, end))


def _add(items: list[tuple[str, str]], lines: list[bytes]) -> None:
    if not lines or len(items) >= _MAX_HEADERS:
        return
    name, _, value = b"".join(lines)[: 2 * _MAX_LENGTH].partition(b":")
    items.append((name.strip().decode("ascii", "replace").lower(), decode(value.strip(), "utf-8")[:_MAX_LENGTH]))
