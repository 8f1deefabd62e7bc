"""The last look at what the agent says, before a provider has it: a reply that breaks a rule of the policy stays here.

The agent's own gate has looked at the same text. Here it is looked at as it lies in the rows, whatever wrote it there.
What a person of the team writes is that person's to answer for, and is not looked at.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from uuid import UUID

from psycopg.types.json import Jsonb

from fte import metrics
from fte.domain.policy import Reply, importing, violations
from fte.store.pool import Pool, autocommit, fetch_all, transaction
from fte.wiring import Core
from fte_deliver import people, records
from fte_deliver.records import Claim

CODE: Final = "policy"
"""The error code of a withheld part begins so; the rule that was broken follows."""

_PARTS: Final = "SELECT body FROM deliveries WHERE message_id = %s ORDER BY part"

# The articles that the reply rests on are a reason to name what can be imported from.
_PASSAGES: Final = """
SELECT k.content FROM messages AS m JOIN agent_runs AS r ON r.ticket_id = m.ticket_id AND r.reply_id = m.id
  JOIN knowledge_base AS k ON k.slug = ANY(r.articles)
 WHERE m.id = %s
"""

_AUDIT: Final = """
INSERT INTO audit_log (actor, action, conversation_id, details)
SELECT 'deliver', 'withheld', conversation_id, %s FROM messages WHERE id = %s
"""


async def broken_rules(pool: Pool, claim: Claim) -> tuple[str, ...]:
    """The rules that the whole reply breaks, as it lies in the rows; none for what a person wrote."""
    if claim.author != "agent":
        return ()
    async with autocommit(pool) as connection:
        parts = await fetch_all(connection, _PARTS, [claim.message_id])
    reply = Reply(claim.channel, tuple(part["body"] for part in parts), own=(claim.recipient,))
    broken = violations(reply)
    if "competitor" not in broken:
        return broken
    async with autocommit(pool) as connection:
        passages = await fetch_all(connection, _PASSAGES, [claim.message_id])
    return violations(replace(reply, imports=importing(row["content"] for row in passages)))


async def withhold(core: Core, claim: Claim, broken: tuple[str, ...]) -> None:
    """Park the reply as failed and hand its ticket to the Support Lead, in one transaction.

    Rows, event and metric hold the rules' codes, never the text again. No effect on a part that is claimed again.
    """
    async with transaction(core.pool) as connection:
        if not await records.give_up(connection, claim, f"{CODE}_{broken[0]}"):
            return
        noted = Jsonb({"message_id": str(claim.message_id), "rules": list(broken)})
        await connection.execute(_AUDIT, [noted, claim.message_id])
        event = await people.tell(connection, claim.message_id, _why(claim.message_id, broken))
    for code in broken:
        metrics.POLICY_BLOCKS.labels(code).inc()
    core.outbox.publish_soon([event])


def _why(message_id: UUID, broken: tuple[str, ...]) -> people.Why:
    return people.Why(
        "withheld",
        f"The agent's reply was withheld, and the customer has none: it broke {', '.join(broken)}.",
        "A reply of the agent was stopped before it went out: please answer the customer.",
        {"withheld_message": str(message_id), "rules": list(broken)},
    )
