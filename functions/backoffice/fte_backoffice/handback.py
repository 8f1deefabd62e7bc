"""How a person of the team ends a case, or gives the conversation back to the agent."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from fte.domain.tickets import TicketStatus
from fte.events import EventType, derived_id
from fte.runtime import Request, Response, json_response
from fte.store import outbox
from fte.store.outbox import OutboxRow
from fte.store.pool import Connection, fetch_all, fetch_one, transaction
from fte_backoffice import cases
from fte_backoffice.said import read_name
from fte_backoffice.wiring import Resources

# A message that was put to a ticket which it did not open is free again: the agent decides which ticket it is about.
_OWE: Final = f"""
UPDATE messages AS m SET outcome = NULL, attempts = 0, next_attempt_at = NULL,
       ticket_id = (SELECT t.id FROM tickets AS t WHERE t.id = m.ticket_id AND t.reference = m.reference)
 WHERE m.conversation_id = %(id)s AND {cases.UNANSWERED}
RETURNING m.channel, m.provider_message_id
"""


async def resolve(request: Request, resources: Resources) -> Response:
    """`POST /tickets/{reference}/resolve`: the matter is settled, its escalations are done. Safe to repeat."""
    by = read_name(request)
    async with transaction(resources.pool) as connection:
        case = await cases.by_reference(connection, request.params["reference"])
        settled = await cases.settle(connection, case)
        if case.status is not TicketStatus.RESOLVED:
            await cases.note(connection, by, "resolve", case.conversation_id, reference=case.reference)
    return json_response(200, {"reference": case.reference, "status": settled.status})


async def hand_back(request: Request, resources: Resources) -> Response:
    """`POST /tickets/{reference}/hand-back`: the agent answers again, first what nobody has. Safe to repeat."""
    by = read_name(request)
    events: list[OutboxRow] = []
    async with transaction(resources.pool) as connection:
        case = await cases.by_reference(connection, request.params["reference"])
        owed, events = await release(connection, case.conversation_id, by)
    resources.core.outbox.publish_soon(events)
    return json_response(200, {"reference": case.reference, "owed": owed})


async def release(connection: Connection, conversation_id: UUID, by: str) -> tuple[int, list[OutboxRow]]:
    """Inside the caller's transaction: end the hold on a conversation. What the customer wrote and nobody answered is
    owed again: how many messages, and the events to publish once more.
    """
    held = await fetch_one(
        connection,
        "UPDATE conversations SET agent_silent = false WHERE id = %s AND agent_silent RETURNING id",
        [conversation_id],
    )
    if held is None:
        return 0, []
    owed = await fetch_all(connection, _OWE, {"id": conversation_id})
    await cases.note(connection, by, "hand_back", conversation_id, owed=len(owed))
    ids = [derived_id(EventType.TICKET_INCOMING, f"{row['channel']}:{row['provider_message_id']}") for row in owed]
    return len(owed), await outbox.again(connection, ids)
