"""The five tools. Each is gated; each works on the run's own conversation, whatever its arguments say."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any, Final

from agents import FunctionTool, RunContextWrapper, function_tool

from fte.store.pool import autocommit, transaction
from fte_agent import limits, notices, prompts, records
from fte_agent.answers import cited, lay_out, respond
from fte_agent.context import Outcome, RunContext
from fte_agent.gates import gate
from fte_agent.hand_over import circumstances
from fte_agent.inputs import EscalationInput, HistoryInput, ResponseInput, SearchInput, TicketInput
from fte_agent.lookup import look_up
from fte_agent.outcome import HandOver, Superseded, commit
from fte_agent.triage.triggers import BY_FLAG
from fte_agent.wordless import shown

Wrapper = RunContextWrapper[RunContext]

TOOL_SECONDS: Final = 10.0

_OUTCOMES: Final[dict[str, Outcome]] = {"answer": "answered", "question": "asked", "thanks": "resolved"}


def _tool(function: Callable[..., Awaitable[str]]) -> FunctionTool:
    """A gated tool. When it fails it raises, instead of turning into a sentence that a model could talk about."""
    return function_tool(
        function,
        failure_error_function=None,
        timeout=TOOL_SECONDS,
        timeout_behavior="raise_exception",
        tool_input_guardrails=[gate],
    )


@_tool
async def create_ticket(wrapper: Wrapper, input: TicketInput) -> str:
    """Open the ticket of this matter, or get the one that it continues. Always the first call."""
    context = wrapper.context
    async with transaction(context.resources.core.pool) as connection:
        context.ticket = await records.open_ticket(connection, context.conversation, input.issue, context.triage)
    _done(context, "create_ticket")
    ticket = context.ticket
    return _result(
        ticket_id=ticket.id, reference=ticket.reference, status=ticket.status, category=ticket.category,
        priority=ticket.priority, new=ticket.is_new,
    )  # fmt: skip


@_tool
async def get_customer_history(wrapper: Wrapper, input: HistoryInput) -> str:
    """What the customer wrote before and what was answered, as far as this reply's address may see it."""
    context = wrapper.context
    async with autocommit(context.resources.core.pool) as connection:
        history = await records.load_history(connection, context.conversation, input.limit)
    context.history = history
    _done(context, "get_customer_history")
    return _result(**prompts.history_facts(history))


@_tool
async def search_knowledge_base(wrapper: Wrapper, input: SearchInput) -> str:
    """Search TechCorp's documentation: articles with their passages, best first, each with a score from 0 to 1."""
    context = wrapper.context
    known = await context.vectors if context.vectors else {}
    context.found = await look_up(context, input.query, input.max_results, known)
    _done(context, "search_knowledge_base")
    return _result(articles=prompts.article_facts(context.found))


@_tool
async def send_response(wrapper: Wrapper, input: ResponseInput) -> str:
    """Send the answer to the customer and end the run. `kind` is `answer`, `question` (to ask back) or `thanks`."""
    context = wrapper.context
    rendered = respond(context, input)
    articles = [hit.slug for hit in cited(context, input.articles)]
    try:
        # Thanks settle no case that people have.
        outcome = "answered" if context.cases and input.kind == "thanks" else _OUTCOMES[input.kind]
        reply_id = await commit(context, rendered, outcome, reasoning=input.reasoning, articles=articles)
    except Superseded as news:
        context.superseded = news
        return _result(status="superseded")
    return _result(status="queued", message_id=reply_id)


@_tool
async def escalate_to_human(wrapper: Wrapper, input: EscalationInput) -> str:
    """Hand the case over to the team in charge, tell the customer so, and end the run."""
    context = wrapper.context
    trigger = context.route or BY_FLAG[input.flag]
    flags = context.triage.flags or (trigger.flag,)
    tried = [hit.slug for hit in context.found.hits] if context.found else []
    hand_over = HandOver(
        trigger=trigger,
        flags=flags,
        reason=input.reason,
        summary=_summary(context),
        context={
            "last_messages": [shown(message)[:2_000] for message in context.conversation.pending[-5:]],
            "tried_articles": tried,
            "sentiment": {"score": context.triage.sentiment.score, "label": context.triage.sentiment.label},
            "earlier_tickets": context.history.tickets if context.history else 0,
            **({limits.MARK: context.over_limit} if context.over_limit else {}),
        },
    )
    notice = notices.apology if context.failed else notices.hand_over_notice
    rendered = lay_out(context, notice(context.channel, trigger, circumstances(context, flags)))
    try:
        reply_id = await commit(
            context, rendered, "escalated", reasoning=input.reasoning, articles=[], hand_over=hand_over
        )
    except Superseded as news:
        context.superseded = news
        return _result(status="superseded")
    return _result(status="queued", message_id=reply_id, team=trigger.team)


TOOLS: Final[tuple[FunctionTool, ...]] = (
    create_ticket, get_customer_history, search_knowledge_base, send_response, escalate_to_human,
)  # fmt: skip


def _done(context: RunContext, step: str) -> None:
    context.done.add(step)
    context.mark(step)


def _summary(context: RunContext) -> str:
    triage = context.triage
    said = " ".join(" ".join(shown(message) for message in context.conversation.pending).split())
    return (
        f"{context.conversation.customer_name or 'A customer'} on {context.channel}, {triage.category}, "
        f"{triage.sentiment.label} ({triage.sentiment.score}): {said[:300]}"
    )


def _result(**facts: Any) -> str:
    return json.dumps(facts, default=str, ensure_ascii=False)
