"""Names of files from outside, made fit to be shown and stored."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from fte.providers.plain_text import one_line

_UNWANTED: Final = re.compile(r'[<>:"|?*`$]')
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_MAX: Final = 150


def safe_name(name: str) -> str:
    """A name without folders, control characters, marks that turn the direction of writing, and other traps.

    Too long a name keeps its ending. "" stays "".
    """
    last = one_line(name[:10_000]).replace("\\", "/").rstrip("/ ").rpartition("/")[2]
    seen = "".join(character for character in last if unicodedata.category(character) not in ("Cf", "Cc", "Cs", "Co"))
    plain = " ".join(_UNWANTED.sub("_", seen).split()).strip(". ")
    if _RESERVED.match(plain):
        plain = f"_{plain}"
    if len(plain) > _MAX:
        stem, dot, ending = plain.rpartition(".")
        plain = stem[: _MAX - len(ending) - 1] + dot + ending if dot and len(ending) <= 20 else plain[:_MAX]
    return plain.strip(". ")
