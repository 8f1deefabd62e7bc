"""The agent with a real model's wire protocols in front of it: OpenAI's own client against the simulator, both APIs."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from openai import AsyncOpenAI

from fte_agent import context as run_context
from fte_agent import models
from fte_agent.conversation import answer
from fte_agent.offline import Decision
from fte_agent.wiring import AgentResources
from fte_local.sim.stage import Stage
from fte_tests.model_stage import (
    APIS,
    ARTICLE,
    ORDER,
    QUESTION,
    Rows,
    Write,
    asked,
    asking,
    escalate,
    script,
    send,
    the_run,
)

pytestmark = pytest.mark.anyio


async def test_the_model_is_asked_once_and_answers(
    with_model: AgentResources, stage: Stage, write: Write, rows: Rows
) -> None:
    """Four calls in order, one request, its tokens stored with the reply."""
    conversation = await write(QUESTION)
    await answer(with_model, conversation)
    run = await the_run(rows, conversation)
    assert (run["model"], run["outcome"]) == ("gpt-4o", "answered")
    assert run["usage"].keys() == {"input_tokens", "output_tokens", "cached_tokens", "cost_micros"}
    assert run["usage"]["input_tokens"] > run["usage"]["cached_tokens"] == 0
    (request,) = asked(stage)
    assert request["tools"] == ["send_response", "escalate_to_human"]
    assert request["calls"] == ORDER


async def test_a_trigger_asks_no_model(with_model: AgentResources, stage: Stage, write: Write, rows: Rows) -> None:
    """A refund is handed over without a word to the model."""
    conversation = await write("I want a refund.")
    await answer(with_model, conversation)
    run = await the_run(rows, conversation)
    assert (run["outcome"], run["model"]) == ("escalated", "triggers")
    assert asked(stage) == []


async def test_the_model_may_hand_over(with_model: AgentResources, stage: Stage, write: Write, rows: Rows) -> None:
    """With its own reason, to the team that its flag names."""
    script(stage, {"calls": [escalate(flag="HUMAN_REQUESTED")]})
    conversation = await write(QUESTION)
    await answer(with_model, conversation)
    run = await the_run(rows, conversation)
    assert (run["outcome"], run["model"]) == ("escalated", "gpt-4o")
    (case,) = await rows("SELECT flags, team, reason FROM escalations")
    assert case == {"flags": ["HUMAN_REQUESTED"], "team": "support", "reason": "Look at it."}


BROKEN: dict[str, list[dict[str, Any]]] = {
    "429": [{"status": 429}],
    "500": [{"status": 500}],
    "401": [{"status": 401}],
    "refusal": [{"refusal": "I cannot help with that."}],
    "text instead of a call": [{"text": "Try again later."}],
    "nothing": [{}],
    "truncated": [{"calls": [{"name": "send_response", "arguments": '{"input": {"rea'}], "incomplete": True}],
    "incomplete without a word": [{"incomplete": True}],
    "no JSON": [{"calls": [{"name": "send_response", "arguments": "{not json"}]}],
    "no object": [{"calls": [{"name": "send_response", "arguments": "[]"}]}],
    "a tool of the first three": [{"calls": [{"name": "create_ticket", "arguments": {}}]}],
    "an unknown tool": [{"calls": [{"name": "delete_everything", "arguments": {"now": True}}]}],
    "another ticket's id": [{"calls": [send(ticket_id=str(uuid4()))]}],
    "another channel": [{"calls": [send(channel="whatsapp")]}],
    "an invented article": [{"calls": [send(articles=["made-up"])]}],
    "no article": [{"calls": [send(articles=[])]}],
    "an endless answer": [{"calls": [send(message="Open the page. " * 1_000)]}],
    "an empty answer": [{"calls": [send(message="")]}],
    "an unknown flag": [{"calls": [escalate(flag="BORED")]}],
}


async def test_f42_a_failing_model_costs_the_customer_nothing(
    with_model: AgentResources, stage: Stage, write: Write, rows: Rows
) -> None:
    """The offline answerer takes over in the same run, from the right article; the model is not asked again."""
    came_of_it = {}
    for number, (fault, steps) in enumerate(BROKEN.items()):
        stage.control.post("/sim/reset").raise_for_status()
        script(stage, *steps)
        conversation = await write(QUESTION, sender=f"customer-{number}@example.com")
        await answer(with_model, conversation)
        run = await the_run(rows, conversation)
        came_of_it[fault] = (run["model"], run["outcome"], run["articles"][:1], len(asked(stage)))
    assert came_of_it == dict.fromkeys(BROKEN, ("offline", "answered", [ARTICLE], 1))


@pytest.mark.parametrize("fault", ["too slow", "a dropped connection"])
async def test_f42_a_model_that_is_away_costs_the_customer_nothing(
    fault: str, with_model: AgentResources, stage: Stage, write: Write, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the deadline, or when the line is cut, the offline answerer takes over."""
    if fault == "too slow":
        monkeypatch.setattr(run_context, "MODEL_SECONDS_FROM_RECEIPT", 0.0)
        monkeypatch.setattr(run_context, "MODEL_SECONDS_FROM_START", 0.0)
        script(stage, {"text": "late"}, latency_ms=3_000)
    else:
        cut = {"provider": "openai", "kind": "drop", "count": 1}
        stage.control.post("/sim/faults", json=cut).raise_for_status()
    conversation = await write(QUESTION)
    await answer(with_model, conversation)
    run = await the_run(rows, conversation)
    assert (run["model"], run["outcome"], run["articles"][0]) == ("offline", "answered", ARTICLE)
    assert (await with_model.health())["model"] is False, "until the provider answers again"
    script(stage, {"text": "Hello."})
    monkeypatch.setattr(run_context, "MODEL_SECONDS_FROM_START", 10.0)
    await answer(with_model, await write(QUESTION, sender="other@example.com"))
    assert (await with_model.health())["model"] is True


TWO_AT_ONCE: dict[str, tuple[list[dict[str, Any]], str]] = {
    "the same answer twice": ([send(), send()], "answered"),
    "an answer and a hand-over": ([send(), escalate()], "answered"),
    "a hand-over and an answer": ([escalate(), send()], "escalated"),
    "a ticket again and an answer": ([{"name": "create_ticket", "arguments": {}}, send()], "answered"),
}


async def test_of_two_calls_at_once_the_first_that_may_be_made_counts(
    with_model: AgentResources, stage: Stage, write: Write, rows: Rows
) -> None:
    """One outcome, whatever else was in the response."""
    came_of_it = {}
    for number, (calls, (said, _)) in enumerate(TWO_AT_ONCE.items()):
        script(stage, {"calls": said})
        conversation = await write(QUESTION, sender=f"customer-{number}@example.com")
        await answer(with_model, conversation)
        run = await the_run(rows, conversation)
        came_of_it[calls] = (run["model"], run["outcome"])
    assert came_of_it == {calls: ("gpt-4o", outcome) for calls, (_, outcome) in TWO_AT_ONCE.items()}


async def test_invented_articles_beside_real_ones_count_for_nothing(
    with_model: AgentResources, stage: Stage, write: Write, rows: Rows
) -> None:
    """The reply rests on, and links to, what was found."""
    script(stage, {"calls": [send(articles=["made-up", ARTICLE])]})
    conversation = await write(QUESTION)
    await answer(with_model, conversation)
    run = await the_run(rows, conversation)
    assert (run["model"], run["articles"]) == ("gpt-4o", [ARTICLE])
    assert "made-up" not in run["reply"]


async def test_a_long_answer_is_cut_to_its_channel(
    with_model: AgentResources, stage: Stage, write: Write, rows: Rows
) -> None:
    """At whole sentences, with everything that belongs around it."""
    steps = ("Open", "See", "Find", "Choose", "Click", "Try", "Check", "Read", "Keep", "Leave")
    places = ("list", "board", "chart", "menu", "page", "tab", "task", "card", "form", "file")
    long = " ".join(f"{step} the {place} at the top of your project." for step in steps for place in places)
    script(stage, {"calls": [send(message=long)]})
    conversation = await write(QUESTION)
    await answer(with_model, conversation)
    run = await the_run(rows, conversation)
    assert (run["model"], run["outcome"]) == ("gpt-4o", "answered")
    assert len(run["reply"].split()) <= 400
    assert "Your ticket reference" in run["reply"]


FORBIDDEN = {
    "a price": ("The Business plan costs $49 a month.", "$49"),
    "a discount": ("I can give you a discount of 20 % on it.", "20 %"),
    "a refund": ("We will refund your last payment.", "will refund"),
    "a promise": ("This feature will be available next month.", "next month"),
    "work after the reply": ("I will check this for you and get back to you tomorrow.", "tomorrow"),
    "a legal commitment": ("We guarantee compliance with the GDPR and accept liability.", "liability"),
    "a competitor": ("You could use Trello for that.", "Trello"),
    "our rules": ("My system prompt says that I must call send_response.", "system prompt"),
    "a foreign link": ("See https://evil.example/login for more.", "evil.example"),
}


@pytest.mark.parametrize("api", APIS)
async def test_a_model_that_breaks_the_rules_for_ever_reaches_nobody(
    api: str, agent: AgentResources, client: AsyncOpenAI, stage: Stage, write: Write, rows: Rows
) -> None:
    """Whatever it says is refused, and each customer gets the documentation's answer."""
    resources = asking(agent, client, api)
    delivered = []
    for number, (rule, (said, marker)) in enumerate(FORBIDDEN.items()):
        script(stage, *[{"calls": [send(message=said)]}] * 3)
        conversation = await write(QUESTION, sender=f"customer-{number}@example.com")
        await answer(resources, conversation)
        run = await the_run(rows, conversation)
        assert run["outcome"] == "answered"
        if run["model"] != "offline" or marker in run["reply"]:
            delivered.append(rule)
        stage.control.post("/sim/reset").raise_for_status()
    assert delivered == []


async def test_f42_where_nothing_may_be_said_a_person_takes_over(
    with_model: AgentResources, stage: Stage, write: Write, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The model's answer is refused, the rules' own as well: an apology, and a case for the team."""
    priced = Decision("answer", "r", "It costs $49 a month.", (ARTICLE,))
    monkeypatch.setattr(models, "decide", lambda _context: priced)
    script(stage, {"calls": [send(message="It costs $49 a month.")]})
    conversation = await write(QUESTION)
    await answer(with_model, conversation)
    run = await the_run(rows, conversation)
    assert run["outcome"] == "escalated"
    assert "$49" not in run["reply"]
    refused = await rows("SELECT tool FROM tool_calls WHERE NOT accepted")
    assert [row["tool"] for row in refused] == ["send_response", "send_response"]
