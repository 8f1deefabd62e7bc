"""What a text must hold for a pattern to be found in it, so that most rules need not be tried on most replies.

Two hundred patterns over a whole reply are the dearest step of a run; whether a word stands in it costs next to
nothing. The needles are read from the pattern itself, as `re` parses it, and so cannot differ from it: what is not
understood here is no needle, and a pattern without needles is always tried.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from itertools import chain
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, Final

Needles = tuple[tuple[str, ...], ...]

SETS: Final = 2
"""How many sets of needles are kept of a pattern: a third keeps hardly any text away that the first two let through."""

_MOST: Final = 120
"""From so many needles on, looking for them takes as long as trying the pattern."""

_BEGINNING: Final = 4

_REPEATS: Final = (op.MAX_REPEAT, op.MIN_REPEAT)
_A_SPACE: Final = [(op.CATEGORY, op.CATEGORY_SPACE)]


class NeedleIndex:
    """Needles by the letters that they begin with: only those of which a text has the beginning are looked for."""

    def __init__(self, needles: Iterable[str]) -> None:
        self._short: list[str] = []
        self._by_beginning: dict[str, list[str]] = {}
        for needle in needles:
            of_one = self._by_beginning.setdefault(needle[:_BEGINNING], [])
            (of_one if len(needle) >= _BEGINNING else self._short).append(needle)

    def found_in(self, text: str) -> frozenset[str]:
        """The needles that `text`, one line, has."""
        beginnings = {text[at : at + _BEGINNING] for at in range(len(text) - _BEGINNING + 1)}
        possible = (needle for begun in self._by_beginning.keys() & beginnings for needle in self._by_beginning[begun])
        return frozenset(filter(text.__contains__, chain(self._short, possible)))


def may_hold(has: frozenset[str], needles: Needles) -> bool:
    """Whether a text that has the needles `has` has one of each set. Every text in which the pattern is found has."""
    return not any(map(has.isdisjoint, needles))


@cache
def needles_of(pattern: str) -> Needles:
    """Sets of which each text that `pattern` matches has a string of each, the rarest first; none if nothing is sure.

    The text is one of `reading`: all its white space is single spaces and line breaks. Both are a space in a needle.
    """
    sets = sorted(_certain(_parser.parse(pattern)), key=_commonness)
    return tuple(shortest for shortest in map(_without_longer, sets) if len(shortest) <= _MOST)[:SETS]


def _certain(parsed: Iterable[tuple[Any, Any]]) -> list[frozenset[str]]:
    """The sets for a sequence: runs of letters that always stand there, and what each of several ways has."""
    sets: list[frozenset[str]] = []
    run = ""
    for kind, argument in parsed:
        if kind is op.AT:
            continue
        if kind is op.LITERAL or (kind is op.IN and argument == _A_SPACE):
            letter = " " if kind is op.IN else chr(argument)
            run += " " if letter.isspace() else letter
            continue
        if kind is op.BRANCH and (ways := _of_all_ways(run, argument[1])):
            sets.append(ways)
        elif run.strip():
            sets.append(frozenset({run}))
        run = ""
        if kind is op.SUBPATTERN and not argument[1]:
            sets += _certain(argument[3])
        elif kind in _REPEATS and argument[0]:
            sets += _certain(argument[2])
    return [*sets, frozenset({run})] if run.strip() else sets


def _of_all_ways(run: str, ways: Iterable[Iterable[tuple[Any, Any]]]) -> frozenset[str] | None:
    """For each of several ways to go on after the letters `run` its rarest set, all in one; None if one has none."""
    before = [(op.LITERAL, ord(letter)) for letter in run]
    rarest = [min(_certain([*before, *way]), key=_commonness, default=None) for way in ways]
    return None if None in rarest else frozenset().union(*filter(None, rarest))


def _commonness(needles: Collection[str]) -> float:
    """How many places of a text have one of the needles, if all letters were as frequent; from six on none has."""
    return sum(27.0 ** -min(len(needle), 6) for needle in needles)


def _without_longer(needles: Iterable[str]) -> tuple[str, ...]:
    """The needles that hold no other one."""
    kept: list[str] = []
    for needle in sorted(needles, key=len):
        if not any(shorter in needle for shorter in kept):
            kept.append(needle)
    return tuple(kept)
