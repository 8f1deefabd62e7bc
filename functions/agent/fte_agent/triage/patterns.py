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
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

_GAP: Final = re.compile(r"~(\d?)")
_CLASS: Final = re.compile(r"\{(\w+)\}")


def compiled(phrases: Sequence[str], classes: Mapping[str, str]) -> re.Pattern[str]:
    """One pattern that finds any of `phrases`. Every part of it is bounded, so that matching is linear."""
    return re.compile("(?:" + "|".join(_phrase(phrase, classes) for phrase in phrases) + ")(?= |$)")


def _phrase(phrase: str, classes: Mapping[str, str]) -> str:
    return "".join(_slots(phrase.split(), classes))


def _slots(slots: Iterable[str], classes: Mapping[str, str]) -> Iterable[str]:
    for slot in slots:
        if gap := _GAP.fullmatch(slot):
            # Lazy, and no longer than its number: the first word that fits ends it.
            yield rf"(?: [^ .,?#]+){{0,{gap[1] or 3}}}?"
            continue
        optional = slot.endswith("?") and not slot.endswith("|?") and len(slot) > 1
        filled = _CLASS.sub(lambda found: classes[found[1]], slot[:-1] if optional else slot)
        alternatives = "|".join(_alternative(each) for each in filled.split("|"))
        yield f"(?: (?:{alternatives}))" + ("?" if optional else "")


def _alternative(words: str) -> str:
    plain, _, digits = words.partition("#")
    escaped = re.escape(plain).replace(r"\*", r"[^ .,?]*")
    return (escaped + digits).replace("_", " ")
