"""What a share of a sample says of the whole: intervals and percentiles. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

Z_95: Final = 1.959963984540054


def wilson(hits: float, total: float, z: float = Z_95) -> tuple[float, float]:
    """Wilson's interval for `hits` of `total`; everything is possible when nothing was counted."""
    if total <= 0:
        return (0.0, 1.0)
    share = hits / total
    middle = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    # At the ends the bound is exact, and rounding must not move it.
    low = 0.0 if hits <= 0 else (middle - spread) / scale
    high = 1.0 if hits >= total else (middle + spread) / scale
    return (max(0.0, low), min(1.0, high))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of all are not above. Raises `ValueError` without values."""
    if not values:
        raise ValueError("no values")
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def effective(weights: Sequence[float]) -> float:
    """How many equal observations these weights are worth (Kish)."""
    squares = sum(weight * weight for weight in weights)
    return sum(weights) ** 2 / squares if squares else 0.0
