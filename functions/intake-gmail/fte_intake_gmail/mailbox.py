"""The support mailbox, read from our own cursor. A push or a ping only says that it is time to look."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextvars import Context
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Final, Protocol

from fte import metrics
from fte.background import end
from fte.domain.channels import Channel
from fte.errors import Permanent, Transient, Unavailable
from fte.providers.errors import HistoryTooOld
from fte.providers.gmail import GmailMessage, History, Profile, Watch
from fte.providers.mail.our_ids import key_from
from fte.settings import Settings
from fte.store.outbox import Outbox
from fte.store.pool import Pool
from fte_intake_gmail import cursor, entries
from fte_intake_gmail.taking import Taker
from fte_intake_gmail.trouble import TROUBLE, NotRead, of_one_mail, trouble

log = logging.getLogger(__name__)

AT_ONCE: Final = 4
"""Messages that are fetched at the same time; they are stored in their order."""
TRIES: Final = 5
"""After so many the cursor goes on without a mail that cannot be had."""
FIRST_LOOK: Final = timedelta(days=1)
OVERLAP: Final = timedelta(hours=1)
MAX_LISTED: Final = 2_000
WATCH_ALARM: Final = timedelta(hours=48)
STILL: Final = 10
"""After so many tries in a row trouble is worth another alarm."""
AGAIN_SECONDS: Final = 0.5
MAX_WAIT_SECONDS: Final = 60.0


Look = tuple[bool, float]


class Gmail(Protocol):
    """What is asked of a mailbox's API."""

    async def profile(self) -> Profile: ...
    async def watch(self, topic: str) -> Watch: ...
    def history_pages(self, start: int) -> AsyncIterator[History]: ...
    async def get_raw(self, message_id: str) -> GmailMessage | None: ...
    async def list_ids(self, query: str, maximum: int) -> list[str]: ...


class Mailbox:
    """Brings every mail of the inbox into the database once, in order, whatever pushes are lost or repeated."""

    def __init__(self, settings: Settings, pool: Pool, outbox: Outbox, gmail: Gmail) -> None:
        self.address = settings.support_address.strip().lower()
        self._topic = settings.text("gmail_watch_topic")
        self._pool = pool
        self._gmail = gmail
        self._taker = Taker(pool, outbox, self.address, settings.own, key_from(settings.secret("gmail_client_secret")))
        self._one_at_a_time = asyncio.Lock()
        self._begun = 0
        self._finished = 0
        self._looks: set[asyncio.Task[Look]] = set()
        self._retrying: asyncio.Task[None] | None = None
        self.well = True
        """Whether Gmail answered the last time."""

    async def sync(self, *, force: bool = False) -> bool:
        """Store everything that is in the inbox now. Callers that wait at the same time share one look.

        False when Gmail or a mail is in trouble: then the next try is in the mailbox's row, for all processes, and
        this one makes it; what is stored by then stays, and the cursor stands before the first mail that is not.
        Until then Gmail is left alone, unless `force`. Raises `Unavailable` when our database does not answer. The
        look goes on when the caller does not wait for it.
        """
        look = asyncio.create_task(self._synced(force))
        self._looks.add(look)
        look.add_done_callback(self._looked)
        done, wait = await asyncio.shield(look)
        if wait > 0:
            self._retry_in(wait)
        return done

    async def keep_watch(self) -> bool:
        """Ask Gmail for pushes again when that is due. Whether pushes are promised now. Raises what Gmail's client
        raises."""
        await cursor.read(self._pool, self.address)
        try:
            if await cursor.may_watch(self._pool, self.address):
                watch = await self._gmail.watch(self._topic)
                await cursor.watched(self._pool, self.address, watch.expires_at)
                log.info("watch_renewed", extra={"expires_at": watch.expires_at.isoformat()})
        except TROUBLE:
            self.well = False
            raise
        finally:
            until = await cursor.watched_until(self._pool, self.address)
            metrics.GMAIL_WATCH_UNTIL.labels(Channel.EMAIL).set(until.timestamp() if until else 0)
            if until is None or until < datetime.now(UTC) + WATCH_ALARM:
                log.error("watch_ends_soon", extra={"expires_at": until.isoformat() if until else None})
        return until is not None and until > datetime.now(UTC)

    async def poll(self) -> None:
        """What a ping asks for: renew the watch, look into the mailbox; at most once a minute. Raises as `keep_watch`
        and `sync`."""
        await cursor.read(self._pool, self.address)
        if await cursor.may_poll(self._pool, self.address):
            try:
                await self.keep_watch()
            finally:
                await self.sync()
                await entries.clean(self._pool)

    async def begin(self) -> None:
        """Look and ask for pushes, again and again until both have worked once; from then on, pushes and pings do."""
        for attempt in count():
            try:
                promised = await self.keep_watch()
            except (Transient, Permanent) as error:
                promised = False
                log.warning("watch_not_renewed", extra={"error": type(error).__name__, "attempt": attempt})
            try:
                done = await self.sync(force=attempt == 0)
            except (Transient, Permanent) as error:
                done = False
                log.warning("mailbox_not_ready", extra={"error": type(error).__name__, "attempt": attempt})
            if promised and done:
                return
            await asyncio.sleep(min(2.0**attempt, MAX_WAIT_SECONDS))

    async def is_stale(self, history_id: int) -> bool:
        """Whether all that a push tells of is stored already."""
        return history_id <= (await cursor.read(self._pool, self.address)).history_id

    async def retried(self) -> None:
        """Wait until nothing is to be tried again."""
        while self._retrying is not None and not self._retrying.done():
            await asyncio.wait({self._retrying})

    async def close(self) -> None:
        """Stop looking."""
        await end(*self._looks, *([self._retrying] if self._retrying else []))

    def _looked(self, look: asyncio.Task[Look]) -> None:
        self._looks.discard(look)
        if not look.cancelled() and look.exception() is not None:
            log.warning("look_failed", extra={"error": type(look.exception()).__name__})

    def _retry_in(self, seconds: float) -> None:
        if self._retrying is None or self._retrying.done():
            # In a context of its own: its log lines are not part of the request that happened to start it.
            self._retrying = asyncio.create_task(self._retry(seconds), context=Context())

    async def _retry(self, seconds: float) -> None:
        while seconds > 0:
            await asyncio.sleep(seconds)
            try:
                _, seconds = await self._synced(False)
            except Unavailable:
                seconds = MAX_WAIT_SECONDS

    async def _synced(self, force: bool) -> Look:
        """Look. Whether all is read, and after how many seconds to look again; 0 when there is no need."""
        asked = self._begun
        async with self._one_at_a_time:
            if self._finished > asked:
                # A look that began after this call has found all that this one would.
                return True, 0.0
            await cursor.read(self._pool, self.address)
            if not force and (wait := await cursor.wait_seconds(self._pool, self.address)) > 0:
                return False, wait
            self._begun += 1
            mine = self._begun
            try:
                again = await self._look()
            except TROUBLE as error:
                return False, await self._in_trouble(error)
            self._finished = mine
            self.well = True
            metrics.GMAIL_FAILURES.labels(Channel.EMAIL).set(0)
            metrics.GMAIL_REVOKED.labels(Channel.EMAIL).set(0)
            return True, again

    async def _in_trouble(self, error: Exception) -> float:
        self.well = isinstance(error, NotRead)
        found = trouble(error)
        failures, wait, news = await cursor.mark_trouble(self._pool, self.address, found.code, found.least, found.most)
        metrics.GMAIL_FAILURES.labels(Channel.EMAIL).set(failures)
        metrics.GMAIL_REVOKED.labels(Channel.EMAIL).set(found.code == "revoked")
        facts = {"trouble": found.code, "failures": failures, "seconds": round(wait, 1)}
        # One alarm for one trouble: what goes on is seen in the metrics.
        alarm = (news and found.code == "revoked") or failures == STILL
        log.log(
            logging.ERROR if alarm else logging.WARNING if news else logging.INFO, "mailbox_in_trouble", extra=facts
        )
        return wait

    async def _look(self) -> float:
        began = datetime.now(UTC)
        start = await cursor.read(self._pool, self.address)
        if start.history_id == cursor.NEVER:
            await self._read_listed(began - FIRST_LOOK)
        else:
            try:
                await self._read_history(start.history_id)
            except HistoryTooOld:
                metrics.GMAIL_RESYNCS.inc()
                log.exception("history_too_old", extra={"history_id": start.history_id})
                await self._read_listed(start.good_at - OVERLAP)
        again = await self._read_parked()
        if await cursor.mark_good(self._pool, self.address, began):
            log.info("mailbox_recovered")
        metrics.GMAIL_READ_AT.labels(Channel.EMAIL).set(began.timestamp())
        return again

    async def _read_history(self, start: int) -> None:
        end: int | None = None
        async for page in self._gmail.history_pages(start):
            await self._store(
                [
                    (id_, record.id if number == len(record.message_ids) else None)
                    for record in page.records
                    for number, id_ in enumerate(record.message_ids, 1)
                ]
            )
            end = page.history_id if end is None else end
        if end is not None:
            await cursor.advance(self._pool, self.address, end)

    async def _read_listed(self, since: datetime) -> None:
        """Read the inbox by date instead of by history. What comes in while this runs is in the history after it.

        What is known already is not fetched again: so a list that takes several looks comes to its end.
        """
        newest = (await self._gmail.profile()).history_id
        ids = await self._gmail.list_ids(f"in:inbox after:{int(since.timestamp())}", MAX_LISTED)
        if len(ids) == MAX_LISTED:
            log.error("mailbox_listed_in_part", extra={"listed": MAX_LISTED})
        known = await entries.known(self._pool, self.address, ids)
        await self._store([(id_, None) for id_ in reversed(ids) if id_ not in known])
        await cursor.advance(self._pool, self.address, newest)

    async def _read_parked(self) -> float:
        """Try parked mails that are due. After how many seconds to look again for one that Gmail shows late."""
        for id_ in await entries.parked(self._pool, self.address, AT_ONCE):
            try:
                message = await self._gmail.get_raw(id_)
                await self._taker.take(id_, message)
            except Exception as error:
                # It stays parked, whatever it is: it is counted, and shown in the alarm's metric.
                reason = of_one_mail(error)
                if reason is None:
                    raise
                await entries.park(self._pool, self.address, id_, reason)
        metrics.GMAIL_PARKED.labels(Channel.EMAIL).set(await entries.how_many_parked(self._pool, self.address))
        return await entries.seconds_to_late_ones(self._pool, self.address)

    async def _store(self, steps: Sequence[tuple[str, int | None]]) -> None:
        """Store messages in order. A step is a message and where the cursor may go once it is stored, if anywhere.

        The first failure ends it, with everything before it stored, until that mail is parked.
        """
        for first in range(0, len(steps), AT_ONCE):
            batch = steps[first : first + AT_ONCE]
            fetched = await asyncio.gather(*(self._fetch(id_) for id_, _ in batch), return_exceptions=True)
            for (id_, passed), message in zip(batch, fetched, strict=True):
                await self._take(id_, message)
                if passed is not None:
                    await cursor.advance(self._pool, self.address, passed)

    async def _take(self, message_id: str, message: GmailMessage | BaseException | None) -> None:
        if isinstance(message, Exception):
            await self._failed(message_id, message)
        elif isinstance(message, BaseException):
            raise message
        else:
            try:
                await self._taker.take(message_id, message)
            except Exception as error:
                # Whatever it is, it is counted, and raised until the mail is parked.
                await self._failed(message_id, error)

    async def _failed(self, message_id: str, error: Exception) -> None:
        """Count a failure with one mail; raises, unless the mail is parked now."""
        reason = of_one_mail(error)
        if reason is None:
            raise error
        if not await entries.failed(self._pool, self.address, message_id, reason, TRIES):
            if isinstance(error, TROUBLE):
                raise error
            log.error("mail_not_understood", extra={"provider_message_id": message_id}, exc_info=error)
            raise NotRead(reason) from error
        metrics.MAIL_NOT_TAKEN.labels("parked").inc()
        log.error("mail_parked", extra={"provider_message_id": message_id, "reason": reason}, exc_info=error)

    async def _fetch(self, message_id: str) -> GmailMessage | None:
        message = await self._gmail.get_raw(message_id)
        if message is None:
            # Right after a push, Gmail sometimes does not know yet what it has just announced.
            await asyncio.sleep(AGAIN_SECONDS)
            message = await self._gmail.get_raw(message_id)
        return message
