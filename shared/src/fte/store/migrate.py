"""Forward-only migrations: SQL files in the order of their numbers, each once, each in a transaction."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import psycopg

from fte.errors import Unavailable, Unprocessable

_NAME = re.compile(r"\d{4}_[a-z0-9_]+\.sql")
_LOCK = 7_305_771


def migrate(database_url: str, folder: Path) -> list[str]:
    """Apply what is not applied yet; return the names. Safe to run from several places at once.

    Raises `Unprocessable` when an applied file was changed since, or a file is misnamed, `Unavailable` when the
    database cannot be reached.
    """
    files = sorted(folder.glob("*.sql"))
    misnamed = [file.name for file in files if not _NAME.fullmatch(file.name)]
    if misnamed or not files:
        raise Unprocessable(f"{folder} needs files named 0001_what.sql; found {misnamed or 'none'}")
    try:
        connection = psycopg.connect(database_url, autocommit=True, connect_timeout=5)
    except psycopg.OperationalError as error:
        raise Unavailable("the database cannot be reached") from error
    applied = []
    with connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        connection.execute(
            "CREATE TABLE IF NOT EXISTS schema_migrations"
            " (name text PRIMARY KEY, hash text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())"
        )
        known: dict[str, str] = dict(connection.execute("SELECT name, hash FROM schema_migrations").fetchall())
        for file in files:
            text = file.read_bytes()
            digest = hashlib.sha256(text).hexdigest()
            if file.name in known:
                if known[file.name] != digest:
                    raise Unprocessable(f"{file.name} was changed after it was applied; write a new migration")
                continue
            with connection.transaction():
                connection.execute(text)
                connection.execute("INSERT INTO schema_migrations (name, hash) VALUES (%s, %s)", [file.name, digest])
            applied.append(file.name)
        connection.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
    return applied
