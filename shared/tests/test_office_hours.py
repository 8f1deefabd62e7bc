"""Hours of work, over nights and weekends."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fte.domain.office_hours import after


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026, whose first Monday is the 2nd."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (at(2, 9), 4, at(2, 13)),
        (at(2, 16), 4, at(3, 10)),
        (at(2, 3), 8, at(2, 16)),
        (at(2, 20), 4, at(3, 12)),
        (at(6, 17), 8, at(9, 15)),
        (at(7, 12), 10, at(9, 18)),
        (at(6, 14, 30), 10, at(9, 14, 30)),
        (at(2, 9), 0.5, at(2, 9, 30)),
    ],
)
def test_nights_and_weekends_do_not_count(start: datetime, hours: float, end: datetime) -> None:
    """Four hours from Monday 16:00 end on Tuesday at 10:00."""
    assert after(start, hours) == end
