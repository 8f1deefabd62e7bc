"""The index over many passages, in a real PostgreSQL: nearly the same articles as without it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pytest
from pgvector.psycopg import register_vector_async
from psycopg.types.numeric import Int4

from fte.knowledge.embedder import LEADING, WIDTH, Vector
from fte.knowledge.entries import Entry
from fte.knowledge.ranking import Candidate, rank
from fte.knowledge.search import search
from fte.knowledge.sync import INDEX, sync, vector_text
from fte.store.pool import Pool, autocommit, fetch_all, fetch_one, open_pool, transaction

pytestmark = pytest.mark.anyio

Matrix = npt.NDArray[np.float32]

PASSAGES = 12_000
PASSAGES_OF_AN_ARTICLE = 6
ARTICLES = PASSAGES // PASSAGES_OF_AN_ARTICLE
MATTERS = 200
QUESTIONS = 100

ALL, MATTER, ARTICLE, PASSAGE = 0.1, 0.25, 0.25, 0.1
"""What passages share: all of them, those of a matter, those of an article; and a question with the one it is about.

So cosines, and what an index of so many lists loses, are as with our own articles, customers' messages and MiniLM.
"""

COPY = b"""
COPY knowledge_base (id, slug, section, position, title, category, topics, content, content_hash, embedding_model,
                     embedding, updated) FROM STDIN (FORMAT BINARY)
"""


class Given:
    """A model whose vectors are all there: nothing is left to embed."""

    name = "given"

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        raise AssertionError("nothing is to be embedded")


@dataclass(frozen=True, slots=True)
class Documentation:
    """Vectors of unit length in all 1,536 numbers: of all passages, and of a question about each of some articles."""

    passages: Matrix
    questions: Matrix


def documentation() -> Documentation:
    """Articles about matters of which some are written about much more than others; a few are about two of them."""
    chance = np.random.default_rng(5)
    # The first numbers differ most, as in models that are trained to be cut short: 384 of 1,536 hold most.
    spread = (1 + np.arange(WIDTH, dtype=np.float32) / 20) ** -0.75
    spread /= np.linalg.norm(spread)

    def drawn(number: int) -> Matrix:
        return chance.standard_normal((number, WIDTH), dtype=np.float32) * spread

    often = 1 / np.arange(1, MATTERS + 1)
    first, second = chance.choice(MATTERS, (2, ARTICLES), p=often / often.sum())
    between = np.where(chance.random(ARTICLES) < 0.2, 0.5, 0.0).astype(np.float32)[:, None]
    matters = drawn(MATTERS)
    about = np.sqrt(1 - between) * matters[first] + np.sqrt(between) * matters[second]
    articles = ALL**0.5 * drawn(1) + MATTER**0.5 * about + ARTICLE**0.5 * drawn(ARTICLES)
    own = 1 - ALL - MATTER - ARTICLE
    of_article, alone = np.repeat(articles, PASSAGES_OF_AN_ARTICLE, axis=0), drawn(PASSAGES)
    asked = chance.choice(PASSAGES, QUESTIONS, replace=False)
    about = of_article[asked] + PASSAGE**0.5 * alone[asked] + (own - PASSAGE) ** 0.5 * drawn(QUESTIONS)
    return Documentation(_unit(of_article + own**0.5 * alone), _unit(about))


def _unit(vectors: Matrix) -> Matrix:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def passage(number: int) -> Entry:
    slug, position = f"article-{number // PASSAGES_OF_AN_ARTICLE}", number % PASSAGES_OF_AN_ARTICLE
    key = uuid.uuid5(uuid.NAMESPACE_URL, f"{slug}#{position}")
    return Entry(key, slug, f"{slug}#{position}", position, slug, "how_to", ("tasks",), "Words.", dt.date(2026, 1, 1))


async def load(pool: Pool, entries: Sequence[Entry], vectors: Matrix) -> None:
    """The rows as `sync` writes them, in one copy: it finds them unchanged, and has only the index to make."""
    async with transaction(pool) as connection:
        await register_vector_async(connection)
        async with connection.cursor().copy(COPY) as rows:
            for entry, vector in zip(entries, vectors, strict=True):
                await rows.write_row((
                    entry.id, entry.slug, entry.section, Int4(entry.position), entry.title, entry.category,
                    list(entry.topics), entry.content, entry.content_hash, Given.name, vector, entry.updated,
                ))  # fmt: skip
        await connection.execute("ANALYZE knowledge_base")


@pytest.fixture
async def one(database_url: str) -> AsyncIterator[Pool]:
    """A pool with one connection: what a search sets on it can be looked at afterwards."""
    pool = await open_pool(database_url, max_size=1)
    yield pool
    await pool.close()


async def test_the_index_finds_what_an_exact_search_finds(one: Pool) -> None:
    """Over 12,000 passages 99 of 100 of the first three articles are those of an exact search, give or take: the lists
    are found from a random beginning.

    Lists, lists looked through and the plan are those of production.
    """
    entries, vectors = [passage(number) for number in range(PASSAGES)], documentation()
    await load(one, entries, vectors.passages)
    report = await sync(one, Given(), entries)
    assert report.unchanged == PASSAGES

    first = three = 0
    for vector, exact in zip(vectors.questions, exactly(entries, vectors), strict=True):
        found = await search(one, Given(), "zebra", known={"zebra": tuple(vector.tolist())})
        slugs = [hit.slug for hit in found.hits]
        first += slugs[0] == exact[0]
        three += len(set(slugs) & set(exact))
    assert first / QUESTIONS >= 0.99
    assert three / (3 * QUESTIONS) >= 0.98

    async with autocommit(one) as connection:
        made = await fetch_one(
            connection,
            "SELECT array_to_string(reloptions, ',') AS options, current_setting('ivfflat.probes') AS probes"
            " FROM pg_class WHERE relname = %s",
            [INDEX],
        )
        plan = await fetch_all(
            connection,
            "EXPLAIN SELECT id FROM (VALUES (%s::halfvec)) AS asked (nearby), LATERAL (SELECT id FROM knowledge_base"
            " WHERE embedding_model = 'given' ORDER BY beginning <=> nearby LIMIT 60) AS nearest",
            [vector_text(tuple(vectors.questions[0, :LEADING].tolist()))],
        )
    assert made == {"options": "lists=219", "probes": "73"}
    assert any(INDEX in line["QUERY PLAN"] for line in plan)


def exactly(entries: Sequence[Entry], vectors: Documentation) -> Iterator[list[str]]:
    """The first three articles for each question without an index: of the sixty passages that are nearest by the
    leading numbers, ranked by all of them."""
    cosines = vectors.questions @ vectors.passages.T
    leading = _unit(vectors.questions[:, :LEADING]) @ _unit(vectors.passages[:, :LEADING]).T
    for near, whole in zip(leading, cosines, strict=True):
        nearest = np.argpartition(-near, 60)[:60]
        yield [
            article.slug
            for article in rank([Candidate(entries[n].id, entries[n].slug, float(whole[n]), 0.0) for n in nearest], 1)
        ]


async def test_nothing_waits_to_be_put_into_the_index_over_words(one: Pool) -> None:
    """What waits is read whole for each word of a search."""
    entries = [passage(number) for number in range(600)]
    await load(one, entries, documentation().passages[:600])
    async with autocommit(one) as connection:
        waiting = await fetch_one(connection, "SELECT gin_clean_pending_list('knowledge_base_search_idx') AS pages")
    assert waiting == {"pages": 0}
