"""What the tests of all levels share: a real PostgreSQL with pgvector, one migrated database for each test."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from fte.knowledge.embedder import MiniLmEmbedder
from fte.store.migrate import migrate
from fte_local import ports, postgres
from fte_local.platform import Platform
from fte_tests.agent_fixtures import agent, bus, embedder, knowledge, load_knowledge, pool, rows, write
from fte_tests.stack import Stack, free_base, up

__all__ = ["agent", "bus", "embedder", "knowledge", "pool", "rows", "write"]

REPOSITORY = Path(__file__).resolve().parents[1]

FORGETFUL = ("--fsync=off", "--synchronous_commit=off", "--full_page_writes=off")
"""For a server whose databases live for one test. What must outlast a crash is tried on the platform's own server."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`./dev test --full`."""
    parser.addoption("--full", action="store_true", help="run what takes long as well: tests marked full")


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", "full: takes long; runs with --full")


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what takes long unless it is asked for; keep together what shares something that is dear to make."""
    for item in items:
        if item.get_closest_marker("full") and not config.getoption("--full"):
            item.add_marker(pytest.mark.skip(reason="takes long: ./dev test --full"))
        names = getattr(item, "fixturenames", ())
        for shared in ("stack", "knowledge"):
            if shared in names:
                item.add_marker(pytest.mark.xdist_group(shared))


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Async tests run on asyncio."""
    return "asyncio"


@pytest.fixture(scope="session")
def database_server() -> Iterator[str]:
    """The address of a PostgreSQL server: `DATABASE_URL` if it is set, else one that is started for this session."""
    if os.environ.get("DATABASE_URL"):
        yield os.environ["DATABASE_URL"]
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="fte-tests-"))
    platform = Platform(folder, port - ports.PORTS["postgres"])
    postgres.prepare(platform, "tests")
    with (folder / "postgres.log").open("wb") as log:
        server = subprocess.Popen((*postgres.command(platform), *FORGETFUL), stdout=log, stderr=log)
    try:
        url = make_conninfo(host="127.0.0.1", port=port, user="fte", password="tests", dbname="fte")
        _wait_for(url, server)
        yield url
    finally:
        # A fast shutdown: the usual one waits for clients that a failed test may have left.
        server.send_signal(signal.SIGINT)
        server.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return


@pytest.fixture(scope="session")
def database_template(database_server: str) -> Iterator[str]:
    """The name of a migrated database that tests are copied from."""
    with _database(database_server, "template1") as name:
        migrate(make_conninfo(database_server, dbname=name), REPOSITORY / "db" / "migrations")
        yield name


@pytest.fixture(scope="session")
def knowing_template(database_server: str, database_template: str, embedder: MiniLmEmbedder) -> Iterator[str]:
    """The name of one that holds the knowledge as well."""
    with _database(database_server, database_template) as name:
        asyncio.run(load_knowledge(make_conninfo(database_server, dbname=name), embedder))
        yield name


@pytest.fixture
def database_url(request: pytest.FixtureRequest, database_server: str) -> Iterator[str]:
    """A migrated database of this test's own: with all articles where it asks for `knowledge`, else empty."""
    template = request.getfixturevalue(
        "knowing_template" if "knowledge" in request.fixturenames else "database_template"
    )
    with _database(database_server, template) as name:
        yield make_conninfo(database_server, dbname=name)


@contextmanager
def _database(server: str, template: str) -> Iterator[str]:
    name = f"fte_test_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
    yield name
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """One platform for all tests that ask for it."""
    stack = up(tmp_path_factory.mktemp("stack"), free_base())
    yield stack
    done = stack.dev("down")
    assert done.returncode == 0, done.stdout + done.stderr
