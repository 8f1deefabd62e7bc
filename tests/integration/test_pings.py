"""What pings ask for happens once in its time, decided in the database."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from fte.domain.channels import Channel
from fte.errors import Unavailable
from fte.runtime import Request, Response
from fte.store import pings
from fte.store.pool import Pool, transaction
from fte_agent.handler import ping as agent_ping
from fte_agent.wiring import AgentResources
from fte_deliver.handler import ping as deliver_ping
from fte_deliver.wiring import Resources as DeliverResources
from fte_tests.agent_fixtures import Rows, Write

pytestmark = pytest.mark.anyio

MINUTE = timedelta(minutes=1)
PING = Request("POST", "/ping", "", {}, b"")


async def age(pool: Pool, name: str, by: timedelta) -> None:
    async with transaction(pool) as connection:
        await connection.execute("UPDATE pings SET begun_at = begun_at - %s::interval WHERE name = %s", [by, name])


async def test_of_many_pings_at_once_one_gets_the_turn(pool: Pool) -> None:
    turns = await asyncio.gather(*(pings.due(pool, "sweep", MINUTE) for _ in range(20)))
    assert sorted(turns) == [False] * 19 + [True]
    assert not await pings.due(pool, "sweep", MINUTE)


async def test_each_name_has_its_own_time(pool: Pool) -> None:
    assert await pings.due(pool, "sweep", MINUTE)
    assert await pings.due(pool, "other", MINUTE)


async def test_a_ping_that_comes_a_little_early_counts_and_one_that_comes_far_too_early_does_not(pool: Pool) -> None:
    assert await pings.due(pool, "sweep", MINUTE)
    await age(pool, "sweep", timedelta(seconds=50))
    assert not await pings.due(pool, "sweep", MINUTE)
    await age(pool, "sweep", timedelta(seconds=5))
    assert await pings.due(pool, "sweep", MINUTE)
    assert not await pings.due(pool, "sweep", MINUTE)


async def test_the_last_end_is_remembered_and_never_goes_back(pool: Pool) -> None:
    now = datetime.now(UTC)
    assert await pings.last_done(pool, "sweep") is None
    await pings.due(pool, "sweep", MINUTE)
    assert await pings.last_done(pool, "sweep") is None
    await pings.done(pool, "sweep", now)
    await pings.done(pool, "sweep", now - MINUTE)
    assert await pings.last_done(pool, "sweep") == now


@dataclass
class Courier:
    """Counts sweeps; the first one may fail."""

    fails: bool = False
    sweeps: int = 0

    async def sweep(self) -> int:
        self.sweeps += 1
        if self.fails:
            raise Unavailable
        return 0


@pytest.mark.parametrize("fails", [False, True])
async def test_a_ping_makes_deliver_sweep_once_a_minute(agent: AgentResources, fails: bool) -> None:
    courier = Courier(fails)
    resources: Any = DeliverResources(agent.core, courier, None)  # type: ignore[arg-type]  # only sweeps are asked
    answers = [await deliver_ping(PING, resources) for _ in range(3)]
    assert statuses(answers) == [204] * 3
    assert courier.sweeps == 1
    await age(agent.core.pool, "deliver-sweep", MINUTE)
    await deliver_ping(PING, resources)
    assert courier.sweeps == 2


async def test_a_ping_makes_the_agent_answer_what_is_owed(agent: AgentResources, write: Write, rows: Rows) -> None:
    await write("How do I reset my password?", Channel.EMAIL)
    async with transaction(agent.core.pool) as connection:
        await connection.execute("UPDATE messages SET created_at = created_at - interval '1 minute'")
    answers = [await agent_ping(PING, agent) for _ in range(2)]
    assert statuses(answers) == [204] * 2
    outbound = await rows("SELECT count(*) AS number FROM messages WHERE direction = 'outbound'")
    assert outbound == [{"number": 1}]


async def test_without_a_database_pings_are_answered_all_the_same(agent: AgentResources) -> None:
    await agent.core.pool.close()
    assert (await agent_ping(PING, agent)).status == 204


def statuses(answers: list[Response]) -> list[int]:
    return [answer.status for answer in answers]
