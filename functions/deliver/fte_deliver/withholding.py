"""The last look at what the agent says, before a provider has it: a reply that breaks a rule of the policy stays here.

The agent's own gate has looked at the same text. Here it is looked at as it lies in the rows, whatever wrote it there.
What a person of the team writes is that person's to answer for, and is not looked at.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from psycopg.types.json import Jsonb

from fte import metrics
from fte.domain.channels import Channel
from fte.domain.policy import Reply, importing, violations
from fte.domain.tickets import TicketStatus, steps
from fte.errors import NotPossible
from fte.events import derived_id, new_traceparent
from fte.store import escalations
from fte.store.outbox import OutboxRow
from fte.store.pool import Connection, Pool, fetch_all, fetch_one, transaction
from fte.wiring import Core
from fte_deliver import records
from fte_deliver.records import Claim

SOURCE: Final = "deliver"
CODE: Final = "policy"
"""The error code of a withheld part begins so; the rule that was broken follows."""

TEAM: Final = "support-lead"
FLAG: Final = "KB_MISS"
ANSWER_HOURS: Final = 4

_PARTS: Final = "SELECT body FROM deliveries WHERE message_id = %s ORDER BY part"

# The articles that the reply rests on are a reason to name what can be imported from.
_PASSAGES: Final = """
SELECT k.content FROM messages AS m JOIN agent_runs AS r ON r.ticket_id = m.ticket_id AND r.reply_id = m.id
  JOIN knowledge_base AS k ON k.slug = ANY(r.articles)
 WHERE m.id = %s
"""

_CASE: Final = """
SELECT t.id, t.reference, t.status, m.customer_id, m.conversation_id, m.channel,
       i.details ->> 'traceparent' AS traceparent,
       EXISTS (SELECT FROM escalations AS e WHERE e.ticket_id = t.id AND e.status = 'open') AS with_people
  FROM messages AS m JOIN tickets AS t ON t.id = m.ticket_id LEFT JOIN messages AS i ON i.id = m.answers
 WHERE m.id = %s FOR NO KEY UPDATE OF t
"""


async def broken_rules(pool: Pool, claim: Claim) -> tuple[str, ...]:
    """The rules that the whole reply breaks, as it lies in the rows; none for what a person wrote."""
    if claim.author != "agent":
        return ()
    async with transaction(pool) as connection:
        parts = await fetch_all(connection, _PARTS, [claim.message_id])
    reply = Reply(claim.channel, tuple(part["body"] for part in parts), own=(claim.recipient,))
    broken = violations(reply)
    if "competitor" not in broken:
        return broken
    async with transaction(pool) as connection:
        passages = await fetch_all(connection, _PASSAGES, [claim.message_id])
    return violations(replace(reply, imports=importing(row["content"] for row in passages)))


async def withhold(core: Core, claim: Claim, broken: tuple[str, ...]) -> None:
    """Park the reply as failed and hand its ticket to the Support Lead, in one transaction.

    Rows, event and metric hold the rules' codes, never the text again. No effect on a part that is claimed again.
    """
    async with transaction(core.pool) as connection:
        if not await records.give_up(connection, claim, f"{CODE}_{broken[0]}"):
            return
        event = await _hand_over(connection, claim.message_id, broken)
    for code in broken:
        metrics.POLICY_BLOCKS.labels(code).inc()
    core.outbox.publish_soon([event])


async def _hand_over(connection: Connection, message_id: UUID, broken: tuple[str, ...]) -> OutboxRow | None:
    case = await fetch_one(connection, _CASE, [message_id])
    if case is None:
        return None
    await connection.execute(
        "INSERT INTO audit_log (actor, action, conversation_id, details) VALUES (%s, 'withheld', %s, %s)",
        [SOURCE, case["conversation_id"], Jsonb({"message_id": str(message_id), "rules": list(broken)})],
    )
    await connection.execute("UPDATE tickets SET needs_review = true WHERE id = %s", [case["id"]])
    if case["with_people"]:
        # The team in charge has the case and its summary already; the mark tells the lead to look at it.
        return None
    for status in _way_to_people(TicketStatus(case["status"])):
        await connection.execute(
            "UPDATE tickets SET status = %s, resolution = NULL, resolved_at = NULL WHERE id = %s",
            [str(status), case["id"]],
        )
    return await escalations.write(
        connection,
        _escalation(case, message_id, broken),
        source=SOURCE,
        traceparent=case["traceparent"] or new_traceparent(),
    )


def _way_to_people(status: TicketStatus) -> tuple[TicketStatus, ...]:
    try:
        return steps(status, TicketStatus.ESCALATED)
    except NotPossible:
        # A closed ticket stays closed; the lead still hears of it.
        return ()


def _escalation(case: dict[str, Any], message_id: UUID, broken: tuple[str, ...]) -> escalations.Escalation:
    return escalations.Escalation(
        id=derived_id("withheld", message_id),
        ticket_id=case["id"],
        reference=case["reference"],
        customer_id=case["customer_id"],
        conversation_id=case["conversation_id"],
        channel=Channel(case["channel"]),
        flag=FLAG,
        flags=(FLAG,),
        teams=(TEAM,),
        severity="high",
        reason=f"The agent's reply was withheld, and the customer has none: it broke {', '.join(broken)}.",
        due_at=datetime.now(UTC) + timedelta(hours=ANSWER_HOURS),
        summary="A reply of the agent was stopped before it went out: please answer the customer.",
        context={"withheld_message": str(message_id), "rules": list(broken)},
    )
