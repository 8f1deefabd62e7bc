"""How a run ends: one transaction that writes the answer or the hand-over with everything that belongs to it.

Inside it the turn is checked (a worker that lost it must not write) and the conversation is looked at again: a newer
message, or a person of the team who has taken over meanwhile, wins over what was about to be said.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from psycopg.types.json import Jsonb

from fte import metrics
from fte.domain.channels import Channel
from fte.errors import Transient
from fte.events import EventType, derived_id, outgoing
from fte.store import outbox
from fte.store.outbox import OutboxRow
from fte.store.pool import Connection, fetch_one, transaction
from fte_agent import turn
from fte_agent.context import Outcome, RunContext
from fte_agent.prompts import PROMPT_VERSION
from fte_agent.rendering import Rendered
from fte_agent.teams import expected_answer
from fte_agent.triage import Trigger

SOURCE: Final = "agent"


class Superseded(Transient):
    """Something happened in the conversation that makes this outcome wrong: nothing was written."""


class NewerMessage(Superseded):
    """The customer has written again: both messages are answered together."""


class PersonTookOver(Superseded):
    """A person of the team holds the conversation: the agent is silent."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """A case for people: who, how urgent, why, and what they need to know."""

    trigger: Trigger
    flags: tuple[str, ...]
    reason: str
    summary: str
    context: dict[str, Any]

    @property
    def due_at(self) -> datetime:
        return datetime.now(UTC) + timedelta(hours=expected_answer(self.trigger.team).hours)


async def commit(
    context: RunContext,
    rendered: Rendered,
    outcome: Outcome,
    *,
    reasoning: str,
    articles: Sequence[str],
    hand_over: HandOver | None = None,
) -> UUID:
    """Write the reply and what belongs to it, and publish its events; return the reply's id.

    One transaction: reply, deliveries, ticket, hand-over, run and tool calls, outcomes of the messages, events.
    Raises `TurnLost`, `NewerMessage`, `PersonTookOver`, and then nothing is written.
    """
    async with transaction(context.resources.core.pool) as connection:
        await turn.check(connection, context.turn)
        await _look_again(connection, context)
        reply_id = await _write_reply(connection, context, rendered)
        await _write_ticket(connection, context, outcome)
        events = [
            await _event(
                connection, context, EventType.RESPONSE_READY, reply_id, _response(context, reply_id, rendered)
            )
        ]
        if hand_over is not None:
            events.append(await _write_hand_over(connection, context, reply_id, hand_over))
        context.mark("ready")
        await _write_run(connection, context, reply_id, outcome, reasoning, articles)
        events.append(await _event(connection, context, EventType.METRIC_RECORDED, reply_id, _metric(context, outcome)))
    context.outcome = outcome
    context.resources.core.outbox.publish_soon(events)
    _measure(context, outcome, hand_over)
    return reply_id


def _measure(context: RunContext, outcome: Outcome, hand_over: HandOver | None) -> None:
    waited = time.time() - context.conversation.pending[0].received_at.timestamp()
    metrics.PROCESSING_SECONDS.labels(context.channel, outcome).observe(waited)
    for stage, milliseconds in context.stages.items():
        metrics.STAGE_SECONDS.labels(stage).observe(milliseconds / 1000)
    for flag in hand_over.flags if hand_over else ():
        metrics.ESCALATIONS.labels(flag, context.channel).inc()


async def mark_silent(context: RunContext, reason: str) -> None:
    """Record that nothing is said, and why."""
    async with transaction(context.resources.core.pool) as connection:
        await turn.check(connection, context.turn)
        await _settle(connection, context, "silent")
        await connection.execute(
            "INSERT INTO audit_log (actor, action, conversation_id, details) VALUES ('agent', 'silent', %s, %s)",
            [context.conversation.id, Jsonb({"reason": reason})],
        )
    context.outcome = "silent"


async def _look_again(connection: Connection, context: RunContext) -> None:
    row = await fetch_one(
        connection,
        "SELECT c.agent_silent, EXISTS (SELECT FROM messages AS m WHERE m.conversation_id = c.id AND m.seq > %s"
        "   AND m.direction = 'inbound' AND m.outcome IS NULL) AS newer"
        "  FROM conversations AS c WHERE c.id = %s FOR NO KEY UPDATE",
        [context.conversation.pending[-1].seq, context.conversation.id],
    )
    assert row is not None
    if row["agent_silent"]:
        raise PersonTookOver
    if row["newer"] and context.may_rerun:
        raise NewerMessage


async def _write_reply(connection: Connection, context: RunContext, rendered: Rendered) -> UUID:
    answered = context.conversation.pending[-1]
    reply_id = derived_id("reply", answered.id)
    by_mail = answered.channel is not Channel.WHATSAPP
    in_thread = answered.channel is Channel.EMAIL
    references = [*answered.details.get("references", ()), answered.rfc_message_id] if in_thread else []
    details = {
        "thread_id": answered.provider_thread_id if in_thread else None,
        "in_reply_to": answered.rfc_message_id if in_thread else None,
        "references": [reference for reference in references if reference],
    }
    await connection.execute(
        "INSERT INTO messages (id, conversation_id, customer_id, ticket_id, direction, author, channel,"
        "  provider_thread_id, recipient, subject, content, details, answers, delivery_status, received_at)"
        " VALUES (%s, %s, %s, %s, 'outbound', 'agent', %s, %s, %s, %s, %s, %s, %s, 'queued', now())",
        [
            reply_id,
            context.conversation.id,
            context.conversation.customer_id,
            context.ticket.id if context.ticket else None,
            str(answered.channel),
            details["thread_id"],
            answered.reply_address,
            rendered.subject,
            rendered.text,
            Jsonb(details),
            answered.id,
        ],
    )
    domain = context.resources.core.settings.support_address.rpartition("@")[2]
    for number, part in enumerate(rendered.parts, start=1):
        await connection.execute(
            "INSERT INTO deliveries (id, message_id, part, body, rfc_message_id) VALUES (%s, %s, %s, %s, %s)",
            [
                derived_id("delivery", reply_id, number),
                reply_id,
                number,
                part,
                f"<{reply_id}.{number}@{domain}>" if by_mail else None,
            ],
        )
    return reply_id


async def _write_ticket(connection: Connection, context: RunContext, outcome: Outcome) -> None:
    assert context.ticket is not None
    # A case that people hold stays theirs, whatever the agent still says meanwhile.
    await connection.execute(
        "UPDATE tickets SET status = CASE WHEN %(escalated)s THEN 'escalated' WHEN status = 'escalated' THEN status"
        "   WHEN %(resolved)s THEN 'resolved' ELSE 'answered' END,"
        "  resolution = CASE WHEN %(resolved)s AND status <> 'escalated' THEN 'confirmed' END,"
        "  resolved_at = CASE WHEN %(resolved)s AND status <> 'escalated' THEN now() END"
        " WHERE id = %(id)s",
        {"escalated": outcome == "escalated", "resolved": outcome == "resolved", "id": context.ticket.id},
    )
    await _settle(connection, context, outcome)


async def _settle(connection: Connection, context: RunContext, outcome: Outcome) -> None:
    await connection.execute(
        "UPDATE messages SET outcome = %s, next_attempt_at = NULL WHERE id = ANY(%s) AND outcome IS NULL",
        [outcome, [message.id for message in context.conversation.pending]],
    )


async def _write_hand_over(
    connection: Connection, context: RunContext, reply_id: UUID, hand_over: HandOver
) -> OutboxRow | None:
    assert context.ticket is not None
    trigger = hand_over.trigger
    escalation_id = derived_id("escalation", reply_id)
    due_at = hand_over.due_at
    await connection.execute(
        "INSERT INTO escalations (id, ticket_id, conversation_id, customer_id, flag, flags, team, teams, severity,"
        "  reason, summary, context, due_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        [
            escalation_id,
            context.ticket.id,
            context.conversation.id,
            context.conversation.customer_id,
            trigger.flag,
            list(hand_over.flags),
            trigger.team,
            list(trigger.teams),
            trigger.severity,
            hand_over.reason,
            hand_over.summary,
            Jsonb(hand_over.context),
            due_at,
        ],
    )
    data = {
        "escalation_id": str(escalation_id),
        "ticket_id": str(context.ticket.id),
        "reference": context.ticket.reference,
        "channel": str(context.channel),
        "flag": trigger.flag,
        "flags": list(hand_over.flags),
        "team": trigger.team,
        "teams": list(trigger.teams),
        "severity": trigger.severity,
        "reason": hand_over.reason,
        "due_at": due_at.isoformat(),
    }
    extensions = {
        "escalationflag": trigger.flag,
        "escalationflags": f",{','.join(hand_over.flags)},",
        "team": trigger.team,
    }
    return await _event(connection, context, EventType.ESCALATION_RAISED, escalation_id, data, extensions)


async def _write_run(
    connection: Connection,
    context: RunContext,
    reply_id: UUID,
    outcome: Outcome,
    reasoning: str,
    articles: Sequence[str],
) -> None:
    await connection.execute(
        "INSERT INTO agent_runs (id, conversation_id, ticket_id, reply_id, message_ids, outcome, model, prompt_version,"
        "  reasoning, articles, found, stages, usage, started_at)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, to_timestamp(%s))",
        [
            context.id,
            context.conversation.id,
            context.ticket.id if context.ticket else None,
            reply_id,
            [message.id for message in context.conversation.pending],
            outcome,
            context.model,
            PROMPT_VERSION,
            reasoning,
            list(articles),
            Jsonb(_found(context)),
            Jsonb(context.stages),
            Jsonb(context.usage),
            context.started_at,
        ],
    )
    for position, call in enumerate(context.calls, start=1):
        await connection.execute(
            "INSERT INTO tool_calls (run_id, position, tool, accepted, reason) VALUES (%s, %s, %s, %s, %s)",
            [context.id, position, call.tool, call.accepted, call.reason],
        )


async def _event(
    connection: Connection,
    context: RunContext,
    type_: EventType,
    thing: object,
    data: dict[str, Any],
    extensions: dict[str, str] | None = None,
) -> OutboxRow | None:
    conversation = context.conversation
    event = outgoing(
        type_,
        source=SOURCE,
        thing=thing,
        time=datetime.now(UTC),
        data={**data, "customer_id": str(conversation.customer_id), "conversation_id": str(conversation.id)},
        traceparent=conversation.pending[-1].traceparent,
        extensions={"channel": str(context.channel), **(extensions or {})},
    )
    return await outbox.add(connection, event, customer_id=conversation.customer_id, conversation_id=conversation.id)


def _response(context: RunContext, reply_id: UUID, rendered: Rendered) -> dict[str, Any]:
    assert context.ticket is not None
    return {
        "message_id": str(reply_id),
        "ticket_id": str(context.ticket.id),
        "channel": str(context.channel),
        "parts": len(rendered.parts),
    }


def _found(context: RunContext) -> list[dict[str, Any]]:
    """What the search found, best first, whether the reply rests on it or not."""
    hits = context.found.hits if context.found else ()
    return [{"slug": hit.slug, "topics": list(hit.topics), "score": round(hit.score, 3)} for hit in hits]


def _metric(context: RunContext, outcome: Outcome) -> dict[str, Any]:
    now = datetime.now(UTC)
    waited = now - context.conversation.pending[0].received_at
    return {
        "name": "response_ready_ms",
        "value": round(waited.total_seconds() * 1000, 1),
        "unit": "ms",
        "channel": str(context.channel),
        "labels": {"outcome": outcome, "model": context.model},
        "recorded_at": now.isoformat(),
    }
