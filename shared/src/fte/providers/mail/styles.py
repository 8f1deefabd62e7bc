"""What styles hide from a reader: text that is not shown, too small to see, or of the colour of its background."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fte.providers.mail.colours import BLACK, WHITE, Colour, alike, colour_of
from fte.providers.mail.declared import Style, declarations, settled

_NUMBER: Final = re.compile(r"(-?\d{0,6}\.?\d{1,6})\s*(px|pt|em|rem|%|vw|vh|)")
_NUMBERS: Final = re.compile(r"-?\d{0,6}\.?\d{1,6}")
_SMALLEST: Final = {"px": 2.0, "pt": 1.5, "em": 0.15, "rem": 0.15, "%": 15.0, "": 0.9, "vw": 0.15, "vh": 0.15}
_FAR_AWAY: Final = -900
_FADED: Final = re.compile(r"opacity\(\s*(\d{0,3}\.?\d{1,4})(%?)\s*\)")
_SHRUNK: Final = re.compile(r"(?:scale(?:3d|x|y|z)?|matrix)\(\s*(?:0{0,4}\.?0{1,4}\d{0,4})\s*[,)]")
_FROM_PARENT: Final = frozenset({"inherit", "unset", "currentcolor", "revert", "revert-layer"})


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
        ink = style.get("-webkit-text-fill-color") or style.get("color", "inherit")
        if ink not in _FROM_PARENT:
            colour, transparent = colour_of(ink)
        visibility, size = style.get("visibility", ""), style.get("font-size", "")
        if visibility in _FROM_PARENT:
            visibility = ""
        gone = self.gone or transparent or _is_gone(style)
        invisible = visibility in ("hidden", "collapse") if visibility else self.invisible
        if size in _FROM_PARENT or (self.tiny and _is_relative(size)):
            size = ""
        tiny = _is_tiny(size) if size else self.tiny
        ground = _ground(style, self.ground)
        drowned = colour is not None and ground is not None and alike(colour, ground)
        return Look(gone, invisible, tiny, colour, ground, gone or invisible or tiny or drowned)


def style_of(tag: str, attributes: Mapping[str, str], ruled: Style) -> Style:
    """The style of an element: from the sheets' rules, from its old attributes, from its own `style`."""
    style = dict(ruled)
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
    return settled(style)


def _is_gone(style: Mapping[str, str]) -> bool:
    if style.get("display") == "none" or style.get("mso-hide") == "all":
        return True
    if style.get("content-visibility") == "hidden" or style.get("zoom") in ("0", "0%"):
        return True
    if _seen(style.get("opacity", "1")) <= 0.05:
        return True
    if (faded := _FADED.search(style.get("filter", ""))) and _seen("".join(faded.groups())) <= 0.05:
        return True
    if _is_cut_away(style.get("clip-path", "")):
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
    return style.get("scale", "").split()[:1] == ["0"] or _SHRUNK.search(style.get("transform", "")) is not None


def _seen(value: str) -> float:
    return _number(value, 1.0) / (100 if value.endswith("%") else 1)


def _is_cut_away(path: str) -> bool:
    shape, bracket, rest = path.partition("(")
    sizes = [abs(float(number)) for number in _NUMBERS.findall(rest.partition(" at ")[0].partition("round")[0][:200])]
    if not bracket or not sizes:
        return False
    if shape == "inset":
        top, right, bottom, left = (sizes[0], sizes[1 % len(sizes)], sizes[2 % len(sizes)], sizes[-1])
        if len(sizes) == 3:
            left = right
        return top + bottom >= 99 or left + right >= 99
    return shape in ("circle", "ellipse", "polygon") and max(sizes) <= 1


def _is_relative(size: str) -> bool:
    return size.endswith(("%", "em", "ex", "ch", "larger", "smaller")) and not size.endswith("rem")


def _is_tiny(size: str) -> bool:
    # The smallest of what `min(0px, 1em)` and its relatives are about; of a sum that is not worked out, the greatest.
    function, bracket, amounts = size.partition("(")
    if bracket:
        found = [float(number) for number in _NUMBERS.findall(amounts[:200])]
        return bool(found) and (min(found) if function == "min" else max(found)) < _SMALLEST["em"]
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
        colour, transparent = colour_of(word)
        if transparent:
            return behind
        if colour is not None:
            return colour
    return behind if value in ("none", "inherit", "initial", "unset") else None
