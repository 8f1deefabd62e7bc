"""`fte`: one command with a subcommand for each thing an operator does.

Exit codes: 0 done, 1 refused or failed (one line on standard error says why and what to do), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence

from fte.errors import SuiteError
from fte.settings import Settings
from fte_ops import kb, migration


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    parser = argparse.ArgumentParser(prog="fte", description="Operate the TechCorp Customer Success FTE.")
    commands = parser.add_subparsers(required=True, metavar="command")
    for module in (migration, kb):
        module.register(commands)
    arguments = parser.parse_args(argv)
    try:
        settings = Settings.from_env(os.environ)
        return int(asyncio.run(arguments.func(arguments, settings)))
    except SuiteError as error:
        print(f"fte: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
