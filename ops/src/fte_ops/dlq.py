"""`fte dlq`: the dead letters. Replaying needs no Kafka: whoever sweeps the outbox publishes what this writes."""

from __future__ import annotations

import argparse
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

import psycopg

from fte.errors import Unprocessable
from fte.settings import Settings
from fte.store.pool import Connection, Pool, open_pool, transaction
from fte_ops import deadletters
from fte_ops.deadletters import Done, Filter

Step = Callable[[Connection, UUID], Awaitable[Done]]


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `fte dlq list`, `show`, `replay` and `discard`."""
    group = subparsers.add_parser("dlq", help="events that nobody could handle")
    commands = group.add_subparsers(required=True, metavar="command")
    parser = _command(commands, "list", "list dead letters, newest first", run_list)
    parser.add_argument("--status", choices=("open", "replayed", "discarded", "all"), default="open")
    _add_filter(parser)
    parser = _command(commands, "show", "show one dead letter with all that it says", run_show)
    parser.add_argument("id", metavar="ID", help="the id, or its beginning")
    parser = _command(commands, "replay", "publish the events once more; those replayed already stay", run_replay)
    _add_choice(parser)
    parser.add_argument("--again", action="store_true", help="also those that were replayed or discarded before")
    parser = _command(commands, "discard", "put dead letters aside", run_discard)
    _add_choice(parser)


async def run_list(args: argparse.Namespace, settings: Settings) -> int:
    """Print the letters."""
    async with _database(settings) as pool, transaction(pool) as connection:
        rows = await deadletters.find(connection, _filter(args, args.status))
    if args.json:
        print(_json({"items": rows}))
        return 0
    for row in rows:
        kind = row["type"].removeprefix("com.techcorp.fte.")
        print(
            f"{row['id']}  {row['received_at']:%Y-%m-%d %H:%M:%S}  {row['status']:<9}  {kind:<22}"
            f"  {row['reason'] or row['error_code'] or '-':<20}  {row['destination'] or '-'}"
        )
    print(_count(len(rows)))
    return 0


async def run_show(args: argparse.Namespace, settings: Settings) -> int:
    """Print one letter."""
    async with _database(settings) as pool, transaction(pool) as connection:
        row = await deadletters.get(connection, args.id)
    if args.json:
        print(_json(row))
        return 0
    for name, value in row.items():
        if isinstance(value, dict):
            print(f"{name}:\n{json.dumps(value, indent=2, ensure_ascii=False)}")
        elif value is not None:
            print(f"{name}: {value}")
    return 0


async def run_replay(args: argparse.Namespace, settings: Settings) -> int:
    """Replay; 1 if one could not be."""
    return await _each(args, settings, partial(deadletters.replay, again=args.again))


async def run_discard(args: argparse.Namespace, settings: Settings) -> int:
    """Discard."""
    return await _each(args, settings, deadletters.discard)


async def _each(args: argparse.Namespace, settings: Settings, step: Step) -> int:
    """Do `step` to each letter in a transaction of its own, oldest first, and tell what became of them."""
    if bool(args.ids) == args.all:
        args.parser.error("name dead letters by their ids, or give --all (and perhaps --type, --reason, --destination)")
    async with _database(settings) as pool:
        async with transaction(pool) as connection:
            if args.all:
                ids = [row["id"] for row in reversed(await deadletters.find(connection, _filter(args, "open")))]
            else:
                ids = [(await deadletters.get(connection, id_))["id"] for id_ in args.ids]
        done = []
        for id_ in ids:
            async with transaction(pool) as connection:
                done.append(await step(connection, id_))
    if args.json:
        print(_json({"items": [{"id": item.id, "result": item.result, "why": item.why} for item in done]}))
    else:
        for item in done:
            print(f"{item.id}  {item.result}" + (f": {item.why}" if item.why else ""))
        print(_count(len(done)))
    return 1 if any(item.result == "impossible" for item in done) else 0


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[Pool]:
    pool = await open_pool(settings.secret("database_url"), max_size=1)
    try:
        yield pool
    except psycopg.errors.UndefinedTable as error:
        raise Unprocessable("this database has no dead letters' table: run `fte migrate` first") from error
    finally:
        await pool.close()


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str, run: Any
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=text, description=text)
    parser.add_argument("--json", action="store_true", help="as one JSON object")
    parser.set_defaults(func=run, parser=parser)
    return parser


def _add_choice(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", metavar="ID", nargs="*", help="ids, or their beginnings")
    parser.add_argument("--all", action="store_true", help="all open ones that the filters let through")
    _add_filter(parser)


def _add_filter(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--type", default="", metavar="TEXT", help="only event types that contain this")
    parser.add_argument("--reason", default="", metavar="TEXT", help="only reasons that contain this")
    parser.add_argument("--destination", default="", metavar="TEXT", help="only destinations that contain this")
    parser.add_argument("--limit", type=int, default=100, metavar="N", help="at most so many (default: 100)")


def _filter(args: argparse.Namespace, status: str) -> Filter:
    return Filter(status, args.type, args.reason, args.destination, args.limit)


def _count(number: int) -> str:
    return "1 dead letter" if number == 1 else f"{number or 'no'} dead letters"


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
