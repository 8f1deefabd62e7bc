"""How often something happens that pings ask for: decided here, for all processes together."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from fte.store.pool import Pool, autocommit, fetch_one

TOLERANCE: Final = 0.1
"""Part of the time by which a ping may be early: pings do not come to the second."""


async def due(pool: Pool, name: str, every: timedelta) -> bool:
    """Whether `name` is to happen now; if so, it is noted as begun, and for nearly `every` nobody else is told so.

    One statement: of several callers in the same moment, one gets the turn. It is not a lock: what takes longer than
    `every` may happen twice at once. Raises `Unavailable`.
    """
    async with autocommit(pool) as connection:
        row = await fetch_one(
            connection,
            "INSERT INTO pings (name, begun_at) VALUES (%s, now()) ON CONFLICT (name) DO UPDATE SET begun_at = now()"
            " WHERE pings.begun_at <= now() - %s::interval RETURNING name",
            [name, every * (1 - TOLERANCE)],
        )
    return row is not None


async def done(pool: Pool, name: str, at: datetime) -> None:
    """What was begun at `at` has come to its end; an earlier one changes nothing. Raises `Unavailable`."""
    async with autocommit(pool) as connection:
        await connection.execute(
            "UPDATE pings SET done_at = greatest(done_at, %s) WHERE name = %s",
            [at, name],
        )


async def last_done(pool: Pool, name: str) -> datetime | None:
    """When that was begun which last came to its end; None if nothing did. Raises `Unavailable`."""
    async with autocommit(pool) as connection:
        row = await fetch_one(connection, "SELECT done_at FROM pings WHERE name = %s", [name])
    return row["done_at"] if row else None
