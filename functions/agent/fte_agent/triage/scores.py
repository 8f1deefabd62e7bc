"""What a trained judge of messages says: a probability for each category, mood and flag."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

CATEGORIES: Final = (
    "how_to", "technical_issue", "account_access", "billing", "integration", "feature_request", "feedback", "sales",
    "legal", "security",
)  # fmt: skip
MOODS: Final = ("negative", "neutral", "positive")
FLAGS: Final = (
    "SECURITY_ESCALATION", "P1_CRITICAL", "LEGAL_ESCALATION", "REFUND_REQUEST", "SALES_ESCALATION", "HUMAN_REQUESTED",
    "REPEAT_CONTACT", "SENTIMENT_ESCALATION",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a flag's score decides: from `alone` on without any phrase, under `veto` against a phrase, and under `plain`
    against one of the plainest.
    """

    alone: float
    veto: float
    plain: float


@dataclass(frozen=True, slots=True)
class Scores:
    """Probabilities of one message."""

    category: Mapping[str, float]
    mood: Mapping[str, float]
    flags: Mapping[str, float]
