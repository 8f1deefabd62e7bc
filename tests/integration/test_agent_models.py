"""A model behind the agent, over the wire: the OpenAI client against the simulator, on both APIs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from openai import AsyncOpenAI

from fte.settings import Settings
from fte_agent.conversation import answer
from fte_agent.wiring import AgentResources, model_factory
from fte_local.sim.stage import Stage, staged

pytestmark = pytest.mark.anyio

Write = Callable[..., Awaitable[UUID]]
Rows = Callable[..., Awaitable[list[dict[str, Any]]]]

APIS = ("responses", "chat_completions")


@pytest.fixture(scope="module")
def running_stage() -> Iterator[Stage]:
    with staged() as stage:
        yield stage


@pytest.fixture
def stage(running_stage: Stage) -> Stage:
    running_stage.clean()
    return running_stage


@pytest.fixture(params=APIS)
async def with_model(
    request: pytest.FixtureRequest, agent: AgentResources, stage: Stage
) -> AsyncIterator[AgentResources]:
    """The agent with the simulated OpenAI behind it."""
    environment = {"OPENAI_API_KEY": "key", "FTE_MODEL_API": request.param}
    async with AsyncOpenAI(api_key="key", base_url=f"{stage.url}/openai/v1", max_retries=0) as client:
        yield replace(agent, model_for=model_factory(Settings.from_env(environment), client))


async def run_of(rows: Rows) -> dict[str, Any]:
    (run,) = await rows("SELECT * FROM agent_runs")
    (replies,) = await rows("SELECT count(*) AS n FROM messages WHERE direction = 'outbound'")
    assert replies["n"] == 1
    return run


async def test_the_model_is_asked_once_and_answers(
    with_model: AgentResources, stage: Stage, write: Write, rows: Rows
) -> None:
    """Four calls in order, one request, its tokens stored with the reply."""
    await answer(with_model, await write("How do I reset my password?"))
    run = await run_of(rows)
    assert (run["model"], run["outcome"]) == ("gpt-4o", "answered")
    assert run["usage"]["input_tokens"] > 0
    tools = await rows("SELECT tool FROM tool_calls WHERE accepted ORDER BY position")
    assert [row["tool"] for row in tools] == [
        "create_ticket", "get_customer_history", "search_knowledge_base", "send_response",
    ]  # fmt: skip
    asked = stage.control.get("/sim/openai/asked").json()["asked"]
    assert len(asked) == 1


async def test_a_trigger_asks_no_model(with_model: AgentResources, stage: Stage, write: Write, rows: Rows) -> None:
    """A refund is handed over without a word to the model."""
    await answer(with_model, await write("I want a refund."))
    assert (await run_of(rows))["outcome"] == "escalated"
    assert stage.control.get("/sim/openai/asked").json()["asked"] == []


FAULTS: dict[str, dict[str, Any]] = {
    "500": {"steps": [{"status": 500}]},
    "429": {"steps": [{"status": 429}]},
    "401": {"steps": [{"status": 401}]},
    "refusal": {"steps": [{"refusal": "I cannot help with that."}]},
    "text instead of a call": {"steps": [{"text": "Try again later."}]},
    "nothing": {"steps": [{}]},
    "truncated": {
        "steps": [{"calls": [{"name": "send_response", "arguments": '{"input": {"rea'}], "incomplete": True}]
    },
    "the wrong tool": {"steps": [{"calls": [{"name": "create_ticket", "arguments": {}}]}]},
    "a price": {"steps": [{"calls": [{"name": "send_response", "arguments": {"input": {"message": "Only $5!"}}}]}]},
    "too slow": {"steps": [{"text": "late"}], "latency_ms": 6_000},
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_failing_model_costs_the_customer_nothing(
    fault: str, with_model: AgentResources, stage: Stage, write: Write, rows: Rows
) -> None:
    """The offline answerer takes over in the same run, from the right article."""
    stage.control.post("/sim/openai/script", json=FAULTS[fault]).raise_for_status()
    await answer(with_model, await write("How do I reset my password?"))
    run = await run_of(rows)
    assert (run["model"], run["outcome"], run["articles"]) == ("offline", "answered", ["password-reset"])
