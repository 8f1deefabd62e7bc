"""The throw-away database: a copy of a template that is kept on the server.

A throw-away database lives as long as the session that carries its name as application name. So what a killed run left
behind is known without locks or clocks, by everybody who uses the server, whichever database they connect to.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import astuple
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from fte.errors import Unavailable, Unprocessable
from fte.knowledge.articles import read_articles
from fte.knowledge.embedder import Embedder, open_embedder
from fte.knowledge.entries import Entry, entries
from fte.knowledge.sync import sync
from fte.settings import Settings
from fte.store.migrate import migrate
from fte.store.pool import open_pool

COPY: Final = "fte_dry_run_"
TEMPLATE: Final = "fte_dry_template_"
KEPT_TEMPLATES: Final = 3
"""Templates that stay on the server: a few branches can share one without making each other's anew."""

_LOCK: Final = 7_305_773

Session = psycopg.AsyncConnection[Any]


@asynccontextmanager
async def throw_away(settings: Settings) -> AsyncIterator[str]:
    """The address of a database of one's own, migrated and with the knowledge base loaded; it is dropped at the end.

    Raises `Unavailable` when the server cannot be reached, `Unprocessable` when it does not allow this.
    """
    server = settings.secret("database_url")
    wanted = entries(await asyncio.to_thread(read_articles, settings.knowledge_dir))
    name = COPY + uuid4().hex[:16]
    session = await _connect(server, name)
    try:
        try:
            await _drop_leftovers(session)
            await _copy(session, settings, wanted, name)
        except psycopg.errors.InsufficientPrivilege as error:
            raise Unprocessable(
                "a dry run makes a database of its own, and this role may not: ALTER ROLE … CREATEDB allows it"
            ) from error
        except psycopg.OperationalError as error:
            raise Unavailable(_away(error)) from error
        except psycopg.Error as error:
            raise Unprocessable(f"the dry run's database could not be made: {_sentence(error)}") from error
        yield make_conninfo(server, dbname=name)
    finally:
        await _drop(session, name)
        await session.close()


def template_name(migrations: Path, wanted: Iterable[Entry], embedding_model: str) -> str:
    """The same for the same schema, the same passages and the same embedding model."""
    schema = [(file.name, hashlib.sha256(file.read_bytes()).hexdigest()) for file in sorted(migrations.glob("*.sql"))]
    passages = [astuple(entry) for entry in wanted]
    content = json.dumps([schema, passages, embedding_model], default=str)
    return TEMPLATE + hashlib.sha256(content.encode()).hexdigest()[:16]


async def _connect(server: str, name: str) -> Session:
    try:
        return await psycopg.AsyncConnection.connect(server, application_name=name, connect_timeout=5, autocommit=True)
    except psycopg.OperationalError as error:
        raise Unavailable(_away(error)) from error
    except psycopg.ProgrammingError as error:
        raise Unprocessable("DATABASE_URL is not the address of a database") from error


async def _copy(session: Session, settings: Settings, wanted: tuple[Entry, ...], name: str) -> None:
    # One template at a time; where that does not hold (another database of the server), renaming decides.
    await session.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    try:
        loader = open_embedder(settings, timeout=30.0, max_retries=3)
        template = template_name(settings.migrations_dir, wanted, loader.name)
        while True:
            if not await _exists(session, template):
                await _make_template(session, settings, loader, wanted, name, template)
            try:
                await session.execute(_statement("CREATE DATABASE {} TEMPLATE {}", name, template))
            except psycopg.errors.InvalidCatalogName:
                # Somebody has just removed it as an old one.
                continue
            break
    finally:
        await session.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
    # Nobody needs this data after a crash.
    await session.execute(_statement("ALTER DATABASE {} SET synchronous_commit = off", name))


async def _make_template(
    session: Session, settings: Settings, loader: Embedder, wanted: tuple[Entry, ...], name: str, template: str
) -> None:
    """Make it under the name of this run, which is removed if the run dies, and rename it when it is whole."""
    print("making the dry runs' template database (once for these migrations and articles) …", file=sys.stderr)
    server = settings.secret("database_url")
    address = make_conninfo(server, dbname=name)
    await session.execute(_statement("CREATE DATABASE {}", name))
    await asyncio.to_thread(migrate, address, settings.migrations_dir)
    pool = await open_pool(address, max_size=1)
    try:
        await sync(pool, loader, wanted)
    finally:
        await pool.close()
    try:
        await session.execute(_statement("ALTER DATABASE {} RENAME TO {}", name, template))
    except psycopg.errors.DuplicateDatabase:
        await _drop(session, name)
        return
    await session.execute(_statement("ALTER DATABASE {} ALLOW_CONNECTIONS false", template))
    await _drop_old_templates(session)


async def _exists(session: Session, name: str) -> bool:
    found = await session.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    return await found.fetchone() is not None


async def _drop_leftovers(session: Session) -> None:
    found = await session.execute(
        "SELECT d.datname FROM pg_database AS d WHERE starts_with(d.datname, %s) AND pg_has_role(d.datdba, 'USAGE')"
        " AND NOT EXISTS (SELECT FROM pg_stat_activity AS s WHERE s.application_name = d.datname)",
        [COPY],
    )
    for (name,) in await found.fetchall():
        await _drop(session, name)


async def _drop_old_templates(session: Session) -> None:
    found = await session.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s) AND pg_has_role(datdba, 'USAGE')"
        " ORDER BY oid DESC OFFSET %s",
        [TEMPLATE, KEPT_TEMPLATES],
    )
    for (name,) in await found.fetchall():
        await _drop(session, name)


async def _drop(session: Session, name: str) -> None:
    # Without a server there is nothing to drop now; the next run does it.
    with contextlib.suppress(psycopg.OperationalError):
        await session.execute(_statement("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))


def _statement(text: Any, *names: str) -> sql.Composed:
    return sql.SQL(text).format(*map(sql.Identifier, names))


def _sentence(error: psycopg.Error) -> str:
    return error.diag.message_primary or type(error).__name__


def _away(error: psycopg.Error) -> str:
    return f"the database server of DATABASE_URL cannot be reached: {' '.join(str(error).split())}"
