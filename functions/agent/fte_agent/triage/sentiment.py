"""How a message sounds: a score from 0 (hostile) to 1 (delighted) and a label."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from fte_agent.triage.profanity import is_mild
from fte_agent.triage.reading import Reading
from fte_agent.triage.signs import hostile_phrase, ironic, sarcastic_phrase, shouting

Label = Literal["negative", "neutral", "positive"]

SHOUTED: Final = 0.6
"""From this share of words in capitals on, a message is shouted."""


@dataclass(frozen=True, slots=True)
class Sentiment:
    """The mood of a message and the words that show it."""

    score: float
    label: Label
    words: tuple[str, ...] = ()


def feeling(
    reading: Reading, mood: Mapping[str, float], hostile: bool, hostility: float, *, harmed: bool = False
) -> Sentiment:
    """The sentiment of a message from the encoder's `mood`. Who is `harmed` (cut off from the service, or left without
    an answer) is not content, however soberly or kindly it is told.

    Under 0.3 lie the hostile ones and no others; negative ones reach to 0.45, positive ones begin at 0.6.
    """
    if hostile:
        score: float = 0.29 * (1 - max(0.1, hostility))
        label: Label = "negative"
    else:
        label = _likeliest(mood)
        # "Great, the export is empty again": the words are glad, the customer is not.
        if harmed or (label == "positive" and ironic(reading.text, reading.line)):
            label = "negative"
        match label:
            case "negative":
                score = 0.44 - 0.14 * max(mood["negative"], 0.3)
            case "neutral":
                score = 0.52 + 0.07 * (mood["positive"] - mood["negative"])
            case "positive":
                score = 0.6 + 0.4 * mood["positive"]
    return Sentiment(round(min(1.0, score), 3), label, told_by(reading))


def told_by(reading: Reading) -> tuple[str, ...]:
    """The words and the manner that show a mood."""
    phrases = (hostile_phrase(reading.line), sarcastic_phrase(reading.line))
    shown = [phrase for phrase in phrases if phrase]
    if shouting(reading.text) >= SHOUTED:
        shown.append("CAPITALS")
    return (*shown, *reading.rude)[:8]


def outburst(reading: Reading, mood: Mapping[str, float]) -> str | None:
    """What makes a message hostile whatever the encoder says: profanity that is not meant kindly."""
    rude = [word for word in reading.rude if not is_mild(word)]
    return rude[0] if rude and mood["positive"] < 0.5 else None


def _likeliest(mood: Mapping[str, float]) -> Label:
    if mood["negative"] >= max(mood["neutral"], mood["positive"]):
        return "negative"
    return "positive" if mood["positive"] > mood["neutral"] else "neutral"
