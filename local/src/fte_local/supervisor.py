"""The one process that starts all others, restarts what dies and ends them all.

What it knows of each part is in the status file, which the commands read. It begins with `python -m
fte_local.supervisor --state DIR`, in a session of its own, and ends on SIGTERM or when the start fails.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fte_local import environment, logs, processes
from fte_local.errors import StartFailure
from fte_local.platform import REPOSITORY, Platform, locate, write_json
from fte_local.probes import answers
from fte_local.sources import Watch
from fte_local.units import EVERYTHING, Choice, Unit, chosen

LOG = logging.getLogger("fte_local.supervisor")

RESTART_DELAYS = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
"""Seconds before the first, second, … restart in a row; the last one holds from then on."""
STEADY_SECONDS = 30.0
"""A service that lived this long begins again with the first delay."""
_PROBE_EVERY = 0.1
_LOOK_EVERY = 0.3


def restart_delay(in_a_row: int) -> float:
    """Seconds to wait before another start, after so many that did not last."""
    return RESTART_DELAYS[min(in_a_row, len(RESTART_DELAYS) - 1)]


class _StopAsked(Exception):
    """A signal asked the supervisor to stop."""


@dataclass
class Part:
    """What the supervisor knows of one unit."""

    unit: Unit
    state: str = "waiting"
    process: asyncio.subprocess.Process | None = None
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    outdated: asyncio.Event = field(default_factory=asyncio.Event)
    restarts: int = 0

    def report(self) -> dict[str, object]:
        """What the status file says of it."""
        return {
            "name": self.unit.name,
            "service": self.unit.is_service,
            "state": self.state,
            "url": self.unit.url,
            "probe": self.unit.probe,
            "pid": self.process.pid if self.process else None,
            "restarts": self.restarts,
        }


class Supervisor:
    """Runs units until it is asked to stop or one of them fails to start."""

    def __init__(
        self, platform: Platform, units: tuple[Unit, ...], env: Mapping[str, str], choice: Choice = EVERYTHING
    ) -> None:
        self._platform = platform
        self._env = dict(env)
        self._parts = {unit.name: Part(unit) for unit in units}
        self._stop = asyncio.Event()
        self._choice = choice
        self._notes: list[str] = []
        self._phase = "starting"
        self._failure: StartFailure | None = None

    def ask_to_stop(self) -> None:
        self._stop.set()

    async def run(self) -> int:
        """Start everything and stay; on the way out nothing that was started is left. Returns the exit code."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._watch_stop())
                group.create_task(self._announce_ready())
                if self._choice.reload:
                    group.create_task(self._watch_sources())
                for part in self._parts.values():
                    group.create_task(self._tend(part))
        except* _StopAsked:
            LOG.info("asked to stop")
        except* StartFailure as failures:
            self._failure = _first(failures)
            LOG.error("start failed: %s", self._failure.problem)  # noqa: TRY400 (the child's trace is in its own log)
        finally:
            self._phase = "stopping"
            await self._end_all()
        self._phase = "stopped" if self._failure is None else "failed"
        self._say()
        return 0 if self._failure is None else 1

    async def _watch_stop(self) -> None:
        await self._stop.wait()
        raise _StopAsked

    async def _announce_ready(self) -> None:
        for part in self._parts.values():
            await part.ready.wait()
        self._phase = "ready"
        self._say()
        LOG.info("all parts are ready")

    async def _watch_sources(self) -> None:
        watch = Watch({folder for part in self._parts.values() for folder in part.unit.sources})
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            changed = watch.settled()
            for part in self._parts.values():
                if not changed.isdisjoint(part.unit.sources):
                    part.outdated.set()

    async def _tend(self, part: Part) -> None:
        """See one unit through: wait for what it needs, start it, and keep a service alive."""
        for name in part.unit.requires:
            await self._parts[name].ready.wait()
        if part.unit.is_service:
            await self._keep_alive(part)
        else:
            await self._do_once(part)
            while self._choice.reload:
                await part.outdated.wait()
                await self._do_again(part)

    async def _do_once(self, part: Part) -> None:
        process = await self._spawn(part)
        try:
            async with asyncio.timeout(part.unit.ready_within):
                code = await process.wait()
        except TimeoutError:
            raise self._failed(part, f"did not end within {part.unit.ready_within:.0f} s") from None
        self._release(part)
        if code != 0:
            raise self._failed(part, _ending(code))
        self._set(part, "done")
        part.ready.set()

    async def _do_again(self, part: Part) -> None:
        """Repeat a step whose sources changed, or say what to do instead. What is broken stays so until it is saved."""
        part.outdated.clear()
        if part.unit.instead:
            self._notes.append(f"{time.strftime('%H:%M:%S')} {part.unit.instead}")
            LOG.warning("%s", part.unit.instead)
            self._say()
            return
        LOG.info("%s: its sources changed; doing it again", part.unit.name)
        try:
            await self._do_once(part)
        except StartFailure as failure:
            LOG.error("%s", failure.problem)  # noqa: TRY400 (the child's trace is in its own log)
            await self._end(part)
            self._set(part, "failed")

    async def _keep_alive(self, part: Part) -> None:
        in_a_row = 0
        while True:
            began = time.monotonic()
            process = await self._spawn(part)
            trouble = await self._until_ready(part, process)
            if trouble is None:
                self._set(part, "ready")
                part.ready.set()
                trouble = await self._until_over(part, process)
            elif not part.ready.is_set():
                raise self._failed(part, trouble)
            await self._end(part)
            if trouble is None:
                LOG.info("%s: its sources changed; starting it anew", part.unit.name)
                self._set(part, "restarting")
                in_a_row = 0
                continue
            if time.monotonic() - began > STEADY_SECONDS:
                in_a_row = 0
            delay = restart_delay(in_a_row)
            in_a_row += 1
            part.restarts += 1
            LOG.warning("%s %s; starting it again in %.1f s", part.unit.name, trouble, delay)
            self._set(part, "restarting")
            # A dead service whose sources are put right is not kept waiting.
            await self._outdated_within(part, delay)

    async def _until_ready(self, part: Part, process: asyncio.subprocess.Process) -> str | None:
        """Wait until the service answers; what went wrong if it ends or the time is up first."""
        gone = asyncio.ensure_future(process.wait())
        try:
            async with asyncio.timeout(part.unit.ready_within):
                while not gone.done():
                    # Asked first and judged second: a stranger on the same port must not count for a dead child.
                    if await answers(part.unit.probe) and not gone.done():
                        return None
                    await asyncio.wait({gone}, timeout=_PROBE_EVERY)
                return _ending(gone.result())
        except TimeoutError:
            return f"did not become ready within {part.unit.ready_within:.0f} s"
        finally:
            gone.cancel()

    async def _until_over(self, part: Part, process: asyncio.subprocess.Process) -> str | None:
        """Wait until the service ends, and return how; None if its sources changed first."""
        waiting = {asyncio.ensure_future(process.wait()), asyncio.ensure_future(part.outdated.wait())}
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in waiting:
                each.cancel()
        if part.outdated.is_set():
            part.outdated.clear()
            return None
        return _ending(await process.wait())

    async def _outdated_within(self, part: Part, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await part.outdated.wait()
        except TimeoutError:
            return
        part.outdated.clear()

    async def _spawn(self, part: Part) -> asyncio.subprocess.Process:
        unit = part.unit
        with logs.opened(self._platform.logs, unit.name) as output:
            part.process = await asyncio.create_subprocess_exec(
                *unit.argv,
                cwd=REPOSITORY,
                env={**self._env, **unit.env},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        identity = processes.identify(unit.name, part.process.pid, unit.rank, unit.stop_signal)
        if identity is not None:
            processes.record(self._platform.run, identity)
        self._set(part, "starting")
        return part.process

    async def _end_all(self) -> None:
        """Stop rank by rank: what receives first, then the functions, then Kafka, then PostgreSQL."""
        self._say()
        for rank in sorted({part.unit.rank for part in self._parts.values()}):
            await asyncio.gather(*(self._end(part) for part in self._parts.values() if part.unit.rank == rank))

    async def _end(self, part: Part) -> None:
        """End the process of a part and all of its group: asked at first, then killed."""
        process = part.process
        if process is None:
            return
        _signal_group(process.pid, part.unit.stop_signal)
        try:
            async with asyncio.timeout(part.unit.stop_within):
                await process.wait()
        except TimeoutError:
            LOG.warning("%s did not end within %.0f s and is killed", part.unit.name, part.unit.stop_within)
        _signal_group(process.pid, signal.SIGKILL)
        await process.wait()
        self._release(part)
        self._set(part, "stopped")

    def _release(self, part: Part) -> None:
        part.process = None
        processes.forget(self._platform.run, part.unit.name)

    def _failed(self, part: Part, trouble: str) -> StartFailure:
        part.state = "failed"
        return StartFailure(part.unit.name, f"{part.unit.name} {trouble}.", part.unit.remedy)

    def _set(self, part: Part, state: str) -> None:
        part.state = state
        self._say()

    def _say(self) -> None:
        """Write the status file. It is a report: a full disk must not keep processes from being ended."""
        failure = self._failure
        report = {
            "phase": self._phase,
            "started_as": self._choice.arguments(),
            "notes": self._notes,
            "failure": failure and {"unit": failure.unit, "problem": failure.problem, "remedy": failure.remedy},
            "units": [part.report() for part in self._parts.values()],
        }
        try:
            write_json(self._platform.status_file, report)
        except OSError as error:
            LOG.error("the status file could not be written: %s", error.strerror)  # noqa: TRY400 (the reason is all there is)


def _signal_group(leader: int, number: int) -> None:
    try:
        os.killpg(leader, number)
    except ProcessLookupError:
        return
    except PermissionError:
        # macOS says this of a group of which only zombies are left.
        return


def _ending(code: int) -> str:
    if code < 0:
        return f"was ended by {signal.Signals(-code).name}"
    return f"ended with exit code {code}"


def _first(failures: BaseExceptionGroup[StartFailure]) -> StartFailure:
    found = failures.exceptions[0]
    return found if isinstance(found, StartFailure) else _first(found)


async def supervise(
    platform: Platform, units: tuple[Unit, ...], env: Mapping[str, str], choice: Choice = EVERYTHING
) -> int:
    """Run a supervisor that SIGTERM and SIGINT stop."""
    supervisor = Supervisor(platform, units, env, choice)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, supervisor.ask_to_stop)
    return await supervisor.run()


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m fte_local.supervisor")
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--database-alone", action="store_true")
    parser.add_argument("--without", action="append", default=[])
    parser.add_argument("--reload", action="store_true")
    options = parser.parse_args(argv)
    choice = Choice(options.database_alone, tuple(options.without), options.reload)
    platform = locate(options.state, None)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    outer = dict(os.environ)
    units, env = chosen(platform, outer, choice), environment.build(platform, outer)
    return asyncio.run(supervise(platform, units, env, choice))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
