"""The gate in front of every tool: order, arguments, the run's own ids, policy. It holds whatever a model says.

The SDK runs the guardrails of all calls of one response before any of their bodies. So the gate keeps two sets:
*claimed* steps give the order and at most one call each, *done* steps are what a later step may build on.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final, Literal

from agents import ToolGuardrailFunctionOutput, ToolInputGuardrailData, tool_input_guardrail
from pydantic import BaseModel, TypeAdapter, ValidationError

from fte import metrics
from fte.domain.policy import Reply, help_pages, importing, violations
from fte.domain.policy.grounding import ungrounded
from fte.knowledge.search import Hit
from fte_agent.answers import cited, respond
from fte_agent.context import RunContext, ToolCall
from fte_agent.grounding import sources
from fte_agent.inputs import EscalationInput, HistoryInput, ResponseInput, SearchInput, TicketInput
from fte_agent.offline import decide
from fte_agent.prompts import CUSTOMER_SUCCESS_SYSTEM_PROMPT

INPUTS: Final[dict[str, type[BaseModel]]] = {
    "create_ticket": TicketInput,
    "get_customer_history": HistoryInput,
    "search_knowledge_base": SearchInput,
    "send_response": ResponseInput,
    "escalate_to_human": EscalationInput,
}

_ARGUMENTS: Final = TypeAdapter(dict[Literal["input"], dict[str, Any]])

_FIRST_THREE: Final = frozenset({"create_ticket", "get_customer_history", "search_knowledge_base"})

NEEDS_CLAIMED: Final = {"search_knowledge_base": frozenset({"get_customer_history"})}
NEEDS_DONE: Final = {
    "get_customer_history": frozenset({"create_ticket"}),
    "search_knowledge_base": frozenset({"create_ticket"}),
    "send_response": _FIRST_THREE,
    "escalate_to_human": _FIRST_THREE,
}
OUTCOME: Final = "outcome"
"""What both final tools claim: the first one wins."""

RUN_OF_WORDS: Final = 8
"""So many words in a row as they stand in the prompt are no chance."""

_WORD: Final = re.compile(r"[a-z0-9_']+")


@tool_input_guardrail
def gate(data: ToolInputGuardrailData) -> ToolGuardrailFunctionOutput:
    """Let a call through, or tell the model in a few words why not."""
    context: RunContext = data.context.context
    tool = data.context.tool_name
    refusal = _refusal(context, tool, data.context.tool_arguments)
    context.calls.append(ToolCall(tool, refusal is None, refusal or ""))
    if refusal is not None:
        metrics.TOOL_REJECTIONS.labels(tool, refusal.partition(" ")[0]).inc()
        return ToolGuardrailFunctionOutput.reject_content(f"rejected: {refusal}")
    metrics.TOOL_CALLS.labels(tool).inc()
    context.claimed.add(_step(tool))
    return ToolGuardrailFunctionOutput.allow()


def _step(tool: str) -> str:
    return tool if tool in _FIRST_THREE else OUTCOME


def _refusal(context: RunContext, tool: str, arguments: str) -> str | None:
    if _step(tool) in context.claimed:
        return "already_called"
    if not NEEDS_CLAIMED.get(tool, frozenset()) <= context.claimed:
        return "out_of_order"
    if not NEEDS_DONE.get(tool, frozenset()) <= context.done:
        return "out_of_order"
    try:
        parsed = parse(tool, arguments)
    except (ValidationError, KeyError):
        return "bad_arguments"
    if not _ours(context, parsed):
        return "foreign_id"
    if isinstance(parsed, ResponseInput):
        if context.for_people:
            return f"must_hand_over ({', '.join(context.triage.flags) or ('limit' if context.too_many else 'risk')})"
        return _policy(context, parsed)
    return None


def parse(tool: str, arguments: str) -> BaseModel:
    """The typed input in a call's raw arguments, `{"input": {...}}`. Raises `ValidationError`, `KeyError`."""
    wrapped = _ARGUMENTS.validate_json(arguments or "{}")
    return INPUTS[tool].model_validate(wrapped["input"])


def _ours(context: RunContext, parsed: Any) -> bool:
    """Ids and channel must be the run's: nothing a customer wrote can point a call elsewhere."""
    expected = {
        "customer_id": context.conversation.customer_id,
        "ticket_id": context.ticket.id if context.ticket else None,
        "channel": context.channel,
    }
    return all(getattr(parsed, name, value) == value for name, value in expected.items())


def _policy(context: RunContext, parsed: ResponseInput) -> str | None:
    rendered = respond(context, parsed)
    broken = violations(_reply(context, rendered.parts, cited(context, parsed.articles)))
    if "internals" not in broken and _runs_of_words(parsed.message) & _prompt():
        broken = (*broken, "internals")
    if not broken and parsed.kind != "thanks" and _is_ungrounded(context, parsed.message):
        # Said where no rule knows more: what is a price is most often from nowhere as well.
        broken = ("ungrounded",)
    for rule in broken:
        metrics.POLICY_BLOCKS.labels(rule).inc()
    # The codes alone: what was about to be said is not kept anywhere.
    return f"policy ({', '.join(broken)})" if broken else None


def _is_ungrounded(context: RunContext, message: str) -> bool:
    """Whether the core states a number or a name that the run has from nowhere. What the answerer by rule says of the
    same run is well founded, whoever says it."""
    known = (*sources(context),)
    return bool(ungrounded(message, known) and ungrounded(message, (*known, decide(context).core)))


def _reply(context: RunContext, parts: tuple[str, ...], hits: tuple[Hit, ...]) -> Reply:
    """The rendered reply with what the rules must know of its case."""
    assert context.ticket is not None
    config = context.conversation.config
    found = context.found.hits if context.found else ()
    linked = help_pages("\n".join(passage.content for hit in found for passage in hit.passages))
    must = (context.ticket.reference if config.shows_reference else "", config.signature)
    return Reply(
        context.channel,
        parts,
        must_contain=tuple(filter(None, must)),
        own=(context.conversation.pending[-1].reply_address,),
        imports=importing(passage.content for hit in hits for passage in hit.passages),
        articles=linked | {hit.slug for hit in found},
        references=_references(context),
    )


def _references(context: RunContext) -> frozenset[str]:
    """The tickets that this address knows of: its own, and those that our replies to it have named."""
    assert context.ticket is not None
    history = context.history
    earlier = {ticket.reference for ticket in history.earlier} if history else set()
    held = {case.reference for case in history.held} if history else set()
    return frozenset({context.ticket.reference, *earlier, *held})


def _runs_of_words(text: str) -> frozenset[str]:
    words = _WORD.findall(text.lower())
    return frozenset(" ".join(words[place : place + RUN_OF_WORDS]) for place in range(len(words) - RUN_OF_WORDS + 1))


@cache
def _prompt() -> frozenset[str]:
    return _runs_of_words(CUSTOMER_SUCCESS_SYSTEM_PROMPT)
