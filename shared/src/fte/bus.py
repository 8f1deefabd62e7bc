"""Publishing on Kafka with kafka-python, from asyncio.

The producer blocks for long without a broker, so it is made in a thread and a failure to publish is no error here:
what the broker did not acknowledge in time stays in the outbox.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from kafka.errors import KafkaError

from fte.ce import to_kafka
from fte.events import TOPICS
from fte.store.outbox import OutboxRow

if TYPE_CHECKING:
    from kafka import KafkaProducer

log = logging.getLogger(__name__)

ACKNOWLEDGE_SECONDS: Final = 8.0
RETRY_SECONDS: Final = 2.0


class KafkaPublisher:
    """A `Publisher` on a Kafka broker that may be away."""

    def __init__(self, bootstrap_servers: str) -> None:
        self._servers = bootstrap_servers.split(",")
        self._producer: KafkaProducer | None = None
        self._acknowledges = False
        self._connecting = asyncio.create_task(self._connect())

    async def publish(self, rows: Sequence[OutboxRow]) -> list[UUID]:
        """Publish `rows` in order; the ids of those that were acknowledged within seconds."""
        producer = self._producer
        if producer is None:
            return []
        loop = asyncio.get_running_loop()
        acknowledged = [loop.create_future() for _ in rows]
        for row, future in zip(rows, acknowledged, strict=True):
            key, value, headers = to_kafka(row.event, row.key)
            try:
                sent = producer.send(row.topic, value=value, key=key, headers=headers)
            except KafkaError as error:
                log.warning("publish_refused", extra={"topic": row.topic, "error": type(error).__name__})
                future.cancel()
                continue
            sent.add_callback(_resolve, loop, future, True)
            sent.add_errback(_resolve, loop, future, False)
        await asyncio.wait(acknowledged, timeout=ACKNOWLEDGE_SECONDS)
        published = [
            row.id
            for row, future in zip(rows, acknowledged, strict=True)
            if future.done() and not future.cancelled() and future.result()
        ]
        self._acknowledges = bool(published)
        return published

    @property
    def connected(self) -> bool:
        """Whether a broker was found, and acknowledged what was last given to it."""
        return self._producer is not None and self._acknowledges

    async def close(self) -> None:
        """Flush for a moment and let go of the broker."""
        self._connecting.cancel()
        producer, self._producer = self._producer, None
        if producer is not None:
            await asyncio.to_thread(producer.close, timeout=2.0)

    async def _connect(self) -> None:
        while self._producer is None:
            try:
                self._producer = await asyncio.to_thread(self._make)
                self._acknowledges = True
            except KafkaError as error:
                log.warning("kafka_not_reachable", extra={"error": type(error).__name__})
                await asyncio.sleep(RETRY_SECONDS)

    def _make(self) -> KafkaProducer:
        from kafka import KafkaProducer

        producer = KafkaProducer(
            bootstrap_servers=self._servers,
            acks="all",
            enable_idempotence=True,
            linger_ms=0,
            # A send with unknown topic metadata blocks the event loop: hardly, and the metadata is warmed here.
            max_block_ms=250,
            request_timeout_ms=4_000,
            delivery_timeout_ms=7_000,
            bootstrap_timeout_ms=2_000,
        )
        try:
            for topic in TOPICS:
                producer.partitions_for(topic)
        except KafkaError:
            # A topic that is not there yet; the next producer looks again.
            producer.close(timeout=0)
            raise
        return producer


def _resolve(loop: asyncio.AbstractEventLoop, future: asyncio.Future[bool], result: bool, _outcome: Any) -> None:
    def settle() -> None:
        if not future.done():
            future.set_result(result)

    loop.call_soon_threadsafe(settle)
