"""The teams that take cases over: what a customer is told of them, and how soon they answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from fte.domain import office_hours


@dataclass(frozen=True, slots=True)
class Expected:
    """A team as the customer hears of it. `hours` until its first answer, of work unless it works around the clock;
    `when` says so in words."""

    name: str
    hours: float
    when: str
    around_the_clock: bool = False


TEAMS: Final = {
    "support-lead": Expected("our Support Lead", 4, "within four business hours"),
    "support": Expected("our Support team", 8, "within eight business hours"),
    "sales": Expected("our Sales team", office_hours.HOURS_A_DAY, "within one business day"),
    "finance": Expected("our Finance team", office_hours.HOURS_A_DAY, "within one business day"),
    "security": Expected("our Security team", 1, "within one hour", around_the_clock=True),
    "engineering": Expected("our Engineering team", 0.5, "within 30 minutes", around_the_clock=True),
}


def expected_answer(team: str) -> Expected:
    """What `team` promises."""
    return TEAMS[team]


def due_at(team: str, since: datetime) -> datetime:
    """Until when `team` promises its first answer in a case that it has `since`."""
    expected = TEAMS[team]
    hours = expected.hours
    return since + timedelta(hours=hours) if expected.around_the_clock else office_hours.after(since, hours)


def named(teams: tuple[str, ...]) -> str:
    """The teams as one would say them: "our Engineering team and our Support Lead"."""
    return " and ".join(TEAMS[team].name for team in teams)
