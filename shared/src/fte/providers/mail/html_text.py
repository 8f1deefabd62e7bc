"""The text that a reader of an HTML mail sees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fte.providers.mail.markup import tokens
from fte.providers.mail.sheets import Sheet, names_of, on_a_screen
from fte.providers.mail.styles import Look, style_of

_VOID: Final = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
_UNSEEN: Final = frozenset(
    {"script", "style", "head", "title", "template", "svg", "iframe", "object", "audio", "video"}
)
_BLOCKS: Final = frozenset({
    "address", "article", "blockquote", "body", "dd", "div", "dl", "dt", "fieldset", "figure", "footer", "form", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "td", "th",
    "tr", "ul",
})  # fmt: skip
_SIGNATURES: Final = ("gmail_signature", "moz-signature", "apple-signature", "x_signature")
_MAX_DEPTH: Final = 100
"""How far up an end tag is looked for: unclosed tags by the thousand must not make this quadratic."""


def html_to_text(html: str) -> str:
    """The visible text, a line per block; quoted blocks have `> ` before each line, a signature `-- `. Linear."""
    reader = _Reader()
    for token in tokens(html):
        match token.kind:
            case "open":
                reader.open(token.value, token.attributes)
            case "close":
                reader.close(token.value)
            case "raw":
                reader.raw(token.value)
            case "text":
                reader.say(token.value)
    return reader.text()


@dataclass(frozen=True, slots=True)
class _Element:
    tag: str
    look: Look
    quotes: bool
    names: frozenset[str] = frozenset()


class _Reader:
    def __init__(self) -> None:
        self._open: list[_Element] = []
        self._sheet = Sheet()
        self._sheet_holds = True
        self._around: Counter[str] = Counter()
        self._quotes = 0
        self._as_written = 0
        self._lines: list[str] = []
        self._line: list[str] = []

    def open(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in _VOID:
            if tag in ("br", "hr"):
                self._break()
            return
        # What nobody closed ends where HTML says so, or a hidden head or paragraph would hide the rest.
        while tag == "body" and self._open:
            self._close_last()
        if tag in _BLOCKS and self._open and self._open[-1].tag == "p":
            self._close_last()
        if tag in _BLOCKS:
            self._break()
        if tag == "style":
            self._sheet_holds = on_a_screen(attributes.get("media", "all"))
        names = names_of(tag, attributes)
        style = style_of(tag, attributes, self._sheet.style(names, self._around))
        if tag in _UNSEEN:
            style = {"display": "none"}
        quotes = tag == "blockquote" and _is_quote(attributes, style)
        self._open.append(_Element(tag, self._look.within(style), quotes, names))
        self._around.update(names)
        self._quotes += quotes
        self._as_written += tag == "pre"
        if tag == "li":
            self.say("- ")
        elif tag == "td" and self._line:
            self.say(" ")
        if _is_signature(attributes) and not self._look.hidden:
            self._break()
            self._lines.append("> " * min(self._quotes, 5) + "-- ")

    def close(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._break()
        if any(element.tag == tag for element in self._open[-_MAX_DEPTH:]):
            while self._close_last() != tag:
                pass

    def raw(self, content: str) -> None:
        if self._open and self._open[-1].tag == "style" and self._sheet_holds:
            self._sheet.add(content)

    def say(self, text: str) -> None:
        if self._look.hidden:
            return
        if not self._as_written:
            self._line.append(text)
            return
        first, *rest = text.split("\n")
        self._line.append(first)
        for line in rest:
            self._break()
            self._line.append(line)

    def text(self) -> str:
        """Everything said so far."""
        self._break()
        lines: list[str] = []
        for line in self._lines:
            if line.strip("> ") or (lines and lines[-1].strip("> ")):
                lines.append(line)
        return "\n".join(lines).strip()

    @property
    def _look(self) -> Look:
        return self._open[-1].look if self._open else _PLAIN

    def _break(self) -> None:
        if self._line or not self._look.hidden:
            words = " ".join("".join(self._line).split())
            self._lines.append(("> " * min(self._quotes, 5) + words).rstrip())
            self._line.clear()

    def _close_last(self) -> str:
        element = self._open.pop()
        for name in element.names:
            self._around[name] -= 1
            if not self._around[name]:
                del self._around[name]
        self._quotes -= element.quotes
        self._as_written -= element.tag == "pre"
        return element.tag


_PLAIN: Final = Look()


def _is_quote(attributes: Mapping[str, str], style: Mapping[str, str]) -> bool:
    # Some programs indent with a blockquote that has no border.
    named = attributes.get("type") == "cite" or "cite" in attributes or "quote" in attributes.get("class", "")
    return named or style.get("border", "")[:4] not in ("none", "0px", "0")


def _is_signature(attributes: Mapping[str, str]) -> bool:
    names = attributes.get("class", "").lower().split()
    return not set(_SIGNATURES).isdisjoint(names) or attributes.get("id", "").lower() in ("signature", "x_signature")
