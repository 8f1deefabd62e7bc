"""How a run ends: one transaction that writes the answer or the hand-over with everything that belongs to it.

Inside it the turn is checked (a worker that lost it must not write) and the conversation is looked at again: a newer
message, or a person of the team who has taken over meanwhile, wins over what was about to be said.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from psycopg.types.json import Jsonb

from fte import metrics
from fte.domain.teams import due_at
from fte.errors import Transient
from fte.events import EventType, derived_id, outgoing
from fte.store import escalations, outbox, replies
from fte.store.outbox import OutboxRow
from fte.store.pool import Connection, autocommit, fetch_one, transaction
from fte_agent import limits, turn
from fte_agent.context import Outcome, RunContext
from fte_agent.prompts import PROMPT_VERSION
from fte_agent.records import Ticket, more_urgent, open_ticket, opens_another
from fte_agent.rendering import Rendered
from fte_agent.triage import Trigger

SOURCE: Final = "agent"


class Superseded(Transient):
    """Something happened in the conversation that makes this outcome wrong: nothing was written."""


class NewerMessage(Superseded):
    """The customer has written again: both messages are answered together."""


class PersonTookOver(Superseded):
    """A person of the team holds the conversation: the agent is silent."""


class PersonSettled(PersonTookOver):
    """A person of the team has settled this matter: nothing is left to say in it."""


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
        return due_at(self.trigger.team, datetime.now(UTC))


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
    Raises `TurnLost`, `NewerMessage`, `PersonTookOver`, `PersonSettled`, and then nothing is written.
    """
    async with transaction(context.resources.core.pool) as connection:
        await turn.check(connection, context.turn)
        await _look_again(connection, context)
        # What is written from here on waits for nothing but the events' rows.
        async with connection.pipeline():
            support_address = context.resources.core.settings.support_address
            reply = _reply(context, rendered)
            events = [await replies.write(connection, reply, source=SOURCE, support_address=support_address)]
            await _write_ticket(connection, context, outcome)
            if hand_over is not None:
                escalation = _escalation(context, reply.id, hand_over)
                traceparent = context.conversation.pending[-1].traceparent
                events.append(await escalations.write(connection, escalation, source=SOURCE, traceparent=traceparent))
            context.mark("ready")
            await _write_run(connection, context, reply.id, outcome, reasoning, articles)
            events.append(await _write_metric(connection, context, reply.id, outcome))
    context.outcome = outcome
    context.resources.core.outbox.publish_soon(events)
    _measure(context, outcome, hand_over)
    return reply.id


def _measure(context: RunContext, outcome: Outcome, hand_over: HandOver | None) -> None:
    waited = time.time() - context.conversation.pending[0].received_at.timestamp()
    metrics.PROCESSING_SECONDS.labels(context.channel, outcome).observe(waited)
    for stage, milliseconds in context.stages.items():
        metrics.STAGE_SECONDS.labels(stage).observe(milliseconds / 1000)
    for flag in hand_over.flags if hand_over else ():
        metrics.ESCALATIONS.labels(flag, context.channel).inc()


async def mark_silent(context: RunContext, reason: str) -> None:
    """Record that nothing is said, and why; if the conversation was handed back meanwhile, its messages stay owed.

    What is about another matter than those that people have gets a ticket of its own, so that the team can see it.
    """
    async with transaction(context.resources.core.pool) as connection:
        await turn.check(connection, context.turn)
        state = await _state(connection, context)
        if state["agent_silent"]:
            if context.ticket is None and await opens_another(connection, context.conversation):
                await open_ticket(connection, context.conversation, context.subject, context.triage)
            await _settle(connection, context, "silent")
        elif (held := await _told_before(connection, context)) is not None:
            # It goes to the ticket under which all of them are read.
            reason = "over a limit, handed over before"
            await connection.execute(
                "UPDATE messages SET ticket_id = %s WHERE id = ANY(%s)",
                [held, [message.id for message in context.conversation.pending]],
            )
            await _settle(connection, context, "silent")
        elif state["settled"]:
            # What came to the ticket later, or never did, is no part of what was settled: it stays owed.
            reason = "a person settled the ticket"
            await _settle(connection, context, "silent", context.ticket)
        else:
            return
        await connection.execute(
            "INSERT INTO audit_log (actor, action, conversation_id, details) VALUES ('agent', 'silent', %s, %s)",
            [context.conversation.id, Jsonb({"reason": reason})],
        )
    context.outcome = "silent"


async def held_over_limit(context: RunContext) -> bool:
    """Whether the run's messages are more of those that people hold because there are so many of them."""
    if not context.over_limit:
        return False
    async with autocommit(context.resources.core.pool) as connection:
        return await _told_before(connection, context) is not None


async def _told_before(connection: Connection, context: RunContext) -> UUID | None:
    conversation, route = context.conversation, context.route
    # What an earlier attempt put to a ticket of its own is handed over there.
    if not context.over_limit or route is None or any(message.ticket_id for message in conversation.pending):
        return None
    return await limits.told_before(connection, conversation.id, conversation.pending[-1].reply_key, route)


async def _look_again(connection: Connection, context: RunContext) -> None:
    state = await _state(connection, context)
    if state["agent_silent"]:
        raise PersonTookOver
    if state["settled"]:
        raise PersonSettled
    if state["newer"] and context.may_rerun:
        raise NewerMessage


async def _state(connection: Connection, context: RunContext) -> dict[str, Any]:
    """How the conversation, locked now, and the run's ticket stand."""
    last = context.conversation.pending[-1]
    # A statement of its own: one that waits for a lock sees everything else as it was before the wait.
    await connection.execute("SELECT FROM conversations WHERE id = %s FOR NO KEY UPDATE", [context.conversation.id])
    row = await fetch_one(
        connection,
        "SELECT c.agent_silent, coalesce(t.status IN ('resolved', 'closed'), false) AS settled,"
        "       EXISTS (SELECT FROM messages AS m WHERE m.conversation_id = c.id AND m.seq > %s"
        "   AND m.direction = 'inbound' AND m.outcome IS NULL AND m.reply_key = %s) AS newer"
        "  FROM conversations AS c LEFT JOIN tickets AS t ON t.id = %s WHERE c.id = %s",
        [last.seq, last.reply_key, context.ticket.id if context.ticket else None, context.conversation.id],
    )
    assert row is not None
    return row


def _reply(context: RunContext, rendered: Rendered) -> replies.Reply:
    assert context.ticket is not None
    answered = context.conversation.pending[-1]
    return replies.Reply(
        id=derived_id("reply", answered.id),
        author="agent",
        answered=answered,
        customer_id=context.conversation.customer_id,
        conversation_id=context.conversation.id,
        ticket_id=context.ticket.id,
        subject=rendered.subject,
        text=rendered.text,
        parts=rendered.parts,
    )


async def _write_ticket(connection: Connection, context: RunContext, outcome: Outcome) -> None:
    assert context.ticket is not None
    triage = context.triage
    # A case that people hold stays theirs, whatever the agent still says meanwhile. What fired after the ticket was
    # opened (a repeated contact) is stored with it as well.
    await connection.execute(
        "UPDATE tickets SET status = CASE WHEN %(escalated)s THEN 'escalated' WHEN status = 'escalated' THEN status"
        "   WHEN %(resolved)s THEN 'resolved' ELSE 'answered' END,"
        "  resolution = CASE WHEN %(resolved)s AND status <> 'escalated' THEN 'confirmed' END,"
        "  resolved_at = CASE WHEN %(resolved)s AND status <> 'escalated' THEN now() END,"
        "  triage = %(triage)s, priority = %(priority)s"
        " WHERE id = %(id)s",
        {
            "escalated": outcome == "escalated",
            "resolved": outcome == "resolved",
            "triage": Jsonb(triage.explanation()),
            "priority": more_urgent(context.ticket.priority, triage.priority),
            "id": context.ticket.id,
        },
    )
    await _settle(connection, context, outcome)


async def _settle(connection: Connection, context: RunContext, outcome: Outcome, ticket: Ticket | None = None) -> None:
    """Give the messages of the run their outcome; with `ticket`, only those that were put to it."""
    await connection.execute(
        "UPDATE messages SET outcome = %(outcome)s, next_attempt_at = NULL WHERE id = ANY(%(ids)s) AND outcome IS NULL"
        "   AND (%(ticket)s::uuid IS NULL OR ticket_id = %(ticket)s)",
        {
            "outcome": outcome,
            "ids": [message.id for message in context.conversation.pending],
            "ticket": ticket.id if ticket else None,
        },
    )


def _escalation(context: RunContext, reply_id: UUID, hand_over: HandOver) -> escalations.Escalation:
    assert context.ticket is not None
    trigger = hand_over.trigger
    return escalations.Escalation(
        id=derived_id("escalation", reply_id),
        ticket_id=context.ticket.id,
        reference=context.ticket.reference,
        customer_id=context.conversation.customer_id,
        conversation_id=context.conversation.id,
        channel=context.channel,
        flag=trigger.flag,
        flags=hand_over.flags,
        teams=trigger.teams,
        severity=trigger.severity,
        reason=hand_over.reason,
        due_at=hand_over.due_at,
        summary=hand_over.summary,
        context=hand_over.context,
    )


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
    await connection.execute(
        "INSERT INTO tool_calls (run_id, position, tool, accepted, reason)"
        " SELECT %s, c.position, c.tool, c.accepted, c.reason"
        "   FROM unnest(%s::text[], %s::boolean[], %s::text[]) WITH ORDINALITY AS c (tool, accepted, reason, position)",
        [
            context.id,
            [call.tool for call in context.calls],
            [call.accepted for call in context.calls],
            [call.reason for call in context.calls],
        ],
    )


async def _write_metric(
    connection: Connection, context: RunContext, reply_id: UUID, outcome: Outcome
) -> OutboxRow | None:
    now = datetime.now(UTC)
    conversation = context.conversation
    waited = now - conversation.pending[0].received_at
    event = outgoing(
        EventType.METRIC_RECORDED,
        source=SOURCE,
        thing=reply_id,
        time=now,
        data={
            "name": "response_ready_ms",
            "value": round(waited.total_seconds() * 1000, 1),
            "unit": "ms",
            "channel": str(context.channel),
            "customer_id": str(conversation.customer_id),
            "conversation_id": str(conversation.id),
            "labels": {"outcome": outcome, "model": context.model},
            "recorded_at": now.isoformat(),
        },
        traceparent=conversation.pending[-1].traceparent,
        extensions={"channel": str(context.channel)},
    )
    return await outbox.add(connection, event, customer_id=conversation.customer_id, conversation_id=conversation.id)


def _found(context: RunContext) -> list[dict[str, Any]]:
    """What the search found, best first, whether the reply rests on it or not."""
    hits = context.found.hits if context.found else ()
    return [{"slug": hit.slug, "topics": list(hit.topics), "score": round(hit.score, 3)} for hit in hits]
