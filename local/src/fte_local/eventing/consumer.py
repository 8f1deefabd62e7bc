"""One source or trigger: a member of its consumer group, and the events that it has in flight.

kafka-python has no asyncio API, so a thread polls and commits, and the event loop delivers. Batches go from the thread
to the loop by `call_soon_threadsafe`; what has finished comes back through a queue.
"""

from __future__ import annotations

import asyncio
import logging
import os
import queue
import signal
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from kafka import ConsumerRebalanceListener, KafkaConsumer, OffsetAndMetadata, TopicPartition
from kafka.errors import KafkaError
from kafka.structs import MemberState

from fte_local.eventing.delivery import Abandoned, Delivery
from fte_local.eventing.event import Record
from fte_local.eventing.offsets import PartitionOffsets
from fte_local.eventing.wiring import Source

_log = logging.getLogger(__name__)

MOST_OUTSTANDING = 1_000
"""Events of an unordered source that are under way at once, those that wait for their next try included."""

_POLL_MS = 250
_JOINING_POLL_MS = 1_000
_SESSION_MS = 6_000
_JOIN_PATIENCE = 8.0
"""Longer than the session of a member that is gone, for which a group may have to wait."""

_FULL_POLL_MS = 20
_LAST_WAIT = 0.02
_CONNECT_WAIT = 0.5
_CLOSE_MS = 3_000
_COMMIT_PATIENCE = 10.0

Finished = tuple[PartitionOffsets, int]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class State:
    """What the source says of itself; replaced as a whole, so that any thread may read it."""

    joined: bool = False
    lag: int = 0
    partitions: int = 0
    outstanding: int = 0


@dataclass(slots=True)
class _Changes(ConsumerRebalanceListener):  # type: ignore[misc]
    """Notes which partitions are still ours. It is called in Kafka's own thread, so the poller acts on it later."""

    kept: queue.SimpleQueue[frozenset[TopicPartition]] = field(default_factory=queue.SimpleQueue)

    def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        """All are taken away at each rebalance; what matters is which of them come back."""

    def on_partitions_lost(self, lost: Iterable[TopicPartition]) -> None:
        self.kept.put(frozenset())

    def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        self.kept.put(frozenset(assigned))


class SourceConsumer:
    """Reads one source's topics and has each event delivered."""

    def __init__(self, source: Source, delivery: Delivery, bootstrap_servers: str, instance: str) -> None:
        self.source = source
        self.delivery = delivery
        self.state = State()
        self._servers = bootstrap_servers
        self._instance = instance
        self._loop = asyncio.get_running_loop()
        self._tasks: set[asyncio.Task[None]] = set()
        self._finished: queue.SimpleQueue[Finished] = queue.SimpleQueue()
        self._changes = _Changes()
        self._offsets: dict[TopicPartition, PartitionOffsets] = {}
        self._no_more_polls = threading.Event()
        self._end = threading.Event()
        self._commit_at = 0.0
        self._member_at = 0.0
        self._thread = threading.Thread(target=self._run, name=f"source-{source.name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    async def stop(self, grace: float) -> None:
        """Read no more, let requests under way finish for `grace` seconds, commit what is done, leave.

        The runner has told the deliveries to stop before this, so that none waits for a next try.
        """
        self._no_more_polls.set()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=grace)
        for task in self._tasks:
            task.cancel()
        self._end.set()
        await asyncio.to_thread(self._thread.join, 3 * _CLOSE_MS / 1000)

    def _run(self) -> None:
        try:
            while not self._no_more_polls.is_set():
                self._membership()
        except BaseException:
            # A fault in the poller must not leave a runner that looks alive: it ends, and is started anew.
            _log.critical("the poller broke", exc_info=True, extra={"source": self.source.name})
            os.kill(os.getpid(), signal.SIGTERM)

    def _membership(self) -> None:
        """One life as a member of the group. It ends with the runner, or when Kafka will have us no longer."""
        consumer = self._connect()
        if consumer is None:
            return
        try:
            self._await_topics(consumer)
            consumer.subscribe(topics=list(self.source.topics), listener=self._changes)
            self._member_at, self._commit_at = time.monotonic(), 0.0
            while not self._end.is_set():
                self._turn(consumer)
                if time.monotonic() - self._member_at > _JOIN_PATIENCE and not self._no_more_polls.is_set():
                    # The library has been seen to wait for ever in the middle of a join, on a busy machine.
                    _log.warning("joining takes too long; joining anew", extra={"source": self.source.name})
                    return
            self._settle()
            self._commit_now(consumer)
        except KafkaError as error:
            _log.warning("left the group", extra={"source": self.source.name, "error": type(error).__name__})
            self._no_more_polls.wait(_CONNECT_WAIT)
        finally:
            self.state = State()
            consumer.close(autocommit=False, timeout_ms=_CLOSE_MS)

    def _connect(self) -> Any:
        while not self._no_more_polls.is_set():
            try:
                return KafkaConsumer(
                    bootstrap_servers=self._servers.split(","),
                    bootstrap_timeout_ms=2_000,
                    group_id=self.source.group,
                    # A member with a name takes its place back at once after a crash; without, the group would wait
                    # for the dead member's session to end.
                    group_instance_id=self._instance,
                    auto_offset_reset=self.source.initial_offset,
                    enable_auto_commit=False,
                    # An event is answered with at once; this is how long the broker waits for one.
                    fetch_min_bytes=1,
                    fetch_max_wait_ms=2_000,
                    session_timeout_ms=_SESSION_MS,
                    heartbeat_interval_ms=_SESSION_MS // 4,
                    metadata_max_age_ms=30_000,
                    reconnect_backoff_max_ms=1_000,
                    allow_auto_create_topics=False,
                    metrics_enabled=False,
                )
            except KafkaError:
                # The runner says once that Kafka cannot be reached; see Reachability.
                self._no_more_polls.wait(_CONNECT_WAIT)
        return None

    def _await_topics(self, consumer: Any) -> None:
        """Wait until the broker tells of every topic.

        A member that joins while its topic is being made can be given no partition, and then not be told of any: the
        library compares what it knows now with what it knew when it handed out the partitions, and sees no change.
        """
        while not self._no_more_polls.is_set():
            if all(consumer.partitions_for_topic(topic) for topic in self.source.topics):
                return
            self._no_more_polls.wait(_CONNECT_WAIT)

    def _turn(self, consumer: Any) -> None:
        self._settle()
        self._commit(consumer)
        if self._no_more_polls.is_set():
            self._wait_for_one()
            return
        room = MOST_OUTSTANDING - self._outstanding()
        self._hold(consumer, full=room <= 0)
        # A full source polls too, holding every partition: whoever does not poll is taken for dead.
        batches = consumer.poll(timeout_ms=self._patience(consumer, room), max_records=max(room, 1))
        # What a rebalance took away while we polled has to go before the new records come in.
        self._settle()
        for partition, records in batches.items():
            self._dispatch(consumer, partition, records)
        self.state = self._observed(consumer)

    def _dispatch(self, consumer: Any, partition: TopicPartition, records: list[Any]) -> None:
        offsets = self._offsets.setdefault(partition, PartitionOffsets())
        batch = [_record(record) for record in records if not offsets.known(record.offset)]
        if not batch:
            return
        if self.source.ordered:
            consumer.pause(partition)
            if offsets.outstanding:
                # A rebalance has undone the pause: these have to wait for the batch before them.
                consumer.seek(partition, batch[0].offset)
                return
        for record in batch:
            offsets.started(record.offset)
        self._loop.call_soon_threadsafe(self._spawn, offsets, batch)

    def _spawn(self, offsets: PartitionOffsets, batch: list[Record]) -> None:
        lanes = [batch] if self.source.ordered else [[record] for record in batch]
        for lane in lanes:
            task = self._loop.create_task(self._deliver(offsets, lane))
            self._tasks.add(task)
            task.add_done_callback(self._ended)

    async def _deliver(self, offsets: PartitionOffsets, lane: list[Record]) -> None:
        for record in lane:
            await self.delivery.take(record)
            self._finished.put((offsets, record.offset))

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) and not isinstance(error, Abandoned):
            # The event stays uncommitted and shows as lag, rather than being lost by a fault of the runner.
            _log.error("delivery broke", exc_info=error, extra={"source": self.source.name})

    def _outstanding(self) -> int:
        return sum(offsets.outstanding for offsets in self._offsets.values())

    def _wait_for_one(self) -> None:
        try:
            offsets, offset = self._finished.get(timeout=_LAST_WAIT)
        except queue.Empty:
            return
        offsets.finished(offset)

    def _settle(self) -> None:
        """Take note of what has finished and of partitions that a rebalance took away for good.

        A partition that comes back to us keeps its offsets, so that what is in flight is not delivered again.
        """
        for offsets, offset in _drained(self._finished):
            offsets.finished(offset)
        for kept in _drained(self._changes.kept):
            for partition in self._offsets.keys() - kept:
                del self._offsets[partition]

    def _patience(self, consumer: Any, room: int) -> int:
        if room <= 0:
            return _FULL_POLL_MS
        # A join that is waited for in many small pieces is more likely to be lost.
        return _POLL_MS if consumer.group_metadata().state == MemberState.STABLE else _JOINING_POLL_MS

    def _hold(self, consumer: Any, full: bool) -> None:
        """Read from no partition that has to wait: all of a full source, those of an ordered one that are at work."""
        assigned, paused = consumer.assignment(), consumer.paused()
        held = assigned if full else {one for one in assigned if self.source.ordered and self._busy(one)}
        if held - paused:
            consumer.pause(*(held - paused))
        if (paused & assigned) - held:
            consumer.resume(*((paused & assigned) - held))

    def _busy(self, partition: TopicPartition) -> bool:
        return partition in self._offsets and self._offsets[partition].outstanding > 0

    def _commit(self, consumer: Any) -> None:
        now = time.monotonic()
        if now < self._commit_at:
            return
        reached = [(partition, offsets, offsets.due()) for partition, offsets in self._offsets.items()]
        due = [(partition, offsets, offset) for partition, offsets, offset in reached if offset is not None]
        if not due:
            return
        # One commit at a time, so that an older one never arrives last.
        self._commit_at = now + _COMMIT_PATIENCE

        def answered(_: Any, response: Any) -> None:
            if isinstance(response, Exception):
                self._commit_at = time.monotonic() + _CONNECT_WAIT
                return
            self._commit_at = 0.0
            for _partition, offsets, offset in due:
                offsets.committed(offset)

        consumer.commit_async(_positions({partition: offset for partition, _, offset in due}), callback=answered)

    def _commit_now(self, consumer: Any) -> None:
        reached = {partition: offsets.reached for partition, offsets in self._offsets.items()}
        if not reached:
            return
        try:
            consumer.commit(_positions(reached), timeout_ms=_CLOSE_MS)
        except KafkaError as error:
            _log.warning(
                "the last commit failed; events will come again",
                extra={"source": self.source.name, "error": type(error).__name__},
            )

    def _observed(self, consumer: Any) -> State:
        assigned = consumer.assignment()
        lag = 0
        for partition in assigned:
            end = consumer.highwater(partition)
            offsets = self._offsets.get(partition)
            if end is not None and offsets is not None and offsets.reached >= 0:
                lag += max(0, end - offsets.reached)
        member = consumer.group_metadata().state == MemberState.STABLE
        if member:
            self._member_at = time.monotonic()
        joined = member and {partition.topic for partition in assigned} == set(self.source.topics)
        return State(joined, lag, len(assigned), self._outstanding())


def _record(record: Any) -> Record:
    return Record(
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        timestamp_ms=max(record.timestamp or 0, 0),
        key=record.key,
        value=record.value,
        headers=tuple((name, value or b"") for name, value in record.headers or ()),
    )


def _positions(offsets: Mapping[TopicPartition, int]) -> dict[TopicPartition, OffsetAndMetadata]:
    return {partition: OffsetAndMetadata(offset, "", -1) for partition, offset in offsets.items()}


def _drained(items: queue.SimpleQueue[T]) -> Iterable[T]:
    while True:
        try:
            yield items.get_nowait()
        except queue.Empty:
            return
