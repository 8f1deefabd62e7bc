"""All rules together: which of them a text breaks, without trying each on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from fte.domain.policy.needles import NeedleIndex, Needles, may_hold, needles_of
from fte.domain.policy.reading import Reading
from fte.domain.policy.rules import Rule


@dataclass(frozen=True, slots=True)
class _Way:
    """One of the ways to break a rule, as a rule of its own, and what a text must have for it."""

    of: Rule
    alone: Rule
    needles: Needles


class Rulebook:
    """The rules of all tables. A rule's ways ("this, or that") are tried on their own, for each needs other words, and
    which of all these words a text has is found once."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules

    def prepare(self) -> None:
        """Do now what is done once: three quarters of a second of one core."""
        _ = self._needles
        for way in self._ways:
            way.alone.prepare()

    def broken_by(self, reading: Reading) -> Iterator[Rule]:
        """The rules that a text breaks, each once, in their order."""
        small, as_written = self._needles
        has = {False: small.found_in(reading.in_one), True: as_written.found_in(reading.cased.replace("\n", " "))}
        broken: Rule | None = None
        for way in self._ways:
            may_be = way.of is not broken and may_hold(has[way.of.cased], way.needles)
            if may_be and way.alone.broken_by(reading):
                broken = way.of
                yield broken

    @cached_property
    def _ways(self) -> tuple[_Way, ...]:
        alone = ((rule, replace(rule, pattern=pattern)) for rule in self._rules for pattern in ways_of(rule.pattern))
        return tuple(_Way(rule, way, needles_of(way.pattern)) for rule, way in alone)

    @cached_property
    def _needles(self) -> tuple[NeedleIndex, NeedleIndex]:
        """Of the ways that are looked for in small letters, and of those in the letters as they are written."""
        small, as_written = (
            {needle for way in self._ways if way.of.cased is cased for needles in way.needles for needle in needles}
            for cased in (False, True)
        )
        return NeedleIndex(small), NeedleIndex(as_written)


def ways_of(pattern: str) -> list[str]:
    """The alternatives of a pattern that stand in no brackets."""
    ways, depth, at, begin = [], 0, 0, 0
    while at < len(pattern):
        sign = pattern[at]
        if sign == "\\":
            at += 1
        elif sign == "[":
            at = _end_of_set(pattern, at)
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        elif sign == "|" and not depth:
            ways.append(pattern[begin:at])
            begin = at + 1
        at += 1
    return [*ways, pattern[begin:]]


def _end_of_set(pattern: str, at: int) -> int:
    """Where the set of characters that begins at `at` ends: a bracket that stands first in it is one of them."""
    at += 2 if pattern[at + 1] == "^" else 1
    first = at
    while pattern[at] != "]" or at == first:
        at += 2 if pattern[at] == "\\" else 1
    return at
