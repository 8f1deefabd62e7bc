"""How urgent a ticket is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from fte_agent.triage.patterns import Phrases
from fte_agent.triage.phrases.classes import CLASSES
from fte_agent.triage.reading import Reading
from fte_agent.triage.sentiment import Sentiment
from fte_agent.triage.triggers import Fired

PRESSING: Final = (
    "urgent|urgently|asap|immediately|emergency|critical|right_now|right_away|at_once|dringend|eilt|sofort"
    "|urgente|urgence",
    "as soon as possible",
    "deadline|due|presentation|launch|demo|meeting|go_live|exam|audit ~3 today|tonight|tomorrow|in_an_hour"
    "|this_afternoon|this_morning|in_#\\d+",
    "today|tonight|tomorrow|in_an_hour|this_afternoon ~5 deadline|presentation|launch|meeting|demo|audit|go_live"
    "|client",
    "can_not|unable_to work|continue|finish|do_my_work|do_our_work|deliver|ship",
    "work|team|we|i|everything ~2 blocked|stuck|at_a_standstill",
    "blocks|blocking|stops|stopping|holding_up ~2 me|us|work|team|everything",
    "losing|lost ~2 money|customers|clients|hours|revenue|business",
    "within|in|next ~1 #\\d+|an|the|one|two|few hours|hour|minutes|min",
)
UNHURRIED: Final = ("not urgent|pressing", "no rush|hurry|pressure", "whenever you|it", "take your time")

_BY_SEVERITY: Final = {"critical": "urgent", "high": "high", "medium": "medium"}
_QUIET: Final = frozenset({"feedback", "feature_request"})
_HIGH_BELOW: Final = 0.34
"""Negative messages under this score are more than a remark."""


def priority_of(reading: Reading, category: str, sentiment: Sentiment, fired: Sequence[Fired]) -> str:
    """`urgent`, `high`, `medium` or `low`, by the triggers first, then by what is blocked and how it is told."""
    by_trigger = [_BY_SEVERITY.get(item.trigger.severity, "medium") for item in fired]
    for level in ("urgent", "high"):
        if level in by_trigger:
            return level
    if category in _QUIET and not by_trigger:
        return "low"
    if _pattern(UNHURRIED).search(reading.line):
        return "medium" if by_trigger else "low"
    if _pattern(PRESSING).search(reading.line) or sentiment.score < _HIGH_BELOW:
        return "high"
    return "medium"


@cache
def _pattern(phrases: tuple[str, ...]) -> Phrases:
    return Phrases(phrases, CLASSES)
