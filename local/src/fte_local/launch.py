"""Start and stop a whole platform from the command line: `./dev up` and `./dev down`."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from fte_local import artifacts, environment, kafka, logs, postgres, processes, report
from fte_local.errors import PlatformError, StartFailure
from fte_local.free_ports import require_free
from fte_local.platform import REPOSITORY, Platform, read_json
from fte_local.units import EVERYTHING, Choice, chosen, needed_ports

_LOOK_EVERY = 0.05
_STILL_EVERY = 10.0
_STOP_PATIENCE = 60.0
_LOG_LINES = 15


class Progress:
    """Lines of what was done, each with the seconds since the start."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._began = time.monotonic()

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self._began

    def say(self, text: str) -> None:
        print(f"{self.elapsed:6.1f} s  {text}", file=self._out, flush=True)


def up(platform: Platform, outer: Mapping[str, str], choice: Choice = EVERYTHING) -> int:
    """Start the platform and return when all of it is ready, or say what is wrong and leave nothing running.

    A platform that runs already is only shown.
    """
    progress = Progress(sys.stdout)
    platform.prepare()
    with _interruptible(), platform.exclusive():
        if _already_running(platform):
            _require_started_as(platform, choice)
            print(f"It is running already.\n\n{report.addresses(platform)}")
            return 0
        supervisor = _start(platform, outer, progress, choice)
        # It outlives this process on purpose, and nobody is to be warned of that.
        supervisor.returncode = 0
    print(f"\nReady in {progress.elapsed:.1f} s.\n\n{report.addresses(platform)}")
    if choice.reload:
        print("\n  Functions start anew when their sources change. Watch it: ./dev logs supervisor -f")
    return 0


def down(platform: Platform) -> int:
    """Stop everything of this state: what the supervisor runs, and what one that was killed left behind."""
    if not platform.run.is_dir():
        print("Nothing runs here.")
        return 0
    progress = Progress(sys.stdout)
    with platform.exclusive():
        if not processes.leftovers(platform.run, platform.state):
            platform.status_file.unlink(missing_ok=True)
            print("Nothing runs here.")
            return 0
        _stop(platform)
        platform.status_file.unlink(missing_ok=True)
    print(f"Stopped in {progress.elapsed:.1f} s.")
    return 0


@contextlib.contextmanager
def database_running(platform: Platform, outer: Mapping[str, str]) -> Iterator[None]:
    """Make sure that the database server runs; if nothing ran before, it is stopped at the end.

    What it has to say goes to the error stream, because the output is the caller's.
    """
    platform.prepare()
    with _interruptible(), contextlib.ExitStack() as held:
        held.enter_context(platform.exclusive())
        if outer.get("DATABASE_URL") or _already_running(platform):
            held.close()
            yield
            return
        supervisor = _start(platform, outer, Progress(sys.stderr), Choice(database_alone=True))
        try:
            yield
        finally:
            _stop(platform)
            supervisor.wait()


def _start(platform: Platform, outer: Mapping[str, str], progress: Progress, choice: Choice) -> subprocess.Popen[bytes]:
    """Start the chosen units and wait until they are ready; whatever goes wrong, nothing stays.

    Returns the supervisor's process.
    """
    supervisor = None
    try:
        left = processes.leftovers(platform.run, platform.state)
        if left:
            progress.say(f"ending {len(left)} processes that an earlier run left behind")
            _stop(platform)
        _make_ready(platform, outer, progress, choice)
        supervisor = _launch(platform, outer, choice)
        _follow(platform, progress)
    except BaseException:
        _stop(platform)
        if supervisor is not None:
            supervisor.wait()
        raise
    return supervisor


def _already_running(platform: Platform) -> bool:
    """Whether the whole platform runs; not so a start that was cut off, or a database alone that was left behind."""
    if processes.running(platform.run) is None:
        return False
    known = read_json(platform.status_file)
    whole = any(unit["name"] == "gateway" for unit in known.get("units", ()))
    if not whole or known.get("phase") != "ready":
        return False
    remembered = read_json(platform.memory).get("port_base")
    if remembered != platform.port_base:
        raise PlatformError(
            f"A platform with the state {platform.state} is running at port base {remembered}.",
            "Run ./dev down first, or give the second one a state of its own with --state DIR.",
        )
    return True


def _require_started_as(platform: Platform, choice: Choice) -> None:
    """Raise `PlatformError` if the developer asks for something that the running platform was not started with."""
    started_as = read_json(platform.status_file).get("started_as", [])
    missing = [option for option in choice.arguments() if option not in started_as]
    if missing:
        raise PlatformError(f"It is running already, started without {' '.join(missing)}.", "Run ./dev down first.")


def _make_ready(platform: Platform, outer: Mapping[str, str], progress: Progress, choice: Choice) -> None:
    """All that has to be right before the first process starts."""
    secret = environment.credentials(platform)
    if not outer.get("DATABASE_URL"):
        if not postgres.data_folder(platform).exists():
            progress.say("making the database")
        postgres.prepare(platform, secret["database_password"])
    for name in ("DATABASE_URL", "KAFKA_BOOTSTRAP_SERVERS"):
        if outer.get(name):
            progress.say(f"{name} is set: what it names is used")
    if not choice.database_alone and not outer.get("KAFKA_BOOTSTRAP_SERVERS"):
        if not (kafka.folder(platform) / "class-path.json").exists():
            progress.say(f"fetching Apache Kafka ({artifacts.COORDINATES[0]}); the first time takes half a minute")
        kafka.prepare(platform)
    require_free(needed_ports(chosen(platform, outer, choice), platform))
    platform.remember()


def _launch(platform: Platform, outer: Mapping[str, str], choice: Choice) -> subprocess.Popen[bytes]:
    platform.status_file.unlink(missing_ok=True)
    if not choice.database_alone:
        logs.begin_anew(platform.logs)
    with logs.opened(platform.logs, processes.SUPERVISOR) as output:
        process = subprocess.Popen(
            (
                sys.executable,
                "-m",
                "fte_local.supervisor",
                "--state",
                str(platform.state),
                *choice.arguments(),
            ),
            cwd=REPOSITORY,
            # The developer's own environment, not the built one: the supervisor has to see what the developer set.
            env={**outer, environment.MARK: str(platform.state)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    identity = processes.identify(processes.SUPERVISOR, process.pid, rank=-1)
    if identity is not None:
        processes.record(platform.run, identity)
    return process


def _follow(platform: Platform, progress: Progress) -> None:
    """Print what becomes ready until all is; raises `StartFailure` with the end of the culprit's log."""
    seen: dict[str, str] = {}
    next_word = _STILL_EVERY
    while True:
        alive = processes.running(platform.run) is not None
        status = read_json(platform.status_file)
        for unit in status.get("units", ()):
            _say_change(unit, seen, progress)
        if status.get("phase") == "ready":
            return
        if not alive:
            raise _start_failure(platform, status)
        if progress.elapsed > next_word and status.get("phase") == "starting":
            next_word += _STILL_EVERY
            waiting = [unit["name"] for unit in status.get("units", ()) if unit["state"] not in ("ready", "done")]
            progress.say(f"still waiting for {', '.join(waiting)}")
        time.sleep(_LOOK_EVERY)


def _say_change(unit: Mapping[str, Any], seen: dict[str, str], progress: Progress) -> None:
    name, state = str(unit["name"]), str(unit["state"])
    if seen.get(name) == state:
        return
    seen[name] = state
    if state in ("ready", "done", "failed", "restarting"):
        progress.say(f"{name}: {state}")


def _start_failure(platform: Platform, status: Mapping[str, Any]) -> StartFailure:
    failure = status.get("failure") or {
        "unit": processes.SUPERVISOR,
        "problem": "The supervisor ended before everything was ready.",
        "remedy": "",
    }
    log = platform.logs / f"{failure['unit']}.log"
    lines = "\n".join(f"    {line}" for line in logs.tail(log, _LOG_LINES))
    told = f"The end of its log, {log}:\n{lines}\n" if lines else f"Its log, {log}, is empty.\n"
    remedy = failure["remedy"] or "Everything was stopped again; put that right and run ./dev up once more."
    return StartFailure(failure["unit"], failure["problem"], f"{told}{remedy}")


def _stop(platform: Platform) -> None:
    """End the supervisor, which ends its children; then whatever is left."""
    supervisor = processes.running(platform.run)
    if supervisor is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(supervisor.pid, signal.SIGTERM)
        if not processes.wait_gone([supervisor], _STOP_PATIENCE):
            processes.end([supervisor], within=5)
    processes.end(processes.leftovers(platform.run, platform.state))
    remaining = processes.leftovers(platform.run, platform.state)
    if remaining:
        names = ", ".join(f"{identity.name} ({identity.pid})" for identity in remaining)
        raise PlatformError(f"These processes could not be ended: {names}.", "End them by hand: kill -9 PID")
    for name in processes.recorded(platform.run):
        processes.forget(platform.run, name)


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """Let SIGTERM stop a command as Ctrl-C does, so that what it started does not stay."""

    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
