"""The colours of styles, as far as it takes to know whether text stands out from what is behind it."""

from __future__ import annotations

import colorsys
import re
from typing import Final

Colour = tuple[int, int, int]

WHITE: Final[Colour] = (255, 255, 255)
BLACK: Final[Colour] = (0, 0, 0)
_NAMES: Final[dict[str, Colour]] = {
    "white": WHITE, "black": BLACK, "snow": (255, 250, 250), "ivory": (255, 255, 240), "ghostwhite": (248, 248, 255),
    "whitesmoke": (245, 245, 245), "floralwhite": (255, 250, 240), "mintcream": (245, 255, 250), "red": (255, 0, 0),
    "azure": (240, 255, 255), "aliceblue": (240, 248, 255), "honeydew": (240, 255, 240),
    "lavenderblush": (255, 240, 245), "canvas": WHITE, "window": WHITE, "canvastext": BLACK, "windowtext": BLACK,
    "gray": (128, 128, 128), "grey": (128, 128, 128), "blue": (0, 0, 255), "initial": BLACK,
    "navy": (0, 0, 128), "green": (0, 128, 0), "yellow": (255, 255, 0), "silver": (192, 192, 192),
}  # fmt: skip
_NEAR: Final = 16
"""How much two colours may differ in each channel and still look alike."""

_FUNCTION: Final = re.compile(r"(rgb|hsl|hwb)a?\(([^()]{1,100})\)")
_AMOUNT: Final = re.compile(r"(-?\d{0,6}\.?\d{1,6})(%|deg|)")


def colour_of(value: str) -> tuple[Colour | None, bool]:
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
    if match := _FUNCTION.match(value):
        return _by_function(match.group(1), match.group(2))
    return None, False


def alike(one: Colour, other: Colour) -> bool:
    """Whether a reader cannot tell two colours from each other."""
    return all(abs(first - second) <= _NEAR for first, second in zip(one, other, strict=True))


def _by_function(name: str, written: str) -> tuple[Colour | None, bool]:
    amounts = [_AMOUNT.fullmatch(word) for word in re.split(r"[\s,/]+", written.strip())[:4]]
    if len(amounts) < 3:
        return None, False
    # `none` and what else is no number stands for nothing of it.
    read = [(float(match.group(1)), match.group(2)) if match else (0.0, "") for match in amounts]
    transparent = len(read) == 4 and read[3][0] / (100 if read[3][1] else 1) < 0.05
    (first, unit), (second, _), (third, _) = read[:3]
    if name == "rgb":
        scale = 2.55 if unit == "%" else 1.0
        return _bytes(first * scale / 255, second * scale / 255, third * scale / 255), transparent
    hue, one, two = first % 360 / 360, _share(second / 100), _share(third / 100)
    if name == "hsl":
        return _bytes(*colorsys.hls_to_rgb(hue, two, one)), transparent
    white, black = (one, two) if one + two <= 1 else (one / (one + two), two / (one + two))
    pure = colorsys.hls_to_rgb(hue, 0.5, 1.0)
    return _bytes(*(part * (1 - white - black) + white for part in pure)), transparent


def _bytes(red: float, green: float, blue: float) -> Colour:
    return round(_share(red) * 255), round(_share(green) * 255), round(_share(blue) * 255)


def _share(value: float) -> float:
    return min(1.0, max(0.0, value))
