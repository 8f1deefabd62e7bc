"""The text that a reader of an HTML mail sees."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

_VOID: Final = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
_UNSEEN: Final = frozenset({"script", "style", "head", "title", "template", "svg"})
_BLOCKS: Final = frozenset({
    "address", "article", "blockquote", "body", "dd", "div", "dl", "dt", "fieldset", "figure", "footer", "form", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "td", "th",
    "tr", "ul",
})  # fmt: skip
_HIDING_STYLES: Final = (
    "display:none", "visibility:hidden", "mso-hide:all", "font-size:0", "opacity:0", "max-height:0",
)  # fmt: skip


def html_to_text(html: str) -> str:
    """The visible text, a line per block; quoted blocks have `> ` before each line. Linear in the input."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, bool]] = []
        self._hidden = 0
        self._quotes = 0
        self._lines: list[str] = []
        self._line: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            if tag in ("br", "hr"):
                self._break()
            return
        # What nobody closed ends where HTML says so, or a hidden head or paragraph would hide the rest.
        while tag == "body" and self._open:
            self._close_last()
        if tag in _BLOCKS and self._open and self._open[-1][0] == "p":
            self._close_last()
        hides = tag in _UNSEEN or _is_hidden(attrs)
        if tag in _BLOCKS:
            self._break()
        self._open.append((tag, hides))
        self._hidden += hides
        self._quotes += tag == "blockquote"
        if tag == "li":
            self._say("- ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # `<div/>` opens a div in HTML; only void elements end at once.
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._break()
        # Looked for near the end only: unclosed tags by the thousand must not make this quadratic.
        if any(name == tag for name, _ in self._open[-100:]):
            while self._close_last() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._say(data)

    def text(self) -> str:
        """Everything said so far."""
        self._break()
        lines: list[str] = []
        for line in self._lines:
            if line.strip("> ") or (lines and lines[-1].strip("> ")):
                lines.append(line)
        return "\n".join(lines).strip()

    def _say(self, data: str) -> None:
        if not self._hidden:
            self._line.append(data)

    def _break(self) -> None:
        if not self._hidden:
            words = " ".join("".join(self._line).split())
            self._lines.append(("> " * min(self._quotes, 5) + words).rstrip())
            self._line.clear()

    def _close_last(self) -> str:
        tag, hides = self._open.pop()
        self._hidden -= hides
        self._quotes -= tag == "blockquote"
        return tag


def _is_hidden(attrs: list[tuple[str, str | None]]) -> bool:
    for name, value in attrs:
        if name == "hidden":
            return True
        if name == "style":
            style = "".join((value or "").lower().split())
            if any(_hides(style, hiding) for hiding in _HIDING_STYLES):
                return True
    return False


def _hides(style: str, hiding: str) -> bool:
    start = style.find(hiding)
    # "opacity:0" hides, "opacity:0.8" does not.
    return start >= 0 and not (hiding.endswith(":0") and style[start + len(hiding) :].startswith("."))
