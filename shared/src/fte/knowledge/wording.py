"""Customers' words and the documentation's: the query of the search by words. Pure."""

from __future__ import annotations

import re

_MAX_CHARACTERS = 4000

# What customers write and what the documentation says.
_REWORDINGS = tuple(
    (re.compile(rf"\b(?:{said})\b", re.IGNORECASE), meant)
    for said, meant in (
        (r"money back|reimburse(?:ment|d)?|chargeback", "refund"),
        (r"charged (?:twice|again|\d times)|double[- ]charged?", "charged twice duplicate charge"),
        (r"mfa|two[- ]?step|second factor", "two-factor 2FA"),
        (r"pwd|passcode|passwort", "password"),
        (r"ppl", "people"),
        (r"notifs?|notificaciones", "notifications"),
        (r"cards?", "task"),
        (r"(?:team ?mates?|co-?workers?|colleagues?)", "members"),
        (r"back ?up (?:my|our|all|the) (?:data|projects?|tasks?)", "export backup"),
    )
)
# Words that every ticket has and no article is about; PostgreSQL's own stop words do not know them.
_NOISE = re.compile(
    r"\b(?:hi|hello|hey|dear|team|support|please|pls|plz|thanks?|thx|regards|best|sincerely|need|help|want|would|could"
    r"|like|know|question|quick|urgent(?:ly)?|asap|get|got|see|try|tried|use|using|techcorp|good|morning|day)\b",
    re.IGNORECASE,
)


def reword(query: str) -> str:
    """The query in the documentation's words, without greetings and the like: blank when there is nothing else."""
    text = query[:_MAX_CHARACTERS]
    for said, meant in _REWORDINGS:
        text = said.sub(meant, text)
    return _NOISE.sub(" ", text)
