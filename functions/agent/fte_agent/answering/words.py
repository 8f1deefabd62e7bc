"""The words of a text that tell what it is about, cut to their stems, and how much each of them tells."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

LIMIT: Final = 6_000
"""Characters of a text that are looked at."""

_WORD: Final = re.compile(r"[a-z0-9]+(?:'[a-z]{1,3})?")

_STOP_WORDS: Final = """
    a about above after again all also am an and any anyone anything are as ask asked asking at available back be
    because been before being best both but by can cannot can't come could couldn't dear did didn't do does doesn't
    doing don't done each either else even ever every for from get gets getting give go going good got great had has
    have having he hello help her here hey hi him his how i i'd i'll i'm i've if in inside into is isn't it it's its
    just keep know let like ll look looking make may me might mine much must my need needed needs no not now of off ok
    okay on one only or other our ours out over own please pls possible quick really right same say see seem seems she
    should since so some somebody someone something soon still such sure team techcorp tell than thank thanks that
    that's the their them then there there's these they thing things this those though to today too tool tried try
    trying under until up us use used using ve very want wanted wants was wasn't way we we'd we're we've well went were
    what what's when where whether which while who why will wish with within without won't work would yes yet you you'd
    you're your yours able since another around around between regards cheers kind morning afternoon evening day
    question problem issue trouble urgent urgently asap support customer set
"""
STOP_WORDS: Final = frozenset(_STOP_WORDS.split())

_SAME: Final[Mapping[str, str]] = {
    "colleague": "member", "coworker": "member", "teammate": "member", "employee": "member", "mail": "email",
    "mfa": "2fa", "authenticator": "2fa", "picture": "image", "photo": "image", "mobile": "phone",
    "iphone": "phone", "android": "phone", "todo": "task",
    "remove": "delete", "erase": "delete", "wipe": "delete", "login": "sign", "log": "sign", "deadline": "due",
    "spreadsheet": "excel", "xlsx": "excel", "maximum": "limit", "max": "limit", "largest": "limit",
    "copy": "duplicate", "clone": "duplicate", "gantt": "timeline", "doc": "documentation", "year": "annual",
    "yearly": "annual", "month": "monthly", "recover": "restore", "forgot": "forget", "forgotten": "forget",
    "mandatory": "require", "compulsory": "require", "obligatory": "require",
    # What the endings leave of "dates", "files", "rules", "roles".
    "dat": "date", "fil": "file", "rul": "rule", "rol": "role", "undon": "undo",
}  # fmt: skip


@lru_cache(maxsize=4_096)  # the same passages are compared with one message after the other
def stems(text: str) -> tuple[str, ...]:
    """The telling words of `text` in order, as stems."""
    found = (stem(word) for word in _WORD.findall(text[:LIMIT].lower().replace("\u2019", "'")) if telling(word))
    return tuple(word for word in found if word)


def telling(word: str) -> bool:
    """Whether a word says something about the matter."""
    return word not in STOP_WORDS and (len(word) > 1 or word.isdigit())


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """A word without its ending: enough to find "exports" with "exporting", not a linguist's stem."""
    word = word.removesuffix("'s")
    if len(word) > 4:
        for ending, instead in (("ies", "y"), ("ing", ""), ("ied", "y"), ("ed", ""), ("es", ""), ("s", "")):
            if word.endswith(ending) and not word.endswith("ss") and len(word) - len(ending) >= 3:
                word = word[: -len(ending)] + instead
                break
    elif len(word) == 4 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    word = _without_e(word)
    return _without_e(_SAME.get(word, _SAME.get(f"{word}e", word)))


def _without_e(word: str) -> str:
    return word.removesuffix("e") if len(word) > 4 else word


@lru_cache(maxsize=64)  # the articles that were found are looked through for each question of the message
def weights(texts: tuple[str, ...]) -> Mapping[str, float]:
    """How much each stem tells one of `texts` from the others: a word that all of them have tells nothing."""
    many = [set(stems(text)) for text in texts]
    counts = Counter(word for words in many for word in words)
    return {word: math.log((len(many) + 1) / (count + 0.5)) for word, count in counts.items()}


def overlap(asked: Iterable[str], said: Iterable[str], weight: Mapping[str, float], unknown: float = 0.0) -> float:
    """The share (0 to 1) of what was asked, by weight, that is said. A word that nobody says weighs `unknown`."""
    wanted = set(asked)
    total = sum(weight.get(word, unknown) for word in wanted)
    if total <= 0:
        return 0.0
    return sum(weight.get(word, unknown) for word in wanted & set(said)) / total
