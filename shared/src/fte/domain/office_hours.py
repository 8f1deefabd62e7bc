"""When people work: Monday to Friday, 08:00 to 18:00 UTC."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Final

OPENS: Final = time(8, tzinfo=UTC)
CLOSES: Final = time(18, tzinfo=UTC)
HOURS_A_DAY: Final = 10.0
_SATURDAY: Final = 5


def after(start: datetime, hours: float) -> datetime:
    """The moment (UTC) at which `hours` of work have passed since `start`; nights and weekends do not count."""
    moment, left = start.astimezone(UTC), timedelta(hours=hours)
    while True:
        opens, closes = datetime.combine(moment, OPENS), datetime.combine(moment, CLOSES)
        if moment.weekday() < _SATURDAY and moment < closes:
            moment = max(moment, opens)
            if left <= closes - moment:
                return moment + left
            left -= closes - moment
        moment = opens + timedelta(days=1)
