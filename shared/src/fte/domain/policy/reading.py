"""A reply as the rules read it: what looks the same to a person is written the same.

A rule about words is worth nothing when a character that nobody sees, or one that looks like another, gets around it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

MAX_CHARACTERS: Final = 6_000
"""How much of a reply is read. A longer one breaks the rule of length, whatever it says."""

MONEY: Final = "¤"
"""Every currency sign is read as this one."""

_FILLERS: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters and symbols that are shown as nothing."""

_PLAIN: Final = str.maketrans({
    "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u2032": "'", "\u00b4": "'", "`": None, "*": None,
    "\u201c": '"', "\u201d": '"', "\u2033": '"', "\u2212": "-", "\u2044": "/", "\u2215": "/", "\u066a": "%",
    "\u066b": ".", "\u066c": ",", "\u3002": ".", "\ua4f8": ".", "\u0701": ".", "\u00b7": ".", "\u0131": "i",
    "$": MONEY, "\U0001f4b2": MONEY, "\U0001f4b4": MONEY, "\U0001f4b5": MONEY, "\U0001f4b6": MONEY,
    "\U0001f4b7": MONEY,
})  # fmt: skip

_LOOK_ALIKES: Final = str.maketrans(dict(zip(
    "авсԁеёғԍһіїјкӏмнорԛгѕтԝуүхьαβεικνορτυχϲ", "abcdeefghiijklmhopqrstwyyxbabeikvoptuxc", strict=True
)))  # fmt: skip
"""Cyrillic and Greek letters in a word that is otherwise Latin."""

_LATIN: Final = re.compile(r"[a-z]")
_FOREIGN: Final = re.compile(r"[\u0370-\u052f]")
_WORD: Final = re.compile(r"\w+")
_SPACED: Final = re.compile(r"(?<![^\W_])(?:[^\W_][ .-]){3,40}[^\W_](?![^\W_])")
_SPACES: Final = re.compile(r"\s+")
_DOT: Final = re.compile(
    r"\s?[\[({]\s?(?:\.|dot|punkt|punto)\s?[\])}]\s?|\s(?:dot|punkt|punto)\s(?=(?:com|net|org|io|co|info|biz|ru|xyz|dev|app|example|link|click|site|online|top|shop)\b)"
)
_AT: Final = re.compile(r"\s?[\[({]\s?(?:@|at)\s?[\])}]\s?")


@dataclass(frozen=True, slots=True)
class Reading:
    """The text in two forms: `cased` with capitals as they are written, `folded` in small letters.

    `joined` is `folded` with letters that stand apart ("r e f u n d") put together.
    """

    cased: str
    folded: str
    joined: str


def read(text: str) -> Reading:
    """`text` as the rules read it; lines are kept, other white space is one space."""
    cased = _spaced_once(_seen(text[:MAX_CHARACTERS]))
    folded = _WORD.sub(_in_one_script, cased.casefold())
    folded = _AT.sub("@", _DOT.sub(".", folded))
    return Reading(cased, folded, _SPACED.sub(_together, folded))


def letters(text: str) -> str:
    """A word of a rule in the form in which texts are read."""
    return _seen(text).casefold()


def _seen(text: str) -> str:
    kept = []
    for character in unicodedata.normalize("NFKD", text.translate(_PLAIN)):
        if character.isascii():
            kept.append(character)
            continue
        category = unicodedata.category(character)
        if category == "Sc":
            kept.append(MONEY)
        elif category == "Nd":
            kept.append(str(unicodedata.digit(character)))
        elif category == "Pd":
            kept.append("-")
        elif category[0] == "Z":
            kept.append("\n" if category in ("Zl", "Zp") else " ")
        elif category not in ("Mn", "Me", "Cf", "Co", "Cn", "Cs") and character not in _FILLERS:
            kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept)).translate(_PLAIN)


def _spaced_once(text: str) -> str:
    return _SPACES.sub(lambda space: "\n" if "\n" in space.group() else " ", text)


def _in_one_script(word: re.Match[str]) -> str:
    text = word.group()
    if _FOREIGN.search(text) and _LATIN.search(text):
        return text.translate(_LOOK_ALIKES)
    return text


def _together(spelled: re.Match[str]) -> str:
    return re.sub(r"[ .-]", "", spelled.group())
