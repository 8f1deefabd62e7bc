"""The way of sinks and brokers to their topics."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from typing import Any, Protocol

from kafka import KafkaProducer
from kafka.errors import KafkaError

from fte_local.eventing import event as events
from fte_local.eventing.event import Event
from fte_local.eventing.wiring import Sink

_log = logging.getLogger(__name__)


class SinkUnavailable(Exception):
    """The event could not be written to the sink's topic."""


class Sinks(Protocol):
    """Where events can be put."""

    async def publish(self, sink: Sink, event: Event) -> None:
        """Write the event to the topic of a sink, for certain. Raises `SinkUnavailable`."""


class KafkaSinks:
    """The topics of sinks and brokers over one producer, which is made when the first event comes."""

    def __init__(self, bootstrap_servers: str, timeout: float = 5.0) -> None:
        self._servers = bootstrap_servers
        self._timeout = timeout
        self._lock = threading.Lock()
        self._producer: Any = None

    async def publish(self, sink: Sink, event: Event) -> None:
        """Write the event to the sink's topic; returns when Kafka has it. Raises `SinkUnavailable`."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        try:
            async with asyncio.timeout(2 * self._timeout):
                # Making the producer and looking up a topic block, so both happen in a thread.
                await asyncio.to_thread(self._send, sink, event, _resolver(loop, done))
                await done
        except (KafkaError, TimeoutError) as error:
            raise SinkUnavailable(sink.name) from error

    async def close(self) -> None:
        """Send what is left and part from Kafka."""
        if self._producer is not None:
            await asyncio.to_thread(self._producer.close, self._timeout)

    def _send(self, sink: Sink, event: Event, resolve: Callable[[BaseException | None], None]) -> None:
        value, headers = events.to_record(event, sink.content_mode)
        future = self._connected().send(sink.topic, value=value, key=event.key, headers=headers)
        future.add_callback(lambda _: resolve(None))
        future.add_errback(resolve)

    def _connected(self) -> Any:
        with self._lock:
            if self._producer is None:
                milliseconds = int(self._timeout * 1000)
                self._producer = KafkaProducer(
                    bootstrap_servers=self._servers.split(","),
                    bootstrap_timeout_ms=milliseconds,
                    max_block_ms=milliseconds,
                    request_timeout_ms=milliseconds,
                    delivery_timeout_ms=milliseconds,
                    allow_auto_create_topics=False,
                    reconnect_backoff_max_ms=1000,
                    metrics_enabled=False,
                )
                _log.info("the sinks are connected to Kafka")
            return self._producer


def _resolver(loop: asyncio.AbstractEventLoop, done: asyncio.Future[None]) -> Callable[[BaseException | None], None]:
    """Carries an outcome from Kafka's thread to the event loop, where nobody may wait for it any more."""

    def settle(error: BaseException | None) -> None:
        if done.done():
            return
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error)

    def resolve(error: BaseException | None) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, error)

    return resolve
