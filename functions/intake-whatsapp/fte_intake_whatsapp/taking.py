"""What becomes of a message, however we learnt of it."""

from __future__ import annotations

import logging
from typing import Final

from fte.store.intake import InboundMessage, accept
from fte.wiring import Core

log = logging.getLogger(__name__)

SOURCE: Final = "intake-whatsapp"


async def take(core: Core, message: InboundMessage) -> None:
    """Store a message once; its events are published without being waited for. Raises `Unavailable`."""
    accepted = await accept(core.pool, message, SOURCE)
    core.outbox.publish_soon(accepted.events)
    level = logging.WARNING if accepted.status == "conflict" else logging.INFO
    log.log(level, "received", extra=accepted.facts)
