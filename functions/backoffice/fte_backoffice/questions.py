"""What callers may put into a path or a query, read strictly."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from fte.errors import NotFound, Unprocessable
from fte.runtime import Request

_OFFSET: Final = re.compile(r" (?=\d\d:?\d\d$)")


def uuid_of(text: str) -> UUID:
    """The id in a path. Raises `NotFound`: nothing has an id that is not one."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


def text_of(request: Request, name: str, default: str = "") -> str:
    """A text in the query, without the character that no text in the database has."""
    return request.query_values.get(name, default).replace("\x00", "")


def limit_of(request: Request, default: int, most: int) -> int:
    """`?limit=`, from 1 to `most`. Raises `Unprocessable`."""
    text = request.query_values.get("limit", str(default))
    if not re.fullmatch(r"[0-9]{1,6}", text) or int(text) < 1:
        raise Unprocessable("bad limit", fields={"limit": f"must be a number from 1 to {most}"})
    return min(int(text), most)


def since_of(request: Request, default: datetime) -> datetime:
    """`?since=`, or `default` without it. Raises `Unprocessable`."""
    return moment_of(request, "since") or default


def moment_of(request: Request, name: str) -> datetime | None:
    """An ISO 8601 time in the query, in UTC unless it says otherwise; None without it. Raises `Unprocessable`."""
    text = request.query_values.get(name, "").strip()
    if not text:
        return None
    try:
        # The plus of an offset arrives as a space when the caller forgot to encode it.
        moment = datetime.fromisoformat(_OFFSET.sub("+", text))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Unprocessable(f"bad {name}", fields={name: "must be an ISO 8601 time"}) from None
