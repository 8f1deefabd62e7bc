"""Ending exactly the processes that are ours, with all they started."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from fte_local import launch, processes
from fte_local.environment import MARK
from fte_local.platform import Platform

Start = Callable[..., "subprocess.Popen[str]"]

SLEEP = "import time; print('up', flush=True); time.sleep(600)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEP}"
PARENT = (
    "import subprocess, sys, time\n"
    f"child = subprocess.Popen([sys.executable, '-c', {STUBBORN!r}], stdout=subprocess.PIPE)\n"
    "child.stdout.readline()\n"
    "print(child.pid, flush=True)\n"
    "time.sleep(600)\n"
)


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts Python programs, each in a session of its own, and kills what is left of them."""
    started: list[subprocess.Popen[str]] = []

    def run(program: str, **env: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            (sys.executable, "-c", program),
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env={**os.environ, **env},
        )
        started.append(process)
        return process

    yield run
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def _identity(process: subprocess.Popen[str]) -> processes.Identity:
    identity = processes.identify("one", process.pid)
    assert identity is not None
    return identity


def test_an_identity_survives_its_file(tmp_path: Path, start: Start) -> None:
    identity = dataclasses.replace(_identity(start(SLEEP)), rank=2, signal=signal.SIGINT)
    processes.record(tmp_path, identity)
    assert processes.recorded(tmp_path) == {"one": identity}
    assert processes.running(tmp_path, "one") == identity


def test_a_stranger_with_a_recorded_id_is_left_alone(tmp_path: Path, start: Start) -> None:
    """The id of a process of ours that died was given to another process, which started later."""
    stranger = start(SLEEP)
    stale = dataclasses.replace(_identity(stranger), started=psutil.boot_time())
    platform = Platform(tmp_path)
    platform.prepare(least_free=0)
    processes.record(platform.run, dataclasses.replace(stale, name=processes.SUPERVISOR))
    assert processes.running(platform.run) is None
    processes.end([stale], within=0.2)
    assert launch.down(platform) == 0
    assert stranger.poll() is None


def test_a_damaged_record_names_nobody(tmp_path: Path) -> None:
    for index, text in enumerate(("{", "[]", '{"pid": 1}', '{"pid": "x", "started": 0, "rank": 0, "signal": 15}')):
        (tmp_path / f"{index}.json").write_text(text)
    assert processes.recorded(tmp_path) == {}


def test_a_zombie_does_not_live(start: Start) -> None:
    process = start(SLEEP)
    identity = _identity(process)
    process.kill()
    assert processes.wait_gone([identity], within=10)
    assert process.returncode is None, "it has not been waited for"


def test_ending_a_leader_ends_its_stubborn_children(start: Start) -> None:
    """The leader obeys and is waited for; its child does not obey."""
    parent = start(PARENT)
    child = processes.identify("child", int(_first_line(parent)))
    assert child is not None
    leader = _identity(parent)
    with ThreadPoolExecutor() as threads:
        ended = threads.submit(parent.wait)
        processes.end([leader], within=10)
        assert ended.result() == -signal.SIGTERM
    assert processes.wait_gone([child], within=10)


def test_lower_ranks_are_gone_before_the_higher_ones_are_asked(start: Start, tmp_path: Path) -> None:
    """The second writes at its end whether the first still lived."""
    first = start(SLEEP)
    report = tmp_path / "report"
    second = start(
        "import signal, sys, psutil, time\n"
        "def tell(*_):\n"
        f"    gone = not psutil.pid_exists({first.pid}) or psutil.Process({first.pid}).status() == 'zombie'\n"
        f"    open({str(report)!r}, 'w').write(str(gone)); sys.exit()\n"
        "signal.signal(signal.SIGTERM, tell)\n"
        f"{SLEEP}"
    )
    for process in (first, second):
        _first_line(process)
    processes.end([dataclasses.replace(_identity(second), rank=2), _identity(first)], within=10)
    assert report.read_text() == "True"


def test_what_was_not_recorded_is_found_by_its_mark(tmp_path: Path, start: Start) -> None:
    platform = Platform(tmp_path)
    platform.prepare(least_free=0)
    ours = start(SLEEP, **{MARK: str(tmp_path)})
    other = start(SLEEP, **{MARK: f"{tmp_path}-other"})
    for process in (ours, other):
        _first_line(process)
    assert [identity.pid for identity in processes.leftovers(platform.run, tmp_path)] == [ours.pid]
    assert launch.down(platform) == 0
    assert ours.wait(timeout=10) == -signal.SIGTERM
    assert other.poll() is None
