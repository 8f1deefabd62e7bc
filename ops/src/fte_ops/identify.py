"""`fte identify`: which contacts are one customer, and what that rests on."""

from __future__ import annotations

import argparse
import sys

from fte.settings import Settings
from fte_ops.dryrun.inputs import Scenario
from fte_ops.dryrun.lines import read_lines, write_line


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `fte identify`."""
    text = "tell which contacts (JSON Lines) are one customer: nothing stays"
    parser = subparsers.add_parser("identify", help=text, description=text)
    parser.add_argument("file", metavar="FILE", help="a file with one list of contacts a line; - for standard input")
    parser.set_defaults(func=run)


async def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print one result a line, in order; 1 if any line was bad."""
    lines = read_lines(args.file, Scenario)
    # Imported here: no other command waits for the intakes and their libraries, or needs them installed.
    from fte_ops.dryrun import identifying

    bad = 0
    async with identifying.opened(settings) as connection:
        for line in lines:
            result = await identifying.identify_line(connection, settings, line)
            bad += "error" in result
            write_line(result)
    if bad:
        print(f"fte: {bad} of {len(lines)} lines could not be read", file=sys.stderr)
    return 1 if bad else 0
