"""A case between agent, customer and team: handed over, answered by a person, handed back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest

from fte.domain.channels import Channel
from fte.events import EventType
from fte.store.pool import Pool, transaction
from fte_agent.context import RunContext
from fte_agent.conversation import answer
from fte_agent.outcome import mark_silent
from fte_agent.records import load_conversation, open_ticket
from fte_agent.triage import triage
from fte_agent.wiring import AgentResources
from fte_backoffice.sweep import sweep
from fte_tests.office import Office, opened
from fte_tests.thinking import thinking

pytestmark = pytest.mark.anyio

Write = Callable[..., Awaitable[UUID]]
Rows = Callable[..., Awaitable[list[dict[str, Any]]]]

REPLY = {"text": "Your refund is on its way to the team that pays it out.", "by": "dana"}


@pytest.fixture
async def office(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    async with opened(database_url, monkeypatch) as office:
        yield office


async def said(rows: Rows) -> list[tuple[str, str]]:
    """Who has written so far, and what became of it."""
    found = await rows("SELECT author, coalesce(outcome, delivery_status, 'owed') AS state FROM messages ORDER BY seq")
    return [(row["author"], row["state"]) for row in found]


async def the_ticket(rows: Rows) -> dict[str, Any]:
    (ticket,) = await rows("SELECT * FROM tickets")
    return ticket


async def refund(agent: AgentResources, write: Write, rows: Rows, channel: Channel = Channel.WHATSAPP) -> UUID:
    """A customer wants money back, and the agent hands the case over."""
    conversation = await write("I want a refund for last month, please.", channel)
    await answer(agent, conversation)
    assert (await the_ticket(rows))["status"] == "escalated"
    return conversation


async def test_from_the_agent_to_a_person_and_back(
    agent: AgentResources, office: Office, write: Write, rows: Rows
) -> None:
    conversation = await refund(agent, write, rows)
    (item,) = (await office.get("/escalations?status=open&team=finance"))["items"]
    assert item["flags"] == ["REFUND_REQUEST"]
    path = f"/tickets/{item['reference']}"

    assert (await office.post(f"{path}/reply", REPLY))[0] == 202
    assert (await the_ticket(rows))["status"] == "answered"

    await write("How do I export my tasks meanwhile?", Channel.WHATSAPP)
    await answer(agent, conversation)
    await write("As a spreadsheet, I mean.", Channel.WHATSAPP)
    await answer(agent, conversation)
    history = [("customer", "escalated"), ("agent", "queued"), ("human", "queued")]
    assert await said(rows) == [*history, ("customer", "silent"), ("customer", "silent")]
    await sweep(office.resources)
    assert (await the_ticket(rows))["status"] == "in_progress", "the team sees that the customer waits"
    assert len(await rows("SELECT FROM escalations")) == 1

    assert await office.post(f"{path}/hand-back", {"by": "dana"}) == (
        200,
        {"reference": item["reference"], "owed": 2},
    )
    await answer(agent, conversation)
    assert await said(rows) == [*history, ("customer", "answered"), ("customer", "answered"), ("agent", "queued")]
    (run,) = await rows("SELECT * FROM agent_runs WHERE outcome = 'answered'")
    assert len(run["message_ids"]) == 2
    assert (await the_ticket(rows))["status"] == "answered"

    assert (await office.post(f"{path}/resolve", {"by": "lee"}))[0] == 200
    assert (await office.get("/escalations"))["items"] == []
    log = await rows("SELECT actor, action FROM audit_log WHERE actor IN ('dana', 'lee') ORDER BY id")
    assert [(row["actor"], row["action"]) for row in log] == [
        ("dana", "reply"),
        ("dana", "hand_back"),
        ("lee", "resolve"),
    ]


async def test_hand_back_wakes_the_agent(
    agent: AgentResources, office: Office, write: Write, rows: Rows, pool: Pool
) -> None:
    """The event of the last message goes out once more, the same one, so that nobody waits for a sweep."""
    conversation = await refund(agent, write, rows)
    path = f"/tickets/{(await the_ticket(rows))['reference']}"
    await office.post(f"{path}/reply", REPLY)
    await write("How do I export my tasks?", Channel.WHATSAPP)
    await answer(agent, conversation)
    async with transaction(pool) as connection:
        await connection.execute("UPDATE outbox SET published_at = now()")
    before = await rows("SELECT id FROM outbox WHERE attributes ->> 'type' = %s", EventType.TICKET_INCOMING)
    await office.post(f"{path}/hand-back", {"by": "dana"})
    await office.resources.core.outbox.close()
    (event,) = [row for row in office.bus.rows if row.event.type == EventType.TICKET_INCOMING]
    assert event.id in {row["id"] for row in before}
    assert event.event.data["conversation_id"] == str(conversation)


async def test_f38_a_person_who_replies_while_the_agent_works_wins(
    agent: AgentResources, office: Office, write: Write, rows: Rows
) -> None:
    conversation = await refund(agent, write, rows)
    reference = (await the_ticket(rows))["reference"]
    await write("How do I reset my password?", Channel.WHATSAPP)

    async def reply(_: RunContext) -> None:
        assert (await office.post(f"/tickets/{reference}/reply", {**REPLY, "resolve": True}))[0] == 202

    await answer(thinking(agent, reply), conversation)
    assert await said(rows) == [
        ("customer", "escalated"),
        ("agent", "queued"),
        ("customer", "silent"),
        ("human", "queued"),
    ]
    assert (await the_ticket(rows))["status"] == "resolved"


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize(
    ("text", "team", "until"),
    [
        ("I want a refund for last month, please.", "Finance team", "within one business day"),
        ("I want to speak to a human, please.", "Support team", "within eight business hours"),
        ("Somebody has taken over my account!", "Security team", "within one hour"),
    ],
)
async def test_f40_who_is_handed_over_is_told_to_whom_and_until_when(
    channel: Channel, text: str, team: str, until: str, agent: AgentResources, write: Write, rows: Rows
) -> None:
    """The case and the customer's notice are one commit: there is none without the other."""
    await answer(agent, await write(text, channel))
    assert await said(rows) == [("customer", "escalated"), ("agent", "queued")]
    (notice,) = await rows("SELECT content, xmin::text FROM messages WHERE direction = 'outbound'")
    assert team in notice["content"]
    assert until in notice["content"]
    (case,) = await rows("SELECT xmin::text FROM escalations")
    assert case["xmin"] == notice["xmin"]


async def test_f41_who_comes_back_with_another_question_is_not_handed_over_again(
    agent: AgentResources, office: Office, write: Write, rows: Rows
) -> None:
    """The old hand-over lies in the same conversation, and is no part of what is asked now."""
    conversation = await refund(agent, write, rows)
    reference = (await the_ticket(rows))["reference"]
    await office.post(f"/tickets/{reference}/reply", {**REPLY, "resolve": True})
    await office.post(f"/tickets/{reference}/hand-back", {"by": "dana"})
    assert await write("How do I export my tasks to a CSV file?", Channel.WHATSAPP) == conversation
    await answer(agent, conversation)
    assert (await said(rows))[-2:] == [("customer", "answered"), ("agent", "queued")]
    assert len(await rows("SELECT FROM escalations")) == 1


async def test_the_ticket_stays_where_a_person_brought_it(
    agent: AgentResources, office: Office, write: Write, rows: Rows, pool: Pool
) -> None:
    """The agent has looked, a person answers, and only then the agent's first tool takes up the ticket."""
    conversation_id = await refund(agent, write, rows)
    reference = (await the_ticket(rows))["reference"]
    await write("How do I reset my password?", Channel.WHATSAPP)
    async with transaction(pool) as connection:
        conversation = await load_conversation(connection, conversation_id)
    assert conversation is not None
    await office.post(f"/tickets/{reference}/reply", {**REPLY, "resolve": True})
    async with transaction(pool) as connection:
        await open_ticket(connection, conversation, "Password", triage("", "How?", Channel.WHATSAPP))
    ticket = await the_ticket(rows)
    assert (ticket["status"], ticket["resolution"]) == ("resolved", "confirmed")
    assert ticket["resolved_at"] is not None


async def test_a_message_is_answered_though_the_hand_back_came_between(
    agent: AgentResources, office: Office, write: Write, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The agent saw that a person holds the conversation; before it has written that down, the person gives it back."""
    conversation = await refund(agent, write, rows)
    path = f"/tickets/{(await the_ticket(rows))['reference']}"
    await office.post(f"{path}/reply", REPLY)
    await write("How do I reset my password?", Channel.WHATSAPP)

    async def late(context: RunContext, reason: str) -> None:
        await office.post(f"{path}/hand-back", {"by": "dana"})
        await mark_silent(context, reason)

    monkeypatch.setattr("fte_agent.conversation.mark_silent", late)
    await answer(agent, conversation)
    assert (await said(rows))[-2:] == [("customer", "answered"), ("agent", "queued")]


async def test_who_writes_after_it_was_resolved_comes_back_to_the_team(
    agent: AgentResources, office: Office, write: Write, rows: Rows
) -> None:
    """The person still holds the conversation: the ticket is reopened and raised again, and the agent says nothing."""
    conversation = await refund(agent, write, rows)
    reference = (await the_ticket(rows))["reference"]
    await office.post(f"/tickets/{reference}/reply", {**REPLY, "resolve": True})
    assert (await office.get("/escalations"))["items"] == []
    await write("It has not arrived.", Channel.WHATSAPP)
    await answer(agent, conversation)
    await sweep(office.resources)
    assert (await the_ticket(rows))["status"] == "reopened"
    (item,) = (await office.get("/escalations?team=finance"))["items"]
    assert item["reference"] == reference
    assert (await said(rows))[-1] == ("customer", "silent")

    await office.post(f"/tickets/{reference}/reply", {**REPLY, "text": "Now it has.", "resolve": True})
    assert (await the_ticket(rows))["resolution"] == "confirmed"
    assert (await office.get("/escalations"))["items"] == []


async def test_what_a_person_has_answered_is_not_brought_up_again(
    agent: AgentResources, office: Office, write: Write, rows: Rows
) -> None:
    """The person answers before the sweep has put the customer's line to the ticket."""
    conversation = await refund(agent, write, rows)
    reference = (await the_ticket(rows))["reference"]
    await office.post(f"/tickets/{reference}/reply", REPLY)
    await write("When will it arrive?", Channel.WHATSAPP)
    await answer(agent, conversation)
    await office.post(f"/tickets/{reference}/reply", {**REPLY, "text": "Tomorrow.", "resolve": True})
    await sweep(office.resources)
    assert (await the_ticket(rows))["status"] == "resolved"
    assert (await office.get("/escalations"))["items"] == []


async def test_a_person_and_the_agent_never_wait_for_each_other(
    agent: AgentResources, office: Office, write: Write, rows: Rows, pool: Pool
) -> None:
    """A reply that comes while the agent commits waits for it, before it has locked anything that the agent needs."""
    conversation = await refund(agent, write, rows)
    ticket = await the_ticket(rows)
    async with transaction(pool) as connection:
        await connection.execute("SELECT FROM conversations WHERE id = %s FOR NO KEY UPDATE", [conversation])
        reply = asyncio.create_task(office.post(f"/tickets/{ticket['reference']}/reply", REPLY))
        async with asyncio.timeout(10):
            while not await rows(
                "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            ):
                await asyncio.sleep(0.01)
        await connection.execute("UPDATE tickets SET needs_review = true WHERE id = %s", [ticket["id"]])
    assert (await reply)[0] == 202
    assert (await the_ticket(rows))["needs_review"]


async def test_nothing_is_said_on_a_closed_ticket_and_the_next_message_opens_another(
    agent: AgentResources, office: Office, write: Write, rows: Rows, pool: Pool
) -> None:
    conversation = await refund(agent, write, rows)
    reference = (await the_ticket(rows))["reference"]
    await office.post(f"/tickets/{reference}/reply", {**REPLY, "resolve": True})
    async with transaction(pool) as connection:
        await connection.execute("UPDATE tickets SET status = 'closed'")
    assert await office.post(f"/tickets/{reference}/reply", REPLY) == (409, {"error": "closed"})
    await write("How do I export my tasks?", Channel.WHATSAPP)
    await answer(agent, conversation)
    await sweep(office.resources)
    await answer(agent, conversation)
    tickets = await rows("SELECT status FROM tickets ORDER BY created_at")
    assert [ticket["status"] for ticket in tickets] == ["closed", "answered"]


async def test_an_answered_matter_is_reopened_by_its_customer_without_the_team(
    agent: AgentResources, office: Office, write: Write, rows: Rows, pool: Pool
) -> None:
    """Three days of silence settle it; whoever writes again afterwards has the same ticket, and the agent answers."""
    conversation = await write("How do I export my tasks?", Channel.EMAIL, provider_thread_id="t1")
    await answer(agent, conversation)
    async with transaction(pool) as connection:
        await connection.execute("UPDATE messages SET received_at = received_at - interval '73 hours'")
    await sweep(office.resources)
    ticket = await the_ticket(rows)
    assert (ticket["status"], ticket["resolution"]) == ("resolved", "assumed")
    again = await write(
        "And how can I import tasks?", Channel.EMAIL, provider_thread_id="t1", details={"in_reply_to": "<a@b>"}
    )
    assert again == conversation
    await answer(agent, conversation)
    ticket = await the_ticket(rows)
    assert (ticket["status"], ticket["resolution"]) == ("answered", None)
