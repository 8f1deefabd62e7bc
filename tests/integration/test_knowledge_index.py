"""The index over many passages, in a real PostgreSQL: the same articles as with an exact search."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Sequence

import pytest

from fte.knowledge.embedder import LEADING, WIDTH, Vector
from fte.knowledge.entries import Entry
from fte.knowledge.search import search
from fte.knowledge.sync import INDEX, INDEXED, sync
from fte.store.pool import Pool, fetch_all, transaction

pytestmark = pytest.mark.anyio

PASSAGES = 12_000
PASSAGES_OF_AN_ARTICLE = 6
QUESTIONS = 120
NUMBERS = 48


class Clustered:
    """Passages near their article, articles near one of 300 matters; the same text always has the same vector."""

    name = "clustered"

    def __init__(self) -> None:
        chance = random.Random(5)
        self._centres = [[chance.gauss(0, 1) for _ in range(NUMBERS)] for _ in range(300)]

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        # Text and heading of a passage lie together: what counts is the heading, article#part.
        return [self.vector(text.split("\n")[0].rpartition(". ")[2]) for text in texts]

    def vector(self, text: str) -> Vector:
        article, _, part = text.partition("#")
        about, chance = random.Random(article), random.Random(part or text)
        numbers = [n + about.gauss(0, 0.5) + chance.gauss(0, 0.4) for n in about.choice(self._centres)]
        length = sum(number * number for number in numbers) ** 0.5
        return (*(number / length for number in numbers), *(0.0,) * (WIDTH - NUMBERS))


def passage(number: int) -> Entry:
    slug, position = f"article-{number // PASSAGES_OF_AN_ARTICLE}", number % PASSAGES_OF_AN_ARTICLE
    key = uuid.uuid5(uuid.NAMESPACE_URL, f"{slug}#{position}")
    return Entry(key, slug, f"{slug}#{position}", position, slug, "how_to", ("tasks",), "Words.", dt.date(2026, 1, 1))


async def test_the_index_finds_what_an_exact_search_finds(pool: Pool) -> None:
    """Over 12,000 passages at least 99 of 100 of the three best articles are the same with and without the index."""
    embedder = Clustered()
    await sync(pool, embedder, [passage(number) for number in range(PASSAGES)])

    async def answers() -> list[set[str]]:
        found = []
        for number in range(0, 2 * QUESTIONS, 2):
            result = await search(pool, embedder, "zebra", known={"zebra": embedder.vector(f"article-{number}#asked")})
            assert result.best_semantic is not None
            found.append({hit.slug for hit in result.hits})
        return found

    async with transaction(pool) as connection:
        (row,) = await fetch_all(
            connection, "SELECT array_to_string(reloptions, ',') AS options FROM pg_class WHERE relname = %s", [INDEX]
        )
        plan = await fetch_all(
            connection,
            "EXPLAIN SELECT id FROM (VALUES (%s::vector)) AS asked (vector), LATERAL (SELECT id FROM knowledge_base"
            f" WHERE embedding_model = 'clustered' ORDER BY {INDEXED} <=> vector LIMIT 60) AS nearest",
            [str(list(embedder.vector("zebra")[:LEADING]))],
        )
    assert row["options"] == "lists=110"
    assert any(INDEX in line["QUERY PLAN"] for line in plan)
    with_index = await answers()
    async with transaction(pool) as connection:
        await connection.execute(f"DROP INDEX {INDEX}".encode())
    exact = await answers()
    same = sum(len(a & b) for a, b in zip(with_index, exact, strict=True))
    assert same / sum(map(len, exact)) >= 0.99
