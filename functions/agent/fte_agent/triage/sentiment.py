"""How a message sounds, by a small lexicon: a score from 0 (hostile) to 1 (delighted)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from fte_agent.triage.folding import fold

LIMIT: Final = 4_000
"""Characters that are looked at: a mood shows early, and the work stays bounded."""

NEGATIVE: Final = {
    "unacceptable": -0.35, "furious": -0.45, "ridiculous": -0.35, "terrible": -0.35, "horrible": -0.35,
    "awful": -0.35, "worst": -0.4, "useless": -0.4, "garbage": -0.45, "trash": -0.45, "disaster": -0.35,
    "disgusting": -0.4, "pathetic": -0.4, "angry": -0.3, "outraged": -0.45, "hate": -0.35, "scam": -0.45,
    "disappointed": -0.2, "disappointing": -0.2, "frustrated": -0.2, "frustrating": -0.2, "annoying": -0.15,
    "annoyed": -0.15, "fed up": -0.3, "sick of": -0.3, "broken": -0.08, "waste": -0.2, "unhappy": -0.2, "poor": -0.1,
    "nobody cares": -0.3, "incompetent": -0.4, "stupid": -0.3, "joke": -0.2, "nightmare": -0.3,
}  # fmt: skip

POSITIVE: Final = {
    "thank": 0.12, "thanks": 0.12, "great": 0.2, "love": 0.25, "excellent": 0.3, "amazing": 0.3, "awesome": 0.3,
    "perfect": 0.25, "wonderful": 0.3, "fantastic": 0.3, "happy": 0.15, "helpful": 0.2, "appreciate": 0.15,
    "works now": 0.25, "brilliant": 0.3, "enjoying": 0.2, "impressed": 0.25,
}  # fmt: skip

_WORDS: Final = re.compile(
    r"\b(?:" + "|".join(re.escape(word) for word in sorted((*NEGATIVE, *POSITIVE), key=len, reverse=True)) + r")\b"
)
_NEGATIONS: Final = frozenset({"not", "no", "never", "isn't", "wasn't", "don't", "didn't"})


@dataclass(frozen=True, slots=True)
class Sentiment:
    """The mood of a message and the words that show it."""

    score: float
    label: Literal["negative", "neutral", "positive"]
    words: tuple[str, ...] = ()


def feeling(text: str) -> Sentiment:
    """The sentiment of `text`. 0.5 is neutral; a negated word counts the other way, half as much."""
    sample = fold(text[:LIMIT])
    folded = sample.lower()
    score, words = 0.5, []
    for found in _WORDS.finditer(folded):
        weight = NEGATIVE.get(found.group()) or POSITIVE[found.group()]
        before = folded[max(0, found.start() - 20) : found.start()].split()[-2:]
        score += -weight / 2 if _NEGATIONS.intersection(before) else weight
        words.append(found.group())
    letters = [c for c in sample if c.isalpha()]
    if len(letters) >= 20 and sum(c.isupper() for c in letters) > 0.7 * len(letters):
        score -= 0.2
        words.append("CAPITALS")
    if sample.count("!") >= 3 and score < 0.5:
        score -= 0.1
    score = round(min(1.0, max(0.0, score)), 3)
    label: Literal["negative", "neutral", "positive"] = (
        "negative" if score < 0.42 else "positive" if score > 0.6 else "neutral"
    )
    return Sentiment(score, label, tuple(words))
