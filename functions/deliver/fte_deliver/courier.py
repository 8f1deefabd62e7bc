"""Brings answers to customers: on an event, and every few seconds what no event brought."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from functools import partial
from typing import Final
from uuid import UUID

from fte import metrics
from fte.background import heartbeat
from fte.domain.channels import Channel
from fte.domain.delivery import DeliveryStatus
from fte.errors import Unavailable
from fte.observability import log_context
from fte.providers.errors import OutcomeUnknown, Rejected, TryLater
from fte.sweeping import Sweeper
from fte.wiring import Core
from fte_deliver import measures, records, second_way, withholding
from fte_deliver.losses import WINDOW_CLOSED, window_open
from fte_deliver.records import Claim
from fte_deliver.senders import Sender
from fte_deliver.steps import MAX_BACKOFF_SECONDS, Action, delay

log = logging.getLogger(__name__)

SWEEP_SECONDS: Final = 5.0
HEARTBEAT_SECONDS = 4.0
BATCH: Final = 40
AT_ONCE: Final = 16
"""Answers in hand at a time. Fewer than the process has threads for calls: a call that waits for a thread would eat up
its lease, and go out when somebody else already has the part."""
DRAIN_SECONDS: Final = 12.0


class Courier:
    """Delivers each part once, as far as the provider can be asked what it has."""

    def __init__(self, core: Core, senders: Mapping[Channel, Sender]) -> None:
        self._core = core
        self._senders = senders
        self._reachable: dict[Sender, bool] = dict.fromkeys(senders.values(), True)
        self._places = asyncio.Semaphore(AT_ONCE)
        self._stopping = asyncio.Event()
        self._underway: set[asyncio.Future[None]] = set()
        self._sweeper = Sweeper("deliver", SWEEP_SECONDS, self.sweep)

    def start(self) -> None:
        """Begin to sweep."""
        self._sweeper.start(at_once=True)

    async def deliver(self, message_id: UUID) -> None:
        """Send the parts of this answer that are due, in order, and record what became of them.

        Done or not, what is left is in its rows. Raises `Unavailable` when our own database cannot be reached.
        """
        ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._underway.add(ended)
        try:
            async with self._places:
                following: UUID | None = message_id
                while following is not None:
                    following = await self._bring(following)
        finally:
            self._underway.discard(ended)
            ended.set_result(None)

    async def sweep(self) -> int:
        """Deliver what is due and nobody works on, and see to what did not arrive; return how many answers were looked
        at."""
        pool = self._core.pool
        due = list(dict.fromkeys([*await records.due(pool, BATCH), *await second_way.lost(pool, BATCH)]))
        for start in range(0, len(due), AT_ONCE):
            batch = due[start : start + AT_ONCE]
            results = await asyncio.gather(*map(self._resume, batch), return_exceptions=True)
            for message_id, result in zip(batch, results, strict=True):
                if isinstance(result, Unavailable):
                    raise result
                if isinstance(result, BaseException):
                    # One answer that we cannot handle must not hold up the others; its lease makes it due again.
                    log.error("delivery_failed", extra={"answer": message_id}, exc_info=result)
            if self._stopping.is_set():
                break
        return len(due)

    def reachable(self, channel: Channel) -> bool:
        """Whether the provider of this channel answered when it was last called."""
        return self._reachable[self._senders[channel]]

    @property
    def sweeping(self) -> bool:
        """Whether the sweep is running and did not fail last time."""
        return self._sweeper.well

    async def close(self) -> None:
        """Finish what is being sent, then stop."""
        self._stopping.set()
        sent = [asyncio.wait({*self._underway}, timeout=DRAIN_SECONDS)] if self._underway else []
        await asyncio.gather(self._sweeper.stop(DRAIN_SECONDS), *sent)

    async def _resume(self, message_id: UUID) -> None:
        """`deliver` without an event: what is logged belongs to the customer's message all the same."""
        with log_context(**await records.belongs_to(self._core.pool, message_id)):
            await self.deliver(message_id)

    async def _bring(self, message_id: UUID) -> UUID | None:
        """Send what is due of one answer; return the answer that goes out instead of it, if it is lost."""
        while (claim := await records.claim(self._core.pool, message_id)) is not None:
            if not await self._attempt(claim):
                break
        status = await measures.record(self._core, message_id)
        if status is None:
            log.warning("unknown_answer", extra={"answer": message_id})
        return await self._after_loss(message_id) if status is DeliveryStatus.FAILED else None

    async def _after_loss(self, message_id: UUID) -> UUID | None:
        template = self._core.settings.twilio_template is not None
        settled = await second_way.settle(self._core.pool, message_id, template=template)
        if settled is None:
            return None
        self._core.outbox.publish_soon(settled.events)
        log.warning("not_arrived", extra={"answer": message_id, "next": settled.way})
        return settled.message_id

    async def _attempt(self, claim: Claim) -> bool:
        """Work on a claimed part; True when there may be more to do at once."""
        async with heartbeat(HEARTBEAT_SECONDS, partial(self._renew, claim)):
            return await (self._ask(claim) if claim.action is Action.ASK else self._send(claim))

    async def _renew(self, claim: Claim) -> bool:
        try:
            await records.renew(self._core.pool, claim)
        except Unavailable:
            log.warning("claim_not_renewed", extra={"answer": claim.message_id})
        return True

    async def _send(self, claim: Claim) -> bool:
        pool, sender = self._core.pool, self._senders[claim.channel]
        standing = await records.standing(pool, claim)
        if standing.opted_out and claim.details.get("notice") != "opt_out":
            await records.refuse(pool, claim, "opted_out")
            _log("opted_out", claim)
            return False
        # An answer that goes another way was looked at when it went the first.
        is_second = second_way.FALLBACK_OF in claim.details
        if not is_second and (broken := await withholding.broken_rules(pool, claim)):
            await withholding.withhold(self._core, claim, broken)
            _log("withheld", claim, rules=list(broken))
            return False
        is_free_text = claim.channel is Channel.WHATSAPP and not claim.details.get(second_way.TEMPLATE)
        if is_free_text and not window_open(standing.last_inbound, standing.now):
            await records.refuse(pool, claim, WINDOW_CLOSED)
            _log(WINDOW_CLOSED, claim)
            return False
        try:
            taken = await sender.send(claim)
        except Rejected as error:
            self._reachable[sender] = True
            await records.refuse(pool, claim, error.code)
            _log("rejected", claim, code=error.code)
            return False
        except OutcomeUnknown:
            self._reachable[sender] = False
            await records.put_back(
                pool, claim, DeliveryStatus.UNKNOWN, seconds=delay(claim.attempt, unknown=True), code="outcome_unknown"
            )
            _log("outcome_unknown", claim)
            return False
        except TryLater as error:
            self._reachable[sender] = False
            seconds = delay(claim.attempt, error.retry_after)
            await records.put_back(pool, claim, DeliveryStatus.QUEUED, seconds=seconds, code="try_later")
            _log("try_later", claim, seconds=seconds)
            return False
        self._reachable[sender] = True
        if await records.record_taken(pool, claim, taken):
            _log("sent", claim)
        else:
            # A part with the same words, in doubt, was found to be this very message meanwhile. One is still owed.
            await records.put_back(pool, claim, DeliveryStatus.QUEUED)
            _log("taken_for_another", claim)
        return True

    async def _ask(self, claim: Claim) -> bool:
        pool, sender = self._core.pool, self._senders[claim.channel]
        try:
            candidates = await sender.find(claim)
        except (TryLater, Rejected) as error:
            self._reachable[sender] = False
            # That it will not tell says nothing of the message: it stays unknown, and is not sent again.
            seconds = delay(claim.attempt, error.retry_after) if isinstance(error, TryLater) else MAX_BACKOFF_SECONDS
            await records.put_back(pool, claim, DeliveryStatus.UNKNOWN, seconds=seconds, code="outcome_unknown")
            _log("provider_does_not_tell", claim, seconds=seconds)
            return False
        self._reachable[sender] = True
        if await records.record_found(pool, claim, candidates):
            _log("was_sent", claim)
        else:
            await records.put_back(pool, claim, DeliveryStatus.QUEUED)
            _log("was_not_sent", claim)
        return True


def _log(event: str, claim: Claim, **facts: object) -> None:
    metrics.DELIVERIES.labels(claim.channel, event).inc()
    log.info(
        event,
        extra={"answer": claim.message_id, "part": claim.part, "channel": claim.channel, "attempt": claim.attempt}
        | facts,
    )
