"""A function without its settings, and its life under func's middleware."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
from collections.abc import Mapping

import pytest

from fte import runtime
from fte.errors import SettingsError
from fte.runtime import FuncApp, Function, Request, Response, Route

pytestmark = pytest.mark.anyio

MISSING = ["DATABASE_URL is not set", "FTE_PUBLIC_URL is not set"]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Resources:
    """Nothing to open; remembers that it was closed."""

    def __init__(self) -> None:
        self.well = True
        self.closed = False

    async def health(self) -> Mapping[str, bool]:
        return {"database": self.well}

    async def close(self) -> None:
        self.closed = True


def get(path: str) -> Request:
    return Request("GET", path, "", {}, b"")


@pytest.fixture
def set_up(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """How the log of the process was set up; here it stays pytest's."""
    calls: list[tuple[str, str]] = []
    monkeypatch.setattr(runtime, "configure_logging", lambda *arguments: calls.append(arguments))
    return calls


def lacking(problems: list[str]) -> Function[Resources]:
    """A function whose settings have `problems` for as long as the list says so."""

    async def open_resources() -> Resources:
        if problems:
            raise SettingsError(problems)
        return Resources()

    async def page(_request: Request, _resources: Resources) -> Response:
        return Response(200)

    return Function("agent", open_resources, routes=[Route("GET", "/page", page)])


@pytest.mark.parametrize("path", ["/health", "/health/readiness", "/page", "/elsewhere"])
@pytest.mark.usefixtures("set_up")
async def test_without_settings_every_request_is_refused_with_a_code(path: str) -> None:
    """503: the bus and the providers deliver again, once somebody has put it right."""
    answer = await lacking(MISSING).dispatch(get(path))
    assert (answer.status, answer.body) == (503, b'{"error": "settings"}')


async def test_without_settings_it_is_alive() -> None:
    """A restart would not help."""
    assert (await lacking(MISSING).dispatch(get("/health/liveness"))).status == 200


async def test_what_is_missing_is_one_line_of_log_however_often_it_is_asked(
    set_up: list[tuple[str, str]], caplog: pytest.LogCaptureFixture
) -> None:
    """All problems at once, no traceback, and in the form that the log has when all is well."""
    function = lacking(MISSING)
    for _ in range(3):
        await function.dispatch(get("/health/readiness"))
    (line,) = caplog.records
    assert (line.levelno, line.getMessage(), line.exc_info) == (logging.ERROR, "settings_not_usable", None)
    assert vars(line)["problems"] == tuple(MISSING)
    assert set_up == [("agent", "INFO")]


@pytest.mark.usefixtures("set_up")
async def test_other_problems_are_told_again(caplog: pytest.LogCaptureFixture) -> None:
    problems = list(MISSING)
    function = lacking(problems)
    await function.dispatch(get("/page"))
    problems.pop()
    await function.dispatch(get("/page"))
    problems.pop()
    assert (await function.dispatch(get("/page"))).status == 200
    assert [vars(line)["problems"] for line in caplog.records] == [tuple(MISSING), tuple(MISSING[:1])]


async def test_func_is_told_how_the_function_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """The middleware asks without awaiting, so the app looks by itself: from its start, and again and again."""
    monkeypatch.setattr(runtime, "LOOK_SECONDS", 0.01)
    resources = Resources()

    async def open_resources() -> Resources:
        return resources

    before = set(asyncio.all_tasks())
    app = FuncApp(Function("agent", open_resources))
    assert app.ready() == (False, "not looked at yet")
    app.start({})
    await _until_ready(app, True)
    resources.well = False
    await _until_ready(app, False)
    assert app.ready() == (False, '{"status": "down", "components": {"database": "down"}}')
    (looking,) = set(asyncio.all_tasks()) - before
    looking.cancel()
    await asyncio.gather(looking, return_exceptions=True)
    assert resources.closed


async def _until_ready(app: FuncApp, wanted: bool) -> None:
    async with asyncio.timeout(10):
        while app.ready()[0] is not wanted:
            await asyncio.sleep(0.01)


UNDER_FUNC = """
import asyncio, os, signal
from fte.runtime import FuncApp, Function

class Resources:
    async def health(self):
        return {"database": True}
    async def close(self):
        await asyncio.sleep(0.2)
        print("closed", flush=True)

async def open_resources():
    return Resources()

async def main():
    # As the middleware's server does it.
    over = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, over.set)
    app = FuncApp(Function("agent", open_resources))
    app.start({})
    while not app.ready()[0]:
        await asyncio.sleep(0.01)
    os.kill(os.getpid(), signal.SIGNAL)
    await over.wait()
    print("over", flush=True)

asyncio.run(main())
"""


@pytest.mark.parametrize(("sent", "said"), [("SIGTERM", ["closed", "over"]), ("SIGINT", ["over", "closed"])])
def test_under_func_it_closes_before_it_ends(sent: str, said: list[str]) -> None:
    """A cluster's SIGTERM drains first; a developer's Ctrl-C ends the server at once. Neither leaves anything open."""
    program = UNDER_FUNC.replace("SIGNAL)", f"{sent})")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stdout.split()) == (0, said), done.stderr
