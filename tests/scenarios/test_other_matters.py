"""A person has one matter of a customer in hand, and the customer comes with another: neither is lost in the other."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest

from fte.domain.channels import Channel
from fte.store.pool import Pool, transaction
from fte_agent.context import RunContext
from fte_agent.conversation import answer
from fte_agent.wiring import AgentResources
from fte_backoffice.waiting import REASON_NEW, show_waiting
from fte_tests.office import Office, opened
from fte_tests.thinking import thinking

pytestmark = pytest.mark.anyio

Write = Callable[..., Awaitable[UUID]]
Rows = Callable[..., Awaitable[list[dict[str, Any]]]]

ANN = "ann@example.com"
REPLY = {"text": "I have sent you the mail once more.", "by": "dana"}
IN_REPLY = {"details": {"in_reply_to": "<a@techcorp.example>"}}


@pytest.fixture
async def office(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    async with opened(database_url, monkeypatch) as office:
        yield office


@pytest.fixture
async def conversation(agent: AgentResources, write: Write) -> UUID:
    """A mail that the agent has answered, and that a person goes on with."""
    conversation = await write("How do I reset my password?", Channel.EMAIL, ANN, provider_thread_id="t1")
    await answer(agent, conversation)
    return conversation


async def tickets(rows: Rows) -> list[dict[str, Any]]:
    """The tickets in their order, each with what the team has open of it."""
    return await rows(
        "SELECT t.id, t.reference, t.status, t.channel, t.category, (SELECT count(*) FROM escalations AS e"
        " WHERE e.ticket_id = t.id AND e.status = 'open') AS open FROM tickets AS t ORDER BY t.created_at"
    )


async def said(rows: Rows) -> list[tuple[str, str]]:
    """What customers wrote, by its channel, and what became of it."""
    found = await rows("SELECT channel, coalesce(outcome, 'owed') AS state FROM messages WHERE direction = 'inbound'"
                       " ORDER BY seq")  # fmt: skip
    return [(row["channel"], row["state"]) for row in found]


async def form(write: Write, conversation: UUID) -> None:
    assert await write("How do I export my tasks to CSV?", Channel.WEBFORM, ANN) == conversation


async def test_a_form_that_comes_while_a_person_replies_elsewhere_is_shown_and_answered(
    agent: AgentResources, office: Office, conversation: UUID, write: Write, rows: Rows
) -> None:
    """The agent has opened the form's ticket when the person answers the mail: the form is not covered by that."""
    (first,) = await tickets(rows)
    await form(write, conversation)

    async def reply(_: RunContext) -> None:
        assert (await office.post(f"/tickets/{first['reference']}/reply", REPLY))[0] == 202

    await answer(thinking(agent, reply), conversation)
    assert await said(rows) == [("email", "answered"), ("webform", "silent")]
    assert await show_waiting(office.resources) == 1
    mail, other = await tickets(rows)
    assert (mail["status"], mail["open"]) == ("answered", 0)
    assert (other["status"], other["open"]) == ("in_progress", 1)
    assert await show_waiting(office.resources) == 0, "once"

    assert (await office.post(f"/tickets/{first['reference']}/hand-back", {"by": "dana"}))[1]["owed"] == 1
    await answer(agent, conversation)
    assert await said(rows) == [("email", "answered"), ("webform", "answered")]
    assert [ticket["status"] for ticket in await tickets(rows)] == ["answered", "answered"]


async def test_a_form_that_is_owed_when_a_person_replies_elsewhere_stays_owed(
    agent: AgentResources, office: Office, conversation: UUID, write: Write, rows: Rows
) -> None:
    (first,) = await tickets(rows)
    await form(write, conversation)
    await write("It has not arrived.", Channel.EMAIL, ANN, **IN_REPLY)
    await office.post(f"/tickets/{first['reference']}/reply", REPLY)
    assert await said(rows) == [("email", "answered"), ("webform", "owed"), ("email", "silent")]
    (reply,) = await rows("SELECT channel, subject, answers FROM messages WHERE author = 'human'")
    assert reply["channel"] == "email"


async def test_another_matter_in_a_held_conversation_is_a_case_of_its_own(
    agent: AgentResources, office: Office, conversation: UUID, write: Write, rows: Rows
) -> None:
    """It is judged and has its reference; the team sees it, can answer it, and the first matter is left alone."""
    (first,) = await tickets(rows)
    await office.post(f"/tickets/{first['reference']}/reply", REPLY)
    await form(write, conversation)
    await answer(agent, conversation)
    await show_waiting(office.resources)
    (message,) = await rows("SELECT reference FROM messages WHERE channel = 'webform'")
    other = (await tickets(rows))[1]
    assert (other["reference"], other["channel"], other["category"]) == (message["reference"], "webform", "how_to")
    (item,) = (await office.get("/escalations?team=support"))["items"]
    assert (item["reference"], item["reason"]) == (other["reference"], REASON_NEW)

    await office.post(f"/tickets/{other['reference']}/reply", {**REPLY, "text": "In Settings.", "resolve": True})
    (last,) = await rows("SELECT channel, ticket_id FROM messages WHERE author = 'human' ORDER BY seq DESC LIMIT 1")
    assert last == {"channel": "webform", "ticket_id": other["id"]}
    assert [(ticket["status"], ticket["open"]) for ticket in await tickets(rows)] == [("answered", 0), ("resolved", 0)]
    assert (await office.post(f"/tickets/{first['reference']}/hand-back", {"by": "dana"}))[1]["owed"] == 0


async def test_a_reply_goes_into_the_thread_of_its_own_ticket(
    agent: AgentResources, office: Office, conversation: UUID, write: Write, rows: Rows
) -> None:
    """The customer's last message is about something else, and came on another channel."""
    (first,) = await tickets(rows)
    await form(write, conversation)
    await answer(agent, conversation)
    await office.post(f"/tickets/{first['reference']}/reply", REPLY)
    (reply,) = await rows("SELECT channel, ticket_id, provider_thread_id FROM messages WHERE author = 'human'")
    assert reply == {"channel": "email", "ticket_id": first["id"], "provider_thread_id": "t1"}


async def test_a_new_mail_of_the_same_address_is_another_matter_and_a_reply_is_not(
    agent: AgentResources, office: Office, conversation: UUID, write: Write, rows: Rows
) -> None:
    (first,) = await tickets(rows)
    await office.post(f"/tickets/{first['reference']}/reply", REPLY)
    for text, fields in (("It has not arrived.", IN_REPLY), ("How do I export my tasks to CSV?", {})):
        await write(text, Channel.EMAIL, ANN, **fields)
        await answer(agent, conversation)
        await show_waiting(office.resources)
    found = await rows(
        "SELECT t.status, count(*) AS messages FROM tickets AS t JOIN messages AS m ON m.ticket_id = t.id"
        " WHERE m.direction = 'inbound' GROUP BY t.id ORDER BY t.created_at"
    )
    assert found == [{"status": "in_progress", "messages": 2}, {"status": "in_progress", "messages": 1}]


async def test_a_line_that_was_set_aside_for_no_ticket_of_its_address_gets_one_of_its_own(
    agent: AgentResources, office: Office, conversation: UUID, write: Write, rows: Rows, pool: Pool
) -> None:
    """As it is left when its ticket is closed before the team was shown it: never put to another address's ticket."""
    (first,) = await tickets(rows)
    await office.post(f"/tickets/{first['reference']}/reply", REPLY)
    await write("Can you read this?", Channel.WHATSAPP, "whatsapp:+14155550123")
    async with transaction(pool) as connection:
        await connection.execute(
            "UPDATE messages SET conversation_id = %s, outcome = 'silent' WHERE channel = 'whatsapp'", [conversation]
        )
    await show_waiting(office.resources)
    assert (await said(rows))[-1] == ("whatsapp", "owed")
    await answer(agent, conversation)
    await show_waiting(office.resources)
    assert (await said(rows))[-1] == ("whatsapp", "silent")
    assert [(ticket["channel"], ticket["open"]) for ticket in await tickets(rows)][-1] == ("whatsapp", 1)


async def test_what_the_team_settled_without_a_reply_is_not_answered_after_all(
    agent: AgentResources, office: Office, conversation: UUID, write: Write, rows: Rows
) -> None:
    """A matter that a person has seen and resolved stays so when the conversation goes back to the agent."""
    (first,) = await tickets(rows)
    path = f"/tickets/{first['reference']}"
    await office.post(f"{path}/reply", REPLY)
    await write("Thank you, I have found it.", Channel.EMAIL, ANN, **IN_REPLY)
    await answer(agent, conversation)
    await show_waiting(office.resources)
    await office.post(f"{path}/resolve", {"by": "dana"})
    assert (await office.post(f"{path}/hand-back", {"by": "dana"}))[1]["owed"] == 0
    assert (await tickets(rows))[0]["status"] == "resolved"
