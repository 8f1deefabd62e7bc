"""The simulated OpenAI, through OpenAI's own client library."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import openai
import pytest

from fte_local.sim.stage import Stage, staged

FIELDS = {
    "reasoning": {"type": "string"},
    "ticket_id": {"type": "string"},
    "channel": {"enum": ["email", "whatsapp", "webform"]},
    "message": {"type": "string"},
    "articles": {"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "null"}]},
}
SCHEMA = {"type": "object", "properties": FIELDS, "required": list(FIELDS), "additionalProperties": False}
ESCALATE = {"type": "object", "properties": {"reason": {"type": "string"}}, "required": ["reason"]}
PASSAGES = [
    {"slug": "export", "text": "You can export data as CSV. Exports are kept for seven days in your account."},
    {"slug": "password", "text": "To reset your password, open Settings and choose Security. A mail brings a link."},
]
QUESTION = "How do I reset my password?"
CALLS: list[tuple[str, dict[str, Any], Any]] = [
    ("create_ticket", {"channel": "whatsapp"}, {"ticket_id": "t-1"}),
    ("search_knowledge_base", {"query": QUESTION}, {"results": PASSAGES}),
]


@pytest.fixture(scope="module")
def running() -> Iterator[Stage]:
    with staged() as stage:
        yield stage


@pytest.fixture
def stage(running: Stage) -> Stage:
    running.clean()
    return running


@pytest.fixture
def client(stage: Stage) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{stage.url}/openai/v1", api_key="key", max_retries=0) as made:
        yield made


def respond(client: openai.OpenAI, calls: list[tuple[str, dict[str, Any], Any]]) -> Any:
    given: list[Any] = [{"role": "user", "content": QUESTION}]
    for name, arguments, output in calls:
        call = {"type": "function_call", "call_id": name, "name": name, "arguments": json.dumps(arguments)}
        given += [call, {"type": "function_call_output", "call_id": name, "output": json.dumps(output)}]
    schemas = {"send_response": SCHEMA, "escalate_to_human": ESCALATE}
    tools: list[Any] = [
        {"type": "function", "name": name, "parameters": it, "strict": True} for name, it in schemas.items()
    ]
    return client.responses.create(model="gpt-4o", input=given, tools=tools, instructions="Be brief.", store=False)


def check_answer(name: str, arguments: str) -> None:
    written = json.loads(arguments)
    assert name == "send_response"
    assert set(written) == set(FIELDS)
    assert (written["ticket_id"], written["channel"]) == ("t-1", "whatsapp")
    assert written["articles"] == ["export", "password"]
    assert "To reset your password, open Settings and choose Security." in written["message"]


def test_responses_answers_with_the_passages_by_a_tool_call(client: openai.OpenAI) -> None:
    answer = respond(client, CALLS)
    (call,) = answer.output
    check_answer(call.name, call.arguments)
    assert answer.status == "completed"
    assert answer.usage.total_tokens == answer.usage.input_tokens + answer.usage.output_tokens > 100


def test_without_passages_the_ticket_goes_to_a_human(client: openai.OpenAI) -> None:
    (call,) = respond(client, [("search_knowledge_base", {}, {"results": []})]).output
    assert call.name == "escalate_to_human"


def test_after_a_delivery_the_model_only_writes_words(client: openai.OpenAI) -> None:
    answer = respond(client, [*CALLS, ("send_response", {}, {"status": "queued"})])
    assert answer.output[0].type == "message"
    assert answer.output_text


def test_chat_completions_answers_the_same(client: openai.OpenAI) -> None:
    messages: list[Any] = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": QUESTION}]
    for name, arguments, output in CALLS:
        function = {"name": name, "arguments": json.dumps(arguments)}
        calls = [{"id": name, "type": "function", "function": function}]
        messages.append({"role": "assistant", "tool_calls": calls})
        messages.append({"role": "tool", "tool_call_id": name, "content": json.dumps(output)})
    tools: list[Any] = [{"type": "function", "function": {"name": "send_response", "parameters": SCHEMA}}]
    answer = client.chat.completions.create(model="gpt-4o", messages=messages, tools=tools)
    assert answer.choices[0].finish_reason == "tool_calls"
    (call,) = answer.choices[0].message.tool_calls or []
    assert call.type == "function"
    check_answer(call.function.name, call.function.arguments)
    assert answer.usage is not None


def test_a_script_decides_the_next_answers(stage: Stage, client: openai.OpenAI) -> None:
    bad = {"calls": [{"name": "send_response", "arguments": "{not json"}, {"name": "no_such_tool", "arguments": {}}]}
    steps = [bad, {"text": "Hello"}, {"status": 500}, {}, {"refusal": "No."}, {"incomplete": True}]
    assert stage.control.post("/sim/openai/script", json={"steps": steps}).json() == {"waiting": 6}
    first = respond(client, CALLS)
    assert [(call.name, call.arguments) for call in first.output] == [
        ("send_response", "{not json"),
        ("no_such_tool", "{}"),
    ]
    assert respond(client, CALLS).output_text == "Hello"
    with pytest.raises(openai.InternalServerError):
        respond(client, CALLS)
    assert respond(client, CALLS).output == []
    assert respond(client, CALLS).output[0].content[0].refusal == "No."
    assert respond(client, CALLS).status == "incomplete"
    check_answer(respond(client, CALLS).output[0].name, respond(client, CALLS).output[0].arguments)
    asked = stage.control.get("/sim/openai/asked").json()["asked"]
    assert len(asked) == 8
    assert asked[0]["calls"] == ["create_ticket", "search_knowledge_base"]


def test_latency_can_be_set(stage: Stage, client: openai.OpenAI) -> None:
    stage.control.post("/sim/openai/script", json={"latency_ms": 2_000}).raise_for_status()
    with pytest.raises(openai.APITimeoutError):
        respond(client.with_options(timeout=0.2), CALLS)


def test_a_forced_tool_is_called(client: openai.OpenAI) -> None:
    tools: list[Any] = [{"type": "function", "name": name, "parameters": ESCALATE} for name in ("one", "two")]
    choice: Any = {"type": "function", "name": "two"}
    answer = client.responses.create(model="gpt-4o", input="Hi", tools=tools, tool_choice=choice)
    assert [item.type == "function_call" and item.name for item in answer.output] == ["two"]


def test_embeddings_of_related_texts_are_closer(client: openai.OpenAI) -> None:
    texts = ["reset my password", "password reset", "export data as CSV"]
    answer = client.embeddings.create(model="text-embedding-3-small", input=texts)
    first, second, third = (item.embedding for item in answer.data)
    assert len(first) == 1536

    def cosine(one: list[float], other: list[float]) -> float:
        return sum(x * y for x, y in zip(one, other, strict=True))

    assert cosine(first, first) == pytest.approx(1, abs=1e-6)
    assert cosine(first, second) > cosine(first, third)
    small = client.embeddings.create(model="text-embedding-3-small", input="x", dimensions=64, encoding_format="float")
    assert len(small.data[0].embedding) == 64


def test_models_tell_their_shutdown_date_and_unknown_ones_are_not_found(client: openai.OpenAI) -> None:
    assert client.models.retrieve("gpt-4o-2024-05-13").model_dump()["shutdown_date"] == "2026-10-23"
    assert "gpt-4o" in [model.id for model in client.models.list()]
    with pytest.raises(openai.NotFoundError) as caught:
        client.models.retrieve("gpt-none")
    assert caught.value.code == "model_not_found"


def test_a_call_without_key_is_refused(stage: Stage) -> None:
    assert stage.control.post("/openai/v1/responses", json={"model": "gpt-4o"}).status_code == 401
