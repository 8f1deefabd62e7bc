"""The log file of each process, and reading them."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO

from fte_local.errors import PlatformError

MOST_BYTES = 5_000_000
"""A log that is larger when its process starts is put aside as `<name>.log.1`, over the one before."""
LINES_OF_ONE, LINES_OF_EACH = 40, 5
_TAIL_BYTES = 200_000
_LOOK_EVERY = 0.2


def begin_anew(folder: Path) -> None:
    """Put all logs aside, over those put aside before, so that a run's log holds that run alone."""
    for path in folder.glob("*.log"):
        path.replace(path.with_name(f"{path.name}.1"))


@contextmanager
def opened(folder: Path, name: str, most: int = MOST_BYTES) -> Iterator[BinaryIO]:
    """The log of `name`, for a process to write to at its end."""
    path = folder / f"{name}.log"
    if path.exists() and path.stat().st_size > most:
        path.replace(path.with_name(f"{name}.log.1"))
    with path.open("ab") as file:
        yield file


def tail(path: Path, lines: int) -> list[str]:
    """The last lines of a log, none if there is no such file."""
    if not path.exists():
        return []
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
        return file.read().decode(errors="replace").splitlines()[-lines:]


def names(folder: Path) -> list[str]:
    """Whose logs there are."""
    return sorted(path.stem for path in folder.glob("*.log"))


def show(folder: Path, name: str | None, lines: int | None, follow: bool) -> int:
    """Print the end of one log, or of all with their names before each line; with `follow`, go on until Ctrl-C."""
    if lines is None:
        lines = LINES_OF_ONE if name else LINES_OF_EACH
    known = names(folder)
    if name is not None and name not in known:
        have = f"There are: {', '.join(known)}." if known else "There are none yet: run ./dev up."
        raise PlatformError(f"There is no log of {name!r}.", have)
    chosen = [name] if name else known
    width = 0 if name else max(map(len, chosen), default=0)
    for each in chosen:
        for line in tail(folder / f"{each}.log", lines):
            _print(each, width, line)
    if follow:
        _follow([Follower(folder / f"{each}.log", _size(folder / f"{each}.log")) for each in chosen], width)
    return 0


@dataclass
class Follower:
    """How far a log has been read."""

    path: Path
    position: int

    def fresh(self) -> list[str]:
        """The whole lines since the last look; a file that became shorter is a new one and read from its start."""
        size = _size(self.path)
        if size < self.position:
            self.position = 0
        if size == self.position:
            return []
        with self.path.open("rb") as file:
            file.seek(self.position)
            text = file.read()
        whole = text[: text.rfind(b"\n") + 1]
        self.position += len(whole)
        return whole.decode(errors="replace").splitlines()


def _follow(followers: list[Follower], width: int) -> None:
    try:
        while True:
            for follower in followers:
                for line in follower.fresh():
                    _print(follower.path.stem, width, line)
            time.sleep(_LOOK_EVERY)
    except KeyboardInterrupt:
        return


def _print(name: str, width: int, line: str, out: TextIO | None = None) -> None:
    prefix = f"{name:<{width}} | " if width else ""
    print(f"{prefix}{line}", file=out or sys.stdout, flush=True)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
