"""One platform: where its state lies and which ports it has."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fte_local import ports
from fte_local.errors import StateError

REPOSITORY = Path(__file__).resolve().parents[3]
DEFAULT_STATE = REPOSITORY / ".fte"
LEAST_FREE_BYTES = 1_000_000_000
HIGHEST_BASE = 65_535 - max(*ports.PORTS.values(), ports.PORTS["deliver"] + ports.METRICS_OFFSET)


@dataclass(frozen=True, slots=True)
class Platform:
    """A state folder and a port base; all paths and addresses follow from them."""

    state: Path
    port_base: int = ports.DEFAULT_BASE

    @property
    def logs(self) -> Path:
        return self.state / "logs"

    @property
    def run(self) -> Path:
        """Who runs: a file per process."""
        return self.state / "run"

    @property
    def status_file(self) -> Path:
        """What the supervisor last said of each part."""
        return self.state / "status.json"

    @property
    def memory(self) -> Path:
        """What the state remembers of itself between commands."""
        return self.state / "platform.json"

    def port(self, name: str) -> int:
        return ports.port(name, self.port_base)

    def url(self, name: str) -> str:
        return ports.url(name, self.port_base)

    def prepare(self, least_free: int = LEAST_FREE_BYTES) -> None:
        """Make the folders. Raises `StateError` if the place or the disk does not allow it."""
        another = "Choose another folder with --state DIR, or remove this one."
        try:
            for folder in (self.state, self.logs, self.run):
                folder.mkdir(parents=True, exist_ok=True)
            # A probe of its own name: permission bits say nothing of a read-only file system, or to root.
            probe = self.state / f".writable-{os.getpid()}"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise StateError(f"The state folder {self.state} cannot be used: {error.strerror}.", another) from error
        free = shutil.disk_usage(self.state).free
        if free < least_free:
            raise StateError(
                f"Only {free // 1_000_000} MB are free where {self.state} lies, and the platform needs "
                f"{least_free // 1_000_000} MB.",
                "Free some space, or choose another disk with --state DIR.",
            )

    def remember(self) -> None:
        """Keep the port base with the state, so that `--state DIR` alone finds everything."""
        write_json(self.memory, {"port_base": self.port_base})

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Let one command at a time change what runs here; others wait. The kernel frees it if we die."""
        with (self.state / "lock").open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print("Waiting for another ./dev command on the same state …", file=sys.stderr, flush=True)
                fcntl.flock(file, fcntl.LOCK_EX)
            yield


def folder_of(state: Path | None) -> Path:
    """The state folder that the option means."""
    return (state or DEFAULT_STATE).absolute()


def locate(state: Path | None, port_base: int | None) -> Platform:
    """The platform that the options mean: what is not given is remembered by the state, or the default."""
    folder = folder_of(state)
    remembered = read_json(folder / "platform.json").get("port_base", ports.DEFAULT_BASE)
    base = remembered if port_base is None else port_base
    if not isinstance(base, int) or not 1024 <= base <= HIGHEST_BASE:
        raise StateError(f"{base!r} is no port base: it has to be from 1024 to {HIGHEST_BASE}.")
    return Platform(folder, base)


def read_json(path: Path) -> dict[str, Any]:
    """The object in a file of the state, empty if there is no file; `StateError` if it is not readable."""
    try:
        value = json.loads(path.read_text())
    except FileNotFoundError:
        return {}
    except NotADirectoryError as error:
        raise StateError(
            f"{path.parent} cannot be a state folder: there is a file in its place.",
            "Choose another folder with --state DIR.",
        ) from error
    except OSError as error:
        raise StateError(
            f"{path} cannot be read: {error.strerror}.", "Choose another folder with --state DIR."
        ) from error
    except ValueError as error:
        raise _unreadable(path) from error
    if not isinstance(value, dict):
        raise _unreadable(path)
    return value


def write_json(path: Path, value: dict[str, Any], mode: int = 0o644) -> None:
    """Write a file of the state so that a reader sees the old or the new text, never a half."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "w") as file:
        json.dump(value, file, indent=1)
    temporary.replace(path)


def _unreadable(path: Path) -> StateError:
    return StateError(
        f"{path} is not readable: the state folder is damaged.",
        f"Run ./dev down, then start anew: rm -r {path.parent}",
    )
