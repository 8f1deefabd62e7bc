"""When a PingSource is due: cron's five fields, in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

_LIMITS = (("minute", 0, 59), ("hour", 0, 23), ("day of month", 1, 31), ("month", 1, 12), ("day of week", 0, 6))
_FURTHEST = 366 * 8
"""Days in which every date comes at least once, the 29th of February too."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Minutes, hours, days, months and days of the week (0 is Sunday) of a cron schedule."""

    text: str
    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    either_day: bool

    @classmethod
    def parse(cls, text: str) -> Schedule:
        """The schedule of `text`, such as `*/5 * * * *`. Raises `ValueError`, also for one that never comes."""
        fields = text.split()
        if len(fields) != len(_LIMITS):
            raise ValueError(f"{text!r} does not have the five fields of a cron schedule")
        minutes, hours, days, months, weekdays = map(_field, fields, *zip(*_LIMITS, strict=True))
        either = fields[2] != "*" and fields[4] != "*"
        schedule = cls(text, minutes, hours, days, months, weekdays, either)
        schedule.after(datetime.fromisoformat("2024-01-01T00:00:00+00:00"))
        return schedule

    def after(self, moment: datetime) -> datetime:
        """The first minute after `moment` that is due."""
        at = moment.replace(second=0, microsecond=0) + timedelta(minutes=1)
        for _ in range(_FURTHEST):
            if self._is_due_on(at):
                for minute in range(at.hour * 60 + at.minute, 24 * 60):
                    if minute // 60 in self.hours and minute % 60 in self.minutes:
                        return at.replace(hour=minute // 60, minute=minute % 60)
            at = at.replace(hour=0, minute=0) + timedelta(days=1)
        raise ValueError(f"{self.text!r} never comes")

    def _is_due_on(self, day: datetime) -> bool:
        if day.month not in self.months:
            return False
        of_month, of_week = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        # Cron's oldest rule: where both kinds of day are named, with `*/2` too, either will do.
        return of_month or of_week if self.either_day else of_month and of_week


def _field(text: str, name: str, lowest: int, highest: int) -> frozenset[int]:
    found: set[int] = set()
    for part in text.split(","):
        span, slash, step = part.partition("/")
        first, dash, last = span.partition("-")
        if span == "*":
            start, end = lowest, highest
        elif first.isdecimal() and (last.isdecimal() if dash else True):
            # `7/10` begins at 7 and goes on, `7` is 7 alone.
            start, end = int(first), int(last) if dash else highest if slash else int(first)
        else:
            raise ValueError(f"{part!r} is no {name}")
        every = int(step) if step.isdecimal() else 0 if slash else 1
        if every < 1 or not lowest <= start <= end <= highest:
            raise ValueError(f"{part!r} is no {name}")
        found.update(range(start, end + 1, every))
    return frozenset(found)
