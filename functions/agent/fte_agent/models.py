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

from agents import AgentsException, ModelResponse, Usage
from agents.models.interface import Model
from openai import OpenAIError
from openai.types.responses import ResponseFunctionToolCall

from fte import metrics
from fte_agent.context import RunContext
from fte_agent.gates import OUTCOME
from fte_agent.offline import decide

log = logging.getLogger(__name__)

OFFLINE: Final = "offline"

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


class PlannedModel(Model):
    """Plans the first three calls; then a fired trigger decides, or `delegate` does within the run's deadline.

    When the delegate is late, fails, or was refused by a gate, the offline answerer takes over in the same run; when
    that is refused too, the case is handed over.
    """

    def __init__(self, context: RunContext, delegate: Model | None, delegate_name: str) -> None:
        self._context = context
        self._delegate = delegate
        self._delegate_name = delegate_name
        self._attempts = 0

    async def get_response(self, *args: Any, **kwargs: Any) -> ModelResponse:
        context = self._context
        if "create_ticket" not in context.claimed:
            return _response(self._create_ticket())
        if "search_knowledge_base" not in context.claimed:
            return _response(self._history(), self._search())
        if OUTCOME in context.claimed:
            raise AssertionError("the run ends with its outcome")
        self._attempts += 1
        if context.failed:
            return _response(self._give_up())
        if context.triage.route is not None and self._attempts == 1:
            context.model = "triggers"
            return await OfflineModel(context).get_response()
        if self._delegate is not None and self._attempts == 1:
            response = await self._ask_delegate(*args, **kwargs)
            if response is not None:
                return response
        if self._attempts <= 2:
            context.model = OFFLINE
            return await OfflineModel(context).get_response()
        return _response(self._give_up())

    def stream_response(self, *args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        raise NotImplementedError("runs are not streamed")

    async def _ask_delegate(self, *args: Any, **kwargs: Any) -> ModelResponse | None:
        """The delegate's answer, or None when it did not give one in time."""
        assert self._delegate is not None
        context = self._context
        kwargs["tools"] = [tool for tool in kwargs["tools"] if tool.name in FINAL_TOOLS]
        try:
            async with asyncio.timeout(max(0.05, context.model_deadline - time.time())):
                response = await self._delegate.get_response(*args, **kwargs)
        except (TimeoutError, OpenAIError, AgentsException) as error:
            self._fall_back(type(error).__name__)
            return None
        context.mark("model")
        context.model = self._delegate_name
        for kind, tokens in (("input", response.usage.input_tokens), ("output", response.usage.output_tokens)):
            metrics.MODEL_TOKENS.labels(self._delegate_name, kind).inc(tokens)
        context.usage = {"input_tokens": response.usage.input_tokens, "output_tokens": response.usage.output_tokens}
        if not any(item.type == "function_call" and item.name in FINAL_TOOLS for item in response.output):
            self._fall_back("no_final_call")
            return None
        metrics.MODEL_REQUESTS.labels(self._delegate_name, "ok").inc()
        return response

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
