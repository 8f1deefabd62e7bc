"""What styles hide from a reader: text that is not shown, too small to see, or of the colour of its background."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

Colour = tuple[int, int, int]
Style = dict[str, str]

WHITE: Final[Colour] = (255, 255, 255)
BLACK: Final[Colour] = (0, 0, 0)
_NAMES: Final[dict[str, Colour]] = {
    "white": WHITE, "black": BLACK, "snow": (255, 250, 250), "ivory": (255, 255, 240), "ghostwhite": (248, 248, 255),
    "whitesmoke": (245, 245, 245), "floralwhite": (255, 250, 240), "mintcream": (245, 255, 250), "red": (255, 0, 0),
    "azure": (240, 255, 255), "gray": (128, 128, 128), "grey": (128, 128, 128), "blue": (0, 0, 255),
    "navy": (0, 0, 128), "green": (0, 128, 0), "yellow": (255, 255, 0), "silver": (192, 192, 192),
}  # fmt: skip
_NEAR: Final = 16
"""How much two colours may differ in each channel and still look alike."""

_NUMBER: Final = re.compile(r"(-?\d{0,6}\.?\d{1,6})\s*(px|pt|em|rem|%|vw|vh|)")
_COLOUR_FUNCTION: Final = re.compile(
    r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:\s*[,/]\s*(\d?\.?\d{1,4})(%?))?\s*\)"
)
_SELECTOR: Final = re.compile(r"[\w-]*(?:[.#][\w-]+)?")
_SMALLEST: Final = {"px": 2.0, "pt": 1.5, "em": 0.15, "rem": 0.15, "%": 15.0, "": 0.9, "vw": 0.15, "vh": 0.15}
_MAX_RULES: Final = 500
_FAR_AWAY: Final = -900


@dataclass(frozen=True, slots=True)
class Look:
    """How text is shown at a place. `gone` cannot be undone further in; the rest can."""

    gone: bool = False
    invisible: bool = False
    tiny: bool = False
    colour: Colour | None = BLACK
    ground: Colour | None = WHITE
    hidden: bool = False
    """What comes of all that: nobody can see the text."""

    def within(self, style: Mapping[str, str]) -> Look:
        """The look further in, in an element of this style."""
        if not style:
            return self
        colour = self.colour
        transparent = False
        if "color" in style:
            colour, transparent = _colour(style["color"])
        visibility, size = style.get("visibility", ""), style.get("font-size", "")
        gone = self.gone or transparent or _is_gone(style)
        invisible = visibility in ("hidden", "collapse") if visibility else self.invisible
        tiny = _is_tiny(size) if size else self.tiny
        ground = _ground(style, self.ground)
        alike = colour is not None and ground is not None and _alike(colour, ground)
        return Look(gone, invisible, tiny, colour, ground, gone or invisible or tiny or alike)


def declarations(text: str) -> Style:
    """The properties of a `style` attribute or of a rule, in lower case."""
    found: Style = {}
    for declaration in text[:5_000].lower().split(";"):
        name, _, value = declaration.partition(":")
        value = value.replace("!important", "").strip()
        if value:
            found[name.strip()] = value
    return found


def rules(sheet: str, known: dict[str, Style]) -> None:
    """Add the rules of a style sheet to `known`, by simple selector (`p`, `.note`, `p.note`, `#top`).

    What stands in an at-rule is for other screens and left out.
    """
    depth, selector, at = 0, "", 0
    text = _without_comments(sheet)
    for match in re.finditer(r"[{};]", text):
        piece, at = text[at : match.start()], match.end()
        if match.group() == "{":
            depth += 1
            if depth == 1:
                selector = piece.strip()
                body = match.end()
        elif match.group() == "}" and depth:
            depth -= 1
            if depth == 0 and not selector.startswith("@") and len(known) < _MAX_RULES:
                style = declarations(text[body : match.start()])
                for name in selector[:1_000].split(","):
                    if (name := name.strip().lower()) and _SELECTOR.fullmatch(name):
                        known[name] = {**known.get(name, {}), **style}
        elif match.group() == ";" and depth == 0:
            selector = ""


def style_of(tag: str, attributes: Mapping[str, str], known: Mapping[str, Style]) -> Style:
    """The style of an element: from the sheets, from its old attributes, from its own `style`."""
    style: Style = {}
    if known:
        names = [tag]
        for name in attributes.get("class", "").lower().split()[:20]:
            names += [f".{name}", f"{tag}.{name}"]
        if identity := attributes.get("id", "").strip().lower():
            names += [f"#{identity}", f"{tag}#{identity}"]
        for name in names:
            style |= known.get(name, {})
    if "hidden" in attributes:
        style["display"] = "none"
    if tag == "font" and "color" in attributes:
        style["color"] = attributes["color"].strip().lower()
    if "bgcolor" in attributes:
        style["background-color"] = attributes["bgcolor"].strip().lower()
    if "background" in attributes:
        style["background"] = "url()"
    if "style" in attributes:
        style |= declarations(attributes["style"])
    return style


def _is_gone(style: Mapping[str, str]) -> bool:
    if style.get("display") == "none" or style.get("mso-hide") == "all":
        return True
    if _number(style.get("opacity", "1"), 1.0) <= 0.05:
        return True
    if "hidden" in style.get("overflow", "") or "hidden" in style.get("overflow-y", ""):
        sizes = ("height", "max-height", "width", "max-width")
        if any(_number(style.get(name, "9"), 9.0) <= 1 for name in sizes):
            return True
    elif _number(style.get("max-height", "9"), 9.0) <= 0:
        return True
    if style.get("position") in ("absolute", "fixed"):
        if any(_number(style.get(name, "0"), 0.0) <= _FAR_AWAY for name in ("left", "top", "right", "bottom")):
            return True
        if style.get("clip", "").replace(" ", "").startswith(("rect(0", "rect(1px,1px")):
            return True
    if _number(style.get("text-indent", "0"), 0.0) <= _FAR_AWAY:
        return True
    return style.get("transform", "").replace(" ", "").startswith("scale(0)")


def _is_tiny(size: str) -> bool:
    match = _NUMBER.match(size)
    return match is not None and float(match.group(1)) < _SMALLEST[match.group(2)]


def _number(value: str, otherwise: float) -> float:
    match = _NUMBER.match(value)
    return float(match.group(1)) if match else otherwise


def _ground(style: Mapping[str, str], behind: Colour | None) -> Colour | None:
    value = style.get("background-color") or style.get("background")
    if value is None:
        return behind
    if "url(" in value or "gradient" in value:
        return None
    for word in (value, *value.split()):
        colour, transparent = _colour(word)
        if transparent:
            return behind
        if colour is not None:
            return colour
    return behind if value in ("none", "inherit", "initial", "unset") else None


def _colour(value: str) -> tuple[Colour | None, bool]:
    """The colour, None when it is not known; and whether there is none at all, so that one looks through."""
    value = value.strip()
    if value == "transparent":
        return None, True
    if value in _NAMES:
        return _NAMES[value], False
    digits = value.removeprefix("#")
    if len(digits) in (3, 4):
        digits = "".join(2 * digit for digit in digits)
    if len(digits) in (6, 8):
        try:
            red, green, blue, *alpha = bytes.fromhex(digits)
        except ValueError:
            pass
        else:
            return (red, green, blue), bool(alpha) and alpha[0] < 13
    if match := _COLOUR_FUNCTION.match(value):
        red, green, blue = (int(match.group(number)) for number in (1, 2, 3))
        seen = float(match.group(4)) / (100 if match.group(5) else 1) if match.group(4) else 1.0
        return (red, green, blue), seen < 0.05
    return None, False


def _alike(one: Colour, other: Colour) -> bool:
    return all(abs(first - second) <= _NEAR for first, second in zip(one, other, strict=True))


def _without_comments(sheet: str) -> str:
    first, *rest = sheet.split("/*")
    return first + "".join(piece.partition("*/")[2] for piece in rest)
