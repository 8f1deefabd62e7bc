"""Customers who write while a person holds their conversation: the agent is silent, so the team has to see it."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from fte.domain.channels import Channel
from fte.domain.teams import due_at
from fte.domain.tickets import on_new_message
from fte.events import derived_id, new_traceparent
from fte.store import escalations, matters
from fte.store.outbox import OutboxRow
from fte.store.pool import Connection, autocommit, fetch_all, fetch_one, transaction
from fte_backoffice import cases
from fte_backoffice.cases import Case
from fte_backoffice.handback import release
from fte_backoffice.wiring import SOURCE, Resources

BATCH: Final = 50
REASON: Final = "The customer wrote again while a person holds the conversation."
REASON_NEW: Final = "The customer came with another matter while a person holds the conversation."

# Set aside and not to be seen by the team: in no ticket yet, or in one that looks done or that nobody was told of.
_WAITING: Final = f"""
SELECT DISTINCT m.conversation_id AS id FROM messages AS m JOIN conversations AS c ON c.id = m.conversation_id
 WHERE c.agent_silent AND {cases.UNANSWERED} AND (m.ticket_id IS NULL OR EXISTS (
       SELECT FROM tickets AS t WHERE t.id = m.ticket_id AND (t.status IN ('answered', 'resolved') OR NOT EXISTS (
              SELECT FROM escalations AS e WHERE e.ticket_id = t.id AND e.status = 'open')))) LIMIT %s
"""

_UNTICKETED: Final = """
SELECT id, channel, details, reply_key FROM messages
 WHERE conversation_id = %s AND direction = 'inbound' AND outcome = 'silent' AND ticket_id IS NULL ORDER BY seq
"""

_SET_ASIDE: Final = f"""
SELECT m.ticket_id, m.id, m.channel, coalesce(nullif(m.content, ''), m.details ->> 'note', '') AS content,
       m.reference, m.details ->> 'traceparent' AS traceparent
  FROM messages AS m WHERE m.conversation_id = %s AND m.ticket_id IS NOT NULL AND {cases.UNANSWERED} ORDER BY m.seq
"""

# Whoever had this case before gets it again; a case that no team had goes to support.
_BEFORE: Final = """
SELECT flag, flags, teams, severity FROM escalations
 WHERE ticket_id = %s ORDER BY created_at DESC, id LIMIT 1
"""
_NOBODYS: Final[dict[str, Any]] = {
    "flag": "HUMAN_REQUESTED",
    "flags": ["HUMAN_REQUESTED"],
    "teams": ["support"],
    "severity": "medium",
}


async def show_waiting(resources: Resources) -> int:
    """Put what customers wrote to the tickets that it goes on with, and where a ticket has no open escalation, raise
    one; return how many conversations that were. What goes on with no ticket is owed again: the agent, silent as it
    is, opens one for it. A conversation without any ticket that is not closed goes back to the agent.
    """
    async with autocommit(resources.pool) as connection:
        found = await fetch_all(connection, _WAITING, [BATCH])
    for conversation in found:
        async with transaction(resources.pool) as connection:
            events = await _show(connection, conversation["id"])
        resources.core.outbox.publish_soon(events)
    return len(found)


async def _show(connection: Connection, conversation_id: UUID) -> list[OutboxRow]:
    held = await fetch_one(
        connection,
        "SELECT id FROM conversations WHERE id = %s AND agent_silent FOR NO KEY UPDATE SKIP LOCKED",
        [conversation_id],
    )
    if held is None:
        return []
    if not await matters.is_under_way(connection, conversation_id):
        return (await release(connection, conversation_id, SOURCE))[1]
    await _attach(connection, conversation_id)
    by_ticket = defaultdict(list)
    for message in await fetch_all(connection, _SET_ASIDE, [conversation_id]):
        by_ticket[message["ticket_id"]].append(message)
    events = [await _bring_up(connection, ticket_id, messages) for ticket_id, messages in by_ticket.items()]
    return [event for event in events if event]


async def _attach(connection: Connection, conversation_id: UUID) -> None:
    for message in await fetch_all(connection, _UNTICKETED, [conversation_id]):
        goes_on = matters.continues(Channel(message["channel"]), message["details"])
        ticket_id = await matters.continued(connection, conversation_id, message["reply_key"]) if goes_on else None
        await connection.execute(
            "UPDATE messages SET ticket_id = %(ticket)s, attempts = 0,"
            " outcome = CASE WHEN %(ticket)s::uuid IS NOT NULL THEN outcome END WHERE id = %(id)s",
            {"ticket": ticket_id, "id": message["id"]},
        )
        if ticket_id is not None:
            await _wake(connection, await cases.locked(connection, ticket_id))


async def _wake(connection: Connection, case: Case) -> None:
    await cases.move(connection, case, on_new_message(case.status))


async def _bring_up(connection: Connection, ticket_id: UUID, messages: list[dict[str, Any]]) -> OutboxRow | None:
    case = await cases.locked(connection, ticket_id)
    await _wake(connection, case)
    known = await fetch_one(
        connection, "SELECT id FROM escalations WHERE ticket_id = %s AND status = 'open' LIMIT 1", [ticket_id]
    )
    return None if known else await _raise(connection, case, messages)


async def _raise(connection: Connection, case: Case, messages: list[dict[str, Any]]) -> OutboxRow | None:
    last = messages[-1]
    before = await fetch_one(connection, _BEFORE, [case.ticket_id]) or _NOBODYS
    escalation = escalations.Escalation(
        id=derived_id("escalation", last["id"]),
        ticket_id=case.ticket_id,
        reference=case.reference,
        customer_id=case.customer_id,
        conversation_id=case.conversation_id,
        channel=Channel(last["channel"]),
        flag=before["flag"],
        flags=tuple(before["flags"]),
        teams=tuple(before["teams"]),
        severity=before["severity"],
        reason=REASON_NEW if messages[0]["reference"] == case.reference else REASON,
        due_at=due_at(before["teams"][0], datetime.now(UTC)),
        summary=" ".join(last["content"].split())[:300],
        context={"last_messages": [message["content"][:2_000] for message in messages[-5:]]},
    )
    await cases.note(
        connection, SOURCE, "escalation_raised", case.conversation_id,
        reference=case.reference, escalation_id=str(escalation.id),
    )  # fmt: skip
    return await escalations.write(
        connection, escalation, source=SOURCE, traceparent=last["traceparent"] or new_traceparent()
    )
