"""The signs of a message, as numbers: how many of each cue it has, which triggers' phrases, and how it is written."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from fte_agent.triage.patterns import compiled
from fte_agent.triage.phrases import mood
from fte_agent.triage.phrases.classes import CLASSES
from fte_agent.triage.phrases.cues import CUES
from fte_agent.triage.profanity import is_mild, swearwords
from fte_agent.triage.reading import MASK, Reading
from fte_agent.triage.triggers import TRIGGERS, is_product_talk, phrase_of

_GLAD: Final = re.compile(
    "[\U0001f600-\U0001f60d\U0001f618-\U0001f61c\U0001f642\U0001f643\U0001f389\U0001f44c\U0001f44d\U0001f44f"
    "\U0001f49a-\U0001f49c\U0001f525\U0001f64c\U0001f64f\U0001f680\U0001f929\U0001f970\u2764\u2b50\u263a]"
    "|:-?\\)|:-?D\\b|<3"
)
_SAD: Final = re.compile(
    "[\U0001f612-\U0001f616\U0001f61e-\U0001f62d\U0001f62f-\U0001f633\U0001f641\U0001f644\U0001f44e\U0001f494"
    "\U0001f4a9\U0001f595\U0001f92c\U0001f926\U0001f63e]|:-?\\(|:-?/(?!/)"
)

WRITING: Final = ("glad face", "sad face", "capitals", "exclamations", "questions", "swears", "swears mildly", "short")
MOOD: Final = ("hostile", "sarcastic")
SIGNS: Final = (
    *CUES,
    *MOOD,
    *WRITING,
    *(f"phrase of {trigger.flag}" for trigger in TRIGGERS if trigger.phrases),
    *(f"talk like {trigger.flag}" for trigger in TRIGGERS if trigger.phrases),
)


CUE_WEIGHT: Final = 0.5
PHRASE_WEIGHT: Final = 0.3
"""The phrases were written beside the training messages and fit them too well: classifiers are to lean on them less."""


def signs(text: str, line: str) -> list[float]:
    """One number from 0 to 1 for each of `SIGNS`."""
    reading = Reading(text, line)
    swear = swearwords(text)
    found = [min(3, sum(1 for _ in _cue(name).finditer(line))) / 3 for name in CUES]
    feeling = [float(hostile_phrase(line) is not None), float(sarcastic_phrase(line) is not None)]
    writing = [
        min(2, len(_GLAD.findall(text))) / 2,
        min(2, len(_SAD.findall(text))) / 2,
        shouting(text),
        min(3, text.count("!")) / 3,
        min(2, text.count("?")) / 2,
        float(any(not is_mild(word) for word in swear)),
        float(bool(swear)),
        float(reading.words < 12),
    ]
    phrases = [float(phrase_of(trigger, reading) is not None) for trigger in TRIGGERS if trigger.phrases]
    talk = [float(is_product_talk(trigger, reading)) for trigger in TRIGGERS if trigger.phrases]
    cues = [CUE_WEIGHT * value for value in (*found, *feeling, *writing)]
    return [*cues, *(PHRASE_WEIGHT * value for value in (*phrases, *talk))]


def shouting(text: str) -> float:
    """The share of words in capitals, of those long enough to be shouted; 0 for a few."""
    words = re.findall(r"[^\W\d_]{3,30}", text)
    loud = sum(word.isupper() for word in words)
    return loud / len(words) if loud >= 3 else 0.0


def hostile_phrase(line: str) -> str | None:
    """The first hostile phrase, or None."""
    found = _hostile().search(_not_hostile().sub(MASK, line))
    return found.group().strip() if found else None


def sarcastic_phrase(line: str) -> str | None:
    """The first phrase of praise that means its contrary, or None."""
    found = _sarcasm().search(line)
    return found.group().strip() if found else None


@cache
def _cue(name: str) -> re.Pattern[str]:
    return compiled(CUES[name], CLASSES)


@cache
def _hostile() -> re.Pattern[str]:
    return compiled(mood.HOSTILE, {**CLASSES, **mood.CLASSES})


@cache
def _not_hostile() -> re.Pattern[str]:
    return compiled(mood.NOT_HOSTILE, {**CLASSES, **mood.CLASSES})


@cache
def _sarcasm() -> re.Pattern[str]:
    return compiled(mood.SARCASM, {**CLASSES, **mood.CLASSES})
