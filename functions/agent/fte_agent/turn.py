"""The right to answer a conversation: a lease in a row, kept alive by a heartbeat, with a fencing number."""

from __future__ import annotations

import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from os import getpid
from typing import Final
from uuid import UUID

from fte.background import heartbeat
from fte.errors import Transient
from fte.store.pool import Connection, Pool, autocommit, fetch_one

log = logging.getLogger(__name__)

LEASE_SECONDS: Final = 10
HEARTBEAT_SECONDS: Final = 3.0


class TurnLost(Transient):
    """Another worker has taken the turn: this one must not write."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn that this process holds."""

    conversation_id: UUID
    fence: int


async def take(pool: Pool, conversation_id: UUID) -> Turn | None:
    """Take the conversation's turn; None while somebody else holds it, or when there is no such conversation."""
    async with autocommit(pool) as connection:
        row = await fetch_one(
            connection,
            "INSERT INTO turns (conversation_id, holder, fence, lease_until)"
            " SELECT id, %s, 1, clock_timestamp() + make_interval(secs => %s) FROM conversations WHERE id = %s"
            " ON CONFLICT (conversation_id) DO UPDATE"
            " SET holder = excluded.holder, fence = turns.fence + 1, lease_until = excluded.lease_until"
            " WHERE turns.lease_until < clock_timestamp() RETURNING fence",
            [f"{socket.gethostname()}:{getpid()}", LEASE_SECONDS, conversation_id],
        )
    return Turn(conversation_id, row["fence"]) if row else None


async def check(connection: Connection, turn: Turn) -> None:
    """Inside the transaction that writes: hold the row and make sure that the turn is still ours, or `TurnLost`."""
    row = await fetch_one(
        connection, "SELECT fence FROM turns WHERE conversation_id = %s FOR UPDATE", [turn.conversation_id]
    )
    if row is None or row["fence"] != turn.fence:
        raise TurnLost


async def release(pool: Pool, turn: Turn) -> None:
    """Give the turn back, unless it is somebody else's by now."""
    async with autocommit(pool) as connection:
        await connection.execute(
            "UPDATE turns SET lease_until = '-infinity' WHERE conversation_id = %s AND fence = %s",
            [turn.conversation_id, turn.fence],
        )


@asynccontextmanager
async def kept_alive(pool: Pool, turn: Turn) -> AsyncIterator[None]:
    """Extend the lease while the body runs, and give the turn back at the end."""
    try:
        async with heartbeat(HEARTBEAT_SECONDS, partial(_beat, pool, turn)):
            yield
    finally:
        await release(pool, turn)


async def _beat(pool: Pool, turn: Turn) -> bool:
    try:
        return await _extend(pool, turn)
    except Transient as error:
        # The lease outlasts a beat or two; a later one extends it again, unless somebody else has it by then.
        log.warning("turn_not_extended", extra={"code": error.code})
        return True


async def _extend(pool: Pool, turn: Turn) -> bool:
    """Extend the lease; False when the turn is somebody else's by now."""
    async with autocommit(pool) as connection:
        extended = await connection.execute(
            "UPDATE turns SET lease_until = clock_timestamp() + make_interval(secs => %s)"
            " WHERE conversation_id = %s AND fence = %s",
            [LEASE_SECONDS, turn.conversation_id, turn.fence],
        )
    return extended.rowcount == 1
