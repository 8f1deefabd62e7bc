"""The part of Gmail's search language that mail programs use with `messages.list`. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from fte_local.sim import mail
from fte_local.sim.mailbox import Stored

TERM = re.compile(r'(-?)(?:(\w+):)?(?:"([^"]*)"|(\S+))')
AGES = {"d": 1, "w": 7, "m": 30, "y": 365}


def matches(query: str, stored: Stored, now: datetime) -> bool:
    """Whether a mail satisfies every term of `query`."""
    for minus, operator, quoted, bare in TERM.findall(query):
        if _term(operator.lower(), quoted or bare, stored, now) == bool(minus):
            return False
    return True


def _term(operator: str, value: str, stored: Stored, now: datetime) -> bool:
    lower = value.lower()
    match operator:
        case "rfc822msgid":
            return stored.message_id.strip("<>") == value.strip("<>")
        case "after" | "newer":
            return stored.internal_date >= _moment(value)
        case "before" | "older":
            return stored.internal_date < _moment(value)
        case "newer_than":
            return stored.internal_date >= int((now - _age(lower)).timestamp() * 1000)
        case "in" | "label" | "is":
            return lower == "anywhere" or lower.upper() in stored.labels
        case "from" | "to" | "cc" | "subject":
            return lower in mail.header(stored.mail, operator).lower()
    words = f"{mail.header(stored.mail, 'Subject')} {mail.body(stored.mail, 'plain') or ''}".lower()
    return (f"{operator}:{lower}" if operator else lower) in words


def _moment(value: str) -> int:
    """Seconds since 1970, or a date such as 2026/11/21 (at midnight UTC), in milliseconds."""
    if value.isdecimal():
        return int(value) * 1000
    try:
        year, month, day = (int(piece) for piece in re.split(r"[/-]", value))
        return int(datetime(year, month, day, tzinfo=UTC).timestamp() * 1000)
    except ValueError:
        return 0


def _age(value: str) -> timedelta:
    number, unit = value[:-1], value[-1:]
    return timedelta(days=int(number) * AGES[unit]) if number.isdecimal() and unit in AGES else timedelta(0)
