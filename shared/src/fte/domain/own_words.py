"""A mail's own words and its signature, apart from everything that was quoted or forwarded. One pass over the lines.

What is read for an answer keeps a line in doubt; what tells who somebody is leaves it out. So this stops at the first
line that may begin a history, and takes for a signature what may be one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

MAX_LINES: Final = 400
MAX_LINE: Final = 300
LONGEST: Final = 14
"""Lines that a signature has at most."""

_HISTORY: Final = (
    "original message", "ursprüngliche nachricht", "message d'origine", "mensaje original", "mensagem original",
    "forwarded message", "weitergeleitete nachricht", "message transféré", "mensaje reenviado", "mensagem encaminhada",
    "begin forwarded message", "anfang der weitergeleiteten", "début du message réexpédié", "inicio del mensaje",
    "messaggio inoltrato", "messaggio originale",
)  # fmt: skip
_HEADERS: Final = ("from:", "von:", "de:", "de :", "da:", "van:")
_LEADS: Final = ("on ", "am ", "le ", "el ", "il ", "em ", "op ")
_VERBS: Final = (" wrote", " schrieb", " a écrit", " escribió", " ha scritto", " escreveu", " schreef")
_CLOSING: Final = re.compile(
    r"\W{0,3}(?:(?:many |best |kind(?:est)? |warm |with (?:best|kind|warm) )?(?:regards|wishes|thanks)|best|cheers"
    r"|thank you|thx|sincerely|yours(?: \w{1,12})?|(?:mit )?(?:freundliche[nm]?|beste[nm]?|viele[nm]?|liebe[nm]?"
    r"|herzliche[nm]?|schöne[nm]?) grü(?:ß|ss)en?|grü(?:ß|ss)e|gruß|mfg|lg|vg|cordialement|bien à vous|salutations"
    r"|saludos|un saludo|atentamente|cordialmente|atenciosamente|abraços|obrigad[oa]|cordiali saluti|distinti saluti"
    r"|met vriendelijke groet)\b.{0,40}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What somebody wrote, and the lines that they signed it with."""

    words: str
    signature: tuple[str, ...]


def own_words(full_text: str) -> OwnWords:
    """The words and the signature of a mail's own part: what stands before the first quoted or forwarded line."""
    lines = [line.strip()[:MAX_LINE] for line in full_text.replace("\r", "").split("\n", MAX_LINES)[:MAX_LINES]]
    own: list[str] = []
    for index, line in enumerate(lines):
        if _begins_history(lines, index):
            break
        own.append(line)
    while own and not own[-1]:
        own.pop()
    start = _begin(own)
    return OwnWords("\n".join(own[:start]), tuple(own[start:]))


def _begins_history(lines: list[str], index: int) -> bool:
    line = lines[index].lower().lstrip("*")
    if line.startswith(">") or (line.startswith(("-", "_", "begin", "anfang", "début", "inicio")) and _is_ruler(line)):
        return True
    if line.startswith(_HEADERS) and "@" in line + "".join(lines[index + 1 : index + 2]):
        return True
    if line.startswith(_LEADS):
        joined = " ".join(lines[index : index + 3]).lower()[:400]
        return any(verb in joined for verb in _VERBS) and ":" in joined and any(c.isdigit() for c in joined)
    return False


def _is_ruler(line: str) -> bool:
    return any(phrase in line for phrase in _HISTORY) or (len(line) > 20 and not line.strip("_"))


def _begin(own: list[str]) -> int:
    """Where the signature begins: after "-- ", else at the closing words, else at the last paragraph if it is short."""
    earliest = max(0, len(own) - LONGEST)
    for index in range(earliest, len(own)):
        if own[index] in ("--", "\u2014", "\u2013") or (len(own[index]) > 2 and not own[index].strip("-_*=~")):
            return index
    for index in range(earliest, len(own)):
        if len(own[index]) < 60 and _CLOSING.match(own[index]):
            return index
    # Short lines at the end, below a longer text. A last sentence is no signature.
    start = len(own)
    while start > max(0, len(own) - 8) and _is_bare(own[start - 1]):
        start -= 1
    return start if start > 0 else len(own)


def _is_bare(line: str) -> bool:
    return 0 < len(line) <= 60 and not line.endswith((".", "?", "!", ":", ","))
