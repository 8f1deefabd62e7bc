"""A process that is there before Kafka is: what it has to tell waits, and goes out by itself."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from fte.bus import KafkaPublisher
from fte.events import EventType, new_traceparent, outgoing
from fte.store import outbox
from fte.store.outbox import Outbox
from fte.store.pool import Pool, fetch_all, transaction
from fte_tests.fault_proxy import FaultProxy
from fte_tests.stack import Stack

pytestmark = pytest.mark.anyio

PATIENCE = 60
"""Seconds after which it is not slow but does not come."""


async def test_what_was_written_before_kafka_was_there_goes_out(
    stack: Stack, pool: Pool, caplog: pytest.LogCaptureFixture
) -> None:
    """A broker that comes up later is found, without a restart and without anybody who writes again."""
    name = f"late-{uuid4().hex}"
    event = outgoing(
        EventType.METRIC_RECORDED,
        source="test",
        thing=name,
        time=datetime.now(UTC),
        data={"name": name, "value": 1.0, "unit": "count", "recorded_at": datetime.now(UTC).isoformat()},
        traceparent=new_traceparent(),
    )
    async with FaultProxy("127.0.0.1", stack.platform.port("kafka")) as broker:
        await broker.stop()
        publisher = KafkaPublisher(f"127.0.0.1:{broker.port}")
        sender = Outbox(pool, publisher)
        async with transaction(pool) as connection:
            row = await outbox.add(connection, event, customer_id=uuid4(), conversation_id=uuid4())
        sender.publish_soon([row])
        async with asyncio.timeout(PATIENCE):
            while not any(record.getMessage() == "kafka_not_reachable" for record in caplog.records):
                await asyncio.sleep(0.05)
        assert not publisher.connected
        assert not await published(pool)

        await broker.start()
        async with asyncio.timeout(PATIENCE):
            while not await published(pool):
                await asyncio.sleep(0.1)
        assert publisher.connected
        await sender.close()
    async with asyncio.timeout(PATIENCE):
        while not stack.rows("SELECT id FROM agent_metrics WHERE name = %s", name):
            await asyncio.sleep(0.1)


async def published(pool: Pool) -> bool:
    async with transaction(pool) as connection:
        rows = await fetch_all(connection, "SELECT published_at IS NOT NULL AS published FROM outbox")
    return all(row["published"] for row in rows)
