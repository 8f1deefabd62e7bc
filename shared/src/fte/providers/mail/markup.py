"""HTML cut into tags and text as browsers do it, however broken it is. Linear: no place is looked at twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Final, Literal

_TAG: Final = re.compile(r"<(?=[a-zA-Z!?]|/[a-zA-Z])")
_NAME: Final = re.compile(r"[a-zA-Z][^\s/>]*")
_ATTRIBUTE: Final = re.compile(r"""[\s/]*([^\s/>=][^\s/>=]*)(\s*=\s*("[^"]*"|'[^']*'|[^\s>]*))?""")
_RAW: Final = {
    name: re.compile(f"</{name}(?![a-z0-9])", re.IGNORECASE) for name in ("script", "style", "title", "xmp", "iframe")
}
_HUGE_NUMBER: Final = re.compile(r"&#[xX]?[0-9a-fA-F]{8,}")
_MAX_ATTRIBUTES: Final = 100
_MAX_VALUE: Final = 5_000
_MAX_TAGS: Final = 50_000
"""Honest mails have a few thousand; what comes after so many is not read."""


@dataclass(frozen=True, slots=True)
class Token:
    """A tag that opens or closes, or text. The content of `<style>` comes as `raw`, so does that of `<script>`."""

    kind: Literal["open", "close", "text", "raw"]
    value: str
    attributes: dict[str, str] = field(default_factory=dict)


def tokens(html: str) -> Iterator[Token]:
    """The tags and texts in order. Comments are left out; entities are read."""
    at = 0
    for _ in range(_MAX_TAGS):
        found = _TAG.search(html, at)
        if found is None:
            break
        start = found.start()
        if start > at:
            yield Token("text", _text(html[at:start]))
        at, token = _tag(html, start)
        if token is None:
            continue
        yield token
        if token.kind == "open" and (closing := _RAW.get(token.value)):
            ending = closing.search(html, at)
            end = ending.start() if ending else len(html)
            yield Token("raw", html[at:end])
            at = end
    else:
        return
    if at < len(html):
        yield Token("text", _text(html[at:]))


def _tag(html: str, start: int) -> tuple[int, Token | None]:
    """What begins with the `<` at `start`, and where to go on."""
    if html.startswith("<!--", start):
        if html.startswith((">", "->"), start + 4):
            return html.index(">", start + 4) + 1, None
        end = html.find("-->", start + 4)
        return (end + 3, None) if end >= 0 else (len(html), None)
    following = html[start + 1 : start + 2]
    if following in ("!", "?"):
        end = html.find(">", start)
        return (end + 1, None) if end >= 0 else (len(html), None)
    closes = following == "/"
    name = _NAME.match(html, start + 1 + closes)
    assert name is not None
    attributes, end = _attributes(html, name.end())
    if end < 0:
        # It never ends: somebody wrote "a <b", and there is no other tag behind it.
        return len(html), Token("text", _text(html[start:]))
    value = name.group().lower()
    return end, Token("close", value) if closes else Token("open", value, attributes)


def _attributes(html: str, at: int) -> tuple[dict[str, str], int]:
    found: dict[str, str] = {}
    while match := _ATTRIBUTE.match(html, at):
        at = match.end()
        value = (match.group(3) or "").strip("\"'")
        if len(found) < _MAX_ATTRIBUTES:
            found.setdefault(match.group(1).lower(), _text(value[:_MAX_VALUE]))
    end = html.find(">", at)
    return found, end + 1 if end >= 0 else -1


def _text(html: str) -> str:
    # A number too long for Python's own limit is no character anyway.
    return unescape(_HUGE_NUMBER.sub("\ufffd", html)) if "&" in html else html
