"""Declarations of styles: what is written as `name: value; …`, in one spelling."""

from __future__ import annotations

import re
from typing import Final

Style = dict[str, str]

_COMMENT: Final = re.compile(r"/\*(?:[^*]++|\*(?!/))*+(?:\*/)?")
_COMMENT_OR_STRING: Final = re.compile(
    _COMMENT.pattern + r"""|"(?:[^"\\\n]++|\\[\s\S])*+["\n]?|'(?:[^'\\\n]++|\\[\s\S])*+['\n]?"""
)
"""What is taken is never looked at again, so a thousand of them without an end cost no more than one."""

_ESCAPE: Final = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE | re.DOTALL)
_CALC: Final = re.compile(r"calc\(([^()]{0,100})\)")
_ZERO: Final = re.compile(r"(?<![\d.])0*\.?0+(?![\d.])")
_SIZE: Final = re.compile(r"(\d{0,6}\.?\d{1,6})(px|pt|pc|in|cm|mm|q|em|rem|ex|ch|%|vw|vh|vmin|vmax|)(?:/.*)?")
_MAX: Final = 5_000
_READ: Final = frozenset({
    "background", "background-color", "border", "bottom", "clip", "clip-path", "color", "content-visibility", "display",
    "filter", "font", "font-size", "height", "left", "max-height", "max-width", "mso-hide", "opacity", "overflow",
    "overflow-y", "position", "right", "scale", "text-indent", "top", "transform", "visibility",
    "-webkit-text-fill-color", "width", "zoom",
})  # fmt: skip
_SHOWN: Final = re.compile(r"""["'][\w .-]{0,100}["']""")


def without_comments(sheet: str) -> str:
    """A sheet without comments and without marks in quotes: neither begins or ends a rule."""
    return _COMMENT_OR_STRING.sub(_blank, sheet).replace("<!--", " ").replace("-->", " ")


def unescaped(text: str) -> str:
    """`d\\69splay` as browsers read it."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def declarations(text: str) -> Style:
    """The properties of a `style` attribute or of a rule, in lower case. What is important stands under `!name` too."""
    found: Style = {}
    text = unescaped(text[:_MAX])
    for declaration in (_COMMENT.sub("", text) if "/*" in text else text).lower().split(";"):
        name, _, written = declaration.partition(":")
        name, written = name.strip(), written.strip()
        value = written.partition("!")[0].strip()
        if not value or name not in _READ:
            continue
        found[name] = _CALC.sub(_calculated, value) if "calc(" in value else value
        if name == "font":
            found["font-size"] = _size(found[name])
        if value != written:
            found |= {f"!{key}": found[key] for key in (name, "font-size") if key == name or name == "font"}
    return found


def settled(style: Style) -> Style:
    """A style of which the important holds, whatever came later."""
    marked = {name[1:]: value for name, value in style.items() if name.startswith("!")}
    return style | marked if marked else style


def _blank(match: re.Match[str]) -> str:
    found = match.group()
    if found.startswith("/*"):
        return ""
    return found if _SHOWN.fullmatch(found) else '""'


def _size(font: str) -> str:
    """The size in `font: italic 700 0/0 a`."""
    for word in font.split()[:6]:
        match = _SIZE.fullmatch(word)
        # A number alone is a weight, but for nought.
        if match and (match.group(2) or float(match.group(1)) == 0):
            return match.group(1) + (match.group(2) or "px")
    return "medium"


def _calculated(match: re.Match[str]) -> str:
    sum_ = match.group(1).strip()
    if "*" in sum_ and _ZERO.search(sum_):
        return "0px"
    # A number alone; a sum is not worked out.
    return sum_ if " " not in sum_ else match.group()


def _character(match: re.Match[str]) -> str:
    if not match.group(1):
        return str(match.group(2))
    number = int(match.group(1), 16)
    return chr(number) if 0 < number < 0xD800 else "\ufffd"
