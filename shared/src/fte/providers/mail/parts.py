"""The parts of a mail, as places in its bytes. Each level is searched once, and levels and parts are counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from fte.providers.mail.headers import Headers, read_headers
from fte.providers.mail.transfer import decoded, is_text_unencoded
from fte.providers.mail.words import parameters

_MAX_DEPTH: Final = 30
_MAX_PARTS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Part:
    """A mail or a part of one; its body lies between `start` and `end` of `raw`."""

    raw: bytes
    headers: Headers
    end: int
    type: str
    params: dict[str, str]
    children: tuple[Part, ...] = ()

    @property
    def start(self) -> int:
        """Where the body begins."""
        return self.headers.body

    @property
    def disposition(self) -> tuple[str, dict[str, str]]:
        """How the part wants to be shown, and as what."""
        return parameters(self.headers.raw("content-disposition"))

    def pieces(self, most: int | None = None) -> Iterator[bytes]:
        """The content without its transfer encoding, in pieces; of the encoded bytes `most` at most are read."""
        end = self.end if most is None else min(self.end, self.start + most)
        encoding = self.headers.raw("content-transfer-encoding")
        if self.type.startswith("text/") and is_text_unencoded(self.raw[self.start : min(end, self.start + 2_000)]):
            # Declared as base64 by a program that then did not encode it.
            encoding = "" if encoding.strip().lower() == "base64" else encoding
        return decoded(self.raw, self.start, end, encoding)


def read_parts(raw: bytes) -> Part:
    """The tree of parts. Never raises."""
    if b"\n" not in raw[:100_000] and b"\r" in raw[:100_000]:
        raw = raw.replace(b"\r", b"\n")
    return _part(raw, 0, len(raw), "text/plain", 0, [0])


def _part(raw: bytes, start: int, end: int, default: str, depth: int, counted: list[int]) -> Part:
    counted[0] += 1
    headers = read_headers(raw, start, end)
    kind, params = parameters(headers.raw("content-type"))
    kind = kind.split()[0] if kind.split() else default
    if kind.count("/") != 1 or kind.startswith("/") or kind.endswith("/"):
        kind = "text/plain"
    children: tuple[Part, ...] = ()
    if kind.startswith("multipart/"):
        boundary = params.get("boundary", "").rstrip().encode("utf-8", "replace")
        inner = "message/rfc822" if kind == "multipart/digest" else "text/plain"
        if boundary and depth < _MAX_DEPTH:
            children = tuple(
                _part(raw, first, last, inner, depth + 1, counted)
                for first, last in _between(raw, headers.body, end, b"--" + boundary)
                if counted[0] < _MAX_PARTS
            )
        if not children:
            kind, params = "text/plain", {}
    return Part(raw, headers, end, kind, params, children)


def _between(raw: bytes, start: int, end: int, mark: bytes) -> Iterator[tuple[int, int]]:
    begun: int | None = None
    at = start
    for _ in range(_MAX_PARTS):
        found = _mark(raw, at, end, mark)
        if found is None:
            break
        where, after, last = found
        if begun is not None:
            yield begun, _before_line_end(raw, begun, where)
        if last:
            return
        begun = at = after
    if begun is not None:
        yield begun, end


def _mark(raw: bytes, at: int, end: int, mark: bytes) -> tuple[int, int, bool] | None:
    """The next line that is the mark: where it stands, where the next line begins, whether it closes."""
    while (found := raw.find(mark, at, end)) >= 0:
        at = found + len(mark)
        if found > 0 and raw[found - 1] not in b"\n\r":
            continue
        closes = raw[at : at + 2] == b"--"
        stop = raw.find(b"\n", at, min(end, at + 200))
        rest = raw[at + 2 * closes : stop if stop >= 0 else end if end - at < 200 else at + 200]
        if not closes and rest.strip(b" \t\r"):
            continue
        return found, stop + 1 if stop >= 0 else end, closes
    return None


def _before_line_end(raw: bytes, start: int, at: int) -> int:
    if at > start and raw[at - 1] == 0x0A:
        at -= 1
    if at > start and raw[at - 1] == 0x0D:
        at -= 1
    return at
