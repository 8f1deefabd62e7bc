"""A reply as the rules read it: what looks the same to a person is written the same.

A rule about words is worth nothing when a character that nobody sees, or one that looks like another, gets around it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html import unescape
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

_LETTER_SIGNS: Final = {first + place: ord("a") + place for first in (0x1F150, 0x1F170, 0x1F1E6) for place in range(26)}
"""Letters in circles, in squares and of flags, which Unicode does not take apart."""

_DIGITS_AS_LETTERS: Final = str.maketrans("013457@", "oieasta")
"""What "r3fund" is read as."""

_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_LATIN: Final = re.compile(r"[a-z]")
_FOREIGN: Final = re.compile(r"[\u0370-\u052f]")
_WORD: Final = re.compile(r"\w+")
_SPACED: Final = re.compile(r"(?<![^\W_])(?:[^\W_][ ._-]){2,40}[^\W_](?![^\W_])")
_MIXED: Final = re.compile(
    r"(?<![\w@/.-])(?=[a-z@]{0,12}[013457@])(?=[013457@]{0,12}[a-z])[a-z013457@]{3,16}(?![\w@/.-])"
)
_HYPHEN: Final = re.compile(r"(?<=[a-z])[-_](?=[a-z])")
_TAG: Final = re.compile(r"</?[a-z][^<>\n]{0,120}>")
_OCTET: Final = re.compile(r"%([2-7][0-9a-f])", re.IGNORECASE)
_SPACES: Final = re.compile(r"[ \n]\s+|[^\S \n]\s*")
"""White space that is not one space or one end of a line already."""
_DOT: Final = re.compile(
    r"\s?[\[({]\s?(?:\.|dot|punkt|punto)\s?[\])}]\s?|\s(?:dot|punkt|punto)\s(?=(?:com|net|org|io|co|info|biz|ru|xyz|"
    r"dev|app|example|link|click|site|online|top|shop)\b)"
)
_AT: Final = re.compile(r"\s?[\[({]\s?(?:@|at)\s?[\])}]\s?")


@dataclass(frozen=True, slots=True)
class Reading:
    """The text as it is written (`cased`), in small letters (`folded`), and the `forms` in which words are looked for.

    `forms` are `folded` and what it says when letters that stand apart ("r e f u n d") are put together, digits stand
    for letters ("r3fund"), hyphens part or join words, and tags are left out; of these only the lines that differ.
    `in_one` is all the forms in one line.
    """

    cased: str
    folded: str
    forms: tuple[str, ...]
    in_one: str


def read(text: str) -> Reading:
    """`text` as the rules read it; lines are kept, other white space is one space."""
    # A sign that is written as its name or number in HTML, or in an address, is the sign.
    text = _OCTET.sub(lambda octet: chr(int(octet[1], 16)), unescape(text[:MAX_CHARACTERS]))
    cased = as_seen(text)
    folded = _WORD.sub(_in_one_script, cased.casefold())
    folded = _AT.sub("@", _DOT.sub(".", folded))
    plain = _TAG.sub("", folded)
    others = (
        _SPACED.sub(_together, plain),
        _HYPHEN.sub(" ", _MIXED.sub(_in_letters, plain)),
        _HYPHEN.sub("", plain),
    )
    forms = (folded, *(_changed(folded, other) for other in others))
    different = tuple(filter(None, dict.fromkeys(forms)))
    return Reading(cased, folded, different, " ".join(different).replace("\n", " "))


def as_seen(text: str) -> str:
    """`text` as a person sees it, in plain characters; lines are kept, other white space is one space."""
    return _spaced_once(_seen(text))


def letters(text: str) -> str:
    """A word of a rule in the form in which texts are read."""
    return _seen(text).casefold()


def _seen(text: str) -> str:
    taken_apart = unicodedata.normalize("NFKD", text.translate(_PLAIN).translate(_LETTER_SIGNS))
    return unicodedata.normalize("NFC", _NOT_ASCII.sub(_as_it_looks, taken_apart)).translate(_PLAIN)


def _as_it_looks(sign: re.Match[str]) -> str:
    character = sign.group()
    category = unicodedata.category(character)
    if category == "Sc":
        return MONEY
    if category == "Nd":
        return str(unicodedata.digit(character))
    if category == "Pd":
        return "-"
    if category[0] == "Z":
        return "\n" if category in ("Zl", "Zp") else " "
    is_hidden = category in ("Mn", "Me", "Cf", "Co", "Cn", "Cs") or character in _FILLERS
    return "" if is_hidden else character


def _spaced_once(text: str) -> str:
    return _SPACES.sub(lambda space: "\n" if "\n" in space.group() else " ", text)


def _in_one_script(word: re.Match[str]) -> str:
    text = word.group()
    if _FOREIGN.search(text) and _LATIN.search(text):
        return text.translate(_LOOK_ALIKES)
    return text


def _changed(text: str, other: str) -> str:
    """The lines of `other` that are not as in `text`: the rest has been read."""
    return "\n".join(new for old, new in zip(text.split("\n"), other.split("\n"), strict=True) if new != old)


def _together(spelled: re.Match[str]) -> str:
    return re.sub(r"[ ._-]", "", spelled.group())


def _in_letters(word: re.Match[str]) -> str:
    return word.group().translate(_DIGITS_AS_LETTERS)
