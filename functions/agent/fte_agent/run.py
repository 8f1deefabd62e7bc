"""One run through the Agents SDK: from unanswered messages to exactly one outcome."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from typing import Any, Final

from agents import (
    Agent,
    AgentsException,
    FunctionToolResult,
    MaxTurnsExceeded,
    ModelResponse,
    RunConfig,
    RunContextWrapper,
    Runner,
    ToolsToFinalOutputResult,
    Usage,
    UserError,
)
from agents.models.interface import Model
from openai.types.responses import ResponseOutputMessage, ResponseOutputText

from fte.domain.channels import Channel
from fte.domain.policy import prepare
from fte.errors import SuiteError
from fte_agent.context import RunContext
from fte_agent.models import OFFLINE, PlannedModel
from fte_agent.prompts import CUSTOMER_SUCCESS_SYSTEM_PROMPT, PROMPT_VERSION, user_turn
from fte_agent.tools import TOOLS
from fte_agent.triage import triage

log = logging.getLogger(__name__)

MAX_TURNS: Final = 6

ModelFor = Callable[[RunContext], Model]
"""Makes the model of one run."""


async def _until_over(
    wrapper: RunContextWrapper[RunContext], results: list[FunctionToolResult]
) -> ToolsToFinalOutputResult:
    # The run ends when an outcome was written, not when a tool was called: a refused call must not end it.
    return ToolsToFinalOutputResult(is_final_output=wrapper.context.over, final_output=wrapper.context.outcome)


AGENT: Final = Agent[RunContext](
    name="TechCorp Customer Success",
    instructions=CUSTOMER_SUCCESS_SYSTEM_PROMPT,
    tools=list(TOOLS),
    tool_use_behavior=_until_over,
)


async def run(context: RunContext, model_for: ModelFor) -> None:
    """Drive `context` to its outcome with the model that `model_for` makes; without one, hand over.

    On return `context.outcome` or `context.superseded` is set. Raises `SuiteError` when our own parts fail.
    """
    await _drive(context, model_for(context))
    if not context.over:
        # The model ended without an answer: the offline answerer finishes the same run, from where it stands.
        await _drive(context, PlannedModel(context, None, OFFLINE))
    if not context.over:
        raise SuiteError("a run ended without an outcome")


class _Silent(Model):
    """Says nothing and calls nothing."""

    async def get_response(self, *args: Any, **kwargs: Any) -> ModelResponse:
        text = ResponseOutputText(type="output_text", text="-", annotations=[])
        message = ResponseOutputMessage(id="m", type="message", role="assistant", status="completed", content=[text])
        return ModelResponse(output=[message], usage=Usage(), response_id=None)

    def stream_response(self, *args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        raise NotImplementedError("runs are not streamed")


async def warm_up() -> None:
    """Let the SDK, the triage and the policy load what they load once, so that the first customer does not wait for it.

    No tool is called, nothing is asked of anybody and nothing is written.
    """
    await asyncio.to_thread(triage, "Warm up", "How do I reset my password?", Channel.EMAIL)
    await asyncio.to_thread(prepare)
    await Runner.run(AGENT, "Warm up", run_config=RunConfig(model=_Silent(), tracing_disabled=True))


async def _drive(context: RunContext, model: Model) -> None:
    try:
        await Runner.run(
            AGENT,
            user_turn(context),
            context=context,
            max_turns=MAX_TURNS,
            run_config=RunConfig(
                model=model,
                tracing_disabled=True,
                trace_include_sensitive_data=False,
                tool_not_found_behavior="return_error_to_model",
                workflow_name=f"customer-success {PROMPT_VERSION}",
            ),
        )
    except MaxTurnsExceeded:
        log.warning("model_fallback", extra={"why": "too_many_turns"})
    except UserError as error:
        # The SDK wraps what a tool raised; our own failures are not the model's.
        raise _cause(error) from error
    except AgentsException as error:
        log.warning("model_fallback", extra={"why": type(error).__name__})


def _cause(error: BaseException) -> BaseException:
    cause: Any = error
    while cause.__cause__ is not None and isinstance(cause, AgentsException):
        cause = cause.__cause__
    return cause if isinstance(cause, BaseException) else error
