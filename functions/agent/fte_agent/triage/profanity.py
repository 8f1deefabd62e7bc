"""Profanity, found in one pass over the words: also masked (`f*ck`), in leet (`sh1t`) and stretched (`fuuuck`).

Whole words only, so that Scunthorpe, an assessment and Dick Smith stay what they are.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_LEET: Final = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"})
_WORD: Final = re.compile(r"[\w@$*#!%]{2,30}")
_RUN: Final = re.compile(r"(.)\1+")

_LEXICON: Final = """
    fuck fucks fucked fucker fuckers fucking fuckin fckin fcking fck fcked fuk fuking fukin effing motherfucker
    motherfuckers motherfucking clusterfuck fuckup bullshit bulshit horseshit shit shits shite shitty shitting shithole
    shitshow batshit crap crappy arse arsehole arseholes ass asshole assholes asshat dumbass jackass bastard bastards
    bitch bitches bitching bollocks cunt cunts dickhead dickheads prick pricks piss pissed pisses wanker wankers twat
    twats tosser goddamn damnit wtf stfu gtfo ffs bloody retarded retards moron morons idiot idiots imbecile
    imbeciles scumbag scumbags douche douchebag screwed sucks suck scheisse scheiss scheis arschloch arschlocher
    goddamned verdammt verdammte wichser hurensohn merde putain connard connards salaud mierda joder cabron cabrones
    pendejo pendejos puta
    gilipollas cazzo merda stronzo stronzi vaffanculo caralho porra klootzak godverdomme kut
"""
SWEARWORDS: Final = frozenset(_LEXICON.split())
"""Words that are rude wherever they stand; `dick`, `kill`, `slave` and others with a life of their own are not here."""

_NOBODY_ELSE: Final = re.compile(
    r"\bidiot[- ]?proof\w*|\bidiot(?:'s|ic)? (?:question|mistake)s?\b|\b(?:idiot|moron) (?:that )?i am\b"
    r"|\bi(?: am|'m|m)(?: just| surely| probably| clearly)? the (?:idiot|moron)\b"
    r"|\b(?:i am|i'm|im|i was|i feel like|i felt like|called me|calls me)(?: such| just| being)? an? (?:\w{1,15} )?"
    r"(?:idiot|moron)\b"
)
"""What is said of oneself, or of nobody."""

_LITTLE: Final = "crap crappy bloody sucks suck screwed pissed damnit ass wtf ffs kut"
_MILD: Final = frozenset(_LITTLE.split())
_MASKED: Final = tuple(
    re.compile(mask)
    for mask in (
        r"f[*#@%!u_]{1,2}[*#@%!c_]?k(?:ing|in|ed|er|ers|s)?",
        r"f[*#@%!]{2,3}",
        r"f[*#@%!]{1,3}k(?:ing|ed|er)?",
        r"s[h*#@%!]{1,2}[i*#@%!]?t(?:ty|s)?",
        r"s[*#@%!]{2,3}",
        r"b[i*#@%!]{0,1}[*#@%!]+t?c?h(?:es)?",
        r"a[*#@%!]{1,2}(?:hole|holes)",
        r"c[*#@%!]{1,2}(?:p|t|ts)",
        r"bull[s*#@%!][h*#@%!]?[i*#@%!]+t?s?",
        r"d[*#@%!]{1,2}k(?:head)?",
        r"[*#@%!$]{0,2}wtf",
    )
)


def swearwords(text: str, limit: int = 4_000) -> tuple[str, ...]:
    """The rude words of `text`, as they stand there, in order."""
    folded = unicodedata.normalize("NFKC", text[:limit]).lower().replace("\u2019", "'")
    folded = _NOBODY_ELSE.sub(" ", folded)
    return tuple(word for word in _WORD.findall(folded) if _rude(word))


def is_mild(word: str) -> bool:
    """Whether a rude word says little about whom it is meant for."""
    return word in _MILD


@lru_cache(maxsize=8_192)
def _rude(word: str) -> bool:
    bare = word.strip("*#!%_")
    if word in SWEARWORDS or bare in SWEARWORDS:
        return True
    if any(mark in word for mark in "*#@%"):
        inner = any(mark in word[1:] for mark in "*#@%!")
        return inner and word[0].isalpha() and any(mask.fullmatch(word.rstrip("!")) for mask in _MASKED)
    if any(c.isalpha() for c in word):
        plain = _unaccented(bare).translate(_LEET)
        stretched = _RUN.search(plain) is not None and _RUN.sub(r"\1", plain) in _SQUEEZED
        return plain in SWEARWORDS or stretched
    return False


def _unaccented(word: str) -> str:
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word.replace("ß", "ss")) if not unicodedata.combining(c))


_SQUEEZED: Final = frozenset(_RUN.sub(r"\1", word) for word in SWEARWORDS if len(word) > 3) - {"as", "kut", "suck"}
