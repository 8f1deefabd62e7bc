"""Characters as a reader sees them: an emoji of a family is one, though it is written with seven code points.

The rules that matter for cutting, of Unicode's text segmentation (UAX 29): marks and modifiers stay with what they
modify, what a joiner joins stays together, and flags are pairs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

_JOINER: Final = "\u200d"
_SKIN_TONES: Final = range(0x1F3FB, 0x1F400)
_TAGS: Final = range(0xE0020, 0xE0080)
_REGIONAL: Final = range(0x1F1E6, 0x1F200)
_VOWELS_AND_ENDS: Final = range(0x1160, 0x1200)
"""Parts of a Korean syllable after its first."""


def clusters(text: str) -> Iterator[str]:
    """The characters of `text`, each with all that belongs to it; together they are `text`."""
    start = 0
    flags = 0
    for position in range(1, len(text) + 1):
        before = text[position - 1]
        flags = flags + 1 if ord(before) in _REGIONAL else 0
        if position < len(text) and _belongs(text[position], before, flags):
            continue
        yield text[start:position]
        start = position
        flags = 0


def _belongs(character: str, before: str, flags: int) -> bool:
    code = ord(character)
    if code in _REGIONAL:
        # The second half of a flag belongs to the first; a third one begins another flag.
        return flags % 2 == 1 or before == _JOINER
    return (
        before == _JOINER
        or character == _JOINER
        or code in _SKIN_TONES
        or code in _TAGS
        or code in _VOWELS_AND_ENDS
        or unicodedata.category(character) in ("Mn", "Me", "Mc")
    )
