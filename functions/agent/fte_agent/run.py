"""One run through the Agents SDK: from unanswered messages to exactly one outcome."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Final

from agents import (
    Agent,
    AgentsException,
    FunctionToolResult,
    MaxTurnsExceeded,
    ModelSettings,
    RunConfig,
    RunContextWrapper,
    Runner,
    ToolsToFinalOutputResult,
    UserError,
)
from agents.models.interface import Model

from fte.errors import SuiteError
from fte_agent.context import RunContext
from fte_agent.models import OFFLINE, PlannedModel
from fte_agent.prompts import CUSTOMER_SUCCESS_SYSTEM_PROMPT, PROMPT_VERSION, render_question
from fte_agent.tools import TOOLS

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
    model_settings=ModelSettings(
        temperature=0.2,
        tool_choice="required",
        parallel_tool_calls=False,
        max_tokens=500,
        store=False,
    ),
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


async def _drive(context: RunContext, model: Model) -> None:
    message = render_question(
        context.question, context.subject, context.conversation.config.tone, context.triage.sentiment.label
    )
    try:
        await Runner.run(
            AGENT,
            message,
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
