"""The search of the knowledge base: by meaning (pgvector, cosine), then by words (full text) where that is unsure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from psycopg.rows import DictRow

from fte.errors import Unavailable
from fte.knowledge.embedder import Embedder, Vector
from fte.knowledge.queries import ARTICLES, ASKED, BY_BOTH, BY_MEANING, BY_WORDS
from fte.knowledge.questions import is_long, questions
from fte.knowledge.ranking import (
    SEMANTIC_ENOUGH,
    SURE_ENOUGH,
    Candidate,
    Hit,
    Passage,
    Ranked,
    Search,
    SearchResult,
    best_cosine,
    passage_score,
    rank,
)
from fte.knowledge.sync import vector_text
from fte.knowledge.wording import reword, written_out
from fte.store.pool import Pool, autocommit, fetch_all, fetch_one

__all__ = ["Hit", "Passage", "SearchResult", "reword", "search", "texts_of", "vectors_of"]

Ranking = Callable[..., tuple[Ranked, ...]]
"""As `fte.knowledge.ranking.rank`; measurements put others in its place."""

_CANDIDATES = 60
_LEXEMES = 16
_RAREST = 8
_SHARE = 0.06
"""Of all passages, found by the rarest words of a question."""
_LEAST_WEIGHT = 12.0
"""What the words of a question weigh at least: a single word in common is not a whole question."""
_IN_TEXT = 0.8
"""What a word counts in the text alone; in the title or heading it counts one."""


async def search(
    pool: Pool,
    embedder: Embedder,
    query: str,
    max_results: int = 3,
    *,
    known: Mapping[str, Vector] = MappingProxyType({}),
    ranking: Ranking = rank,
) -> SearchResult:
    """The articles that answer `query`, best first, at most `max_results`.

    The first search takes the passages nearest in meaning to the message (to what it asks, too, when it is long).
    Where the best cosine or the best score is below 0.5, a second one takes what the message asks, and adds the
    passages that have its words, reworded. Both score alike, by meaning and words.

    `known` has the embedder's vectors of texts that the caller had embedded (`texts_of` names those of the first
    search). An embedding model that cannot be reached costs the search by meaning, not the answer. `ranking` orders
    what was found. Raises `Unavailable` when the database cannot be reached.
    """
    texts = _texts(query)
    first = _of_first(texts)
    if not texts:
        return SearchResult((), (), None)
    vectors = await vectors_of(embedder, first, known)
    found: Found | None = None
    searches: list[Search] = []
    if vectors:
        found = await _find(pool, BY_MEANING, first, vectors, embedder.name)
        # Rows of another model are not compared: then there was no search by meaning.
        searches += ["semantic"] if found.candidates else []
    if found is None or found.unsure(ranking):
        searches.append("text")
        if found and texts == first:
            found = found.with_more(await _find_by_words(pool, found))
        else:
            vectors = await vectors_of(embedder, texts, vectors) if vectors else {}
            found = await _find(pool, BY_BOTH, texts, vectors, embedder.name)
    ranked = ranking(found.candidates, found.words, max_results)
    return SearchResult(await _hits(pool, ranked, found), tuple(searches), best_cosine(found.candidates))


def texts_of(query: str) -> tuple[str, ...]:
    """The texts whose vectors the first search for `query` needs."""
    return _of_first(_texts(query))


def _of_first(texts: tuple[str, ...]) -> tuple[str, ...]:
    return texts if texts and is_long(texts[0]) else texts[:1]


def _texts(query: str) -> tuple[str, ...]:
    return tuple(map(written_out, questions(query)))


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: the passages, how many words were asked, and the values that the statement was given."""

    candidates: tuple[Candidate, ...]
    words: int
    values: dict[str, Any]

    def unsure(self, ranking: Ranking) -> bool:
        """Whether the other search has to be made."""
        meant = best_cosine(self.candidates)
        best = ranking(self.candidates, self.words, 1)
        return meant is None or meant < SEMANTIC_ENOUGH or not best or best[0].score < SURE_ENOUGH

    def with_more(self, others: Iterable[Candidate]) -> Found:
        """What was found and `others`, each passage once."""
        known = {candidate.id for candidate in self.candidates}
        more = (candidate for candidate in others if candidate.id not in known)
        return replace(self, candidates=(*self.candidates, *more))


async def _find(pool: Pool, statement: str, texts: tuple[str, ...], vectors: Mapping[str, Vector], model: str) -> Found:
    async with autocommit(pool) as connection:
        asked = await fetch_one(connection, ASKED, {"texts": [reword(text) for text in texts], "most": _LEXEMES})
        assert asked is not None
        values: dict[str, Any] = {
            "views": asked["views"],
            "lexemes": asked["lexemes"],
            "weights": asked["weights"],
            "vectors": [vector_text(vector) for vector in vectors.values()],
            "model": model,
            "least_weight": _LEAST_WEIGHT,
            "in_text": _IN_TEXT,
            "limit": _CANDIDATES,
            "rarest": _RAREST,
            "share": _SHARE,
        }
        candidates = tuple(_candidate(row) for row in await fetch_all(connection, statement, values))
    # The words of the last text: where there are two, of what is asked.
    return Found(candidates, values["views"].count(len(texts)), values)


async def _find_by_words(pool: Pool, found: Found) -> list[Candidate]:
    async with autocommit(pool) as connection:
        return [_candidate(row) for row in await fetch_all(connection, BY_WORDS, found.values)]


async def vectors_of(
    embedder: Embedder, texts: Iterable[str], known: Mapping[str, Vector] = MappingProxyType({})
) -> dict[str, Vector]:
    """A vector for each text, once; without the model only those that are known."""
    wanted = dict.fromkeys(texts)
    vectors = {text: known[text] for text in wanted if text in known}
    missing = [text for text in wanted if text not in known]
    try:
        return vectors | dict(zip(missing, await embedder.embed(missing) if missing else (), strict=True))
    except Unavailable:
        return vectors


def _candidate(row: DictRow) -> Candidate:
    return Candidate(row["id"], row["slug"], row["cosine"], row["words"])


async def _hits(pool: Pool, ranked: Sequence[Ranked], found: Found) -> tuple[Hit, ...]:
    if not ranked:
        return ()
    async with autocommit(pool) as connection:
        rows = await fetch_all(connection, ARTICLES, {**found.values, "slugs": [article.slug for article in ranked]})
    of_article: dict[str, list[DictRow]] = {}
    for row in rows:
        of_article.setdefault(row["slug"], []).append(row)
    # An article may have gone since it was found.
    return tuple(
        _hit(article, of_article[article.slug], found.words) for article in ranked if article.slug in of_article
    )


def _hit(article: Ranked, rows: Sequence[DictRow], words: int) -> Hit:
    passages = [
        Passage(
            row["id"],
            row["section"],
            row["content"],
            passage_score(_candidate(row), words),
            row["position"],
            row["asked"],
        )
        for row in rows
    ]
    passages.sort(key=lambda passage: (-passage.score, passage.position))
    title, topics, category = (rows[0][name] for name in ("title", "topics", "category"))
    return Hit(article.slug, title, tuple(topics), category, article.score, tuple(passages))
