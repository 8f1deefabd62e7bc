"""Who writes more than one person does: handed over and told so once, and all of it read together.

An intake notes on a message that its sender is over a limit (`details.over_limit`, the count). Triage judges such a
message like any other, and a trigger that fires decides who takes over; where none does, people do all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from fte.store.pool import Connection, fetch_one
from fte_agent.triage.triggers import BY_FLAG, Trigger

MARK: Final = "over_limit"
"""The count in a message's details, and in the context of the hand-over that it led to."""

TOO_MANY: Final = replace(
    BY_FLAG["HUMAN_REQUESTED"], severity="low", reason="There are more messages than one person writes."
)
"""Who takes over where nothing else decides. No flag is of its own: a person is needed, and nothing is missing."""

_HELD: Final = """
SELECT e.ticket_id FROM escalations AS e
 WHERE e.conversation_id = %s AND e.status = 'open' AND e.flag = %s AND e.context ? 'over_limit'
   AND EXISTS (SELECT FROM messages AS m
                WHERE m.ticket_id = e.ticket_id AND m.direction = 'inbound' AND m.reply_key = %s)
 ORDER BY e.created_at DESC LIMIT 1
"""


def count_over(details: Mapping[str, Any]) -> int:
    """How many messages the sender had written within the limit's time; 0 for who is not over it."""
    count = details.get(MARK)
    return count if isinstance(count, int) else 0


async def told_before(connection: Connection, conversation_id: UUID, reply_key: str, trigger: Trigger) -> UUID | None:
    """The ticket under which people hold the messages of this address that are over the limit, if it was told so.

    What is critical is never one more of many: it is handed over each time.
    """
    if trigger.severity == "critical":
        return None
    row = await fetch_one(connection, _HELD, [conversation_id, trigger.flag, reply_key])
    return row["ticket_id"] if row else None
