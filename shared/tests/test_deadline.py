"""Whoever waits is not kept waiting, and what they waited for is let go."""

from __future__ import annotations

import asyncio
import logging

import pytest

from fte.deadline import within
from fte.errors import Unavailable
from fte.runtime import NO_CONTENT, PING_PATH, Function, Request, Response, Route

pytestmark = pytest.mark.anyio

AT_ONCE, NEVER = 0.01, 3_600.0


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Stubborn:
    """Work that never ends by itself, and takes its time to end when it is cancelled, as a query that hangs does."""

    def __init__(self, error: Exception | None = None) -> None:
        self.cancelled, self.may_end, self.ended = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._error = error

    async def work(self) -> Response:
        try:
            await asyncio.sleep(NEVER)
        except asyncio.CancelledError:
            self.cancelled.set()
            await self.may_end.wait()
            if self._error is not None:
                raise self._error from None
            raise
        finally:
            self.ended.set()
        return NO_CONTENT


class Resources:
    async def health(self) -> dict[str, bool]:
        return {"database": True}

    async def close(self) -> None:
        pass


def function(*routes: Route[Resources]) -> Function[Resources]:
    async def open_resources() -> Resources:
        return Resources()

    return Function("agent", open_resources, routes=routes)


async def test_work_in_time_is_what_it_came_to() -> None:
    async def work() -> int:
        return 7

    async def fails() -> int:
        return 1 // 0

    assert await within(NEVER, work()) == 7
    with pytest.raises(ZeroDivisionError):
        await within(NEVER, fails())


async def test_nobody_waits_for_the_cancellation() -> None:
    """The answer is there while the work still holds on; it ends by itself later."""
    stubborn = Stubborn()
    with pytest.raises(Unavailable):
        await within(AT_ONCE, stubborn.work())
    assert not stubborn.ended.is_set()
    await stubborn.cancelled.wait()
    stubborn.may_end.set()
    await stubborn.ended.wait()


async def test_whoever_hangs_up_takes_the_work_along() -> None:
    stubborn = Stubborn()
    waiting = asyncio.create_task(within(NEVER, stubborn.work()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait({waiting})
    assert waiting.cancelled()
    await stubborn.cancelled.wait()
    stubborn.may_end.set()
    await stubborn.ended.wait()


@pytest.mark.parametrize(("error", "told"), [(Unavailable(), []), (ValueError(), ["abandoned_work_failed"])])
async def test_what_goes_wrong_afterwards_is_told_unless_it_was_the_reason(
    error: Exception, told: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    stubborn = Stubborn(error)
    with caplog.at_level(logging.INFO), pytest.raises(Unavailable):
        await within(AT_ONCE, stubborn.work())
    stubborn.may_end.set()
    await stubborn.ended.wait()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert [record.getMessage() for record in caplog.records if record.name == "fte.deadline"] == told


async def test_a_route_without_an_answer_is_unavailable() -> None:
    """503, the code, and when to come again: while the handler still hangs."""
    stubborn = Stubborn()
    page = Route[Resources]("GET", "/page", lambda _request, _resources: stubborn.work(), seconds=AT_ONCE)
    answer = await function(page).dispatch(Request("GET", "/page", "", {}, b""))
    assert (answer.status, answer.body) == (503, b'{"error": "unavailable"}')
    assert int(answer.headers["retry-after"]) > 0
    assert not stubborn.ended.is_set()
    stubborn.may_end.set()
    await stubborn.ended.wait()


async def test_a_ping_takes_the_time_of_its_work() -> None:
    async def sweep(_request: Request, _resources: Resources) -> Response:
        await asyncio.sleep(5 * AT_ONCE)
        return NO_CONTENT

    ping = Route[Resources]("POST", PING_PATH, sweep, seconds=AT_ONCE)
    assert (await function(ping).dispatch(Request("POST", PING_PATH, "", {}, b""))).status == 204
