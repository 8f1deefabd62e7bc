"""What somebody wrote now, apart from the history that the mail program added below or above it.

One pass over the lines with plain string tests: nothing here can be made slow by a hostile mail.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

_LEADS: Final = ("on ", "am ", "le ", "el ", "il ", "em ", "op ", "den ", "von: ", "*von:* ")
_VERBS: Final = (
    " wrote", " schrieb", " a écrit", " escribió", " escribio", " ha scritto", " escreveu", " schreef", " skrev",
    " geschrieben",
)  # fmt: skip
_NAME_FIRST: Final = (" schrieb am ", " hat am ", " wrote on ", " escribió el ", " a écrit le ")
_ENDS: Final = (":", ": ", "\u00a0:")
_RULERS: Final = (
    "original message", "ursprüngliche nachricht", "originalnachricht", "ursprüngliche mail", "message d'origine",
    "message original", "mensaje original", "original appointment", "reply message", "weitergeleitete nachricht",
    "messaggio originale", "mensagem original", "forwarded message", "message transféré", "mensaje reenviado",
    "message transmis", "forwarded by",
)  # fmt: skip
_FORWARDS: Final = (
    "forwarded message", "weitergeleitete nachricht", "message transféré", "mensaje reenviado", "message transmis",
    "begin forwarded message", "anfang der weitergeleiteten nachricht", "début du message transféré",
    "inicio del mensaje reenviado", "mensaje reenviado a continuación",
)  # fmt: skip
_OUTLOOK: Final = (
    ("from:", "sent:", "to:", "subject:", "date:", "cc:"),
    ("von:", "gesendet:", "an:", "betreff:", "datum:", "cc:"),
    ("de :", "envoyé :", "à :", "objet :", "date :", "cc :"),
    ("de:", "envoyé:", "à:", "objet:", "date:", "cc:"),
    ("de:", "enviado:", "enviado el:", "para:", "asunto:", "fecha:", "cc:"),
    ("sent:", "from:", "to:", "subject:"),
    ("date:", "from:", "to:", "subject:"),
    ("gesendet:", "von:", "an:", "betreff:"),
    ("datum:", "von:", "an:", "betreff:"),
    ("envoyé:", "de:", "à:", "objet:"),
    ("enviado:", "de:", "para:", "asunto:"),
    ("fecha:", "de:", "para:", "asunto:"),
)
_OUTLOOK_FIRST: Final = tuple(labels[0] for labels in _OUTLOOK)
_FEW_WORDS: Final = 12


def split_quote(text: str) -> tuple[str, str]:
    """`text` without its quoted history, and that history.

    Answers between the lines of a quote need the quote to be understood, so such a text stays whole. So does one of
    which nothing would be left, and a forwarded mail with no more than a few words to it: those say "look at this".
    """
    lines = text.split("\n")
    quoted, forwarded = _quoted_lines(lines)
    if _changes(lines, quoted) > 2:
        return text.strip(), ""
    own = _without_rulers([line for line, is_quote in zip(lines, quoted, strict=True) if not is_quote])
    if not own or (forwarded and len(own.split()) <= _FEW_WORDS):
        return text.strip(), ""
    return own, "\n".join(line for line, is_quote in zip(lines, quoted, strict=True) if is_quote).strip()


def _quoted_lines(lines: list[str]) -> tuple[list[bool], bool]:
    """Which lines are history, and whether they are a forwarded mail."""
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
                return quoted[:index] + [True] * (len(lines) - index), False
            quoted[index : index + height] = [True] * height
            index += height
            continue
        elif begins := _is_ruler(line) or _is_outlook_header(lines, index):
            return quoted[:index] + [True] * (len(lines) - index), begins == "forward"
        index += 1
    return quoted, False


def _attribution(lines: list[str], index: int) -> int:
    """How many lines "On 3 May 2026, Ann wrote:" takes here; 0 when it does not stand here."""
    joined = ""
    for height, line in enumerate(lines[index : index + 3], 1):
        line = line.strip().lower()
        if height == 1 and not _begins_attribution(line):
            return 0
        if height > 1 and (not line or not any(map(str.isdigit, joined)) or _is_attribution(line)):
            # A customer's "On the phone it is still there." does not begin the program's line below it.
            return 0
        joined = f"{joined} {line}".strip()
        if len(joined) > 400:
            return 0
        if joined.endswith(_ENDS):
            return height if _is_attribution(joined) else 0
    return 0


def _begins_attribution(line: str) -> bool:
    return line[:4].isdigit() or line.startswith(_LEADS) or any(mark in line for mark in _NAME_FIRST)


def _is_attribution(line: str) -> bool:
    if not (line.endswith(_ENDS) and _begins_attribution(line)):
        return False
    # A date tells a mail program's line from a customer's "On Monday my boss wrote:".
    dated = any(character.isdigit() for character in line)
    spoken = line.replace("\u00a0", " ")
    return dated and (any(verb in spoken for verb in _VERBS) or (line[:4].isdigit() and line.endswith(">:")))


def _is_ruler(line: str) -> str:
    """ "forward" or "reply" where the line announces a mail below it; else ""."""
    if line[:2] not in ("--", "==", "__") and not (len(line) < 60 and line.endswith(":")):
        return ""
    lowered = line.lower().replace("\u2019", "'")
    bare = lowered.strip("-_= *>").rstrip(":").strip()
    if bare in _FORWARDS and (line[:2] in ("--", "==", "__") or lowered.endswith(":")):
        return "forward"
    return "reply" if line.startswith(("--", "__")) and bare in _RULERS else ""


def _is_outlook_header(lines: list[str], index: int) -> str:
    first = _label(lines[index])
    if not first.startswith(_OUTLOOK_FIRST):
        return ""
    for labels in _OUTLOOK:
        if first.startswith(labels[0]):
            following = [_label(line) for line in lines[index + 1 : index + 6]]
            if sum(line.startswith(labels[1:]) for line in following) >= 2:
                return "reply"
    return ""


def _label(line: str) -> str:
    return line[:200].strip().lower().replace("*", "").replace("\u00a0", " ").lstrip("> ")


def _without_rulers(lines: list[str]) -> str:
    """The lines without the ruler that a program draws above what it quotes."""
    while lines and (not lines[-1].strip() or not lines[-1].strip("_ \t")):
        lines.pop()
    return "\n".join(lines).strip()


def _changes(lines: list[str], quoted: list[bool]) -> int:
    """How often the text goes from own words to quoted ones or back."""
    kinds = [is_quote for line, is_quote in zip(lines, quoted, strict=True) if line.strip(" >")]
    return sum(one != other for one, other in pairwise(kinds))
