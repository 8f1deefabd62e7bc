"""Bring the table `knowledge_base` in line with the articles."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg.rows import DictRow

from fte.knowledge.embedder import Embedder, Vector
from fte.knowledge.entries import Entry
from fte.store.pool import Connection, Pool, fetch_all, fetch_one, transaction

INDEX_FROM = 10_000
INDEX = "knowledge_base_beginning"
_LOCK = 7_305_772
_INSERT = """
    INSERT INTO knowledge_base (id, slug, section, position, title, category, topics, content, content_hash,
                                embedding_model, embedding, updated, answers)
    VALUES (%(id)s, %(slug)s, %(section)s, %(position)s, %(title)s, %(category)s, %(topics)s, %(content)s, %(hash)s,
            %(model)s, %(vector)s::vector, %(updated)s, %(answers)s)
    ON CONFLICT (id) DO UPDATE
    SET position = excluded.position, title = excluded.title, category = excluded.category, topics = excluded.topics,
        content = excluded.content, content_hash = excluded.content_hash, updated = excluded.updated,
        embedding_model = excluded.embedding_model, embedding = excluded.embedding, answers = excluded.answers
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do: entries to embed and write, entries that only moved within their article, ids to remove."""

    write: tuple[Entry, ...]
    move: tuple[Entry, ...]
    remove: tuple[UUID, ...]
    added: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Report:
    added: int
    changed: int
    moved: int
    removed: int
    unchanged: int

    def __str__(self) -> str:
        return (
            f"{self.added} added, {self.changed} changed, {self.moved} moved, {self.removed} removed,"
            f" {self.unchanged} unchanged"
        )


def plan(wanted: Iterable[Entry], rows: Iterable[Mapping[str, Any]], model: str) -> Plan:
    """Compare what should be there with the rows (`id`, `position`, `content_hash`, `embedding_model`) that are."""
    known = {row["id"]: row for row in rows}
    write: list[Entry] = []
    move: list[Entry] = []
    added = unchanged = 0
    for entry in wanted:
        row = known.pop(entry.id, None)
        if row is None or (row["content_hash"], row["embedding_model"]) != (entry.content_hash, model):
            write.append(entry)
            added += row is None
        elif row["position"] != entry.position:
            move.append(entry)
        else:
            unchanged += 1
    return Plan(tuple(write), tuple(move), tuple(known), added, unchanged)


async def sync(pool: Pool, embedder: Embedder, wanted: Iterable[Entry]) -> Report:
    """Make the table hold exactly `wanted`, in one transaction: a reader sees the old articles or the new ones.

    Only entries that are new or changed, or were embedded by another model, are embedded. Embedding (perhaps over the
    network) happens outside the transaction: the plan is made under the lock, and made again under the lock once
    the vectors are there, so two at once do not harm each other. Raises `Unavailable`.
    """
    wanted = tuple(wanted)
    vectors: dict[str, Vector] = {}
    while True:
        async with transaction(pool) as connection:
            # A large load writes and indexes, and a second one waits for it, for longer than a request may.
            await connection.execute("SET LOCAL statement_timeout = 0")
            await connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            rows: list[DictRow] = await fetch_all(
                connection, "SELECT id, position, content_hash, embedding_model FROM knowledge_base"
            )
            todo = plan(wanted, rows, embedder.name)
            missing = [text for text in dict.fromkeys(_texts(todo.write)) if text not in vectors]
            if not missing:
                await _apply(connection, todo, vectors, embedder.name)
                changed = len(todo.write) - todo.added
                return Report(todo.added, changed, len(todo.move), len(todo.remove), todo.unchanged)
        vectors.update(zip(missing, await embedder.embed(missing), strict=True))


def _texts(wanted: Iterable[Entry]) -> Iterator[str]:
    for entry in wanted:
        yield entry.text
        yield entry.question


def _vector(entry: Entry, vectors: Mapping[str, Vector]) -> Vector:
    """The middle between heading and text, again of length one."""
    middle = [a + b for a, b in zip(vectors[entry.text], vectors[entry.question], strict=True)]
    length = math.hypot(*middle) or 1.0
    return tuple(number / length for number in middle)


async def _apply(connection: Connection, todo: Plan, vectors: Mapping[str, Vector], model: str) -> None:
    if todo.write or todo.move or todo.remove:
        await _write(connection, todo, vectors, model)
    await _index(connection)


async def _write(connection: Connection, todo: Plan, vectors: Mapping[str, Vector], model: str) -> None:
    await connection.execute("DELETE FROM knowledge_base WHERE id = ANY(%s)", [list(todo.remove)])
    # Positions are unique within an article: first out of each other's way, then to their places.
    placed = [entry.id for entry in (*todo.write, *todo.move)]
    await connection.execute("UPDATE knowledge_base SET position = -1 - position WHERE id = ANY(%s)", [placed])
    async with connection.cursor() as cursor:
        await cursor.executemany(_INSERT, [_values(entry, _vector(entry, vectors), model) for entry in todo.write])
        await cursor.executemany(
            "UPDATE knowledge_base SET position = %s WHERE id = %s",
            [(entry.position, entry.id) for entry in todo.move],
        )
    await connection.execute("ANALYZE knowledge_base")


def _values(entry: Entry, vector: Vector, model: str) -> dict[str, Any]:
    return {
        "id": entry.id,
        "slug": entry.slug,
        "section": entry.section,
        "position": entry.position,
        "title": entry.title,
        "category": entry.category,
        "topics": list(entry.topics),
        "content": entry.content,
        "hash": entry.content_hash,
        "model": model,
        "vector": vector_text(vector),
        "updated": entry.updated,
        "answers": entry.answers,
    }


def vector_text(vector: Vector) -> str:
    """A vector as pgvector reads it: nine digits tell every number of single precision from the next."""
    return f"[{','.join(['%.9g'] * len(vector)) % vector}]"


def index_lists(rows: int) -> int:
    """How many lists the index over so many rows has: twice the root, of which a search looks through a third. Fewer
    and larger ones find less in the same time. 0 means no index: below 10,000 an exact scan is better."""
    return round(2 * math.sqrt(rows)) if rows >= INDEX_FROM else 0


async def _index(connection: Connection) -> None:
    """Make, renew or drop the index. Lists are found from rows that are there: on an empty table they find nothing."""
    counted = await fetch_one(connection, "SELECT count(*) AS rows FROM knowledge_base")
    lists = index_lists(counted["rows"] if counted else 0)
    present = await fetch_one(
        connection,
        "SELECT substring(array_to_string(reloptions, ',') FROM 'lists=([0-9]+)')::int AS lists"
        " FROM pg_class WHERE oid = to_regclass(%s)",
        [INDEX],
    )
    if present and lists and present["lists"] / 2 <= lists <= present["lists"] * 2:
        return
    await connection.execute(f"DROP INDEX IF EXISTS {INDEX}".encode())
    if lists:
        await connection.execute("SET LOCAL maintenance_work_mem = '256MB'")
        await connection.execute(
            f"CREATE INDEX {INDEX} ON knowledge_base USING ivfflat (beginning halfvec_cosine_ops)"
            f" WITH (lists = {lists})".encode()
        )
