"""How long a reply may be. The data of a channel may say less than this, never more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from fte.domain.channels import Channel

MAX_WORDS: Final = {Channel.EMAIL: 400, Channel.WEBFORM: 300}
MAX_LETTER_CHARACTERS: Final = 6_000
"""Of a letter of any number of words: words without spaces are words all the same."""
MAX_WHATSAPP_PART: Final = 300
"""A part has fewer units than this."""
MAX_WHATSAPP_PARTS: Final = 3

REPEATED: Final = 3
"""A sentence that comes so often is not meant: what goes in circles says nothing, cut to its channel or not."""
_MANY_WORDS: Final = 5
"""Shorter sentences, such as steps, may be alike."""

_SENTENCE: Final = re.compile(r"[.!?]\s+|\n")
_NUMBER: Final = re.compile(r"\d+")


def units(text: str) -> int:
    """The length of `text` in UTF-16 code units, which is how phones and their makers' interfaces count.

    An emoji is two or more. Whoever counts code points instead counts no more than this, so a limit that is kept in
    units is kept everywhere.
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def too_long(channel: Channel, parts: Sequence[str]) -> bool:
    """Whether the channel takes a reply of these parts."""
    if channel is Channel.WHATSAPP:
        return len(parts) > MAX_WHATSAPP_PARTS or any(units(part) >= MAX_WHATSAPP_PART for part in parts)
    words = sum(len(part.split()) for part in parts)
    return words > MAX_WORDS[channel] or sum(map(len, parts)) > MAX_LETTER_CHARACTERS


def goes_in_circles(text: str) -> bool:
    """Whether `text` says the same sentence again and again, be it with other numbers."""
    sentences = (_NUMBER.sub("0", sentence).split() for sentence in _SENTENCE.split(text))
    said = Counter(" ".join(words) for words in sentences if len(words) >= _MANY_WORDS)
    return max(said.values(), default=0) >= REPEATED
