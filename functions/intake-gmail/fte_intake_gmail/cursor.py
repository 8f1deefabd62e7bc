"""How far the mailbox has been read: one row for each mailbox. Each function is one transaction.

There is no lock around a sync. A cursor moves forward only, and only past messages that are stored, and a message is
stored once by its unique index: so two syncs at once, in two processes, lose nothing and repeat nothing but work. A
lock would have to be held over calls to Gmail that take seconds, with a connection or a lease of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fte.store.pool import Pool, autocommit, fetch_one, transaction

NEVER: Final = 0
"""The history id of a mailbox that has never been read to the end."""

TRY_SECONDS: Final = 15
"""While a mailbox is in trouble one process tries at a time; this long it has before another may."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Everything up to `history_id` is stored or parked. `good_at` is when the mailbox was last read to its end."""

    history_id: int
    good_at: datetime


async def read(pool: Pool, address: str) -> Cursor:
    """The mailbox's cursor; it is made on first use."""
    async with transaction(pool) as connection:
        await connection.execute(
            "INSERT INTO mailbox_cursors (address, history_id) VALUES (%s, %s) ON CONFLICT (address) DO NOTHING",
            [address, NEVER],
        )
        row = await fetch_one(
            connection, "SELECT history_id, updated_at FROM mailbox_cursors WHERE address = %s", [address]
        )
    assert row is not None
    return Cursor(int(row["history_id"]), row["updated_at"])


async def advance(pool: Pool, address: str, history_id: int) -> None:
    """Move the cursor forward to `history_id`; one that is further already stays."""
    async with autocommit(pool) as connection:
        await connection.execute(
            "UPDATE mailbox_cursors SET history_id = %s WHERE address = %s AND history_id < %s",
            [history_id, address, history_id],
        )


async def mark_good(pool: Pool, address: str, at: datetime) -> bool:
    """The mailbox had been read to its end at `at`. True when that ends a time of trouble."""
    async with autocommit(pool) as connection:
        row = await fetch_one(
            connection,
            "UPDATE mailbox_cursors AS c SET updated_at = greatest(c.updated_at, %s), failures = 0, trouble = NULL,"
            " next_attempt_at = NULL FROM (SELECT address, trouble FROM mailbox_cursors WHERE address = %s FOR UPDATE)"
            " AS old WHERE c.address = old.address RETURNING old.trouble IS NOT NULL AS ended",
            [at, address],
        )
    return bool(row and row["ended"])


async def mark_trouble(pool: Pool, address: str, trouble: str, least: float, most: float) -> tuple[int, float, bool]:
    """The mailbox could not be read. How often in a row now, after how many seconds to try again, and whether this
    trouble is news: the seconds double from `least` to `most`.
    """
    async with autocommit(pool) as connection:
        row = await fetch_one(
            connection,
            "UPDATE mailbox_cursors AS c SET failures = c.failures + 1, trouble = %s, next_attempt_at = now()"
            " + make_interval(secs => least(%s, %s * power(2, least(c.failures, 20))))"
            " FROM (SELECT address, trouble FROM mailbox_cursors WHERE address = %s FOR UPDATE) AS old"
            " WHERE c.address = old.address RETURNING c.failures, old.trouble IS DISTINCT FROM c.trouble AS news,"
            " extract(epoch FROM c.next_attempt_at - now()) AS wait",
            [trouble, most, least, address],
        )
    assert row is not None
    return row["failures"], float(row["wait"]), row["news"]


async def wait_seconds(pool: Pool, address: str) -> float:
    """How long the mailbox is to be left alone: 0 when it may be read now.

    In trouble, whoever is told so has the try for `TRY_SECONDS`.
    """
    async with transaction(pool) as connection:
        row = await fetch_one(
            connection,
            "SELECT extract(epoch FROM next_attempt_at - now()) AS wait FROM mailbox_cursors WHERE address = %s"
            " FOR NO KEY UPDATE",
            [address],
        )
        if row is None or row["wait"] is None:
            return 0.0
        if row["wait"] > 0:
            return float(row["wait"])
        await connection.execute(
            "UPDATE mailbox_cursors SET next_attempt_at = now() + make_interval(secs => %s) WHERE address = %s",
            [TRY_SECONDS, address],
        )
    return 0.0


async def may_poll(pool: Pool, address: str) -> bool:
    """Whether a ping may look into the mailbox now: once a minute, for all processes together."""
    async with autocommit(pool) as connection:
        row = await fetch_one(
            connection,
            "UPDATE mailbox_cursors SET polled_at = now() WHERE address = %s"
            " AND (polled_at IS NULL OR polled_at < now() - interval '55 seconds') RETURNING address",
            [address],
        )
    return row is not None


async def may_watch(pool: Pool, address: str) -> bool:
    """Whether the watch is due and nobody tried in the last minute; if so, the try is noted as ours.

    It is due within 48 hours of its end, and a day after the last time.
    """
    async with autocommit(pool) as connection:
        row = await fetch_one(
            connection,
            "UPDATE mailbox_cursors SET watch_attempt_at = now() WHERE address = %s"
            " AND (watch_attempt_at IS NULL OR watch_attempt_at < now() - interval '1 minute')"
            " AND (watch_expires_at IS NULL OR watch_expires_at < now() + interval '48 hours'"
            "      OR watch_attempt_at < now() - interval '1 day') RETURNING address",
            [address],
        )
    return row is not None


async def watched(pool: Pool, address: str, expires_at: datetime) -> None:
    """Pushes are promised until `expires_at`."""
    async with autocommit(pool) as connection:
        await connection.execute(
            "UPDATE mailbox_cursors SET watch_expires_at = %s WHERE address = %s", [expires_at, address]
        )


async def watched_until(pool: Pool, address: str) -> datetime | None:
    """Until when pushes are promised, or were."""
    async with autocommit(pool) as connection:
        row = await fetch_one(connection, "SELECT watch_expires_at FROM mailbox_cursors WHERE address = %s", [address])
    return row["watch_expires_at"] if row else None
