"""How a message is written: shouted, hostile or sarcastic."""

from __future__ import annotations

import re
from functools import cache

from fte_agent.triage.patterns import compiled
from fte_agent.triage.phrases import mood
from fte_agent.triage.phrases.classes import CLASSES
from fte_agent.triage.reading import MASK


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
def _hostile() -> re.Pattern[str]:
    return compiled(mood.HOSTILE, {**CLASSES, **mood.CLASSES})


@cache
def _not_hostile() -> re.Pattern[str]:
    return compiled(mood.NOT_HOSTILE, {**CLASSES, **mood.CLASSES})


@cache
def _sarcasm() -> re.Pattern[str]:
    return compiled(mood.SARCASM, {**CLASSES, **mood.CLASSES})
