"""The processes of a platform: who they are, and how they end.

A process id alone says little, for the system gives it again to a stranger; with the time of its start it is an
identity. Each child leads a session of its own, so that its process group can be ended as a whole.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import psutil

from fte_local.environment import MARK
from fte_local.errors import PlatformError, StateError
from fte_local.platform import read_json, write_json

# The start time is derived from the machine's clock, which may be set by a second.
_SAME_START_SECONDS = 2.0
SUPERVISOR = "supervisor"


@dataclass(frozen=True, slots=True)
class Identity:
    """A process for sure: its id, when it started, and in which order and with which signal it is to be ended."""

    name: str
    pid: int
    started: float
    rank: int = 0
    signal: int = signal.SIGTERM

    def holds_pid(self) -> bool:
        """Whether the process of this id is this one, running or a zombie."""
        try:
            return abs(psutil.Process(self.pid).create_time() - self.started) < _SAME_START_SECONDS
        except psutil.NoSuchProcess:
            return False

    def alive(self) -> bool:
        """Whether this very process still runs; a zombie does not."""
        try:
            return self.holds_pid() and psutil.Process(self.pid).status() != psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return False


def identify(name: str, pid: int, rank: int = 0, stop_signal: int = signal.SIGTERM) -> Identity | None:
    """The identity of a process that runs now, or nothing if it is gone already."""
    try:
        return Identity(name, pid, psutil.Process(pid).create_time(), rank, int(stop_signal))
    except psutil.NoSuchProcess:
        return None


def record(folder: Path, identity: Identity) -> None:
    """Keep an identity as `<folder>/<name>.json`."""
    write_json(
        folder / f"{identity.name}.json",
        {"pid": identity.pid, "started": identity.started, "rank": identity.rank, "signal": identity.signal},
    )


def forget(folder: Path, name: str) -> None:
    (folder / f"{name}.json").unlink(missing_ok=True)


def recorded(folder: Path) -> dict[str, Identity]:
    """The identities that were kept; a file that is not readable names no process and counts as none."""
    found = {}
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        with contextlib.suppress(StateError, KeyError, TypeError, ValueError):
            kept = read_json(path)
            found[path.stem] = Identity(
                path.stem, int(kept["pid"]), float(kept["started"]), int(kept["rank"]), int(kept["signal"])
            )
    return found


def running(folder: Path, name: str = SUPERVISOR) -> Identity | None:
    """The recorded process of that name, if it lives."""
    identity = recorded(folder).get(name)
    return identity if identity is not None and identity.alive() else None


def require_running(folder: Path) -> None:
    """Raise `PlatformError` unless a supervisor runs."""
    if running(folder) is None:
        raise PlatformError("Nothing runs here.", "Start it: ./dev up")


def leftovers(run: Path, state: Path) -> list[Identity]:
    """All that still runs of a platform: what is recorded and alive, and what carries the state's mark.

    The mark finds what was started but not yet recorded, and members of a group whose leader is gone.
    """
    found = {identity.pid: identity for identity in recorded(run).values() if identity.alive()}
    for process in psutil.process_iter():
        if process.pid in found or process.pid == os.getpid():
            continue
        with contextlib.suppress(psutil.Error, OSError):
            if process.environ().get(MARK) == str(state) and process.status() != psutil.STATUS_ZOMBIE:
                found[process.pid] = Identity(process.name(), process.pid, process.create_time())
    return list(found.values())


def end(identities: Iterable[Identity], within: float = 15.0) -> None:
    """End these processes with their groups, the lower ranks first: asked at first, killed after `within` seconds."""
    everyone = [identity for identity in identities if identity.alive()]
    for rank in sorted({identity.rank for identity in everyone}):
        group = [identity for identity in everyone if identity.rank == rank]
        for identity in group:
            send(identity, identity.signal)
        wait_gone(group, within)
        for identity in group:
            send(identity, signal.SIGKILL)
            _kill_orphans(identity)
        wait_gone(group, within)


def send(identity: Identity, number: int) -> None:
    """Signal the process, and its whole group if it leads one; nothing happens if the process is no longer this one."""
    if not identity.alive():
        return
    with contextlib.suppress(ProcessLookupError):
        if os.getpgid(identity.pid) == identity.pid:
            os.killpg(identity.pid, number)
        else:
            os.kill(identity.pid, number)


def _kill_orphans(leader: Identity) -> None:
    """Kill what is left of the group of a leader that is gone, or is a zombie.

    As long as no other process has the leader's id, a group of this number can only be the one that it led.
    """
    if leader.holds_pid() or not psutil.pid_exists(leader.pid):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(leader.pid, signal.SIGKILL)


def wait_gone(identities: Iterable[Identity], within: float) -> bool:
    """Wait until none of these lives; False if the time is up."""
    waiting = list(identities)
    give_up = time.monotonic() + within
    while waiting := [identity for identity in waiting if identity.alive()]:
        if time.monotonic() > give_up:
            return False
        time.sleep(0.02)
    return True
