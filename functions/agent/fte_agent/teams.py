"""The teams that take cases over: what a customer is told of them, and how soon they answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Expected:
    """A team as the customer hears of it. `hours` until its first answer; `when` says so in words."""

    name: str
    hours: float
    when: str


TEAMS: Final = {
    "support-lead": Expected("our Support Lead", 4, "within four business hours"),
    "support": Expected("our Support team", 8, "within eight business hours"),
    "sales": Expected("our Sales team", 24, "within one business day"),
    "finance": Expected("our Finance team", 24, "within one business day"),
    "security": Expected("our Security team", 1, "within one hour"),
    "engineering": Expected("our Engineering team", 0.5, "within 30 minutes"),
}


def expected_answer(team: str) -> Expected:
    """What `team` promises."""
    return TEAMS[team]


def named(teams: tuple[str, ...]) -> str:
    """The teams as one would say them: "our Engineering team and our Support Lead"."""
    return " and ".join(TEAMS[team].name for team in teams)
