"""How far the mailbox has been read: one row for each mailbox. Each function is one transaction.

There is no lock around a sync. A cursor moves forward only, and only past messages that are stored, and a message is
stored once by its unique index: so two syncs at once, in two processes, lose nothing and repeat nothing but work. A
lock would have to be held over calls to Gmail that take seconds, with a connection or a lease of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from psycopg.types.json import Jsonb

from fte.store.pool import Pool, fetch_one, transaction
from fte_intake_gmail.message import Ignored

NEVER: Final = 0
"""The history id of a mailbox that has never been read to the end."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Everything up to `history_id` is stored. `good_at` is when the mailbox was last read to its end."""

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


async def advance(pool: Pool, address: str, history_id: int, ignored: Sequence[Ignored]) -> None:
    """Move the cursor forward to `history_id`, and note the mails up to there that were no customer's.

    Both or nothing: so a mail that is read again is noted once, and a cursor that is further already stays.
    """
    async with transaction(pool) as connection:
        moved = await fetch_one(
            connection,
            "UPDATE mailbox_cursors SET history_id = %s WHERE address = %s AND history_id < %s RETURNING address",
            [history_id, address, history_id],
        )
        if moved is None:
            return
        for mail in ignored:
            details: dict[str, Any] = {"provider_message_id": mail.provider_message_id, "reason": mail.reason}
            await connection.execute(
                "INSERT INTO audit_log (actor, action, details) VALUES ('intake-gmail', %s, %s)",
                [mail.action, Jsonb(details)],
            )


async def mark_good(pool: Pool, address: str, at: datetime) -> None:
    """The mailbox had been read to its end at `at`."""
    async with transaction(pool) as connection:
        await connection.execute(
            "UPDATE mailbox_cursors SET updated_at = greatest(updated_at, %s) WHERE address = %s", [at, address]
        )


async def may_poll(pool: Pool, address: str) -> bool:
    """Whether a ping may look into the mailbox now: once a minute, for all processes together."""
    async with transaction(pool) as connection:
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
    async with transaction(pool) as connection:
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
    async with transaction(pool) as connection:
        await connection.execute(
            "UPDATE mailbox_cursors SET watch_expires_at = %s WHERE address = %s", [expires_at, address]
        )


async def is_watched(pool: Pool, address: str) -> bool:
    """Whether pushes are promised now."""
    async with transaction(pool) as connection:
        row = await fetch_one(
            connection, "SELECT watch_expires_at > now() AS promised FROM mailbox_cursors WHERE address = %s", [address]
        )
    return bool(row and row["promised"])
