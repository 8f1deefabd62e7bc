"""A small language for phrases, so that a table says what is meant and not how a regular expression spells it.

A phrase is a row of slots, one space between them, matched on the normal form of a message (`Reading.line`):

- `word`, or `one|other|two_words`: one of the alternatives; `_` stands for a space inside one, `*` for a word's rest;
- `{name}`: one of the alternatives of a named class;
- what follows a `#` in an alternative is a regular expression for numbers;
- a slot with a `?` at its end may be missing;
- `~` leaves up to three words out, `~5` up to five; a gap never crosses a comma or the end of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_GAP: Final = re.compile(r"~(\d{0,2})")
_CLASS: Final = re.compile(r"\{(\w+)\}")


class Phrases:
    """The phrases of a table, looked for together: at each place of a line the first of them that fits.

    A phrase is looked for only in a line that has a word for each of its slots: of all phrases a few have.
    """

    def __init__(self, phrases: Iterable[str], classes: Mapping[str, str]) -> None:
        self._phrases = [_Phrase.read(phrase, classes) for phrase in phrases]
        self._by_word: dict[str, list[int]] = {}
        self._anywhere = {at for at, phrase in enumerate(self._phrases) if not phrase.words}
        for at, phrase in enumerate(self._phrases):
            # By its longest words, which the fewest lines have.
            for word in max(phrase.words, key=lambda words: min(map(len, words)), default=()):
                self._by_word.setdefault(word, []).append(at)

    def finditer(self, line: str) -> Iterator[re.Match[str]]:
        """Where the phrases stand in `line`, without those that begin in another one."""
        found = [(phrase.pattern, phrase.pattern.search(line)) for phrase in self._possible(_words_of(line))]
        while True:
            first = min((match for _, match in found if match), key=lambda match: match.start(), default=None)
            if first is None:
                return
            yield first
            end = first.end()
            found = [
                (pattern, match if match is None or match.start() >= end else pattern.search(line, end))
                for pattern, match in found
            ]

    def search(self, line: str) -> re.Match[str] | None:
        """The first phrase in `line`, or None."""
        return next(self.finditer(line), None)

    def sub(self, instead: str, line: str) -> str:
        """`line` with `instead` in place of each phrase."""
        parts, end = [], 0
        for match in self.finditer(line):
            parts += [line[end : match.start()], instead]
            end = match.end()
        return "".join([*parts, line[end:]]) if parts else line

    def _possible(self, words: frozenset[str]) -> Iterator[_Phrase]:
        places = self._anywhere.union(*(self._by_word[word] for word in self._by_word.keys() & words))
        return (self._phrases[at] for at in sorted(places) if self._phrases[at].may_be_in(words))


@dataclass(frozen=True, slots=True)
class _Slot:
    """A slot as a pattern that begins with a space. A line that it fits has one of `words`, which end in `*` where only
    the word's beginning is given; None: nothing is certain."""

    pattern: str
    words: frozenset[str] | None

    @classmethod
    def read(cls, slot: str, classes: Mapping[str, str]) -> _Slot:
        if gap := _GAP.fullmatch(slot):
            # Lazy, and no longer than its number: the first word that fits ends it.
            return cls(rf"(?: [^ .,?#]+){{0,{gap[1] or 3}}}?", None)
        optional = slot.endswith("?") and not slot.endswith("|?") and len(slot) > 1
        filled = _CLASS.sub(lambda found: classes[found[1]], slot[:-1] if optional else slot).split("|")
        pattern = f"(?: (?:{'|'.join(map(_alternative, filled))}))"
        if optional or any("#" in each for each in filled):
            return cls(pattern + ("?" if optional else ""), None)
        return cls(pattern, frozenset(each.partition("_")[0] for each in filled))


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase as a pattern of which every part is bounded, so that matching is linear; of each of `words` a line has
    one that it stands in."""

    pattern: re.Pattern[str]
    words: tuple[frozenset[str], ...]

    @classmethod
    def read(cls, phrase: str, classes: Mapping[str, str]) -> _Phrase:
        slots = [_Slot.read(slot, classes) for slot in phrase.split()]
        pattern = "".join(slot.pattern for slot in slots) + "(?= |$)"
        return cls(re.compile(pattern), tuple(slot.words for slot in slots if slot.words is not None))

    def may_be_in(self, words: frozenset[str]) -> bool:
        """Whether a line of these words has one for each slot."""
        return not any(map(words.isdisjoint, self.words))


@lru_cache(maxsize=64)  # all tables are gone through for one line
def _words_of(line: str) -> frozenset[str]:
    """The words of `line`, and the beginnings of each with a `*`."""
    words = set(line.split())
    return frozenset(words.union(f"{word[:end]}*" for word in words for end in range(1, len(word) + 1)))


def _alternative(words: str) -> str:
    plain, _, digits = words.partition("#")
    escaped = re.escape(plain).replace(r"\*", r"[^ .,?]*")
    return (escaped + digits).replace("_", " ")
