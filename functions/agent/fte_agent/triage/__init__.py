"""Triage: what a message is about, how it sounds and which triggers it fires. In code, before any model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fte.domain.channels import Channel
from fte_agent.triage.category import categorise
from fte_agent.triage.sentiment import Sentiment, feeling
from fte_agent.triage.triggers import Fired, Trigger, fired_by, route

__all__ = ["Fired", "Sentiment", "Triage", "Trigger", "triage"]

ESCALATE_BELOW = 0.3
"""A sentiment score under this goes to a person; a negative one above it is answered and marked for review."""


@dataclass(frozen=True, slots=True)
class Triage:
    """The decision about one turn, with what it rests on."""

    category: str
    priority: str
    sentiment: Sentiment
    fired: tuple[Fired, ...]

    @property
    def flags(self) -> tuple[str, ...]:
        """The flags of all triggers, most urgent first."""
        return tuple(item.trigger.flag for item in self.fired)

    @property
    def route(self) -> Trigger | None:
        """The trigger that decides who takes over, or None when the agent answers."""
        return self.fired[0].trigger if self.fired else None

    @property
    def needs_review(self) -> bool:
        """A negative message that the agent answers itself is shown to the lead."""
        return not self.fired and self.sentiment.label == "negative"

    def explanation(self) -> dict[str, Any]:
        """What fired, as it is stored with the ticket."""
        return {
            "fired": [{"flag": item.trigger.flag, "phrase": item.phrase} for item in self.fired],
            "sentiment": {"score": self.sentiment.score, "words": list(self.sentiment.words)},
        }


UNJUDGED = Triage("technical_issue", "high", Sentiment(0.5, "neutral"), ())
"""The triage of a message that cannot be judged: people will."""


def triage(subject: str, text: str, channel: Channel) -> Triage:
    """Judge one turn: the text of all its messages, the subject of the last one, and the channel it came by."""
    whole = f"{subject}\n{text}".strip()
    sentiment = feeling(whole)
    fired = route(fired_by(whole, sentiment.score < ESCALATE_BELOW, channel is Channel.WHATSAPP))
    category = categorise(whole, tuple(item.trigger.flag for item in fired))
    urgent = {"critical": "urgent", "high": "high"}
    priority = next((urgent[item.trigger.severity] for item in fired if item.trigger.severity in urgent), None)
    return Triage(category, priority or ("high" if sentiment.label == "negative" else "medium"), sentiment, fired)
