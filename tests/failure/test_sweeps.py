"""The loops that find what was left behind: they outlive every failure, and `/health` tells of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import psycopg
import pytest

from fte.domain.channels import Channel
from fte.store.outbox import Outbox
from fte.store.pool import Pool, transaction
from fte_agent import sweep as agent_sweep
from fte_agent import turn
from fte_agent.context import RunContext
from fte_agent.wiring import CONCURRENT_RUNS, AgentResources
from fte_backoffice import sweep as office_sweep
from fte_deliver.courier import Courier
from fte_tests.bus import RememberingBus
from fte_tests.office import opened
from fte_tests.thinking import thinking

pytestmark = pytest.mark.anyio

Write = Callable[..., Awaitable[UUID]]
Rows = Callable[..., Awaitable[list[dict[str, Any]]]]

QUESTION = "How do I reset my password?"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("fte.store.outbox", "fte_agent.sweep", "fte_backoffice.sweep", "fte_deliver.courier"):
        monkeypatch.setattr(f"{module}.SWEEP_SECONDS", 0.01)


async def rename(pool: Pool, table: str, to: str) -> None:
    async with transaction(pool) as connection:
        await connection.execute(f"ALTER TABLE {table} RENAME TO {to}".encode())


@asynccontextmanager
async def missing(pool: Pool, table: str) -> AsyncIterator[None]:
    """A fault that nobody has foreseen: the table is not there."""
    await rename(pool, table, "elsewhere")
    try:
        yield
    finally:
        await rename(pool, "elsewhere", table)


async def becomes(state: Callable[[], bool], expected: bool) -> None:
    async with asyncio.timeout(20):
        while state() is not expected:
            await asyncio.sleep(0.01)


async def goes_on(pool: Pool, table: str, well: Callable[[], bool]) -> None:
    """The sweep fails while the table is missing, says so, and goes on when it is back."""
    async with missing(pool, table):
        await becomes(well, False)
    await becomes(well, True)


async def test_the_outbox_is_swept_after_a_failure(pool: Pool) -> None:
    bus = RememberingBus()
    outbox = Outbox(pool, bus)
    await goes_on(pool, "outbox", lambda: outbox.well)
    await outbox.close()
    assert not outbox.well


async def test_the_agent_sweeps_after_a_failure(agent: AgentResources, pool: Pool) -> None:
    agent_sweep.start(agent)
    (sweeper,) = agent.sweepers
    async with missing(pool, "turns"):
        await becomes(lambda: sweeper.well, False)
        assert (await agent.health())["sweep"] is False
    await becomes(lambda: sweeper.well, True)
    await sweeper.stop()


async def test_deliver_sweeps_after_a_failure(agent: AgentResources, pool: Pool) -> None:
    courier = Courier(agent.core, {})
    courier.start()
    await goes_on(pool, "deliveries", lambda: courier.sweeping)
    await courier.close()


async def test_one_failing_job_of_backoffice_does_not_hold_up_the_others(
    pool: Pool, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = asyncio.Event()

    async def fail(_: object) -> int:
        raise ZeroDivisionError

    async def work(_: object) -> int:
        done.set()
        return 0

    monkeypatch.setattr(office_sweep, "JOBS", (fail, work))
    async with opened(database_url, monkeypatch) as office:
        office_sweep.start(office.resources)
        failing, working = office.resources.sweepers
        async with asyncio.timeout(20):
            await done.wait()
        await becomes(lambda: failing.well, False)
        assert working.well
        assert (await office.resources.health())["sweep"] is False
        await office.resources.close()


async def owed_by(write: Write, pool: Pool, customers: int) -> None:
    """So many customers wait, and no event tells of them."""
    for number in range(customers):
        await write(QUESTION, Channel.EMAIL, f"ann{number}@example.com")
    async with transaction(pool) as connection:
        await connection.execute("UPDATE messages SET created_at = now() - interval '1 minute'")


async def test_conversations_are_answered_at_once(agent: AgentResources, write: Write, pool: Pool, rows: Rows) -> None:
    """None waits for another: all of them are at work before the first one ends."""
    await owed_by(write, pool, 3)
    together = asyncio.Barrier(3)

    async def meet(_: RunContext) -> None:
        async with asyncio.timeout(60):
            await together.wait()

    assert CONCURRENT_RUNS >= 3
    assert await agent_sweep.sweep(thinking(agent, meet)) == 3
    assert len(await rows("SELECT FROM messages WHERE direction = 'outbound'")) == 3


async def test_no_more_turns_are_taken_than_runs_are_made(
    agent: AgentResources, write: Write, pool: Pool, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    await owed_by(write, pool, 3)
    monkeypatch.setattr(agent_sweep, "CONCURRENT_RUNS", 1)
    held: list[int] = []

    async def count(_: RunContext) -> None:
        held.append(len(await rows("SELECT FROM turns WHERE lease_until > clock_timestamp()")))

    assert await agent_sweep.sweep(thinking(agent, count)) == 3
    assert held == [1, 1, 1]


@pytest.mark.parametrize("fault", ["a lost turn", "an error of our own"])
async def test_a_conversation_that_fails_is_alone_with_it(
    agent: AgentResources, write: Write, pool: Pool, rows: Rows, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    await owed_by(write, pool, 3)
    unlucky = (await rows("SELECT conversation_id AS id FROM messages ORDER BY seq LIMIT 1"))[0]["id"]

    async def lose(context: RunContext) -> None:
        if context.conversation.id == unlucky:
            async with transaction(pool) as connection:
                await connection.execute("UPDATE turns SET fence = fence + 1 WHERE conversation_id = %s", [unlucky])

    if fault == "an error of our own":
        take = turn.take

        async def take_or_fail(pool: Pool, conversation_id: UUID) -> turn.Turn | None:
            if conversation_id == unlucky:
                raise psycopg.ProgrammingError
            return await take(pool, conversation_id)

        monkeypatch.setattr(turn, "take", take_or_fail)
    assert await agent_sweep.sweep(thinking(agent, lose)) == 3
    owed = await rows("SELECT conversation_id AS id FROM messages WHERE direction = 'inbound' AND outcome IS NULL")
    assert owed == [{"id": unlucky}]
