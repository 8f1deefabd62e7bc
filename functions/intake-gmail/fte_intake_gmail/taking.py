"""One mail on its way from Gmail into the database: a message, or a note of why it is none."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import psycopg

from fte import metrics
from fte.providers.gmail import GmailMessage
from fte.providers.mail import Mail
from fte.providers.mail.our_ids import replies_named
from fte.store.intake import InboundMessage, accept
from fte.store.outbox import Outbox
from fte.store.pool import Pool
from fte_intake_gmail import bounces, entries, loops
from fte_intake_gmail.message import Ignored, read_message

log = logging.getLogger(__name__)

SOURCE: Final = "intake-gmail"


class Taker:
    """Takes the mails of one mailbox, each once, however often it is given."""

    def __init__(self, pool: Pool, outbox: Outbox, address: str, own: Sequence[str], key: bytes) -> None:
        self._pool = pool
        self._outbox = outbox
        self._address = address
        self._own = own
        self._key = key

    async def take(self, message_id: str, message: GmailMessage | None) -> None:
        """Store the mail or note why not. None is a mail that Gmail does not have: it may still show it."""
        if message is None:
            await self._late(message_id)
            return
        found, mail = await asyncio.to_thread(read_message, message, self._own, self._address, self._key)
        if isinstance(found, InboundMessage):
            assert mail is not None
            found = await self._unless_looping(found, mail)
        if isinstance(found, Ignored):
            await self._note(found, message)
            return
        try:
            accepted = await accept(self._pool, found, SOURCE)
        except psycopg.DataError:
            log.exception("unreadable_mail", extra={"provider_message_id": message_id})
            await self._note(Ignored("unreadable_mail", message_id, "not_storable", mail), message)
            return
        await entries.settled(self._pool, self._address, message_id)
        self._outbox.publish_soon(accepted.events)
        level = logging.WARNING if accepted.status == "conflict" else logging.INFO
        log.log(level, "received", extra=accepted.facts)

    async def _late(self, message_id: str) -> None:
        if await entries.first_missed(self._pool, self._address, message_id):
            metrics.MAIL_NOT_TAKEN.labels("gone").inc()
            log.info("mail_ignored", extra={"provider_message_id": message_id, "reason": "gone"})
        await entries.park(self._pool, self._address, message_id, "gone")

    async def _unless_looping(self, found: InboundMessage, mail: Mail) -> InboundMessage | Ignored:
        ours = replies_named(self._key, [mail.in_reply_to, *mail.references])
        foreign = await loops.is_foreign_answer(self._pool, mail, found.sender, ours)
        keys = loops.keys(mail, found.sender, foreign=foreign)
        counts = await loops.tally(self._pool, keys, mail.message_id, found.received_at)
        if sign := loops.looping(counts):
            metrics.MAIL_LOOPS.labels(sign).inc()
            if counts[sign] == loops.LIMIT + 1:
                log.error("mail_loop", extra={"provider_message_id": found.provider_message_id, "sign": sign})
            await loops.flag(self._pool, found.sender, sign)
            return Ignored("loop_stopped", found.provider_message_id, "loop", mail)
        if loops.over_limit(counts):
            log.warning("over_limit", extra={"provider_message_id": found.provider_message_id})
            return replace(found, details=found.details | {"over_limit": counts["all"]})
        return found

    async def _note(self, found: Ignored, message: GmailMessage) -> None:
        mail, place = found.mail, None
        if mail is not None and found.reason == "bounce":
            result = await bounces.record(self._pool, mail.report, self._key)
            metrics.BOUNCES.labels(result).inc()
            log.info("bounce", extra={"provider_message_id": found.provider_message_id, "result": result})
            if result == "too_early":
                await entries.park(self._pool, self._address, found.provider_message_id, "too_early")
                return
        elif mail is not None and found.reason in ("automatic", "loop"):
            ours = replies_named(self._key, [mail.in_reply_to, *mail.references])
            place = await entries.place(self._pool, found, message.thread_id, ours)
        if mail is not None and found.reason == "automatic":
            keys = loops.automatic_keys(mail.sender)
            counts = await loops.tally(self._pool, keys, mail.message_id, message.internal_date)
            if counts["automatic"] > loops.LIMIT:
                metrics.MAIL_LOOPS.labels("automatic").inc()
        if await entries.note(self._pool, self._address, found, place):
            metrics.MAIL_NOT_TAKEN.labels(found.reason).inc()
            level = logging.ERROR if found.action == "unreadable_mail" else logging.INFO
            facts = {"provider_message_id": found.provider_message_id, "reason": found.reason}
            log.log(level, found.action, extra=facts)
