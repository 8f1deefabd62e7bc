"""`fte`: one command with a subcommand for each thing an operator does.

Exit codes: 0 done, 1 refused or failed (one line on standard error says why and what to do), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Sequence

from fte.errors import SuiteError
from fte.settings import Settings
from fte_ops import dlq, identify, kb, mail, mcp, migration, tryout


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    parser = argparse.ArgumentParser(prog="fte", description="Operate the TechCorp Customer Success FTE.")
    commands = parser.add_subparsers(required=True, metavar="command")
    for module in (migration, kb, tryout, identify, mail, dlq, mcp):
        module.register(commands)
    arguments = parser.parse_args(argv)
    try:
        settings = Settings.from_env(os.environ)
        return asyncio.run(_run(arguments, settings))
    except SuiteError as error:
        print(f"fte: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever read the output has seen enough; the interpreter must not complain about it at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (KeyboardInterrupt, asyncio.CancelledError):
        print("fte: interrupted", file=sys.stderr)
        return 130


async def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    task = asyncio.current_task()
    assert task is not None

    def stop() -> None:
        # Asked once is enough: a second cancellation would cut off the tidying up.
        if not task.cancelling():
            task.cancel()

    # Both by a handler of ours: a shell that starts a command in the background has it ignore Ctrl-C's signal.
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop)
    return int(await arguments.func(arguments, settings))


if __name__ == "__main__":
    sys.exit(main())
