"""The embedded PostgreSQL and Kafka, run by the supervisor as `./dev up` does."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg
import pytest
from kafka.admin import KafkaAdminClient

from fte.events import PARTITIONS, TOPICS
from fte_local import environment, kafka, launch, postgres, processes
from fte_local.errors import PortError
from fte_local.free_ports import is_free, require_free
from fte_local.platform import Platform, read_json
from fte_local.supervisor import Supervisor
from fte_local.units import Unit, needed_ports, plan

NOTHING_NAMED: Mapping[str, str] = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
"""The developer's environment, without a database or a Kafka of theirs."""


@pytest.fixture
def platform(tmp_path: Path) -> Platform:
    """A platform on ports of its own. The folder is closed to other users, as a root user's checkout may be."""
    tmp_path.chmod(0o700)
    while True:
        made = Platform(tmp_path / "state", random.randrange(20_000, 30_000))
        try:
            require_free({name: made.port(name) for name in ("postgres", "kafka", "kafka-controller")})
        except PortError:
            continue
        made.prepare()
        return made


@asynccontextmanager
async def _supervised(platform: Platform, units: tuple[Unit, ...]) -> AsyncIterator[None]:
    supervisor = Supervisor(platform, units, environment.build(platform, NOTHING_NAMED))
    task = asyncio.create_task(supervisor.run())
    try:
        async with asyncio.timeout(120):
            while not task.done() and read_json(platform.status_file).get("phase") != "ready":
                await asyncio.sleep(0.05)
        assert not task.done(), read_json(platform.status_file)["failure"]
        yield
    finally:
        supervisor.ask_to_stop()
        await task


@pytest.mark.anyio
async def test_postgres_with_pgvector_and_kafka_with_its_topics_come_up_and_leave_no_port(platform: Platform) -> None:
    env = environment.build(platform, NOTHING_NAMED)
    postgres.prepare(platform, environment.credentials(platform)["database_password"])
    kafka.prepare(platform)
    units = tuple(unit for unit in plan(platform, NOTHING_NAMED) if unit.name in ("postgres", "kafka", "topics"))
    async with _supervised(platform, units):
        with psycopg.connect(env["DATABASE_URL"], autocommit=True) as connection:
            connection.execute("CREATE EXTENSION vector")
            assert connection.execute("SELECT '[3,4]'::vector <-> '[0,0]'").fetchone() == (5.0,)
            assert connection.execute("SELECT lower('ÀÉ'), current_setting('fsync')").fetchone() == ("àé", "on")
        admin = KafkaAdminClient(bootstrap_servers=env["KAFKA_BOOTSTRAP_SERVERS"])
        described = {topic["name"]: len(topic["partitions"]) for topic in admin.describe_topics(list(TOPICS))}
        admin.close()
        assert described == dict.fromkeys(TOPICS, PARTITIONS)
    assert processes.leftovers(platform.run, platform.state) == []
    assert all(is_free(port) for port in needed_ports(units, platform).values())


def test_the_database_asks_for_its_password(platform: Platform) -> None:
    with launch.database_running(platform, NOTHING_NAMED):
        url = environment.build(platform, NOTHING_NAMED)["DATABASE_URL"]
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(url, password="guessed")


def test_the_database_alone_keeps_its_rows_and_stops_with_the_command(platform: Platform) -> None:
    url = environment.build(platform, NOTHING_NAMED)["DATABASE_URL"]
    with launch.database_running(platform, NOTHING_NAMED), psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    assert is_free(platform.port("postgres"))
    with launch.database_running(platform, NOTHING_NAMED), psycopg.connect(url) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)
    assert processes.leftovers(platform.run, platform.state) == []
