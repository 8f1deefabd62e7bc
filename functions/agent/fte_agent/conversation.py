"""Answering a conversation: take its turn, answer all that is owed as one, look once more."""

from __future__ import annotations

import asyncio
import logging
from typing import Final
from uuid import UUID

from fte.domain.channels import Channel
from fte.errors import Transient
from fte.observability import log_context, trace_id
from fte.store.pool import autocommit
from fte_agent import turn
from fte_agent.context import RunContext
from fte_agent.lookup import embedded
from fte_agent.outcome import NewerMessage, PersonTookOver, held_over_limit, mark_silent
from fte_agent.records import Conversation, Inbound, load_conversation, postpone
from fte_agent.run import run
from fte_agent.triage import UNJUDGED, triage
from fte_agent.wiring import AgentResources

log = logging.getLogger(__name__)

_UNFINISHED_WORDS: Final = 3

GIVE_UP_AFTER: Final = 3
"""Failed attempts after which a message is handed over to people, unjudged, with an apology."""


async def answer(resources: AgentResources, conversation_id: UUID) -> None:
    """Bring everything that is owed in the conversation to an outcome, unless another worker is at it.

    Raises `Unavailable` when the database is away; `TurnLost` when another worker took over meanwhile.
    """
    while True:
        held = await turn.take(resources.core.pool, conversation_id)
        if held is None:
            return
        async with turn.kept_alive(resources.core.pool, held):
            while await _answer_once(resources, held):
                pass
        # A message that came while the turn was ending was turned away as covered: it is ours to find.
        if await owed(resources, conversation_id) is None:
            return


async def _answer_once(resources: AgentResources, held: turn.Turn) -> bool:
    """Answer what is owed; False when nothing is."""
    conversation = await owed(resources, held.conversation_id)
    if conversation is None:
        return False
    if resources.wait_for_next_line and _unfinished(conversation.pending[-1]):
        await asyncio.sleep(resources.wait_for_next_line)
        conversation = await owed(resources, held.conversation_id) or conversation
    with log_context(trace_id=trace_id(conversation.pending[-1].traceparent), conversation_id=str(conversation.id)):
        try:
            async with resources.places:
                context = await _run(resources, held, conversation, may_rerun=True)
                if isinstance(context.superseded, NewerMessage):
                    conversation = await owed(resources, held.conversation_id) or conversation
                    context = await _run(resources, held, conversation, may_rerun=False)
        except Transient:
            raise
        except Exception:
            # Whatever is wrong is wrong with these messages: they get a later time, and no other waits for them.
            log.exception("run_failed", extra={"attempts": conversation.attempts + 1})
            await postpone(resources.core.pool, held, conversation)
            return True
        if isinstance(context.superseded, PersonTookOver):
            await mark_silent(context, "a person holds the conversation")
        log.info(
            "answered",
            extra={
                "outcome": context.outcome,
                "reference": context.ticket.reference if context.ticket else None,
                "flags": list(context.triage.flags),
                "stages": context.stages,
            },
        )
    return True


async def owed(resources: AgentResources, conversation_id: UUID) -> Conversation | None:
    """What is owed in the conversation now, or None."""
    async with autocommit(resources.core.pool) as connection:
        return await load_conversation(connection, conversation_id)


async def _run(
    resources: AgentResources, held: turn.Turn, conversation: Conversation, *, may_rerun: bool
) -> RunContext:
    context = await begin(resources, held, conversation, may_rerun=may_rerun)
    try:
        if not context.over:
            await run(context, resources.model_for)
    finally:
        if context.vectors is not None:
            context.vectors.cancel()
    return context


async def begin(
    resources: AgentResources, held: turn.Turn, conversation: Conversation, *, may_rerun: bool
) -> RunContext:
    """A run over all that is owed, judged; it is over at once where a person holds the conversation."""
    last = conversation.pending[-1]
    hopeless = conversation.attempts >= GIVE_UP_AFTER
    judged = UNJUDGED
    if not hopeless:
        text = "\n".join(message.content for message in conversation.pending)
        begins = any(message.begins for message in conversation.pending)
        judged = await asyncio.to_thread(
            triage, _opening_subject(conversation), text, last.channel, resources.encoder, begins=begins
        )
    context = RunContext(
        resources=resources,
        turn=held,
        conversation=conversation,
        triage=judged,
        may_rerun=may_rerun,
        failed=hopeless,
    )
    if conversation.agent_silent:
        context.superseded = PersonTookOver()
    elif await held_over_limit(context):
        context.superseded = PersonTookOver("over a limit, handed over and told before")
    else:
        context.vectors = asyncio.create_task(embedded(context))
    return context


def _opening_subject(conversation: Conversation) -> str:
    """The subject under which a matter begins. That of a reply was judged with the message that it answers."""
    return next((message.subject for message in conversation.pending if not message.continues), "")


def _unfinished(message: Inbound) -> bool:
    return message.channel is Channel.WHATSAPP and len(message.content.split()) <= _UNFINISHED_WORDS
