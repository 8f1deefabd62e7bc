"""Messages that nobody answers: found by their rows, whatever became of their events."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import Final
from uuid import UUID

from fte.errors import Unavailable
from fte.store.pool import autocommit, fetch_all
from fte.sweeping import Sweeper
from fte_agent.conversation import answer
from fte_agent.turn import TurnLost
from fte_agent.wiring import CONCURRENT_RUNS, AgentResources

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
    """Answer what is owed and not being worked on, oldest first; return how many conversations that were.

    As many at once as runs are made at once, and none waits for another's failure. Raises `Unavailable` when the
    database is away, after all were tried.
    """
    async with autocommit(resources.core.pool) as connection:
        rows = await fetch_all(connection, _OWED, [BATCH])
    # A turn is taken only when a run can begin: others would wait in vain for one that waits itself.
    at_once = asyncio.Semaphore(CONCURRENT_RUNS)
    found: list[UUID] = [row["conversation_id"] for row in rows]
    results = await asyncio.gather(*(_answer(resources, id_, at_once) for id_ in found), return_exceptions=True)
    for conversation_id, result in zip(found, results, strict=True):
        if isinstance(result, BaseException) and not isinstance(result, Unavailable):
            log.error("answering_failed", extra={"conversation_id": str(conversation_id)}, exc_info=result)
    for result in results:
        if isinstance(result, Unavailable):
            raise result
    return len(found)


async def _answer(resources: AgentResources, conversation_id: UUID, at_once: asyncio.Semaphore) -> None:
    async with at_once:
        try:
            await answer(resources, conversation_id)
        except TurnLost:
            log.info("turn_lost", extra={"conversation_id": str(conversation_id)})


def start(resources: AgentResources) -> None:
    """Sweep every few seconds until `resources` are closed."""
    resources.sweepers.append(Sweeper("agent", SWEEP_SECONDS, partial(sweep, resources)).start())
