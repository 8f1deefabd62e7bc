"""The models of a run. `PlannedModel` makes the first three calls itself and asks another model only for the last one.

One round trip to a model fits into the time a customer waits for; five do not. Everything runs through the same
Runner, tools and gates, whoever asked for a call.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator
from typing import Any, Final
from uuid import uuid4

from agents import AgentsException, ModelResponse, OpenAIResponsesModel, Usage
from agents.models.interface import Model
from openai import OpenAIError
from openai.types.responses import ResponseFunctionToolCall
from pydantic import ValidationError

from fte import metrics
from fte_agent.answering.selection import GOOD_ENOUGH
from fte_agent.answers import cited
from fte_agent.asking import model_settings, usage_of
from fte_agent.context import RunContext
from fte_agent.gates import OUTCOME, parse
from fte_agent.inputs import ResponseInput
from fte_agent.offline import decide
from fte_agent.prices import price_of
from fte_agent.repeats import notice_repeats

log = logging.getLogger(__name__)

OFFLINE: Final = "offline"
TRIGGERS: Final = "triggers"
"""The model that is stored where a trigger decided and none was asked."""

FINAL_TOOLS: Final = frozenset({"send_response", "escalate_to_human"})


def call(tool: str, **arguments: Any) -> ResponseFunctionToolCall:
    """A call of `tool`, as a model's output."""
    return ResponseFunctionToolCall(
        type="function_call",
        id=f"fc_{uuid4().hex}",
        call_id=f"call_{uuid4().hex}",
        name=tool,
        arguments=json.dumps({"input": arguments}, default=str, ensure_ascii=False),
    )


def _response(*calls: ResponseFunctionToolCall) -> ModelResponse:
    # No usage: nothing was asked of a model, so nothing is counted.
    return ModelResponse(output=list(calls), usage=Usage(), response_id=None)


class OfflineModel(Model):
    """A model that decides by rule (`fte_agent.offline`): deterministic, without network, never refuses."""

    def __init__(self, context: RunContext) -> None:
        self._context = context

    async def get_response(self, *args: Any, **kwargs: Any) -> ModelResponse:
        context = self._context
        assert context.ticket is not None
        decision = await asyncio.to_thread(decide, context)
        common = {"reasoning": decision.reasoning, "ticket_id": context.ticket.id}
        if decision.action == "hand_over":
            return _response(call("escalate_to_human", **common, reason=decision.reasoning, flag=decision.flag))
        kind = {"answer": "answer", "ask": "question", "thank": "thanks"}[decision.action]
        return _response(
            call(
                "send_response",
                **common,
                message=decision.core or kind,
                channel=context.channel,
                articles=decision.articles,
                kind=kind,
            )
        )

    def stream_response(self, *args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        raise NotImplementedError("runs are not streamed")


def _grounded(tool: str, arguments: str, context: RunContext) -> bool:
    """Whether an answer rests on an article that the search found good enough; an invented one counts for nothing.

    What cannot be read is let through to the gate, which says what is wrong with it.
    """
    try:
        parsed = parse(tool, arguments)
    except (ValidationError, KeyError):
        return True
    if not isinstance(parsed, ResponseInput) or parsed.kind != "answer":
        return True
    return any(hit.score >= GOOD_ENOUGH for hit in cited(context, parsed.articles))


class PlannedModel(Model):
    """Plans the first three calls; then a fired trigger decides, or `delegate` does within the run's deadline.

    When the delegate is late, fails, or was refused by a gate, the offline answerer takes over in the same run; when
    that is refused too, the case is handed over. So a run ends after the delegate, the offline answerer and the
    hand-over at the latest, and each is tried once.
    """

    def __init__(self, context: RunContext, delegate: Model | None, delegate_name: str) -> None:
        self._context = context
        self._delegate = delegate
        self._delegate_name = delegate_name
        self._offline_answered = False

    async def get_response(self, *args: Any, **kwargs: Any) -> ModelResponse:
        claimed = self._context.claimed
        if "create_ticket" not in claimed:
            return _response(self._create_ticket())
        if "search_knowledge_base" not in claimed:
            return _response(self._history(), self._search())
        if OUTCOME in claimed:
            raise AssertionError("the run ends with its outcome")
        await notice_repeats(self._context)
        return await self._outcome(kwargs)

    def stream_response(self, *args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        raise NotImplementedError("runs are not streamed")

    async def _outcome(self, request: dict[str, Any]) -> ModelResponse:
        """The last call of the run, from the best of those that have not been tried yet."""
        context = self._context
        if context.failed or self._offline_answered:
            return _response(self._give_up())
        if self._delegate is not None and not context.for_people:
            delegate, self._delegate = self._delegate, None
            response = await self._asked(delegate, request)
            if response is not None:
                return response
        self._offline_answered = True
        context.model = TRIGGERS if context.for_people else OFFLINE
        return await OfflineModel(context).get_response()

    async def _asked(self, delegate: Model, request: dict[str, Any]) -> ModelResponse | None:
        """The delegate's answer, or None when it did not give one in time."""
        context, name = self._context, self._delegate_name
        settings = context.resources.core.settings
        # OpenAI's own endpoint and Responses know the cache key; another server may refuse what it does not know.
        cache_key = isinstance(delegate, OpenAIResponsesModel) or settings.openai_base_url is None
        request = request | {
            "tools": [tool for tool in request["tools"] if tool.name in FINAL_TOOLS],
            "model_settings": model_settings(name, cache_key=cache_key),
        }
        try:
            async with asyncio.timeout(max(0.05, context.model_deadline - time.time())):
                response = await delegate.get_response(**request)
        except (TimeoutError, OpenAIError, AgentsException) as error:
            context.resources.provider.failed()
            self._fall_back(type(error).__name__)
            return None
        context.resources.provider.answered()
        context.mark("model")
        self._count(response.usage)
        final = [item for item in response.output if item.type == "function_call" and item.name in FINAL_TOOLS]
        if not final:
            self._fall_back("no_final_call")
            return None
        if not all(_grounded(item.name, item.arguments, context) for item in final):
            self._fall_back("not_grounded")
            return None
        context.model = name
        metrics.MODEL_REQUESTS.labels(name, "ok").inc()
        return response

    def _count(self, usage: Usage) -> None:
        context, name = self._context, self._delegate_name
        context.usage = usage_of(usage, price_of(name, context.resources.core.settings))
        for kind in ("input", "output", "cached"):
            metrics.MODEL_TOKENS.labels(name, kind).inc(context.usage[f"{kind}_tokens"])
        if "cost_micros" in context.usage:
            metrics.MODEL_COST.labels(name).inc(context.usage["cost_micros"] / 1_000_000)

    def _fall_back(self, why: str) -> None:
        metrics.MODEL_REQUESTS.labels(self._delegate_name, why).inc()
        log.warning("model_fallback", extra={"model": self._delegate_name, "why": why})

    def _create_ticket(self) -> ResponseFunctionToolCall:
        context = self._context
        return call(
            "create_ticket",
            customer_id=context.conversation.customer_id,
            issue=context.subject,
            priority=context.triage.priority,
            category=context.triage.category,
            channel=context.channel,
        )

    def _history(self) -> ResponseFunctionToolCall:
        return call("get_customer_history", customer_id=self._context.conversation.customer_id, limit=10)

    def _search(self) -> ResponseFunctionToolCall:
        return call("search_knowledge_base", query=self._context.query, max_results=3)

    def _give_up(self) -> ResponseFunctionToolCall:
        context = self._context
        assert context.ticket is not None
        context.failed = True
        return call(
            "escalate_to_human",
            reasoning="There is no answer that may be given.",
            ticket_id=context.ticket.id,
            reason="The agent had no answer that it may give.",
            flag="KB_MISS",
        )
