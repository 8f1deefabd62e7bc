"""The connection pool, and what it means when the database cannot be reached."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import psycopg
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from fte.deadline import within
from fte.errors import Unavailable

Connection = psycopg.AsyncConnection[DictRow]
Pool = AsyncConnectionPool[Connection]

REACHABLE_SECONDS: Final = 1.0

_CONNECTION: Final[dict[str, Any]] = {
    "row_factory": dict_row,
    # Else a statement that stands alone would be three, with BEGIN and COMMIT around it.
    "autocommit": True,
    "connect_timeout": 2,
    "options": "-c statement_timeout=15000",
    # A server whose machine or network is gone says nothing: without these a query would wait for it for minutes.
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}


async def open_pool(database_url: str, *, max_size: int = 8) -> Pool:
    """A pool whose connections return rows as dicts. It opens even when the database is away, and recovers."""
    pool: Pool = AsyncConnectionPool(
        database_url,
        connection_class=psycopg.AsyncConnection[DictRow],
        kwargs=_CONNECTION,
        min_size=1,
        max_size=max_size,
        timeout=1.5,
        # Between attempts to connect it waits ever longer; after this, the next request is the reason for a new one.
        reconnect_timeout=5.0,
        # Plans that were cached on small tables are not kept for ever.
        max_lifetime=600,
        open=False,
    )
    await pool.open(wait=False)
    return pool


@asynccontextmanager
async def autocommit(pool: Pool) -> AsyncIterator[Connection]:
    """A connection of the pool on which each statement is a transaction of its own.

    Raises `Unavailable` when the database cannot be reached.
    """
    try:
        async with pool.connection() as connection:
            yield connection
    except (PoolTimeout, psycopg.OperationalError, psycopg.InterfaceError) as error:
        raise Unavailable("the database cannot be reached") from error


@asynccontextmanager
async def transaction(pool: Pool) -> AsyncIterator[Connection]:
    """One transaction on a connection of the pool. Raises `Unavailable` when the database cannot be reached."""
    async with autocommit(pool) as connection, connection.transaction():
        yield connection


async def fetch_one(connection: Connection, query: str, parameters: Any = None) -> DictRow | None:
    """The first row of a query, or None."""
    return await (await connection.execute(query.encode(), parameters)).fetchone()


async def fetch_all(connection: Connection, query: str, parameters: Any = None) -> list[DictRow]:
    """All rows of a query."""
    return await (await connection.execute(query.encode(), parameters)).fetchall()


async def reachable(pool: Pool) -> bool:
    """Whether the database answers within a second."""
    try:
        await within(REACHABLE_SECONDS, _ask(pool))
    except Unavailable:
        return False
    return True


async def _ask(pool: Pool) -> None:
    async with autocommit(pool) as connection:
        await connection.execute("SELECT 1")
