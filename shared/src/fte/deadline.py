"""How long somebody is made to wait, and what becomes of work that takes longer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from typing import Any, Final, TypeVar

from fte.errors import SuiteError, Unavailable

log = logging.getLogger(__name__)

T = TypeVar("T")

DATABASE_SECONDS: Final = 1.8
"""For what our own database does alone: whoever waits has an answer within two seconds, be it that there is none."""

LONG_SECONDS: Final = 8.0
"""For what asks a provider as well, or has many rows to read. Pub/Sub waits for ten seconds at least."""

_abandoned: set[asyncio.Future[Any]] = set()


async def within(seconds: float, work: Awaitable[T]) -> T:
    """What `work` comes to. Raises `Unavailable` when that takes longer than `seconds`.

    Then the work is cancelled, and ends in the background: it may have come to its end all the same, so whoever asks
    again must be able to ask twice.
    """
    doing = asyncio.ensure_future(work)
    try:
        # Not a timeout around the work: cancelling a query on a server that hangs takes seconds of its own.
        await asyncio.wait({doing}, timeout=seconds)
    finally:
        over = doing.done()
        if not over:
            _abandon(doing)
    if not over:
        raise Unavailable("no answer in time")
    return doing.result()


def _abandon(doing: asyncio.Future[Any]) -> None:
    _abandoned.add(doing)
    doing.add_done_callback(_ended)
    doing.cancel()


def _ended(done: asyncio.Future[Any]) -> None:
    _abandoned.discard(done)
    if done.cancelled():
        return
    error = done.exception()
    # That something cannot be reached was said already, when it was given up.
    if error is not None and not isinstance(error, SuiteError):
        log.error("abandoned_work_failed", exc_info=error)
