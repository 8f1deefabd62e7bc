"""The agent with a real model's wire protocols in front of it: OpenAI's own client against the simulator, both APIs."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from openai import AsyncOpenAI

from fte.settings import Settings
from fte.wiring import Core
from fte_agent import context as run_context
from fte_agent import models, wiring
from fte_agent.conversation import answer
from fte_agent.offline import Decision
from fte_agent.wiring import AgentResources, _warn_of_shutdown, model_factory
from fte_local.sim.stage import Stage, staged

pytestmark = pytest.mark.anyio

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
