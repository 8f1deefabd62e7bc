"""Ticket references: what a customer can read out on the phone and nobody can guess."""

from __future__ import annotations

import re
import secrets
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32 (crockford.com/base32): no I, L, O or U."""

_REFERENCE: Final = re.compile(rf"TC-[{ALPHABET}]{{10}}")
_IN_TEXT: Final = re.compile(rf"(?<!\w){_REFERENCE.pattern}(?!\w)")
_LOOKALIKES: Final = str.maketrans("ILO", "110")


def new_reference() -> str:
    """A fresh reference with 50 random bits: `TC-` and ten characters."""
    return "TC-" + "".join(secrets.choice(ALPHABET) for _ in range(10))


def parse_reference(text: str) -> str | None:
    """The reference that `text` spells, or None. Case is free, and I, L and O are read as 1, 1 and 0."""
    spelled = text.strip().upper()
    if spelled.startswith("TC-"):
        spelled = "TC-" + spelled[3:].translate(_LOOKALIKES)
    return spelled if _REFERENCE.fullmatch(spelled) else None


def without_references(text: str) -> str:
    """`text` with "TC" in the place of each reference."""
    return _IN_TEXT.sub("TC", text)
