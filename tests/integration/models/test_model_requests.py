"""What a model is asked for on the wire, what that costs, and what is told of it at start."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

import pytest
from openai import AsyncOpenAI

from fte.settings import Settings
from fte.wiring import Core
from fte_agent import wiring
from fte_agent.conversation import answer
from fte_agent.wiring import AgentResources, _warn_of_shutdown
from fte_local.sim.stage import Stage
from fte_tests.model_stage import APIS, QUESTION, Rows, Write, asked, asking, script, send, the_run

pytestmark = pytest.mark.anyio


async def test_what_is_asked_for_on_the_wire(
    with_model: AgentResources, stage: Stage, write: Write, rows: Rows
) -> None:
    """One call at most, nothing kept by the provider, one cache route for all runs, and no reasoning for gpt-4o."""
    for sender in ("ann@example.com", "ben@example.com"):
        await answer(with_model, await write(QUESTION, sender=sender))
    for request in asked(stage):
        options = request["options"]
        assert options["store"] is False
        assert options["tool_choice"] == "required"
        assert options["parallel_tool_calls"] is False
        assert options["prompt_cache_key"].startswith("fte:")
        assert not {"reasoning", "reasoning_effort"} & options.keys()
    first, second = await rows("SELECT usage FROM agent_runs ORDER BY finished_at")
    assert first["usage"]["cached_tokens"] == 0
    assert second["usage"]["cached_tokens"] >= 1024


@pytest.mark.parametrize("api", APIS)
async def test_a_model_that_reasons_is_told_not_to(
    api: str, agent: AgentResources, client: AsyncOpenAI, stage: Stage, write: Write, rows: Rows
) -> None:
    """Its API refuses tools and temperature otherwise; another name in the settings is all it takes."""
    conversation = await write(QUESTION)
    await answer(asking(agent, client, api, FTE_MODEL="gpt-6-luna"), conversation)
    run = await the_run(rows, conversation)
    assert (run["model"], run["outcome"]) == ("gpt-6-luna", "answered")
    (request,) = asked(stage)
    assert "none" in str(request["options"].get("reasoning") or request["options"].get("reasoning_effort"))


@pytest.mark.parametrize("api", APIS)
async def test_the_cost_is_stored_with_the_reply(
    api: str, agent: AgentResources, client: AsyncOpenAI, write: Write, rows: Rows
) -> None:
    """With no setting but the key: gpt-4o has its list price. In micro-dollars: a token at $1 per million is one."""
    conversation = await write(QUESTION)
    await answer(asking(agent, client, api), conversation)
    run = await the_run(rows, conversation)
    usage = run["usage"]
    new = usage["input_tokens"] - usage["cached_tokens"]
    assert run["model"] == "gpt-4o"
    assert usage["cost_micros"] == round(new * 2.5 + usage["cached_tokens"] * 1.25 + usage["output_tokens"] * 10) > 0


async def test_prices_of_ours_go_before_the_list(
    agent: AgentResources, client: AsyncOpenAI, write: Write, rows: Rows
) -> None:
    prices = {"FTE_MODEL_PRICE_INPUT": "7", "FTE_MODEL_PRICE_OUTPUT": "30"}
    conversation = await write(QUESTION)
    await answer(asking(agent, client, "responses", **prices), conversation)
    usage = (await the_run(rows, conversation))["usage"]
    assert usage["cost_micros"] == usage["input_tokens"] * 7 + usage["output_tokens"] * 30


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize(
    "said", [send(message="It costs $49 a month."), send(articles=["made-up"])], ids=["a price", "an invented article"]
)
async def test_what_a_refused_answer_took_is_stored_as_well(
    api: str, said: dict[str, Any], agent: AgentResources, client: AsyncOpenAI, stage: Stage, write: Write, rows: Rows
) -> None:
    """It was paid for, whoever answered in the end."""
    script(stage, {"calls": [said]})
    conversation = await write(QUESTION)
    await answer(asking(agent, client, api), conversation)
    run = await the_run(rows, conversation)
    assert (run["model"], run["outcome"]) == ("offline", "answered")
    assert run["usage"]["output_tokens"] > 0
    assert run["usage"]["cost_micros"] > 0


async def test_a_model_that_will_be_shut_down_is_told_of_at_start(
    client: AsyncOpenAI, caplog: pytest.LogCaptureFixture
) -> None:
    """A warning with the date; none for a model that stays. One that is not known is no reason to stop."""
    with caplog.at_level(logging.WARNING):
        await _warn_of_shutdown(client, "gpt-4o")
        assert caplog.messages == []
        await _warn_of_shutdown(client, "gpt-4o-2024-05-13")
        await _warn_of_shutdown(client, "gpt-none")
    assert caplog.messages == ["model_will_be_shut_down", "model_not_checked"]
    assert caplog.records[0].__dict__["date"] == "2026-10-23"


SHUT_DOWN, NO_COST, NOT_CHECKED = "model_will_be_shut_down", "model_cost_not_stored", "model_not_checked"


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({}, []),
        ({"FTE_MODEL": "gpt-4o-2024-05-13"}, [NO_COST, SHUT_DOWN]),
        ({"FTE_MODEL": "gpt-none", "FTE_MODEL_PRICE_INPUT": "1"}, [NO_COST, NOT_CHECKED]),
        ({"FTE_MODEL": "gpt-none", "FTE_MODEL_PRICE_INPUT": "1", "FTE_MODEL_PRICE_OUTPUT": "2"}, [NOT_CHECKED]),
    ],
    ids=["the default", "an old snapshot", "half a price", "a price of ours"],
)
async def test_the_agent_tells_at_start_what_is_wrong_with_its_model(
    environment: dict[str, str],
    told: list[str],
    agent: AgentResources,
    client: AsyncOpenAI,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Of the model in its settings, gpt-4o where they name none: when it goes, and that its price is not known."""
    core = replace(agent.core, settings=Settings.from_env(environment))

    async def opened(_: str) -> Core:
        return core

    monkeypatch.setattr(wiring, "open_core", opened)
    monkeypatch.setattr(wiring, "open_client", lambda _: client)
    monkeypatch.setattr(wiring, "open_embedder", lambda _: agent.embedder)
    with caplog.at_level(logging.WARNING):
        await wiring.open_resources()
    assert caplog.messages == told
    missing = [record.__dict__["to_set"] for record in caplog.records if record.message == NO_COST]
    assert missing == ["FTE_MODEL_PRICE_INPUT, FTE_MODEL_PRICE_OUTPUT"] * told.count(NO_COST)
