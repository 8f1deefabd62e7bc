"""What becomes of a message, however we learnt of it."""

from __future__ import annotations

import logging
from typing import Final

from fte.store.intake import InboundMessage, accept
from fte.wiring import Core
from fte_intake_whatsapp.keywords import keyword_in

log = logging.getLogger(__name__)

SOURCE: Final = "intake-whatsapp"


async def take(core: Core, message: InboundMessage) -> None:
    """Store a message once; its events are published without being waited for. Raises `Unavailable`.

    STOP and START take effect with it.
    """
    accepted = await accept(core.pool, message, SOURCE, keyword=keyword_in(message))
    core.outbox.publish_soon(accepted.events)
    level = logging.WARNING if accepted.status == "conflict" else logging.INFO
    log.log(level, "received", extra=accepted.facts)
