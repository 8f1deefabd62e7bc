"""What a rule is. The rules themselves are tables, one module for each matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from fte.domain.policy.reading import Reading

_BEFORE: Final = 90
"""How far back from a match what takes it back ("not", "whether") may stand."""
_LIST_BEFORE: Final = 200

_SENTENCE: Final = re.compile(r"[.!?:]\s|\n")
_LIST: Final = re.compile(r"[.!?]\s")
"""Where what is said of a list's items ends: its heading has a colon, its items have lines."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern that no reply may hold, unless what stands before it in the same sentence takes it back.

    `listed`: the heading of a list and its items are one sentence.

    `id` names the rule in tests and tables; `code` is what is told of a broken one. A space in a pattern is any white
    space. Every pattern is linear: its repetitions are bounded. It is compiled when it is first looked for: most never
    are, and compiling all of them would keep a starting process busy.
    """

    id: str
    code: str
    pattern: str
    unless: str | None = None
    cased: bool = False
    listed: bool = False

    def prepare(self) -> None:
        """Do now what is done once."""
        _compiled(self.pattern)
        if self.unless is not None:
            _compiled(self.unless)

    def broken_by(self, reading: Reading) -> bool:
        """Whether the text breaks the rule."""
        return any(map(self.is_found, (reading.cased,) if self.cased else reading.forms))

    def is_found(self, text: str) -> bool:
        """Whether `text`, in one of the forms of a reading, holds the pattern and nothing takes it back."""
        if self.unless is None:
            return _compiled(self.pattern).search(text) is not None
        unless = _compiled(self.unless)
        before = _list_before if self.listed else _sentence_before
        return any(not unless.search(before(text, match)) for match in self.matches(text))

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """Where `text` holds the pattern."""
        return _compiled(self.pattern).finditer(text)


def rule(
    id_: str, code: str, pattern: str, *, unless: str | None = None, cased: bool = False, listed: bool = False
) -> Rule:
    """A rule from its patterns as text."""
    return Rule(id_, code, _written_out(pattern), _written_out(unless) if unless else None, cased, listed)


def words(text: str) -> str:
    """The words of `text`, separated by white space, as alternatives."""
    return _alternatives(text.split())


def phrases(text: str) -> str:
    """The lines of `text` as alternatives."""
    return _alternatives(line.strip() for line in text.splitlines() if line.strip())


def _alternatives(items: Iterable[str]) -> str:
    # The longest first: an alternative that begins another one must not win over it.
    return "(?:" + "|".join(sorted(items, key=len, reverse=True)) + ")"


def _written_out(pattern: str) -> str:
    return pattern.replace(" ", r"\s")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _sentence_before(text: str, match: re.Match[str]) -> str:
    return _since(_SENTENCE, text, match, _BEFORE)


def _list_before(text: str, match: re.Match[str]) -> str:
    return _since(_LIST, text, match, _LIST_BEFORE)


def _since(end: re.Pattern[str], text: str, match: re.Match[str], far: int) -> str:
    """The text from the last `end` before `match`, but not from further back than `far`, and the match itself."""
    first = max(0, match.start() - far)
    before = text[first : match.end()]
    start = 0
    for found in end.finditer(before, 0, match.start() - first):
        start = found.end()
    return before[start:]
