"""Which of the ten categories a message belongs to, by the words that are typical of each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from fte_agent.triage.folding import fold

BY_FLAG: Final[Mapping[str, str]] = {
    "SECURITY_ESCALATION": "security",
    "LEGAL_ESCALATION": "legal",
    "REFUND_REQUEST": "billing",
    "SALES_ESCALATION": "sales",
}

WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "account_access": (
        "password", "log in", "login", "sign in", "locked out", "two-factor", "2fa", "sso", "verification code",
        "reset link", "session",
    ),
    "billing": ("invoice", "billing", "charged", "payment", "card", "subscription", "receipt", "vat", "cancel"),
    "integration": (
        "slack", "github", "gitlab", "jira", "zapier", "google drive", "teams", "webhook", "api", "integration",
        "salesforce", "calendar sync",
    ),
    "feature_request": ("feature request", "would be great if", "wish", "suggestion", "please add", "it would be nice"),
    "technical_issue": (
        "error", "bug", "crash", "not working", "doesn't work", "broken", "slow", "fails", "failed", "not loading",
        "stuck", "freezes", "missing", "blank page",
    ),
    "feedback": ("love", "great job", "well done", "feedback", "thank you for"),
    "how_to": ("how do i", "how can i", "how to", "where can i", "where do i", "is it possible", "can i"),
}  # fmt: skip

_PATTERNS: Final = {
    category: re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b") for category, words in WORDS.items()
}


def categorise(text: str, flags: Sequence[str] = ()) -> str:
    """The category of `text`; a trigger that names one decides. Without any sign it is `how_to`."""
    for flag in flags:
        if flag in BY_FLAG:
            return BY_FLAG[flag]
    folded = fold(text).lower()
    scores = {category: len(pattern.findall(folded)) for category, pattern in _PATTERNS.items()}
    # "How do I ..." says the form of the question; a subject, where there is one, says more.
    best = max(scores, key=lambda category: (scores[category], category != "how_to"))
    return best if scores[best] else "how_to"
