"""`fte migrate`: bring the database up to date."""

from __future__ import annotations

import argparse
import asyncio

from fte.settings import Settings
from fte.store.migrate import migrate


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("migrate", help="apply the migrations that are not applied yet")
    parser.set_defaults(func=_run)


async def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    applied = await asyncio.to_thread(migrate, settings.secret("database_url"), settings.migrations_dir)
    print(f"applied {', '.join(applied)}" if applied else "the database is up to date")
    return 0
