"""Customers who write while a person holds their conversation: the agent is silent, so the team has to see it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from fte.domain.channels import Channel
from fte.domain.tickets import on_new_message
from fte.events import derived_id, new_traceparent
from fte.store import escalations
from fte.store.outbox import OutboxRow
from fte.store.pool import Connection, fetch_all, fetch_one, transaction
from fte_backoffice import cases
from fte_backoffice.cases import Case
from fte_backoffice.handback import release
from fte_backoffice.wiring import SOURCE, Resources

BATCH: Final = 50
REASON: Final = "The customer wrote again while a person holds the conversation."

_WAITING: Final = """
SELECT DISTINCT m.conversation_id AS id FROM messages AS m JOIN conversations AS c ON c.id = m.conversation_id
 WHERE m.direction = 'inbound' AND m.outcome = 'silent' AND m.ticket_id IS NULL AND c.agent_silent LIMIT %s
"""

_ATTACH: Final = """
UPDATE messages SET ticket_id = %s
 WHERE conversation_id = %s AND direction = 'inbound' AND outcome = 'silent' AND ticket_id IS NULL
RETURNING id, seq, channel, content, details ->> 'traceparent' AS traceparent
"""

# Whoever had this customer's case before gets it again; a case that no team had goes to support.
_BEFORE: Final = """
SELECT flag, flags, teams, severity, due_at - created_at AS time FROM escalations
 WHERE conversation_id = %s ORDER BY created_at DESC, id LIMIT 1
"""
_NOBODYS: Final[dict[str, Any]] = {
    "flag": "HUMAN_REQUESTED",
    "flags": ["HUMAN_REQUESTED"],
    "teams": ["support"],
    "severity": "medium",
    "time": timedelta(hours=8),
}


async def show_waiting(resources: Resources) -> int:
    """Put what customers wrote to their tickets, and where no escalation is open, raise one; return how many
    conversations that were. A conversation without any ticket that is not closed goes back to the agent.
    """
    async with transaction(resources.pool) as connection:
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
    case = await cases.latest(connection, conversation_id)
    if case is None:
        return (await release(connection, conversation_id, SOURCE))[1]
    messages = await fetch_all(connection, _ATTACH, [case.ticket_id, conversation_id])
    if not messages:
        return []
    await cases.move(connection, case, on_new_message(case.status))
    known = await fetch_one(
        connection,
        "SELECT id FROM escalations WHERE conversation_id = %s AND status = 'open' LIMIT 1",
        [conversation_id],
    )
    event = None if known else await _raise(connection, case, sorted(messages, key=lambda row: row["seq"]))
    return [event] if event else []


async def _raise(connection: Connection, case: Case, messages: list[dict[str, Any]]) -> OutboxRow | None:
    last = messages[-1]
    before = await fetch_one(connection, _BEFORE, [case.conversation_id]) or _NOBODYS
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
        reason=REASON,
        due_at=datetime.now(UTC) + before["time"],
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
