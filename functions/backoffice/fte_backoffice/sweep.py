"""What nobody asks for and has to be done all the same."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import Final

from fte.errors import Transient
from fte.runtime import NO_CONTENT, Request, Response
from fte.store import pings
from fte_backoffice.silence import assume_settled, close_settled
from fte_backoffice.unacknowledged import remind
from fte_backoffice.waiting import show_waiting
from fte_backoffice.wiring import Resources

log = logging.getLogger(__name__)

SWEEP_SECONDS: Final = 5.0
SWEEP_EVERY: Final = timedelta(minutes=1)


async def sweep(resources: Resources) -> int:
    """Show waiting customers to the team, repeat unacknowledged escalations, settle and close what is silent.

    Returns how many were changed.
    """
    shown = await show_waiting(resources) + await remind(resources)
    return shown + await assume_settled(resources) + await close_settled(resources)


async def sweep_for_ever(resources: Resources) -> None:
    """Sweep every few seconds until cancelled."""
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        try:
            count = await sweep(resources)
        except Transient as error:
            log.warning("sweep_interrupted", extra={"code": error.code})
        else:
            if count:
                log.info("swept", extra={"count": count})


async def ping(_request: Request, resources: Resources) -> Response:
    """Sweep, once a minute at most for all processes; 204, also when that fails: the next ping comes."""
    try:
        if await pings.due(resources.pool, "backoffice-sweep", SWEEP_EVERY):
            await sweep(resources)
    except Transient as error:
        log.warning("sweep_interrupted", extra={"code": error.code})
    return NO_CONTENT
