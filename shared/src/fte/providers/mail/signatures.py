"""What stands under a mail: a signature, a closing with a name, a line of the telephone. In four languages.

One pass over the last lines with plain string tests. Too little is cut rather than too much: a customer's words under
a closing or a line of dashes ("PS: …") stay.
"""

from __future__ import annotations

from typing import Final

_DEVICES: Final = (
    "sent from my ", "sent from outlook", "sent from mail for", "sent from yahoo", "sent via ", "sent with ",
    "get outlook for ", "sent from proton", "sent using ",
    "von meinem ", "gesendet von ", "gesendet mit ", "holen sie sich outlook", "diese nachricht wurde von meinem ",
    "envoyé de mon ", "envoyé depuis ", "envoyé à partir d", "télécharger outlook", "obtenir outlook", "envoyé via ",
    "enviado desde ", "enviado de mi ", "enviado con ", "obtener outlook", "enviado do meu ", "inviato da",
)  # fmt: skip
_CLOSINGS: Final = (
    "best regards", "kind regards", "warm regards", "with kind regards", "warmest regards", "regards", "best wishes",
    "best", "all the best", "many thanks", "thanks and regards", "thanks & regards", "thanks in advance", "thanks",
    "thank you", "thank you in advance", "thanks a lot", "thanks so much", "sincerely", "sincerely yours",
    "yours sincerely", "yours faithfully", "yours truly", "respectfully", "cheers", "cordially", "br", "kr", "rgds",
    "mit freundlichen grüßen", "mit freundlichen gruessen", "mit freundlichem gruß", "freundliche grüße",
    "freundliche gruesse", "freundlichen gruß", "viele grüße", "viele gruesse", "beste grüße", "besten gruß",
    "beste gruesse", "liebe grüße", "herzliche grüße", "schöne grüße", "mit besten grüßen", "mit bestem gruß",
    "gruß", "grüße", "hochachtungsvoll", "mfg", "lg", "vg", "danke", "vielen dank", "besten dank", "danke im voraus",
    "cordialement", "bien cordialement", "très cordialement", "bien à vous", "salutations", "sincères salutations",
    "meilleures salutations", "bonne journée", "merci", "merci d'avance", "merci beaucoup", "amicalement", "cdlt",
    "respectueusement", "salutations distinguées",
    "saludos", "un saludo", "saludos cordiales", "un cordial saludo", "cordialmente", "atentamente", "muy atentamente",
    "gracias", "muchas gracias", "gracias de antemano", "mil gracias", "un abrazo",
)  # fmt: skip
_FORMAL: Final = ("veuillez agréer", "je vous prie d'agréer", "reciba un cordial", "quedo a la espera de su respuesta")
_LEGAL: Final = (
    "this e-mail", "this email", "this message", "the information contained", "confidential", "disclaimer",
    "please consider the environment", "diese e-mail", "diese nachricht", "der inhalt dieser", "ce message",
    "ce courriel",
    "este mensaje", "este correo", "la información contenida", "aviso legal", "avis de confidentialité",
    "vertraulichkeitshinweis",
)  # fmt: skip
_POSTSCRIPTS: Final = ("ps", "p.s", "p.p.s", "pps", "p.-s", "nb:", "n.b")
_MAX_UNDER: Final = 30
_MAX_BLOCK: Final = 12


def split_signature(text: str) -> tuple[str, str]:
    """`text` without what stands under it, and that. Whole, when nothing would be left."""
    lines = text.split("\n")
    dashes = _dashes(lines)
    after = len(lines) if dashes is None else _postscript(lines, dashes)
    cut = _without_notes(lines, after if dashes is None else dashes)
    closing = _closing(lines, cut)
    cut = cut if closing is None else closing
    own = "\n".join(lines[:cut]).strip()
    if not own:
        return text.strip(), ""
    postscript = "\n".join(lines[after:]).strip()
    return f"{own}\n\n{postscript}" if postscript else own, "\n".join(lines[cut:after]).strip()


def _dashes(lines: list[str]) -> int | None:
    """The line of dashes under which a signature stands."""
    for index in range(max(1, len(lines) - _MAX_UNDER), len(lines)):
        mark = lines[index].strip()
        if lines[index].startswith("-- ") and mark == "--":
            # Mail programs write it so; people who draw a line leave the blank out.
            return index
        if mark in ("--", "\u2014") or _is_ruler(lines[index]):
            under = [line for line in lines[index + 1 : _postscript(lines, index)] if line.strip()]
            above = next((line for line in reversed(lines[max(0, index - 3) : index]) if line.strip()), "")
            if not above.rstrip().endswith(":") and under and all(map(_is_card, under)):
                return index
    return None


def _postscript(lines: list[str], start: int) -> int:
    """Where the customer writes again under a signature."""
    found = (at for at in range(start + 1, len(lines)) if lines[at].strip().lower().startswith(_POSTSCRIPTS))
    return next(found, len(lines))


def _is_card(line: str) -> bool:
    """Whether a line under a line that anybody may draw is of a signature: no sentence, which such a line may part."""
    words = line.split()
    is_sentence = line.rstrip().endswith((".", "!")) and sum(word[:1].islower() for word in words) * 2 >= len(words) > 2
    return _is_contact(line) and (not is_sentence or line.strip().lower().startswith((*_DEVICES, *_LEGAL)))


def _without_notes(lines: list[str], end: int) -> int:
    """Without lines of telephones and of lawyers at the end."""
    cut = end
    for index in range(end - 1, max(-1, end - _MAX_BLOCK), -1):
        line = lines[index].strip().lower()
        if not line:
            continue
        is_device = len(line) < 120 and line.startswith(_DEVICES)
        if not is_device and not (len(line) > 60 and line.lstrip("*_ ").startswith(_LEGAL)):
            break
        cut = index
    return cut


def _closing(lines: list[str], end: int) -> int | None:
    under: list[str] = []
    for index in range(end - 1, max(0, end - _MAX_UNDER) - 1, -1):
        line = lines[index].strip()
        if not line:
            continue
        if index and _closes(line, under):
            return index
        under.append(line)
        if len(under) > _MAX_BLOCK or line.lower().startswith(_POSTSCRIPTS):
            return None
    return None


def _closes(line: str, under: list[str]) -> bool:
    words = line.lower().replace("\u2019", "'").rstrip(" ,.!;-")
    if len(line) < 160 and words.startswith(_FORMAL):
        return all(map(_is_contact, under))
    if len(line) > 80:
        return False
    name = ""
    if words not in _CLOSINGS:
        closing, comma, _ = words.partition(",")
        if not comma or closing.strip() not in _CLOSINGS:
            return False
        name = line.partition(",")[2].strip()
        if _is_closing(name):
            name = ""
        elif not _is_name(name):
            return False
    if not under and not name:
        # "Thanks" alone may be all of the news; "Best regards" is none.
        return "regards" in words or "grüße" in words or words in ("cordialement", "saludos", "sincerely", "mfg")
    return all(map(_is_contact, under)) and (bool(name) or _is_name(under[-1]) or _is_closing(under[-1]))


def _is_closing(line: str) -> bool:
    return line.lower().rstrip(" ,.!;-") in _CLOSINGS


def _is_name(line: str) -> bool:
    words = line.strip(" ,.-*_").split()
    if not 1 <= len(words) <= 6 or line.rstrip().endswith(("?", "!", ":")):
        return False
    return all(word[:1].isupper() or not word[:1].isalpha() or len(word) <= 3 for word in words) or len(words) == 1


def _is_contact(line: str) -> bool:
    """Whether a line under a closing may be part of a signature: short, or with an address, and no question."""
    lowered = line.strip().lower()
    if lowered.endswith("?") or lowered.startswith(_POSTSCRIPTS):
        return False
    if lowered.startswith(_DEVICES) or lowered.lstrip("*_ ").startswith(_LEGAL) or _is_ruler(line):
        return True
    words = lowered.split()
    if any(mark in lowered for mark in ("@", "www.", "http://", "https://", "|", "+", "tel")) and len(words) <= 16:
        return True
    return len(words) <= 4 or (len(words) <= 9 and sum(word[:1].isupper() or not word[:1].isalpha()
                                                       for word in line.split()) * 2 >= len(words))  # fmt: skip


def _is_ruler(line: str) -> bool:
    marks = line.strip()
    return len(marks) >= 3 and not marks.strip("_-=*~\u2014 ")
