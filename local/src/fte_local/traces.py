"""`./dev logs --trace`: the way of one message through all services, from their logs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fte.observability import trace_id
from fte_local.errors import PlatformError

_TRACE = "trace_id"
_ELSEWHERE = frozenset({"at", "level", "service", "logger", "event", _TRACE})
"""Facts that stand in columns of their own, or are the same in every line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a log that is JSON."""

    facts: dict[str, Any]

    @property
    def at(self) -> str:
        return str(self.facts.get("at", ""))

    @property
    def trace(self) -> str | None:
        return self.facts.get(_TRACE)

    def tells_of(self, wanted: str) -> bool:
        """Whether one of its facts is `wanted`: an event, a message, a conversation, a ticket's reference, a trace."""
        return wanted in self.facts.values()

    def shown(self) -> str:
        """The line as people read it."""
        level = self.facts.get("level", "")
        marked = "" if level == "INFO" else f"{level} "
        rest = " ".join(f"{name}={_text(value)}" for name, value in self.facts.items() if name not in _ELSEWHERE)
        clock = self.at[11:23]
        return f"{clock}  {self.facts.get('service', ''):<15}  {marked}{self.facts.get('event', '')}  {rest}".rstrip()


def show(folder: Path, wanted: str) -> int:
    """Print the lines that belong to `wanted`, in order of time. Raises `PlatformError` if there are none."""
    found = way(list(_everything(folder)), wanted)
    if not found:
        raise PlatformError(f"No log line tells of {wanted}.", "The logs hold this run of the platform and the last.")
    for line in found:
        print(line.shown())
    return 0


def way(lines: Iterable[str], wanted: str) -> list[Line]:
    """The lines that tell of `wanted`, and all lines of the traces that these belong to."""
    wanted = trace_id(wanted) or (wanted.upper() if wanted.lower().startswith("tc-") else wanted.lower())
    lines = list(lines)
    direct = [line for line in _parsed(lines, (wanted,)) if line.tells_of(wanted)]
    traces = {line.trace for line in direct if line.trace}
    beside = [line for line in _parsed(lines, traces) if line.trace in traces]
    loose = [line for line in direct if line.trace not in traces]
    return sorted([*beside, *loose], key=lambda line: line.at)


def _parsed(lines: Iterable[str], signs: Iterable[str]) -> Iterator[Line]:
    """The JSON lines in which one of `signs` stands; most lines are told apart without being parsed."""
    signs = tuple(signs)
    for text in lines:
        if text.startswith("{") and any(sign in text for sign in signs):
            try:
                facts = json.loads(text)
            except ValueError:
                # Another program's line, or the first half of one.
                continue
            yield Line(facts)


def _everything(folder: Path) -> Iterator[str]:
    for path in (*folder.glob("*.log.1"), *folder.glob("*.log")):
        with path.open(errors="replace") as file:
            yield from file


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
