"""A rough English wording of what a customer wrote in another language: for the search only, never shown.

The documentation, the embedding model and the full text are English. A glossary of the words in which customers ask
(one table for each language) is enough to find the right article: "Wie kann ich ein Projekt archivieren?" becomes "how
can I a project archive?". A word that no table has stays as it is: names and product words are the same everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

LANGUAGES: Final = frozenset({"de", "fr", "es", "pt", "it", "nl"})
"""The languages that there is a table for, by the codes of `fte_agent.triage.language`."""

_LIMIT: Final = 3_000
_LONGEST_WORD: Final = 40
_LONGEST_PHRASE: Final = 5
_WORD: Final = re.compile(r"[^\W_]+")
_ELISION: Final = frozenset("'\u2019")
_WITHIN_PHRASES: Final = _ELISION | frozenset(" -\u2010\u2011")
_WRITTEN_OUT: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})

_COMPOUNDING: Final = frozenset({"de", "nl"})
_LEAST_PART: Final = 3
_MOST_PARTS: Final = 3
_LINKS: Final = ("", "s", "n", "en", "es", "e", "er", "ung", "ungs", "ungen", "ings")
"""What joins the parts of a compound, with the end of a part that a table has the beginning of."""


@dataclass(frozen=True, slots=True)
class _Table:
    """The entries of one language, folded: whole words and phrases, and beginnings of words."""

    whole: dict[str, str]
    beginnings: dict[str, str]
    compounds: bool


def gloss(text: str, language: str) -> str:
    """`text` word by word in English, with its punctuation; unchanged when there is no table for `language`."""
    if language not in LANGUAGES:
        return text
    table, text = _table(language), unicodedata.normalize("NFC", text)
    words = list(_WORD.finditer(text, 0, _LIMIT))
    folded = [_folded(word[0]) for word in words]
    said: list[str] = []
    at = end = 0
    while at < len(words):
        between = text[end : words[at].start()]
        count, english = _phrase(text, words, folded, at, table)
        said += (" " if between in _ELISION else between, words[at][0] if english is None else english)
        end = words[at + count - 1].end()
        at += count
    return "".join(said) + text[end:]


def _phrase(text: str, words: list[re.Match[str]], folded: list[str], at: int, table: _Table) -> tuple[int, str | None]:
    """How many words from `at` on belong together, and what they mean: None for one that no entry fits."""
    most = 1
    while most < min(_LONGEST_PHRASE, len(words) - at):
        if text[words[at + most - 1].end() : words[at + most].start()] not in _WITHIN_PHRASES:
            break
        most += 1
    for count in range(most, 1, -1):
        english = table.whole.get(" ".join(folded[at : at + count]))
        if english is not None:
            return count, english
    return 1, _word(folded[at], table)


def _word(word: str, table: _Table, parts: int = _MOST_PARTS) -> str | None:
    """What a word means: it stands in the table, or is a compound of words there, or begins as one there does."""
    if word in table.whole or len(word) > _LONGEST_WORD:
        return table.whole.get(word)
    ends = range(len(word), _LEAST_PART - 1, -1)
    begun = next((table.beginnings[word[:end]] for end in ends if word[:end] in table.beginnings), None)
    if word in table.beginnings or not table.compounds or parts < 2:
        return begun
    for end in ends:
        head = table.whole.get(word[:end]) or table.beginnings.get(word[:end])
        if head and (tail := _tail(word[end:], table, parts - 1)):
            return f"{head} {tail}"
    return begun


def _tail(rest: str, table: _Table, parts: int) -> str | None:
    """What the rest of a compound means: None if it is no word but an ending."""
    found = (_word(rest[len(link) :], table, parts) for link in _LINKS if rest.startswith(link))
    return next((english for english in found if english), None) if len(rest) > _LEAST_PART else None


@cache
def _table(language: str) -> _Table:
    """The lines of a table: what is said (ways apart by |, the beginning of a word with *), a tab, and the English."""
    table = _Table({}, {}, language in _COMPOUNDING)
    for line in files(__name__).joinpath(f"{language}.tsv").read_text(encoding="utf-8").splitlines():
        said, _, english = line.partition("\t")
        for way in said.split("|"):
            entries = table.beginnings if way.endswith("*") else table.whole
            # Umlauts are written with dots, with an e, or not at all.
            for form in (way, way.translate(_WRITTEN_OUT)) if language == "de" else (way,):
                entries[" ".join(_WORD.findall(_folded(form)))] = english
    return table


def _folded(text: str) -> str:
    """`text` in small letters without accents, as it is written in a hurry."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss").replace("œ", "oe"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
