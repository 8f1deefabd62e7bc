"""The acceptance figures: what was counted, what it must reach, and whether it does. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from fte_eval.intervals import wilson

Rule = Literal[">", ">=", "<", "<="]

_HOLDS: Final[Mapping[Rule, Any]] = {
    ">": lambda value, bar: value > bar,
    ">=": lambda value, bar: value >= bar,
    "<": lambda value, bar: value < bar,
    "<=": lambda value, bar: value <= bar,
}
_WRITTEN: Final[Mapping[Rule, str]] = {">": ">", ">=": "≥", "<": "<", "<=": "≤"}


@dataclass(frozen=True, slots=True)
class Bar:
    """What a figure must reach."""

    rule: Rule
    value: float

    def holds(self, value: float) -> bool:
        return bool(_HOLDS[self.rule](value, self.value))


ALL: Final = Bar(">=", 1.0)
NONE: Final = Bar("<=", 0.0)


@dataclass(frozen=True, slots=True)
class Figure:
    """A share: `hits` of `total`, which need not be whole for a weighted one. A figure without a bar informs only."""

    key: str
    name: str
    hits: float
    total: float
    bar: Bar | None = None

    @property
    def measured(self) -> bool:
        return self.total > 0

    @property
    def value(self) -> float:
        return self.hits / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.hits, self.total)

    @property
    def passed(self) -> bool | None:
        """Whether the bar is held; None without a bar or without anything to measure."""
        return self.bar.holds(self.value) if self.bar and self.measured else None

    @property
    def counts(self) -> str:
        """The counts as text; a weighted share says what sample it is worth."""
        if float(self.hits).is_integer() and float(self.total).is_integer():
            return f"{self.hits:.0f} of {self.total:.0f}"
        return f"worth {self.total:.0f}"

    @property
    def required(self) -> str:
        """The bar as text."""
        if self.bar and self.bar in (ALL, NONE):
            return percent(self.bar.value)
        return f"{_WRITTEN[self.bar.rule]} {percent(self.bar.value)}" if self.bar else ""

    def as_dict(self) -> dict[str, Any]:
        low, high = self.interval
        return {
            "name": self.name,
            "value": round(self.value, 4) if self.measured else None,
            "hits": round(self.hits, 2),
            "of": round(self.total, 2),
            "interval_95": [round(low, 4), round(high, 4)] if self.measured else None,
            "bar": self.required or None,
            "passed": self.passed,
        }


@dataclass(frozen=True, slots=True)
class Latency:
    """How long offline runs take one after the other, in milliseconds."""

    runs: int
    p50: float
    p95: float
    bar: float

    @property
    def passed(self) -> bool | None:
        return self.p95 < self.bar if self.runs else None

    def as_dict(self) -> dict[str, Any]:
        return {"runs": self.runs, "p50_ms": self.p50, "p95_ms": self.p95, "bar_ms": self.bar, "passed": self.passed}


def percent(value: float) -> str:
    """A share as a person reads it: no digit behind the point unless it tells something."""
    return f"{value * 100:.1f}".removesuffix(".0") + " %"
