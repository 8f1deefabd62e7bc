"""`fte try`: what the agent would do with tickets, one JSON line each."""

from __future__ import annotations

import argparse
import sys

from fte.observability import configure_logging
from fte.settings import Settings
from fte_ops.dryrun.inputs import Ticket
from fte_ops.dryrun.lines import in_order, read_lines, write_line


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `fte try`."""
    text = "try the agent on tickets (JSON Lines): nothing is sent, nothing stays"
    parser = subparsers.add_parser("try", help=text, description=text)
    parser.add_argument("file", metavar="FILE", help="a file with one ticket a line; - for standard input")
    parser.add_argument("--model", help="a model's name, or offline (default: FTE_MODEL with a key, else offline)")
    parser.set_defaults(func=run)


async def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print one result a line, in order; 1 if any line was bad."""
    lines = read_lines(args.file, Ticket)
    # Imported here: no other command waits for the agent and its libraries, or needs them installed.
    from fte_ops.dryrun import desk, trying

    configure_logging("fte", "WARNING")
    bad = 0
    async with desk.opened(settings, args.model) as opened:
        async for result in in_order(lines, lambda line: trying.try_line(opened, settings, line), opened.at_once):
            bad += "error" in result
            write_line(result)
    if bad:
        print(f"fte: {bad} of {len(lines)} lines could not be tried", file=sys.stderr)
    return 1 if bad else 0
