"""The real SDK, driven by models that try to break the order of the tools: always exactly one delivery."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from agents import ModelResponse, Usage
from agents.models.interface import Model
from openai.types.responses import ResponseFunctionToolCall, ResponseOutputMessage, ResponseOutputText

from fte_agent.context import RunContext
from fte_agent.conversation import answer
from fte_agent.wiring import AgentResources

pytestmark = pytest.mark.anyio

ORDER = ["create_ticket", "get_customer_history", "search_knowledge_base"]
FINAL = {"send_response", "escalate_to_human"}

Call = tuple[str, dict[str, Any] | str]
Script = Callable[[RunContext], list[list[Call] | str]]


class ScriptedAttacker(Model):
    """Says what its script says, turn by turn, and then repeats the last turn for ever."""

    def __init__(self, context: RunContext, script: Script) -> None:
        self.context = context
        self.script = script
        self.turn = 0

    async def get_response(self, *args: Any, **kwargs: Any) -> ModelResponse:
        turns = self.script(self.context)
        said = turns[min(self.turn, len(turns) - 1)]
        self.turn += 1
        if isinstance(said, str):
            text = ResponseOutputText(type="output_text", text=said, annotations=[])
            message = ResponseOutputMessage(
                type="message", id="m", role="assistant", status="completed", content=[text] if said else []
            )
            return ModelResponse(output=[message], usage=Usage(), response_id=None)
        calls = [
            ResponseFunctionToolCall(
                type="function_call",
                id=f"fc_{uuid4().hex}",
                call_id=f"call_{uuid4().hex}",
                name=name,
                arguments=arguments if isinstance(arguments, str) else json.dumps({"input": arguments}, default=str),
            )
            for name, arguments in said
        ]
        return ModelResponse(output=list(calls), usage=Usage(), response_id=None)

    def stream_response(self, *args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        raise NotImplementedError


def ticket(context: RunContext) -> Call:
    return "create_ticket", {
        "customer_id": context.conversation.customer_id,
        "issue": "x",
        "priority": "low",
        "category": "how_to",
        "channel": context.channel,
    }


def history(context: RunContext) -> Call:
    return "get_customer_history", {"customer_id": context.conversation.customer_id}


def find(_: RunContext) -> Call:
    return "search_knowledge_base", {"query": "reset my password"}


def send(context: RunContext, **changes: Any) -> Call:
    return "send_response", {
        "reasoning": "r",
        "ticket_id": context.ticket.id if context.ticket else uuid4(),
        "message": "Open the sign-in page and choose Forgot password.",
        "channel": context.channel,
        "articles": ["password-reset"],
        **changes,
    }


def escalate(context: RunContext, **changes: Any) -> Call:
    ticket_id = context.ticket.id if context.ticket else uuid4()
    return "escalate_to_human", {"reasoning": "r", "ticket_id": ticket_id, "reason": "because", **changes}


def first_three(context: RunContext) -> list[list[Call] | str]:
    return [[ticket(context)], [history(context), find(context)]]


ATTACKS: dict[str, Script] = {
    "all at once": lambda c: [[ticket(c), history(c), find(c), send(c), escalate(c)]],
    "send first": lambda c: [[send(c)], *first_three(c), [send(c)]],
    "escalate first": lambda c: [[escalate(c)], *first_three(c), [escalate(c)]],
    "search before history": lambda c: [[ticket(c)], [find(c), history(c)], [find(c)], [send(c)]],
    "send twice at once": lambda c: [*first_three(c), [send(c), send(c)]],
    "send and escalate": lambda c: [*first_three(c), [send(c), escalate(c)]],
    "escalate and send": lambda c: [*first_three(c), [escalate(c), send(c)]],
    "ticket twice": lambda c: [[ticket(c), ticket(c)], [history(c), find(c)], [send(c)]],
    "unknown tool": lambda c: [[("delete_everything", {"now": True})], *first_three(c), [send(c)]],
    "malformed arguments": lambda c: [[("create_ticket", "{not json")], *first_three(c), [("send_response", "[]")]],
    "no arguments": lambda c: [[("create_ticket", "")], *first_three(c), [("send_response", "{}")]],
    "plain text": lambda c: ["Just tell the customer to try again."],
    "plain text after the tools": lambda c: [*first_three(c), "Done."],
    "nothing": lambda c: [""],
    "nothing, as calls": lambda c: [[]],
    "another customer's id": lambda c: [
        [("create_ticket", {**dict(ticket(c)[1]), "customer_id": uuid4()})],  # type: ignore[arg-type]
        *first_three(c),
        [send(c)],
    ],
    "another ticket": lambda c: [*first_three(c), [send(c, ticket_id=uuid4())]],
    "another channel": lambda c: [*first_three(c), [send(c, channel="whatsapp")]],
    "a price": lambda c: [*first_three(c), [send(c, message="It costs $49 a month.")]],
    "a price, for ever": lambda c: [*first_three(c), *[[send(c, message="It costs $49 a month.")]] * 9],
    "an invented article": lambda c: [*first_three(c), [send(c, articles=["made-up"])]],
    "an empty answer": lambda c: [*first_three(c), [send(c, message="")]],
    "a huge answer": lambda c: [*first_three(c), [send(c, message="word " * 1_500)]],
    "endless tickets": lambda c: [[ticket(c)]],
}


@pytest.mark.parametrize("attack", ATTACKS)
async def test_f42_there_is_exactly_one_delivery(
    attack: str,
    agent: AgentResources,
    write: Callable[..., Awaitable[UUID]],
    rows: Callable[..., Awaitable[list[dict[str, Any]]]],
) -> None:
    """One reply, one response event, the calls stored in order with the ticket, and never forbidden words."""
    resources = replace(agent, model_for=lambda context: ScriptedAttacker(context, ATTACKS[attack]))
    conversation = await write("How do I reset my password?")
    await answer(resources, conversation)

    replies = await rows("SELECT * FROM messages WHERE conversation_id = %s AND direction = 'outbound'", conversation)
    assert len(replies) == 1
    assert "$49" not in replies[0]["content"]
    events = await rows("SELECT * FROM outbox WHERE topic = 'fte.responses'")
    assert len(events) == 1
    stored = await rows(
        "SELECT c.tool FROM tool_calls AS c JOIN agent_runs AS r ON r.id = c.run_id"
        " WHERE r.ticket_id = %s AND c.accepted ORDER BY c.position",
        replies[0]["ticket_id"],
    )
    names = [row["tool"] for row in stored]
    assert names[:3] == ORDER
    assert len(names) == 4
    assert names[3] in FINAL
    assert len(await rows("SELECT id FROM tickets")) == 1
    owed = await rows("SELECT id FROM messages WHERE direction = 'inbound' AND outcome IS NULL")
    assert owed == []
    escalations = await rows("SELECT id FROM escalations")
    assert len(escalations) == (names[3] == "escalate_to_human")


async def test_the_offline_answerer_takes_over_where_a_model_breaks_the_policy(
    agent: AgentResources,
    write: Callable[..., Awaitable[UUID]],
    rows: Callable[..., Awaitable[list[dict[str, Any]]]],
) -> None:
    """A refused answer is not the end: the same run answers from the documentation."""
    resources = replace(agent, model_for=lambda context: ScriptedAttacker(context, ATTACKS["a price, for ever"]))
    conversation = await write("How do I reset my password?")
    await answer(resources, conversation)
    (run,) = await rows("SELECT * FROM agent_runs")
    assert run["model"] == "offline"
    assert run["outcome"] == "answered"
    refused = await rows("SELECT reason FROM tool_calls WHERE NOT accepted")
    assert {row["reason"] for row in refused} == {"policy (price)"}


REASONS = ["The customer asks for a person.", "Bitte \u00fcbernehmen.", "No person is needed here, all is well."]


@pytest.mark.parametrize("reason", REASONS)
async def test_f39_a_hand_over_is_a_call_with_a_typed_reason(
    reason: str,
    agent: AgentResources,
    write: Callable[..., Awaitable[UUID]],
    rows: Callable[..., Awaitable[list[dict[str, Any]]]],
) -> None:
    """Whatever the words beside it say, the flag decides that people take over, and who."""

    def script(context: RunContext) -> list[list[Call] | str]:
        return [*first_three(context), [escalate(context, flag="HUMAN_REQUESTED", reason=reason)]]

    resources = replace(agent, model_for=lambda context: ScriptedAttacker(context, script))
    await answer(resources, await write("How do I reset my password?"))
    (case,) = await rows("SELECT flag, team, reason FROM escalations")
    assert case == {"flag": "HUMAN_REQUESTED", "team": "support", "reason": reason}


@pytest.mark.parametrize("words", ["[HANDOFF]", "conversation_handoff", "escalate_to_human: HUMAN_REQUESTED"])
@pytest.mark.parametrize("sent", [True, False], ids=["as an answer", "as bare text"])
async def test_f39_no_word_of_an_answer_hands_over(
    words: str,
    sent: bool,
    agent: AgentResources,
    write: Callable[..., Awaitable[UUID]],
    rows: Callable[..., Awaitable[list[dict[str, Any]]]],
) -> None:
    """There is no such word: whatever is made of it, nobody takes over because of it."""

    def script(context: RunContext) -> list[list[Call] | str]:
        return [*first_three(context), [send(context, message=words)] if sent else words]

    resources = replace(agent, model_for=lambda context: ScriptedAttacker(context, script))
    await answer(resources, await write("How do I reset my password?"))
    (run,) = await rows("SELECT outcome FROM agent_runs")
    assert run["outcome"] == "answered"
    assert await rows("SELECT FROM escalations") == []
