"""The agent with a simulated OpenAI behind it: what its tests script, send and look at."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from openai import AsyncOpenAI

from fte.settings import Settings
from fte_agent import context as run_context
from fte_agent.wiring import AgentResources, model_factory
from fte_local.sim.stage import Stage, staged

Write = Callable[..., Awaitable[UUID]]
Rows = Callable[..., Awaitable[list[dict[str, Any]]]]

APIS = ("responses", "chat_completions")
ORDER = ["create_ticket", "get_customer_history", "search_knowledge_base"]
QUESTION = "How do I reset my password?"
ARTICLE = "password-reset"


@pytest.fixture(scope="module")
def running_stage() -> Iterator[Stage]:
    with staged() as stage:
        yield stage


@pytest.fixture
def stage(running_stage: Stage) -> Stage:
    running_stage.clean()
    return running_stage


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A deadline that a slow machine keeps; what tests a deadline sets its own."""
    monkeypatch.setattr(run_context, "MODEL_SECONDS_FROM_START", 10.0)


@pytest.fixture
async def client(stage: Stage) -> AsyncIterator[AsyncOpenAI]:
    async with AsyncOpenAI(api_key="key", base_url=f"{stage.url}/openai/v1", max_retries=0) as client:
        yield client


def asking(agent: AgentResources, client: AsyncOpenAI, api: str, **environment: str) -> AgentResources:
    """The agent with the simulated OpenAI behind it."""
    settings = Settings.from_env({"FTE_MODEL_API": api, **environment})
    return replace(agent, core=replace(agent.core, settings=settings), model_for=model_factory(settings, client))


@pytest.fixture(params=APIS)
def with_model(request: pytest.FixtureRequest, agent: AgentResources, client: AsyncOpenAI) -> AgentResources:
    return asking(agent, client, request.param)


def script(stage: Stage, *steps: dict[str, Any], **more: Any) -> None:
    stage.control.post("/sim/openai/script", json={"steps": steps, **more}).raise_for_status()


def asked(stage: Stage) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = stage.control.get("/sim/openai/asked").json()["asked"]
    return found


def send(**changes: Any) -> dict[str, Any]:
    """A call of `send_response` with the run's own ids."""
    arguments = {
        "reasoning": "The article says so.",
        "ticket_id": "$ticket_id",
        "message": "Open the sign-in page, choose Forgot password and follow the link in the mail.",
        "channel": "$channel",
        "articles": [ARTICLE],
        "kind": "answer",
        **changes,
    }
    return {"name": "send_response", "arguments": {"input": arguments}}


def escalate(**changes: Any) -> dict[str, Any]:
    arguments = {"reasoning": "r", "ticket_id": "$ticket_id", "reason": "Look at it.", "flag": "KB_MISS", **changes}
    return {"name": "escalate_to_human", "arguments": {"input": arguments}}


async def the_run(rows: Rows, conversation: UUID) -> dict[str, Any]:
    """The one run of a conversation, after a look at what holds for every run: one reply, four calls, in order."""
    (run,) = await rows("SELECT * FROM agent_runs WHERE conversation_id = %s", conversation)
    (reply,) = await rows(
        "SELECT content FROM messages WHERE conversation_id = %s AND direction = 'outbound'", conversation
    )
    calls = await rows("SELECT tool FROM tool_calls WHERE run_id = %s AND accepted ORDER BY position", run["id"])
    tools = [row["tool"] for row in calls]
    final = "escalate_to_human" if run["outcome"] == "escalated" else "send_response"
    assert tools == [*ORDER, final]
    owed = await rows("SELECT id FROM messages WHERE direction = 'inbound' AND outcome IS NULL")
    assert owed == []
    return run | {"reply": reply["content"]}
