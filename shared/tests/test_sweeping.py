"""Work that is done for as long as the process lives."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

import pytest

from fte.errors import Unavailable
from fte.sweeping import Sweeper

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


class Passes:
    """Work whose passes end as they are told, and that says when each begins."""

    def __init__(self, *ends: Exception | None) -> None:
        self.ends = list(ends)
        self.begun: asyncio.Queue[int] = asyncio.Queue()
        self.count = 0

    async def __call__(self) -> None:
        self.count += 1
        self.begun.put_nowait(self.count)
        end = self.ends.pop(0) if self.ends else None
        if end is not None:
            raise end

    async def until(self, count: int) -> None:
        """Wait until so many passes have begun: so all before the last are over."""
        async with asyncio.timeout(10):
            while await self.begun.get() < count:
                continue


async def sweeping(work: Callable[[], Awaitable[object]]) -> Sweeper:
    return Sweeper("test", 0.001, work).start()


@pytest.mark.parametrize("error", [Unavailable(), ZeroDivisionError("a customer's words")])
async def test_a_failure_is_told_and_the_next_pass_comes(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    work = Passes(error)
    sweeper = await sweeping(work)
    await work.until(3)
    assert sweeper.well, "the second pass did not fail"
    await sweeper.stop()
    (line,) = [record for record in caplog.records if record.name == "fte.sweeping"]
    known = isinstance(error, Unavailable)
    assert line.getMessage() == ("sweep_interrupted" if known else "sweep_failed")
    assert line.levelno == (logging.WARNING if known else logging.ERROR)
    assert vars(line)["sweep"] == "test"


async def test_what_fails_again_and_again_is_not_well() -> None:
    work = Passes(*[ZeroDivisionError()] * 1_000)
    sweeper = await sweeping(work)
    assert sweeper.well, "nothing has failed yet"
    await work.until(2)
    assert not sweeper.well
    await sweeper.stop()


async def test_what_is_not_running_is_not_well() -> None:
    sweeper = Sweeper("test", 0.001, Passes())
    assert not sweeper.well
    await sweeper.stop()
    sweeper.start()
    await sweeper.stop()
    assert not sweeper.well


async def test_the_first_pass_can_be_at_once() -> None:
    work = Passes()
    sweeper = Sweeper("test", 3_600, work).start(at_once=True)
    await work.until(1)
    await sweeper.stop()
    assert work.count == 1


@pytest.mark.parametrize("patience", [0.0, 10.0])
async def test_stopping_waits_for_a_pass_as_long_as_it_is_told(patience: float) -> None:
    begun, may_end, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def work() -> None:
        begun.set()
        await may_end.wait()
        ended.set()

    sweeper = Sweeper("test", 0.001, work).start(at_once=True)
    await begun.wait()
    stopping = asyncio.create_task(sweeper.stop(patience))
    await asyncio.sleep(0)
    if patience:
        may_end.set()
    await stopping
    assert ended.is_set() is bool(patience)
