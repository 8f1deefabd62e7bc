"""Messages that nobody answers: found by their rows, whatever became of their events."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from fte.errors import Transient
from fte.store.pool import fetch_all, transaction
from fte_agent.conversation import answer
from fte_agent.wiring import AgentResources

log = logging.getLogger(__name__)

SWEEP_SECONDS: Final = 5.0
BATCH: Final = 50

_OWED: Final = """
SELECT m.conversation_id FROM messages AS m LEFT JOIN turns AS t USING (conversation_id)
 WHERE m.direction = 'inbound' AND m.outcome IS NULL AND m.created_at < now() - interval '5 seconds'
   AND (m.next_attempt_at IS NULL OR m.next_attempt_at <= now())
   AND (t.lease_until IS NULL OR t.lease_until < clock_timestamp())
 GROUP BY m.conversation_id ORDER BY min(m.seq) LIMIT %s
"""


async def sweep(resources: AgentResources) -> int:
    """Answer what is owed and not being worked on; return how many conversations that were."""
    async with transaction(resources.core.pool) as connection:
        rows = await fetch_all(connection, _OWED, [BATCH])
    for row in rows:
        await answer(resources, row["conversation_id"])
    return len(rows)


async def sweep_for_ever(resources: AgentResources) -> None:
    """Sweep every few seconds until cancelled."""
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        try:
            await sweep(resources)
        except Transient as error:
            log.warning("sweep_interrupted", extra={"code": error.code})
