"""From candidate passages to articles, and how sure the first one is. Pure.

One formula holds at every cosine: meaning (the cosine) plus words (the share of the question's words, each weighted
by its rarity in the documentation, that the passage has). An article stands where its best passage stands, with a
little for further good ones. `certainty` turns that into the share of questions for which such an article was right.
The figures behind the numbers: docs/explanation/decisions.md, "How articles are ranked".
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal
from uuid import UUID

SEMANTIC_ENOUGH = 0.5
SURE_ENOUGH = 0.5
WEIGHT_OF_WORDS = 0.6
WEIGHT_OF_FURTHER = 0.2
FURTHER = 3
# Stands in where meaning was not compared: between the first article of our questions (0.6) and of other matters (0.3).
ASSUMED_COSINE = 0.45
MANY_WORDS = 8

Search = Literal["semantic", "text"]


@dataclass(frozen=True, slots=True)
class Certainty:
    """A logistic map, fitted by eval/search/measure.py on questions that we document and messages that we do not."""

    base: float = -10.1
    strength: float = 7.0
    lead: float = 4.0
    length: float = 5.2

    def __call__(self, strength: float, lead: float, words: int) -> float:
        """How sure an article of this fused strength is, when it leads the next by `lead` and `words` were asked."""
        asked = min(words, MANY_WORDS) / MANY_WORDS
        at = self.base + self.strength * strength + self.lead * max(lead, 0.0) + self.length * asked
        return 1.0 / (1.0 + math.exp(-at))


certainty = Certainty()
# Steeper: it tells the passages of an article apart, which have no lead and nothing further to add.
_certainty_of_passage = Certainty(base=-8.6, strength=10.1, lead=0.0, length=3.3)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with its cosine to the question (None: not compared) and the share of the question's words it has."""

    id: UUID
    slug: str
    cosine: float | None
    words: float

    @property
    def strength(self) -> float:
        """Meaning and words in one number, from -1 to 1.6."""
        return (ASSUMED_COSINE if self.cosine is None else self.cosine) + WEIGHT_OF_WORDS * self.words


@dataclass(frozen=True, slots=True)
class Ranked:
    """An article among the candidates: its fused strength, and its score from 0 to 1."""

    slug: str
    strength: float
    score: float


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of an article: `position` is its place there, `score` (0 to 1) how well it alone fits the question,
    `asked` the best cosine of the questions that it is known to answer (None: no such one, or meaning not compared)."""

    id: UUID
    section: str
    content: str
    score: float
    position: int = 0
    asked: float | None = None

    @property
    def whole(self) -> str:
        """Its heading and its text."""
        return f"{self.section} {self.content}"


@dataclass(frozen=True, slots=True)
class Hit:
    """An article with all its passages, best first. `score` is from 0 to 1: below 0.5 it is usually the wrong one."""

    slug: str
    title: str
    topics: tuple[str, ...]
    category: str
    score: float
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Articles, best first; the searches that were made; the best cosine (None: meaning was not compared).

    A result that needed two searches and still has `best` below 0.5 is a miss of the knowledge base.
    """

    hits: tuple[Hit, ...]
    searches: tuple[Search, ...]
    best_semantic: float | None

    @property
    def best(self) -> float:
        """The score of the first article; 0 without one."""
        return self.hits[0].score if self.hits else 0.0


def rank(candidates: Iterable[Candidate], words: int, max_results: int = 3) -> tuple[Ranked, ...]:
    """The best articles among the candidates, at most `max_results`; `words` is how many words the question has.

    The same candidates give the same articles in whatever order they come.
    """
    by_article = groupby(sorted(candidates, key=lambda found: found.slug), key=lambda found: found.slug)
    strengths = sorted(
        ((_of_article([found.strength for found in passages]), slug) for slug, passages in by_article),
        key=lambda item: (-item[0], item[1]),
    )
    # An article without a second one is no better for it.
    lead = strengths[0][0] - strengths[1][0] if len(strengths) > 1 else 0.0
    return tuple(
        # Only the first leads: what comes after it may be as strong, and is still behind.
        Ranked(slug, strength, round(certainty(strength, 0.0 if at else lead, words), 4))
        for at, (strength, slug) in enumerate(strengths[:max_results])
    )


def passage_score(found: Candidate, words: int) -> float:
    """How well one passage alone fits, without what other passages and articles say."""
    return round(_certainty_of_passage(found.strength, 0.0, words), 4)


def best_cosine(candidates: Iterable[Candidate]) -> float | None:
    """The best cosine; None when no meaning was compared."""
    return max((found.cosine for found in candidates if found.cosine is not None), default=None)


def _of_article(strengths: Sequence[float]) -> float:
    best, *further = sorted(strengths, reverse=True)[: 1 + FURTHER]
    return best + WEIGHT_OF_FURTHER * sum(max(strength, 0.0) * 0.5**at for at, strength in enumerate(further))
