"""Text from outside, made fit to be stored and shown."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_SURROGATES: Final = re.compile(r"[\ud800-\udfff]")
_BLANKS: Final = re.compile(r"\s+")


def storable(text: str) -> str:
    """`text` as PostgreSQL and UTF-8 can hold it: no NUL, no lone surrogates, one kind of line end."""
    return _SURROGATES.sub("\ufffd", text.replace("\x00", "")).replace("\r\n", "\n").replace("\r", "\n")


def one_line(text: str) -> str:
    """`text` as a value that may stand in a header: no line ends or control characters, single blanks."""
    kept = "".join(" " if unicodedata.category(character) in ("Cc", "Zl", "Zp") else character for character in text)
    return _BLANKS.sub(" ", storable(kept)).strip()
