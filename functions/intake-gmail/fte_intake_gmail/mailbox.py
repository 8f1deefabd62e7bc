"""The support mailbox, read from our own cursor. A push or a ping only says that it is time to look."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Final, Protocol

import psycopg

from fte.errors import Permanent, Transient
from fte.providers.errors import HistoryTooOld, Rejected, TryLater
from fte.providers.gmail import GmailMessage, History, Profile, Watch
from fte.settings import Settings
from fte.store.intake import accept
from fte.store.outbox import Outbox
from fte.store.pool import Pool
from fte_intake_gmail import cursor
from fte_intake_gmail.message import Ignored, inbound_message

log = logging.getLogger(__name__)

SOURCE: Final = "intake-gmail"
AT_ONCE: Final = 4
"""Messages that are fetched at the same time; they are stored in their order."""
FIRST_LOOK: Final = timedelta(days=1)
OVERLAP: Final = timedelta(hours=1)
MAX_LISTED: Final = 2_000
AGAIN_SECONDS: Final = 0.5
MAX_WAIT_SECONDS: Final = 60.0


class Gmail(Protocol):
    """What is asked of a mailbox's API."""

    async def profile(self) -> Profile: ...
    async def watch(self, topic: str) -> Watch: ...
    async def history(self, start: int) -> History: ...
    async def get_raw(self, message_id: str) -> GmailMessage | None: ...
    async def list_ids(self, query: str, maximum: int) -> list[str]: ...


class Mailbox:
    """Brings every mail of the inbox into the database once, in order, whatever pushes are lost or repeated."""

    def __init__(self, settings: Settings, pool: Pool, outbox: Outbox, gmail: Gmail) -> None:
        self.address = settings.support_address.strip().lower()
        self._own = settings.own
        self._topic = settings.text("gmail_watch_topic")
        self._pool = pool
        self._outbox = outbox
        self._gmail = gmail
        self._one_at_a_time = asyncio.Lock()
        self._begun = 0
        self._finished = 0
        self.well = True
        """Whether Gmail answered the last time."""

    async def sync(self) -> None:
        """Store everything that is in the inbox now. Callers that wait at the same time share one look.

        Raises `GmailError` when Gmail fails and `Unavailable` when our database does: what is stored by then stays,
        the cursor stands before the first message that is not, and the next sync goes on from there.
        """
        asked = self._begun
        async with self._one_at_a_time:
            if self._finished > asked:
                # A look that began after this call has found all that this one would.
                return
            self._begun += 1
            mine = self._begun
            with self._noting_health():
                await self._look()
            self._finished = mine

    async def keep_watch(self) -> bool:
        """Ask Gmail for pushes again when that is due. Whether pushes are promised now."""
        await cursor.read(self._pool, self.address)
        if await cursor.may_watch(self._pool, self.address):
            with self._noting_health():
                watch = await self._gmail.watch(self._topic)
            await cursor.watched(self._pool, self.address, watch.expires_at)
            log.info("watch_renewed", extra={"expires_at": watch.expires_at.isoformat()})
        return await cursor.is_watched(self._pool, self.address)

    async def poll(self) -> None:
        """What a ping asks for: renew the watch, look into the mailbox; at most once a minute. Raises as `sync`."""
        await cursor.read(self._pool, self.address)
        if await cursor.may_poll(self._pool, self.address):
            try:
                await self.keep_watch()
            finally:
                await self.sync()

    async def begin(self) -> None:
        """Look and ask for pushes, again and again until both have worked once; from then on, pushes and pings do."""
        for attempt in count():
            try:
                promised = await self.keep_watch()
                await self.sync()
            except (Transient, Permanent) as error:
                log.warning("mailbox_not_ready", extra={"error": type(error).__name__, "attempt": attempt})
            else:
                if promised:
                    return
            await asyncio.sleep(min(2.0**attempt, MAX_WAIT_SECONDS))

    async def is_stale(self, history_id: int) -> bool:
        """Whether all that a push tells of is stored already."""
        return history_id <= (await cursor.read(self._pool, self.address)).history_id

    async def _look(self) -> None:
        began = datetime.now(UTC)
        start = await cursor.read(self._pool, self.address)
        if start.history_id == cursor.NEVER:
            await self._read_listed(began - FIRST_LOOK)
        elif (history := await self._history(start.history_id)) is not None:
            await self._read_history(history)
        else:
            await self._read_listed(start.good_at - OVERLAP)
        await cursor.mark_good(self._pool, self.address, began)

    async def _history(self, start: int) -> History | None:
        try:
            return await self._gmail.history(start)
        except HistoryTooOld:
            log.exception("history_too_old", extra={"history_id": start})
            return None

    async def _read_history(self, history: History) -> None:
        steps = [
            (id_, record.id if number == len(record.message_ids) else None)
            for record in history.records
            for number, id_ in enumerate(record.message_ids, 1)
        ]
        await self._store(steps)
        await cursor.advance(self._pool, self.address, history.history_id, ())

    async def _read_listed(self, since: datetime) -> None:
        """Read the inbox by date instead of by history. What comes in while this runs is in the history after it."""
        newest = (await self._gmail.profile()).history_id
        ids = await self._gmail.list_ids(f"in:inbox after:{int(since.timestamp())}", MAX_LISTED)
        if len(ids) == MAX_LISTED:
            log.error("mailbox_listed_in_part", extra={"listed": MAX_LISTED})
        ignored = await self._store([(id_, None) for id_ in reversed(ids)])
        await cursor.advance(self._pool, self.address, newest, ignored)

    async def _store(self, steps: Sequence[tuple[str, int | None]]) -> list[Ignored]:
        """Store messages in order. A step is a message and where the cursor may go once it is stored, if anywhere.

        The first failure ends it, with everything before it stored. Returns the ignored ones not yet noted.
        """
        ignored: list[Ignored] = []
        for first in range(0, len(steps), AT_ONCE):
            batch = steps[first : first + AT_ONCE]
            fetched = await asyncio.gather(*(self._fetch(id_) for id_, _ in batch), return_exceptions=True)
            for (id_, passed), message in zip(batch, fetched, strict=True):
                if isinstance(message, BaseException):
                    raise message
                if (note := await self._store_one(id_, message)) is not None:
                    ignored.append(note)
                if passed is not None:
                    await cursor.advance(self._pool, self.address, passed, ignored)
                    ignored = []
        return ignored

    async def _fetch(self, message_id: str) -> GmailMessage | None:
        message = await self._gmail.get_raw(message_id)
        if message is None:
            # Right after a push, Gmail sometimes does not know yet what it has just announced.
            await asyncio.sleep(AGAIN_SECONDS)
            message = await self._gmail.get_raw(message_id)
        return message

    async def _store_one(self, message_id: str, message: GmailMessage | None) -> Ignored | None:
        if message is None:
            return Ignored("mail_ignored", message_id, "gone")
        inbound = await asyncio.to_thread(inbound_message, message, self._own, self.address)
        if isinstance(inbound, Ignored):
            level = logging.ERROR if inbound.action == "unreadable_mail" else logging.INFO
            log.log(level, inbound.action, extra={"provider_message_id": message_id, "reason": inbound.reason})
            return inbound
        try:
            accepted = await accept(self._pool, inbound, SOURCE)
        except psycopg.DataError:
            log.exception("unreadable_mail", extra={"provider_message_id": message_id})
            return Ignored("unreadable_mail", message_id, "not_storable")
        self._outbox.publish_soon(accepted.events)
        level = logging.WARNING if accepted.status == "conflict" else logging.INFO
        log.log(level, "received", extra=accepted.facts)
        return None

    @contextmanager
    def _noting_health(self) -> Iterator[None]:
        try:
            yield
        except (TryLater, Rejected):
            self.well = False
            raise
        self.well = True
