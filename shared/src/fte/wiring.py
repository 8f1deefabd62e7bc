"""What every function is wired from. Built on the first request, in the process that serves."""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from prometheus_client import start_http_server

from fte.bus import KafkaPublisher
from fte.observability import configure_logging
from fte.settings import Settings
from fte.store.outbox import Outbox, Publisher
from fte.store.pool import Pool, open_pool, reachable

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Core:
    """Settings, database and bus."""

    settings: Settings
    pool: Pool
    publisher: Publisher
    outbox: Outbox

    async def health(self) -> Mapping[str, bool]:
        """Whether the database and Kafka can be reached, and whether the outbox was swept without a failure."""
        return {
            "database": await reachable(self.pool),
            "kafka": self.publisher.connected,
            "outbox": self.outbox.well,
        }

    async def close(self) -> None:
        """Publish what is in flight, then close connections."""
        await self.outbox.close()
        await self.pool.close(timeout=2.0)


async def open_core(service: str, require: Collection[str] = ()) -> Core:
    """Read the settings, start logs and metrics, open the database and the bus; no wait for either.

    `require` names the settings that this function needs beside database and Kafka. Raises `SettingsError`.
    """
    settings = Settings.from_env(os.environ, require=("database_url", "kafka_bootstrap_servers", *require))
    configure_logging(service, settings.log_level)
    if settings.metrics_port is not None:
        start_http_server(settings.metrics_port)
    pool = await open_pool(settings.secret("database_url"))
    publisher = KafkaPublisher(settings.text("kafka_bootstrap_servers"))
    core = Core(settings, pool, publisher, Outbox(pool, publisher))
    # What lives as long as the process is not looked at again by the collector.
    gc.collect()
    gc.freeze()
    log.info("started")
    return core
