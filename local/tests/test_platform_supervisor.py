"""The supervisor, with small programs in the place of the platform's parts."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from fte_local import launch, logs, processes, supervisor
from fte_local.environment import MARK
from fte_local.errors import StartFailure
from fte_local.platform import Platform, read_json
from fte_local.supervisor import Supervisor
from fte_local.units import Choice, Unit

pytestmark = pytest.mark.anyio

SERVER = """
import http.server, sys
class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def log_message(self, *_):
        pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Ready).serve_forever()
"""
PATIENCE = 30.0


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def platform(tmp_path: Path) -> Platform:
    made = Platform(tmp_path)
    made.prepare(least_free=0)
    return made


def _service(name: str, program: str = SERVER, **more: Any) -> Unit:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    return Unit(name, (sys.executable, "-c", program, str(port)), probe=f"{url}/", url=url, **more)


def _step(name: str, program: str, *requires: str) -> Unit:
    return Unit(name, (sys.executable, "-c", program), requires)


@asynccontextmanager
async def _running(platform: Platform, *units: Unit) -> AsyncIterator[asyncio.Task[int]]:
    """A supervisor in this process, stopped at the end."""
    env = {**os.environ, MARK: str(platform.state)}
    running = Supervisor(platform, units, env)
    task = asyncio.create_task(running.run())
    try:
        yield task
    finally:
        running.ask_to_stop()
        await task


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.02)


def _phase(platform: Platform) -> str:
    return str(read_json(platform.status_file).get("phase"))


def _part(platform: Platform, name: str) -> dict[str, Any]:
    units: list[dict[str, Any]] = read_json(platform.status_file)["units"]
    return next(unit for unit in units if unit["name"] == name)


async def test_parts_start_after_what_they_need_and_nothing_is_left(platform: Platform, tmp_path: Path) -> None:
    order = tmp_path / "order"
    write = "open({!r}, 'a').write({!r})"
    server = _service("server", write.format(str(order), "server ") + SERVER)
    units = (server, _step("second", write.format(str(order), "second"), "first"))
    first = _step("first", write.format(str(order), "first "), "server")
    async with _running(platform, *units, first) as task:
        await _until(lambda: _phase(platform) == "ready")
        assert order.read_text() == "server first second"
        assert [unit["state"] for unit in read_json(platform.status_file)["units"]] == ["ready", "done", "done"]
        assert processes.running(platform.run, "server") is not None
        assert not task.done()
    assert task.result() == 0
    assert processes.leftovers(platform.run, platform.state) == []
    assert processes.recorded(platform.run) == {}


async def test_a_service_that_dies_is_started_again(platform: Platform) -> None:
    async with _running(platform, _service("server")):
        await _until(lambda: _phase(platform) == "ready")
        first = _part(platform, "server")["pid"]
        os.kill(first, signal.SIGKILL)
        await _until(lambda: _part(platform, "server")["pid"] not in (first, None))
        await _until(lambda: _part(platform, "server")["state"] == "ready")
        assert _part(platform, "server")["restarts"] == 1
    assert processes.leftovers(platform.run, platform.state) == []


async def test_a_service_that_keeps_dying_keeps_being_started(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "RESTART_DELAYS", (0.0, 0.01))
    async with _running(platform, _service("server")):
        await _until(lambda: _phase(platform) == "ready")
        for _ in range(3):
            await _until(lambda: _part(platform, "server")["state"] == "ready")
            os.kill(_part(platform, "server")["pid"], signal.SIGKILL)
            await _until(lambda: _part(platform, "server")["state"] != "ready")
        await _until(lambda: _part(platform, "server")["state"] == "ready")
        assert _part(platform, "server")["restarts"] == 3


async def test_restarts_in_a_row_wait_longer_up_to_a_limit() -> None:
    delays = [supervisor.restart_delay(in_a_row) for in_a_row in range(20)]
    assert delays == sorted(delays)
    assert delays[0] < 1 < delays[-1] == delays[-2]


async def test_a_step_that_fails_stops_everything(platform: Platform) -> None:
    failing = _step("migrate", "import sys; sys.exit('no such table')", "server")
    async with _running(platform, _service("server"), failing) as task:
        assert await task == 1
    assert _phase(platform) == "failed"
    assert read_json(platform.status_file)["failure"]["problem"] == "migrate ended with exit code 1."
    assert logs.tail(platform.logs / "migrate.log", 1) == ["no such table"]
    assert processes.leftovers(platform.run, platform.state) == []


async def test_a_service_that_ends_at_once_is_named(platform: Platform) -> None:
    async with _running(platform, _service("agent", "import sys; sys.exit(3)", remedy="Mend it.")) as task:
        assert await task == 1
    assert read_json(platform.status_file)["failure"] == {
        "unit": "agent",
        "problem": "agent ended with exit code 3.",
        "remedy": "Mend it.",
    }


async def test_a_service_that_never_answers_is_named(platform: Platform) -> None:
    asleep = _service("agent", "import time; time.sleep(600)", ready_within=0.3)
    async with _running(platform, asleep, _service("server")) as task:
        assert await task == 1
    assert "agent did not become ready within" in read_json(platform.status_file)["failure"]["problem"]
    assert processes.leftovers(platform.run, platform.state) == []


async def test_a_failed_start_is_told_with_the_end_of_the_log(platform: Platform) -> None:
    async with _running(platform, _service("agent", "import sys; sys.exit('no model')")) as task:
        await task
    with pytest.raises(StartFailure) as caught:
        launch._follow(platform, launch.Progress(sys.stderr))
    assert caught.value.unit == "agent"
    assert "no model" in caught.value.remedy


async def test_what_does_not_obey_is_killed_with_its_children(platform: Platform) -> None:
    stubborn = f"import os, signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); os.fork(){SERVER}"
    # Both of the fork try the port; the one that does not get it stays as a sleeper of the same group.
    stubborn = stubborn.replace("os.fork()", "os.fork() or signal.pause();")
    async with _running(platform, _service("server", stubborn, stop_within=0.2)):
        await _until(lambda: _phase(platform) == "ready")
        assert len(processes.leftovers(platform.run, platform.state)) == 2
    await _until(lambda: processes.leftovers(platform.run, platform.state) == [])


async def test_higher_ranks_live_until_the_lower_ones_are_gone(platform: Platform, tmp_path: Path) -> None:
    """A function may still need the database while it ends."""
    witness = tmp_path / "witness"
    database = _service("database", rank=3)
    function = (
        "import signal, sys, urllib.request\n"
        "def end(*_):\n"
        f"    status = urllib.request.urlopen({database.probe!r}).status\n"
        f"    open({str(witness)!r}, 'w').write(str(status)); sys.exit()\n"
        f"signal.signal(signal.SIGTERM, end){SERVER}"
    )
    async with _running(platform, database, _service("function", function)):
        await _until(lambda: _phase(platform) == "ready")
    assert witness.read_text() == "200"


async def test_a_stop_during_the_start_leaves_nothing(platform: Platform) -> None:
    asleep = _service("agent", "import time; time.sleep(600)")
    async with _running(platform, asleep) as task:
        await _until(lambda: processes.running(platform.run, "agent") is not None)
    assert task.result() == 0
    assert processes.leftovers(platform.run, platform.state) == []


async def test_what_a_killed_supervisor_leaves_is_found_and_ended(platform: Platform) -> None:
    unit = _service("server")
    program = (
        "import asyncio, os, pathlib\n"
        "from fte_local.platform import Platform\n"
        "from fte_local.supervisor import supervise\n"
        "from fte_local.units import Choice, Unit\n"
        f"unit = Unit('server', {unit.argv!r}, probe={unit.probe!r})\n"
        f"asyncio.run(supervise(Platform(pathlib.Path({str(platform.state)!r})), (unit,), dict(os.environ)))\n"
    )
    env = {**os.environ, MARK: str(platform.state)}
    killed = await asyncio.create_subprocess_exec(sys.executable, "-c", program, env=env, start_new_session=True)
    await _until(lambda: _phase(platform) == "ready")
    server = processes.running(platform.run, "server")
    assert server is not None
    killed.kill()
    await killed.wait()
    assert server.alive()
    assert launch.down(platform) == 0
    assert not server.alive()
    assert processes.recorded(platform.run) == {}


@asynccontextmanager
async def _reloading(platform: Platform, *units: Unit) -> AsyncIterator[None]:
    """A supervisor that watches sources, ready."""
    running = Supervisor(platform, units, {**os.environ, MARK: str(platform.state)}, Choice(reload=True))
    task = asyncio.create_task(running.run())
    try:
        await _until(lambda: task.done() or _phase(platform) == "ready")
        assert read_json(platform.status_file)["started_as"] == ["--reload"]
        yield
    finally:
        running.ask_to_stop()
        await task
    assert processes.leftovers(platform.run, platform.state) == []


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "server.py").write_text(SERVER)
    return folder


def _from_file(sources: Path, name: str) -> Unit:
    return _service(name, f"exec(open({str(sources / 'server.py')!r}).read())", sources=(sources,))


async def test_a_service_is_started_anew_when_its_sources_change(platform: Platform, sources: Path) -> None:
    """It counts as no failure, and services with other sources stay."""
    async with _reloading(platform, _from_file(sources, "function"), _service("other")):
        before = {name: _part(platform, name)["pid"] for name in ("function", "other")}
        (sources / "server.py").write_text(SERVER + "# changed\n")
        await _until(lambda: _part(platform, "function")["pid"] not in (before["function"], None))
        await _until(lambda: _part(platform, "function")["state"] == "ready")
        assert _part(platform, "other")["pid"] == before["other"]
        assert _part(platform, "function")["restarts"] == 0


async def test_broken_sources_do_not_end_the_platform_and_mending_them_helps_at_once(
    platform: Platform, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "RESTART_DELAYS", (PATIENCE * 10,))
    async with _reloading(platform, _from_file(sources, "function")):
        (sources / "server.py").write_text("def broken(:")
        await _until(lambda: _part(platform, "function")["restarts"] == 1)
        (sources / "server.py").write_text(SERVER)
        await _until(lambda: _part(platform, "function")["state"] == "ready")
        assert _phase(platform) == "ready"


async def test_a_step_is_done_again_when_its_sources_change(platform: Platform, sources: Path, tmp_path: Path) -> None:
    """Also after it failed once: what was saved may be mended by the next save."""
    done = tmp_path / "done"
    program = f"open({str(done)!r}, 'a').write(open({str(sources / 'server.py')!r}).read()[0])"
    step = Unit("knowledge", (sys.executable, "-c", program), sources=(sources,))
    (sources / "server.py").write_text("a")
    async with _reloading(platform, step):
        (sources / "server.py").write_text("bb")
        await _until(lambda: done.read_text() == "ab")
        (sources / "server.py").write_text("")
        await _until(lambda: _part(platform, "knowledge")["state"] == "failed")
        (sources / "server.py").write_text("c")
        await _until(lambda: done.read_text() == "abc")
        await _until(lambda: _part(platform, "knowledge")["state"] == "done")


async def test_what_is_not_done_unasked_is_told(platform: Platform, sources: Path, tmp_path: Path) -> None:
    done = tmp_path / "done"
    program = f"open({str(done)!r}, 'a').write('x')"
    step = Unit("migrate", (sys.executable, "-c", program), sources=(sources,), instead="run ./dev fte migrate")
    async with _reloading(platform, step):
        (sources / "server.py").write_text("")
        await _until(lambda: bool(read_json(platform.status_file)["notes"]))
        assert read_json(platform.status_file)["notes"][0].endswith("run ./dev fte migrate")
        assert done.read_text() == "x"


async def test_without_reload_sources_may_change(platform: Platform, sources: Path) -> None:
    """Another service's restart proves that time has passed in which the change would have been seen."""
    watched = _from_file(sources, "function")
    async with _running(platform, watched, _service("other")):
        await _until(lambda: _phase(platform) == "ready")
        before = _part(platform, "function")["pid"]
        (sources / "server.py").write_text("def broken(:")
        os.kill(_part(platform, "other")["pid"], signal.SIGKILL)
        await _until(lambda: _part(platform, "other")["restarts"] == 1)
        await _until(lambda: _part(platform, "other")["state"] == "ready")
        assert _part(platform, "function")["pid"] == before
        assert read_json(platform.status_file)["started_as"] == []
