"""What nobody asks for and has to be done all the same."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import Final

from fte.errors import Transient
from fte.runtime import NO_CONTENT, Request, Response
from fte.store import pings
from fte.sweeping import Sweeper
from fte_backoffice.silence import assume_settled, close_settled
from fte_backoffice.unacknowledged import remind
from fte_backoffice.waiting import show_waiting
from fte_backoffice.wiring import Resources

log = logging.getLogger(__name__)

SWEEP_SECONDS: Final = 5.0
SWEEP_EVERY: Final = timedelta(minutes=1)


JOBS: Final[tuple[Callable[[Resources], Awaitable[int]], ...]] = (show_waiting, remind, assume_settled, close_settled)
"""Show who waits to the team, repeat what nobody acknowledged, settle what is silent, close what is settled."""


async def sweep(resources: Resources) -> int:
    """Do every job once; return how much was changed."""
    return sum([await _do(job, resources) for job in JOBS])


def start(resources: Resources) -> None:
    """Do every job each few seconds until `resources` are closed; one that fails does not hold up the others."""
    resources.sweepers.extend(
        Sweeper(job.__name__, SWEEP_SECONDS, partial(_do, job, resources)).start() for job in JOBS
    )


async def _do(job: Callable[[Resources], Awaitable[int]], resources: Resources) -> int:
    count = await job(resources)
    if count:
        log.info("swept", extra={"job": job.__name__, "count": count})
    return count


async def ping(_request: Request, resources: Resources) -> Response:
    """Sweep, once a minute at most for all processes; 204, also when that fails: the next ping comes."""
    try:
        if await pings.due(resources.pool, "backoffice-sweep", SWEEP_EVERY):
            await sweep(resources)
    except Transient as error:
        log.warning("sweep_interrupted", extra={"code": error.code})
    return NO_CONTENT
