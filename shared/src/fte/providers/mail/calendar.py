"""What a calendar entry (RFC 5545) in a mail asks and says."""

from __future__ import annotations

from typing import Final

_SAID: Final = ("SUMMARY", "LOCATION", "DESCRIPTION")
_MAX_LINES: Final = 2_000


def method_of(entry: str) -> str:
    """`REQUEST`, `REPLY` and so on, or ""."""
    return _values(entry).get("METHOD", "").upper()[:20]


def describe(entry: str) -> str:
    """The entry in its own words: what it is about, where, and what was written with it."""
    values = _values(entry)
    lines = [values[name] for name in _SAID if values.get(name)]
    text = "\n".join(lines).replace("\\n", "\n").replace("\\N", "\n").replace("\\,", ",").replace("\\;", ";")
    return text.strip()


def _values(entry: str) -> dict[str, str]:
    lines: list[str] = []
    for line in entry.splitlines()[:_MAX_LINES]:
        if line[:1] in (" ", "\t") and lines:
            lines[-1] += line[1:]
        else:
            lines.append(line)
    found: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        found.setdefault(name.partition(";")[0].strip().upper(), value.strip())
    return found
