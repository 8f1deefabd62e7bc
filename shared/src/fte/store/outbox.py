"""Events that wait to be published. They are rows first; whoever wrote them publishes right after the commit.

What is left (a crash, no broker) is claimed by a sweep: by state and lease, never by a high-water mark, because
numbers are handed out before commits. A conversation's events go out in the order of their numbers: while an earlier
one is still claimed by somebody else, the later ones wait.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol
from uuid import UUID

from psycopg.types.json import Jsonb

from fte import metrics
from fte.ce import Event
from fte.errors import Unavailable
from fte.store.pool import Connection, Pool, autocommit, fetch_all
from fte.sweeping import Sweeper

log = logging.getLogger(__name__)

SWEEP_SECONDS: Final = 5.0
BATCH: Final = 200


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """An event to publish: the record's topic and key, and the event itself."""

    id: UUID
    topic: str
    key: str
    event: Event

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> OutboxRow:
        return cls(UUID(str(row["id"])), row["topic"], row["key"], Event(row["attributes"], row["data"]))


class Publisher(Protocol):
    """Puts events on the bus."""

    @property
    def connected(self) -> bool:
        """Whether there is a broker to talk to."""

    async def publish(self, rows: Sequence[OutboxRow]) -> list[UUID]:
        """Publish `rows` in order; return the ids of those that the broker acknowledged."""

    async def close(self) -> None:
        """Let go of the broker."""


async def add(
    connection: Connection, event: Mapping[str, Any], *, customer_id: UUID, conversation_id: UUID
) -> OutboxRow | None:
    """Add an event (of `fte.events.outgoing`) inside the caller's transaction; None when it is there already."""
    attributes = {**event["attributes"], "subject": str(conversation_id), "partitionkey": str(customer_id)}
    rows = await fetch_all(
        connection,
        "INSERT INTO outbox (id, topic, key, attributes, data, conversation_id) VALUES (%s, %s, %s, %s, %s, %s)"
        " ON CONFLICT (id) DO NOTHING RETURNING id, topic, key, attributes, data",
        [event["id"], event["topic"], str(customer_id), Jsonb(attributes), Jsonb(event["data"]), conversation_id],
    )
    return OutboxRow.from_row(rows[0]) if rows else None


async def again(connection: Connection, ids: Sequence[UUID], *, after_seconds: float = 0.0) -> list[OutboxRow]:
    """Inside the caller's transaction: mark events to be published once more; return them.

    Only those that are published, and were longer ago than `after_seconds`: what still waits goes out anyway.
    """
    rows = await fetch_all(
        connection,
        "UPDATE outbox SET published_at = NULL, lease_until = now() + interval '5 seconds'"
        " WHERE id = ANY(%s) AND published_at <= now() - make_interval(secs => %s)"
        " RETURNING id, seq, topic, key, attributes, data",
        [list(ids), after_seconds],
    )
    return [OutboxRow.from_row(row) for row in sorted(rows, key=lambda row: row["seq"])]


_CLAIM: Final = """
UPDATE outbox SET lease_until = now() + interval '30 seconds'
 WHERE id IN (
    SELECT o.id FROM outbox AS o
     WHERE o.published_at IS NULL AND o.lease_until < now()
       AND NOT EXISTS (SELECT FROM outbox AS earlier
                        WHERE earlier.conversation_id = o.conversation_id AND earlier.seq < o.seq
                          AND earlier.published_at IS NULL AND earlier.lease_until >= now())
     ORDER BY o.seq LIMIT %s FOR UPDATE SKIP LOCKED)
RETURNING id, seq, topic, key, attributes, data
"""


class Outbox:
    """Publishes events after their commit, in the background, and sweeps up what was left behind."""

    def __init__(self, pool: Pool, publisher: Publisher) -> None:
        self._pool = pool
        self._publisher = publisher
        self._tasks: set[asyncio.Task[Any]] = set()
        self._sweeper = Sweeper("outbox", SWEEP_SECONDS, self.sweep).start()

    def publish_soon(self, rows: Iterable[OutboxRow | None]) -> None:
        """Publish `rows`, whose transaction has committed, without letting the caller wait."""
        due = [row for row in rows if row is not None]
        if due:
            task = asyncio.create_task(self._publish(due, by="writer"))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def sweep(self) -> int:
        """Claim and publish what nobody published in time; return how many events."""
        async with autocommit(self._pool) as connection:
            claimed = await fetch_all(connection, _CLAIM, [BATCH])
        claimed.sort(key=lambda row: row["seq"])
        await self._publish([OutboxRow.from_row(row) for row in claimed], by="sweep")
        return len(claimed)

    @property
    def well(self) -> bool:
        """Whether the sweep is running and did not fail last time."""
        return self._sweeper.well

    async def close(self) -> None:
        """Finish what is being published, then stop."""
        await self._sweeper.stop()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._publisher.close()

    async def _publish(self, rows: Sequence[OutboxRow], by: str) -> None:
        published = await self._publisher.publish(rows) if rows else []
        if not published:
            return
        metrics.EVENTS_PUBLISHED.labels(by).inc(len(published))
        try:
            async with autocommit(self._pool) as connection:
                await connection.execute("UPDATE outbox SET published_at = now() WHERE id = ANY(%s)", [published])
        except Unavailable:
            # They stay unpublished on paper and are published again later; every consumer absorbs a repetition.
            log.warning("published_not_marked", extra={"count": len(published)})
