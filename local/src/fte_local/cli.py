"""The commands of `./dev`."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from fte_local import environment, fte_command, launch, logs, report, shell, traces
from fte_local.errors import PlatformError
from fte_local.platform import REPOSITORY, Platform, folder_of, locate
from fte_local.ports import FUNCTIONS
from fte_local.units import Choice

_CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
)


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit code; what the developer can put right is said without a traceback."""
    options, rest = _parse(list(argv))
    try:
        return _run(options, rest)
    except PlatformError as error:
        print(f"\n{error.problem}\n{error.remedy}".rstrip(), file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever read our output has gone, as `head` does. What is still buffered must not fail again at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        print("\nInterrupted.", file=sys.stderr)
        return 130


def _run(options: argparse.Namespace, rest: list[str]) -> int:
    if options.command == "test":
        return _from_root([sys.executable, "-m", "pytest", *_side_by_side(rest), *rest])
    if options.command == "check":
        return _check()
    if options.command == "down":
        # It needs no ports, and has to work on a damaged state as well.
        return launch.down(Platform(folder_of(options.state)))
    platform = locate(options.state, options.port_base)
    outer = environment.foreign(platform, os.environ)
    match options.command:
        case "up":
            return launch.up(platform, outer, Choice(without=tuple(options.without), reload=options.reload))
        case "status":
            return report.status(platform, options.json)
        case "logs":
            if options.trace:
                return traces.show(platform.logs, options.trace)
            return logs.show(platform.logs, options.name, options.lines, options.follow)
        case "env":
            return shell.show(platform, outer)
        case "fte":
            return fte_command.run(platform, rest, outer)
        case "eval":
            return fte_command.run(platform, rest, outer, "fte_eval")
        case tool:
            return _tool(tool, platform, rest)


def _tool(name: str, platform: Platform, rest: list[str]) -> int:
    """`demo` or `send`, imported only now: their HTTP client takes a while to load."""
    code: int = import_module(f"fte_local.{name}").main(rest, platform)
    return code


def _check() -> int:
    """Run every check, also after one that failed, and fail if one did."""
    tools = Path(sys.executable).parent
    codes = {" ".join(check): _from_root([str(tools / check[0]), *check[1:]]) for check in _CHECKS}
    failed = [name for name, code in codes.items() if code]
    print(f"\nFailed: {', '.join(failed)}" if failed else "\nAll checks passed.")
    return max(codes.values())


def _from_root(command: list[str]) -> int:
    return subprocess.run(command, cwd=REPOSITORY, check=False).returncode


def _side_by_side(options: Sequence[str]) -> Sequence[str]:
    """All tests run in several processes; a few that somebody names begin sooner in one."""
    named = any((REPOSITORY / option.partition("::")[0]).exists() for option in options)
    return () if named else ("-n", "3", "--dist", "loadgroup")


def _parse(argv: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """The options of the command, and what belongs to a tool behind it (`demo`, `send`, `fte`, `eval`, `test`)."""
    where = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    where.add_argument("--state", type=Path, metavar="DIR", help="where the state lies (default: .fte)")
    where.add_argument("--port-base", type=int, metavar="N", help="the first port (default: 8080, or the state's own)")
    parser = argparse.ArgumentParser(prog="./dev", description="The local platform.", parents=[where])
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    up = commands.add_parser("up", parents=[where], help="start everything and return when it is ready")
    up.add_argument(
        "--without", action="append", choices=FUNCTIONS, default=[], help="leave this function out, to run it by hand"
    )
    up.add_argument("--reload", action="store_true", help="start functions anew when their sources change")
    commands.add_parser("down", parents=[where], help="stop everything")
    status = commands.add_parser("status", parents=[where], help="show what runs; exit 0 if all of it is ready")
    status.add_argument("--json", action="store_true")
    reading = commands.add_parser("logs", parents=[where], help="show the logs, or one of them")
    reading.add_argument("name", nargs="?")
    reading.add_argument("-f", "--follow", action="store_true")
    reading.add_argument("-n", "--lines", type=int, help="so many of each (default: 40 of one log, 5 of all)")
    reading.add_argument("--trace", metavar="ID", help="the way of one message: by its trace, ticket, event or message")
    commands.add_parser("demo", parents=[where], add_help=False, help="send one real case per channel through it all")
    commands.add_parser("send", parents=[where], add_help=False, help="write as a customer, and wait for the answer")
    commands.add_parser("env", parents=[where], help='print the settings for a shell: eval "$(./dev env)"')
    commands.add_parser("fte", add_help=False, help="run an operator's command, such as ./dev fte migrate")
    commands.add_parser("eval", add_help=False, help="measure the agent's judgement and answers: ./dev eval --help")
    commands.add_parser("test", add_help=False, help="run the tests; options go to pytest")
    commands.add_parser("check", help="run the linters and type checks")
    commands.add_parser("lock", help="refresh the locked requirements")
    ours, theirs = _split(argv)
    options, unknown = parser.parse_known_args(ours)
    if unknown and options.command not in ("demo", "send"):
        parser.error(f"unknown: {' '.join(unknown)}")
    options.state = getattr(options, "state", None)
    options.port_base = getattr(options, "port_base", None)
    return options, [*unknown, *theirs]


def _split(argv: list[str]) -> tuple[list[str], list[str]]:
    """Our words, and those behind `fte`, `eval` or `test`: these are a tool's, even if one looks like ours."""
    place = 0
    while place < len(argv) and argv[place].startswith("-"):
        place += 2 if argv[place] in ("--state", "--port-base") else 1
    if place < len(argv) and argv[place] in ("fte", "eval", "test"):
        return argv[: place + 1], argv[place + 1 :]
    return argv, []
