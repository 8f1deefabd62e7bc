"""The way to PostgreSQL fails: no half message, nothing twice, and everything recovers by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from fte.domain.channels import Channel
from fte.domain.identity import whatsapp_identifier
from fte.errors import Transient, Unavailable
from fte.store.intake import InboundMessage, accept
from fte.store.outbox import Outbox
from fte.store.pool import Pool, open_pool, reachable
from fte_agent.conversation import answer
from fte_agent.wiring import AgentResources
from fte_tests.bus import RememberingBus
from fte_tests.fault_proxy import FaultProxy

pytestmark = pytest.mark.anyio

Rows = Callable[..., Awaitable[list[dict[str, Any]]]]


@pytest.fixture
async def proxy(database_url: str) -> AsyncIterator[FaultProxy]:
    target = conninfo_to_dict(database_url)
    async with FaultProxy(str(target["host"]), int(str(target["port"]))) as proxy:
        yield proxy


@pytest.fixture
async def shaky(database_url: str, proxy: FaultProxy) -> AsyncIterator[Pool]:
    """A pool whose connections go through the proxy."""
    pool = await open_pool(make_conninfo(database_url, host="127.0.0.1", port=proxy.port))
    assert await reachable(pool)
    yield pool
    proxy.listen()
    await pool.close()


def message(sid: str = "SM1") -> InboundMessage:
    sender = "whatsapp:+14155550123"
    return InboundMessage(
        Channel.WHATSAPP,
        sid,
        [whatsapp_identifier(sender, "test")],
        "How do I reset my password?",
        datetime.now(UTC),
        sender=sender,
        received={"phone": "+14155550123", "message_sid": sid},
    )


async def stored(rows: Rows) -> int:
    return len(await rows("SELECT id FROM messages WHERE direction = 'inbound'"))


async def test_connections_that_died_are_no_reason_to_refuse(shaky: Pool, proxy: FaultProxy, rows: Rows) -> None:
    """After a restart of the server all pooled connections are dead; the first message is taken all the same."""
    proxy.cut()
    assert (await accept(shaky, message(), "test")).status == "new"
    assert await stored(rows) == 1


async def test_a_server_that_is_away_is_said_so(shaky: Pool, proxy: FaultProxy, rows: Rows) -> None:
    """Unavailable, nothing stored; when it is back the same message is new."""
    await proxy.stop()
    with pytest.raises(Unavailable):
        await accept(shaky, message(), "test")
    assert await stored(rows) == 0
    await proxy.start()
    async with asyncio.timeout(20):
        while not await reachable(shaky):
            await asyncio.sleep(0.1)
    assert (await accept(shaky, message(), "test")).status == "new"


async def test_a_server_that_hangs_is_not_waited_for(shaky: Pool, proxy: FaultProxy, rows: Rows) -> None:
    """No promise while it is unknown; whatever happened, the repeated delivery leaves one message."""
    proxy.turn_deaf()
    with pytest.raises(Unavailable):
        async with asyncio.timeout(10):
            await accept(shaky, message(), "test")
    proxy.listen()
    async with asyncio.timeout(20):
        while True:
            try:
                await accept(shaky, message(), "test")
                break
            except Unavailable:
                await asyncio.sleep(0.2)
    assert await stored(rows) == 1


async def test_cuts_at_any_moment_leave_one_message(shaky: Pool, proxy: FaultProxy, rows: Rows) -> None:
    """Forty messages while the line is cut again and again: each stored once, with both its events."""

    async def deliver(sid: str) -> None:
        while True:
            try:
                await accept(shaky, message(sid), "test")
            except Unavailable:
                await asyncio.sleep(0.05)
            else:
                return

    async def disturb() -> None:
        while True:
            await asyncio.sleep(0.03)
            proxy.cut()

    disturbing = asyncio.create_task(disturb())
    await asyncio.gather(*(deliver(f"SM{number}") for number in range(40)))
    disturbing.cancel()
    assert await stored(rows) == 40
    assert len(await rows("SELECT id FROM outbox")) == 80
    assert len(await rows("SELECT id FROM conversations")) == 1


@pytest.mark.parametrize("delay", [0.005, 0.015, 0.03, 0.05, 0.08])
async def test_a_run_that_loses_the_database_is_made_good(
    delay: float,
    agent: AgentResources,
    shaky: Pool,
    proxy: FaultProxy,
    write: Callable[..., Awaitable[UUID]],
    rows: Rows,
) -> None:
    """Cut in the middle of an answer, early or late: after the lease is over there is exactly one reply (B1)."""
    bus = RememberingBus()
    outbox = Outbox(shaky, bus)
    core = replace(agent.core, pool=shaky, outbox=outbox)
    conversation = await write("How do I reset my password?")
    running = asyncio.create_task(answer(replace(agent, core=core), conversation))
    await asyncio.sleep(delay)
    proxy.cut()
    await asyncio.wait({running})
    assert running.exception() is None or isinstance(running.exception(), Transient)
    # What was on its way when the line was cut may still arrive, and begin one more lease.
    async with asyncio.timeout(30):
        while await rows("SELECT id FROM messages WHERE direction = 'inbound' AND outcome IS NULL"):
            await rows("UPDATE turns SET lease_until = '-infinity' RETURNING fence")
            await answer(agent, conversation)
    assert len(await rows("SELECT id FROM messages WHERE direction = 'outbound'")) == 1
    await outbox.close()
