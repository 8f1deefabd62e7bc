"""No reply says anything in a way that people cannot read: encoded, spelled out, backwards."""

from __future__ import annotations

import binascii
import re
from typing import Final

_BASE64: Final = re.compile(r"(?<![\w+/=-])[A-Za-z0-9+/_-]{10,4000}={0,2}(?![\w+/=-])")
_HEX: Final = re.compile(r"(?<!\w)(?:0x)?(?:[0-9a-fA-F]{2}[ :-]?){10,2000}(?!\w)")
_BITS: Final = re.compile(r"(?<!\w)(?:[01]{7,8} ?){4,500}(?!\w)")
_CODES: Final = re.compile(r"(?<!\w)(?:\d{2,3}[ ,;]{1,2}){9,500}\d{2,3}(?!\w)")
_SPELLED: Final = re.compile(r"(?<![^\W_])(?:[^\W\d_][ ._-]){7,60}[^\W\d_](?![^\W_])")
_MORSE: Final = re.compile(r"(?:[.-]{1,5}[ /]{1,3}){6,500}")

_READABLE: Final = 0.95


def unreadable(text: str) -> bool:
    """Whether something in `text` (read, as it is written) has to be decoded before a person can read it."""
    if _BITS.search(text) or _CODES.search(text) or _SPELLED.search(text) or _MORSE.search(text):
        return True
    if any(not match.group().isdigit() for match in _HEX.finditer(text)):
        return True
    return any(_says_something(match.group()) for match in _BASE64.finditer(text))


def _says_something(word: str) -> bool:
    """Whether `word`, decoded, is text. Of words that are just words next to none is."""
    plain = word.rstrip("=").replace("-", "+").replace("_", "/")
    plain = plain[: len(plain) - (len(plain) % 4 == 1)]
    try:
        octets = binascii.a2b_base64(plain + "=" * (-len(plain) % 4))
    except binascii.Error:
        return False
    readable = sum(32 <= octet < 127 or octet in (9, 10, 13) for octet in octets)
    return len(octets) >= 7 and readable >= _READABLE * len(octets)
