"""Which of the ten categories a message belongs to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

BY_FLAG: Final[Mapping[str, str]] = {
    "SECURITY_ESCALATION": "security",
    "LEGAL_ESCALATION": "legal",
    "SALES_ESCALATION": "sales",
    "REFUND_REQUEST": "billing",
}
"""The category that a trigger names, in the order in which the categories go before each other."""

NEAR: Final = 0.12
"""From this probability on, a category that a trigger names is believed."""


def categorise(probabilities: Mapping[str, float], flags: Collection[str]) -> str:
    """The likeliest category; one that a trigger names goes before others when it is likely at all."""
    for flag, category in BY_FLAG.items():
        if flag in flags and probabilities[category] >= NEAR:
            return category
    return max(probabilities, key=lambda category: probabilities[category])
