"""Work beside other work ends, also where a cancellation is lost."""

from __future__ import annotations

import asyncio

import pytest

from fte.background import end, heartbeat

pytestmark = pytest.mark.anyio


async def deaf(rounds: int, ended: list[int]) -> None:
    """Loses so many cancellations, as a wait does that is over in the same moment."""
    for _ in range(rounds):
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            ended.append(1)
    await asyncio.sleep(60)


async def test_a_heart_beats_while_the_body_runs_and_not_after() -> None:
    beats: list[int] = []
    third = asyncio.Event()

    async def beat() -> bool:
        beats.append(1)
        if len(beats) == 3:
            third.set()
        return True

    async with heartbeat(0.001, beat):
        await third.wait()
    counted = len(beats)
    await asyncio.sleep(0.02)
    assert len(beats) == counted >= 3


async def test_a_heart_that_says_no_beats_no_more() -> None:
    beats: list[int] = []
    first = asyncio.Event()

    async def beat() -> bool:
        beats.append(1)
        first.set()
        return False

    async with heartbeat(0.001, beat):
        await first.wait()
        await asyncio.sleep(0.02)
    assert beats == [1]


async def test_a_beat_that_is_under_way_is_waited_for_and_is_the_last() -> None:
    """A turn that is given back must not be extended afterwards, and nobody waits for ever."""
    begun, goes_on = asyncio.Event(), asyncio.Event()
    done: list[str] = []

    async def beat() -> bool:
        begun.set()
        await goes_on.wait()
        done.append("beat")
        return True

    async def work() -> None:
        async with heartbeat(0.001, beat):
            await begun.wait()
        done.append("over")

    working = asyncio.create_task(work())
    await begun.wait()
    goes_on.set()
    await asyncio.wait_for(working, 10)
    assert done == ["beat", "over"]


async def test_an_error_of_the_body_ends_the_heart_as_well() -> None:
    async def beat() -> bool:
        return True

    before = len(asyncio.all_tasks())
    with pytest.raises(KeyError):
        async with heartbeat(0.001, beat):
            raise KeyError
    assert len(asyncio.all_tasks()) == before


async def test_a_task_that_loses_a_cancellation_ends_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fte.background.AGAIN_SECONDS", 0.001)
    lost: list[int] = []
    task = asyncio.create_task(deaf(3, lost))
    await asyncio.sleep(0)
    await asyncio.wait_for(end(task), 10)
    assert task.cancelled()
    assert len(lost) == 3


async def test_what_a_task_raises_at_its_end_is_not_told() -> None:
    async def fails() -> None:
        raise KeyError

    await end(asyncio.create_task(fails()))
    await end()
