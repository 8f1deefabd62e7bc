"""Work beside other work: a heartbeat for as long as something takes, and the end of a task.

Before Python 3.12 `asyncio.wait_for` loses a cancellation that arrives in the moment in which its wait is over, and
psycopg waits by it for every answer of the database. So nothing here takes one cancellation for an end.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, Final

LAST_BEAT_SECONDS: Final = 2.0
"""For a beat that is under way when the work is done; it ends in the background if it takes longer."""

AGAIN_SECONDS: Final = 1.0


@asynccontextmanager
async def heartbeat(every: float, beat: Callable[[], Awaitable[bool]]) -> AsyncIterator[None]:
    """While the body runs, call `beat` every so many seconds until it says False; after the body none begins."""
    over = asyncio.Event()
    heart = asyncio.create_task(_beat(every, beat, over))
    try:
        yield
    finally:
        over.set()
        await asyncio.wait({heart}, timeout=LAST_BEAT_SECONDS)


async def _beat(every: float, beat: Callable[[], Awaitable[bool]], over: asyncio.Event) -> None:
    while not await _is_set(over, every) and await beat():
        pass


async def _is_set(event: asyncio.Event, within: float) -> bool:
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), within)
    return event.is_set()


async def end(*tasks: asyncio.Task[Any]) -> None:
    """Cancel `tasks` until they have ended; what they raise is not told."""
    left = {task for task in tasks if not task.done()}
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=AGAIN_SECONDS)
    await asyncio.gather(*tasks, return_exceptions=True)
