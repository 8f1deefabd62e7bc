"""Mails that became no message: what is held back, parked or ignored, and why. Each function is one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from psycopg.types.json import Jsonb

from fte.store.pool import Connection, Pool, autocommit, fetch_all, fetch_one, transaction
from fte_intake_gmail.message import Ignored

PARKED_FOR: Final = timedelta(days=7)
"""After this long a parked mail is given up: Gmail's own promises last no longer."""

_FIRST_WAIT: Final = 30.0
_LATE_WAIT: Final = 3.0
_LONGEST_WAIT: Final = 6 * 3600.0
_GONE: Final = "gone"
_SOON: Final = ("gone", "too_early")
_GONE_TRIES: Final = 3
_KEPT: Final = timedelta(days=30)
_TALLIED: Final = timedelta(days=2)
_WORDS: Final = 4_000


async def known(pool: Pool, address: str, ids: Sequence[str]) -> set[str]:
    """Which of these mails need not be read again: they are stored, or noted as no message."""
    async with autocommit(pool) as connection:
        rows = await fetch_all(
            connection,
            "SELECT provider_message_id FROM messages WHERE channel = 'email' AND direction = 'inbound'"
            " AND provider_message_id = ANY(%s) UNION"
            " SELECT provider_message_id FROM mailbox_entries WHERE address = %s AND state <> 'failing'"
            " AND provider_message_id = ANY(%s)",
            [list(ids), address, list(ids)],
        )
    return {row["provider_message_id"] for row in rows}


async def failed(pool: Pool, address: str, mail_id: str, reason: str, most: int) -> bool:
    """This mail could not be had, once more. True when that makes `most` times, and it is parked now."""
    async with transaction(pool) as connection:
        row = await fetch_one(
            connection,
            "INSERT INTO mailbox_entries (address, provider_message_id, state, reason, tries)"
            " VALUES (%s, %s, 'failing', %s, 1) ON CONFLICT (address, provider_message_id) DO UPDATE"
            " SET tries = mailbox_entries.tries + 1, reason = excluded.reason, updated_at = now()"
            " RETURNING tries, state",
            [address, mail_id, reason],
        )
        assert row is not None
        if row["state"] == "failing" and row["tries"] < most:
            return False
        if row["state"] == "failing":
            await _park(connection, address, mail_id, reason, _FIRST_WAIT)
    return True


async def park(pool: Pool, address: str, mail_id: str, reason: str) -> None:
    """Let the cursor go on without this mail, and try it again at times: half a minute, one, two … six hours.

    What is gone is asked for twice more, after seconds, because Gmail may show a mail late, and is then ignored; all
    else is given up after a week.
    """
    async with transaction(pool) as connection:
        row = await fetch_one(
            connection,
            "INSERT INTO mailbox_entries (address, provider_message_id, state, reason, tries)"
            " VALUES (%s, %s, 'failing', %s, 0) ON CONFLICT (address, provider_message_id) DO UPDATE"
            " SET reason = excluded.reason, updated_at = now() RETURNING tries, state, created_at < now() - %s AS old",
            [address, mail_id, reason, PARKED_FOR],
        )
        assert row is not None
        if reason == _GONE and row["tries"] + 1 >= _GONE_TRIES:
            await _end(connection, address, mail_id, "ignored")
        elif row["old"]:
            await _end(connection, address, mail_id, "given_up")
        elif row["state"] != "ignored":
            first = _LATE_WAIT if reason in _SOON else _FIRST_WAIT
            wait = min(first * 2 ** min(3 * row["tries"] if reason == _GONE else row["tries"], 12), _LONGEST_WAIT)
            await _park(connection, address, mail_id, reason, wait)


async def parked(pool: Pool, address: str, limit: int) -> list[str]:
    """Parked mails that are due; whoever gets them has a while to try them."""
    async with autocommit(pool) as connection:
        rows = await fetch_all(
            connection,
            "UPDATE mailbox_entries SET next_attempt_at = now() + interval '2 minutes' WHERE state = 'parked'"
            " AND address = %s AND provider_message_id IN (SELECT provider_message_id FROM mailbox_entries"
            " WHERE address = %s AND state = 'parked' AND next_attempt_at <= now() ORDER BY next_attempt_at LIMIT %s"
            " FOR UPDATE SKIP LOCKED) RETURNING provider_message_id, created_at",
            [address, address, limit],
        )
    return [row["provider_message_id"] for row in sorted(rows, key=lambda row: row["created_at"])]


async def how_many_parked(pool: Pool, address: str) -> int:
    """How many mails wait that somebody should know of."""
    async with autocommit(pool) as connection:
        row = await fetch_one(
            connection,
            "SELECT count(*) AS count FROM mailbox_entries WHERE address = %s AND reason <> %s"
            " AND state IN ('parked', 'given_up')",
            [address, _GONE],
        )
    return int(row["count"]) if row else 0


async def seconds_to_late_ones(pool: Pool, address: str) -> float:
    """How soon to look again for a mail that may only be late; 0 when there is none."""
    async with autocommit(pool) as connection:
        row = await fetch_one(
            connection,
            "SELECT extract(epoch FROM min(next_attempt_at) - now()) AS wait FROM mailbox_entries"
            " WHERE address = %s AND state = 'parked' AND reason = ANY(%s)",
            [address, list(_SOON)],
        )
    return max(float(row["wait"]), 0.01) if row and row["wait"] is not None else 0.0


async def first_missed(pool: Pool, address: str, mail_id: str) -> bool:
    """Note that Gmail does not have this mail; False when that was noted before."""
    async with transaction(pool) as connection:
        known = await fetch_one(
            connection,
            "SELECT FROM mailbox_entries WHERE address = %s AND provider_message_id = %s AND reason = %s",
            [address, mail_id, _GONE],
        )
        if known is not None:
            return False
        await connection.execute(
            "INSERT INTO audit_log (actor, action, details) VALUES ('intake-gmail', 'mail_ignored', %s)",
            [Jsonb({"provider_message_id": mail_id, "reason": _GONE})],
        )
    return True


async def settled(pool: Pool, address: str, mail_id: str) -> None:
    """This mail was held back or parked, and is a message now."""
    async with autocommit(pool) as connection:
        await connection.execute(
            "DELETE FROM mailbox_entries WHERE address = %s AND provider_message_id = %s", [address, mail_id]
        )


async def note(pool: Pool, address: str, mail: Ignored, place: Place | None = None) -> bool:
    """Note a mail that is no message, once; False when it was noted before.

    Of a machine's mail that belongs to a conversation the words are kept for the team, and so are those of a loop;
    nothing else happens to it.
    """
    async with transaction(pool) as connection:
        noted = await fetch_one(
            connection,
            "INSERT INTO mailbox_entries (address, provider_message_id, state, reason, conversation_id, ticket_id,"
            " details) VALUES (%s, %s, 'ignored', %s, %s, %s, %s) ON CONFLICT (address, provider_message_id)"
            " DO UPDATE SET state = 'ignored', reason = excluded.reason, updated_at = now(),"
            " conversation_id = excluded.conversation_id, ticket_id = excluded.ticket_id, details = excluded.details"
            " WHERE mailbox_entries.state <> 'ignored' RETURNING address",
            [
                address,
                mail.provider_message_id,
                mail.reason,
                place["conversation_id"] if place else None,
                place["ticket_id"] if place else None,
                Jsonb(_words(mail) if place or mail.reason == "loop" else {}),
            ],
        )
        if noted is None:
            return False
        await connection.execute(
            "INSERT INTO audit_log (actor, action, conversation_id, details) VALUES ('intake-gmail', %s, %s, %s)",
            [
                mail.action,
                place["conversation_id"] if place else None,
                Jsonb({"provider_message_id": mail.provider_message_id, "reason": mail.reason}),
            ],
        )
    return True


Place = dict[str, Any]


async def place(pool: Pool, mail: Ignored, thread_id: str, replies: Sequence[UUID]) -> Place | None:
    """The reply of ours that a machine's mail answers, where the reply went to the machine's own address."""
    if mail.mail is None or mail.mail.sender is None:
        return None
    ids = [mail.mail.in_reply_to, *mail.mail.references]
    async with autocommit(pool) as connection:
        return await fetch_one(
            connection,
            "SELECT m.id, m.conversation_id, m.ticket_id FROM messages AS m WHERE m.direction = 'outbound'"
            " AND m.reply_key = %s AND (m.id = ANY(%s) OR m.provider_thread_id = %s OR EXISTS (SELECT FROM deliveries"
            " AS d WHERE d.message_id = m.id AND d.rfc_message_id = ANY(%s))) ORDER BY m.seq DESC LIMIT 1",
            [mail.mail.sender, list(replies), thread_id, [id_ for id_ in ids if id_]],
        )


async def clean(pool: Pool) -> None:
    """Forget what is of no use any more."""
    async with transaction(pool) as connection:
        await connection.execute(
            "DELETE FROM mailbox_entries WHERE state = 'ignored' AND conversation_id IS NULL"
            " AND updated_at < now() - %s",
            [_KEPT],
        )
        await connection.execute("DELETE FROM mail_tally WHERE received_at < now() - %s", [_TALLIED])


async def _park(connection: Connection, address: str, mail_id: str, reason: str, wait: float) -> None:
    await connection.execute(
        "UPDATE mailbox_entries SET state = 'parked', reason = %s, tries = CASE state WHEN 'parked' THEN tries + 1"
        " ELSE 1 END, next_attempt_at = now() + make_interval(secs => %s), updated_at = now()"
        " WHERE address = %s AND provider_message_id = %s",
        [reason, wait, address, mail_id],
    )


async def _end(connection: Connection, address: str, mail_id: str, state: str) -> None:
    await connection.execute(
        "UPDATE mailbox_entries SET state = %s, next_attempt_at = NULL, updated_at = now()"
        " WHERE address = %s AND provider_message_id = %s",
        [state, address, mail_id],
    )


def _words(mail: Ignored) -> dict[str, str]:
    return {"subject": mail.mail.subject, "text": mail.mail.text[:_WORDS]} if mail.mail else {}
