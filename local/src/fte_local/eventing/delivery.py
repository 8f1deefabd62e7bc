"""One event to one function: tries, waits between them, and the dead letter at the end."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta

import httpx2

from fte_local.eventing import reactions
from fte_local.eventing.event import Event, Record, carried, from_record, to_http
from fte_local.eventing.producer import Sinks, SinkUnavailable
from fte_local.eventing.reactions import NOTHING, Answer, Kind, Reaction
from fte_local.eventing.wiring import Sink, Source

_log = logging.getLogger(__name__)

REQUESTS_AT_ONCE = 64


class Abandoned(Exception):
    """The runner stops; the event stays where it is and comes again after the next start."""


@dataclass(slots=True)
class Counts:
    """What became of a source's events since the start."""

    delivered: int = 0
    replied: int = 0
    passed_over: int = 0
    repeated: int = 0
    dead_lettered: int = 0
    dropped: int = 0


class Delivery:
    """Delivers the events of one source."""

    def __init__(self, source: Source, client: httpx2.AsyncClient, sinks: Sinks, stopping: asyncio.Event) -> None:
        self.counts = Counts()
        self._source = source
        self._client = client
        self._sinks = sinks
        self._stopping = stopping
        self._slots = asyncio.Semaphore(REQUESTS_AT_ONCE)

    async def take(self, record: Record) -> None:
        """See a record through: deliver the event that it carries, unless the source does not want it.

        A record that carries no event is wrapped in one by a KafkaSource, and passed over by a Trigger.
        """
        if self._source.kind is Kind.KAFKA_SOURCE:
            event: Event | None = from_record(record, self._source.name, self._source.namespace)
        else:
            event = carried(record)
        if event is None or not self._source.wants(event.attributes):
            self.counts.passed_over += 1
            return
        await self.deliver(event)

    async def deliver(self, event: Event) -> None:
        """See the event through: it is delivered, a dead letter, or (with no dead letter sink) dropped.

        Raises `Abandoned` when the runner stops before that is decided.
        """
        event = event.extended(self._source.extensions) if self._source.extensions else event
        answer = await self._until_decided(event)
        decided = self._reaction(answer)
        if decided is Reaction.DONE or (decided is Reaction.REPLY and await self._reply(event, answer)):
            self.counts.delivered += 1
            return
        await self._bury(event, answer)

    def _reaction(self, answer: Answer) -> Reaction:
        return reactions.reaction(self._source.kind, answer)

    async def _reply(self, event: Event, answer: Answer) -> bool:
        """Put the answer on the broker's topic. False when that fails, which counts as a failure of the function."""
        if self._source.replies is None:
            return True
        try:
            await self._sinks.publish(self._source.replies, answer.event())
        except SinkUnavailable:
            _log.exception("the reply could not be published", extra=self._facts(event, answer))
            return False
        self.counts.replied += 1
        return True

    async def _until_decided(self, event: Event) -> Answer:
        repeats = 0
        while True:
            answer = await self._try(event)
            if self._reaction(answer) is not Reaction.RETRY:
                return answer
            repeats += 1
            wait = self._source.retries.before(repeats)
            if wait is None:
                return answer
            self.counts.repeated += 1
            if repeats == 1:
                _log.warning("will try again", extra=self._facts(event, answer))
            await self._pause(wait)

    async def _try(self, event: Event) -> Answer:
        headers, body = to_http(event)
        async with self._slots:
            if self._stopping.is_set():
                raise Abandoned
            try:
                async with asyncio.timeout(self._source.timeout.total_seconds()):
                    # Knative's dispatcher sends this header to every subscriber, whether it uses a reply or not.
                    response = await self._client.post(
                        self._source.address, content=body, headers={**headers, "prefer": "reply"}
                    )
            except (httpx2.RequestError, TimeoutError):
                return NOTHING
        return Answer(response.status_code, dict(response.headers), response.content)

    async def _bury(self, event: Event, answer: Answer) -> None:
        sink = self._source.dead_letters
        facts = self._facts(event, answer)
        if sink is None:
            self.counts.dropped += 1
            _log.error("dropped: no dead letter sink", extra=facts)
            return
        letter = reactions.dead_letter(event, self._source.address, answer)
        await self._post(sink, letter, facts)

    async def _post(self, sink: Sink, letter: Event, facts: dict[str, str | int | None]) -> None:
        repeats = 0
        while True:
            try:
                await self._sinks.publish(sink, letter)
            except SinkUnavailable:
                repeats += 1
                wait = self._source.retries.before(repeats)
                if wait is None:
                    self.counts.dropped += 1
                    _log.exception("dropped: the dead letter sink failed", extra=facts)
                    return
                await self._pause(wait)
            else:
                self.counts.dead_lettered += 1
                _log.warning("dead letter", extra=facts)
                return

    async def _pause(self, wait: timedelta) -> None:
        try:
            async with asyncio.timeout(wait.total_seconds()):
                await self._stopping.wait()
        except TimeoutError:
            return
        raise Abandoned

    def _facts(self, event: Event, answer: Answer) -> dict[str, str | int | None]:
        return {
            "source": self._source.name,
            "event_id": event.attributes["id"],
            "event_type": event.attributes["type"],
            "status": answer.status,
        }
