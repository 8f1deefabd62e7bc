"""How a message is written: shouted, hostile or sarcastic."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from fte_agent.triage.patterns import Phrases
from fte_agent.triage.phrases import mood
from fte_agent.triage.phrases.classes import CLASSES
from fte_agent.triage.reading import MASK

_TROUBLE: Final = re.compile(
    r"\b(?:outages?|downtime|crash\w*|freez\w+|broke|broken|break(?:s|ing)|fail(?:s|ed|ing)?|bugs?|errors?|unusable"
    r"|ate (?:it|my|our|the|all)|swallow(?:ed|s)"
    r"|(?:is|are|was|were|went|comes?) (?:\w+ )?(?:empty|dead|down|blank|gone|lost|broken)"
    r"|lost (?:my|our|all|the|every)\w*"
    r"|(?:won't|wont|doesn't|doesnt|does not|didn't|did not|can't|cannot|not) (?:\w+ )?(?:work|load|open|sav|sync"
    r"|start|answer)\w*)\b"
)
_SOLVED: Final = re.compile(
    r"\b(?:thank\w*|thx|fixed|solved|sorted|repaired|resolved|helped|again now|works? (?:now|again|perfectly|fine)"
    r"|no longer|no more|since then)\b"
)
_NO_TROUBLE: Final = re.compile(r"\b(?:never|without (?:a|an|any|one|single)|not (?:a|one|any)|not once|zero)\b")


def shouting(text: str) -> float:
    """The share of words in capitals, of those long enough to be shouted; 0 for a few."""
    words = re.findall(r"[^\W\d_]{3,30}", text)
    loud = sum(word.isupper() for word in words)
    return loud / len(words) if loud >= 3 else 0.0


def without_harmless(line: str) -> str:
    """`line` without the words that look hostile and are not."""
    return _not_hostile().sub(MASK, line)


def hostile_phrase(line: str) -> str | None:
    """The first hostile phrase, or None."""
    found = _hostile().search(without_harmless(line))
    return found.group().strip() if found else None


def sarcastic_phrase(line: str) -> str | None:
    """The first phrase of praise that means its contrary, or None."""
    found = _no_thanks().search(line) or _sarcasm().search(line)
    return found.group().strip() if found else None


def ironic(text: str, line: str) -> bool:
    """Whether praise means its contrary: by its phrase, or by trouble beside it that nobody is thanked for solving."""
    if _no_thanks().search(line):
        return True
    lowered = text[:2_000].lower().replace("\u2019", "'")
    if _SOLVED.search(lowered):
        return False
    troubled = _TROUBLE.search(lowered) and not _NO_TROUBLE.search(lowered)
    return bool(troubled) or sarcastic_phrase(line) is not None


@cache
def _hostile() -> Phrases:
    return Phrases(mood.HOSTILE, {**CLASSES, **mood.CLASSES})


@cache
def _not_hostile() -> Phrases:
    return Phrases(mood.NOT_HOSTILE, {**CLASSES, **mood.CLASSES})


@cache
def _no_thanks() -> Phrases:
    return Phrases(mood.NO_THANKS, CLASSES)


@cache
def _sarcasm() -> Phrases:
    return Phrases(mood.SARCASM, {**CLASSES, **mood.CLASSES})
