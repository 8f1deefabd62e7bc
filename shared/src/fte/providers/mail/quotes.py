"""What somebody wrote now, apart from the history that the mail program added below or above it.

One pass over the lines with plain string tests: nothing here can be made slow by a hostile mail.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

_LEADS: Final = ("on ", "am ", "le ", "el ", "il ", "em ", "op ")
_VERBS: Final = (" wrote", " schrieb", " a écrit", " escribió", " ha scritto", " escreveu", " schreef")
_RULERS: Final = (
    "original message", "ursprüngliche nachricht", "message d'origine", "mensaje original", "forwarded message",
    "weitergeleitete nachricht",
)  # fmt: skip
_OUTLOOK: Final = (
    ("from:", "sent:", "to:", "subject:", "date:", "cc:"),
    ("von:", "gesendet:", "an:", "betreff:", "datum:", "cc:"),
    ("de :", "envoyé :", "à :", "objet :", "date :", "cc :"),
    ("de:", "enviado:", "para:", "asunto:", "fecha:", "cc:"),
)


def split_quote(text: str) -> tuple[str, str]:
    """`text` without its quoted history, and that history.

    Answers between the lines of a quote need the quote to be understood, so such a text stays whole; so does one of
    which nothing would be left.
    """
    lines = text.split("\n")
    quoted = _quoted_lines(lines)
    if _changes(lines, quoted) > 2:
        return text.strip(), ""
    own = "\n".join(line for line, is_quote in zip(lines, quoted, strict=True) if not is_quote).strip()
    if not own:
        return text.strip(), ""
    return own, "\n".join(line for line, is_quote in zip(lines, quoted, strict=True) if is_quote).strip()


def _quoted_lines(lines: list[str]) -> list[bool]:
    quoted = [False] * len(lines)
    index = 0
    while index < len(lines):
        line = lines[index].strip()
        if line.startswith(">"):
            quoted[index] = True
        elif height := _attribution(lines, index):
            following = next((rest for rest in lines[index + height : index + height + 3] if rest.strip()), "")
            if not following.lstrip().startswith(">"):
                # The program marks no lines: all that follows is the history.
                return quoted[:index] + [True] * (len(lines) - index)
            quoted[index : index + height] = [True] * height
            index += height
            continue
        elif _is_ruler(line) or _is_outlook_header(lines, index):
            return quoted[:index] + [True] * (len(lines) - index)
        index += 1
    return quoted


def _attribution(lines: list[str], index: int) -> int:
    """How many lines "On 3 May 2026, Ann wrote:" takes here; 0 when it does not stand here."""
    if not lines[index].strip().lower().startswith(_LEADS):
        return 0
    joined = ""
    for height in (1, 2, 3):
        if index + height > len(lines):
            return 0
        joined = f"{joined} {lines[index + height - 1].strip()}".strip().lower()
        if len(joined) > 400:
            return 0
        if joined.endswith(":"):
            # A date tells a mail program's line from a customer's "On Monday my boss wrote:".
            dated = any(character.isdigit() for character in joined)
            return height if dated and any(verb in joined for verb in _VERBS) else 0
    return 0


def _is_ruler(line: str) -> bool:
    return line.startswith("--") and line.strip("- ").lower() in _RULERS


def _is_outlook_header(lines: list[str], index: int) -> bool:
    first = _label(lines[index])
    for labels in _OUTLOOK:
        if first.startswith(labels[0]):
            following = [_label(line) for line in lines[index + 1 : index + 6]]
            return sum(line.startswith(labels[1:]) for line in following) >= 2
    return False


def _label(line: str) -> str:
    return line.strip().lower().replace("*", "").lstrip("> ")


def _changes(lines: list[str], quoted: list[bool]) -> int:
    """How often the text goes from own words to quoted ones or back."""
    kinds = [is_quote for line, is_quote in zip(lines, quoted, strict=True) if line.strip(" >")]
    return sum(one != other for one, other in pairwise(kinds))
