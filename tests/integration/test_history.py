"""What an address is shown of its customer's history, and when the tickets show that a matter keeps coming back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from fte.domain.channels import Channel
from fte.domain.identity import Identifier
from fte.store.pool import Pool, transaction
from fte_agent.conversation import answer
from fte_agent.records import History, load_conversation, load_history
from fte_agent.wiring import AgentResources

pytestmark = pytest.mark.anyio

Write = Callable[..., Awaitable[UUID]]
Rows = Callable[..., Awaitable[list[dict[str, Any]]]]

ANN = "ann@example.com"
QUESTION = "How do I reset my password?"


@pytest.fixture
def later(pool: Pool) -> Callable[..., Awaitable[None]]:
    """Lets time pass: everything so far lies `days` back, and its conversations are over."""

    async def later(days: float = 2) -> None:
        ago = timedelta(days=days)
        async with transaction(pool) as connection:
            await connection.execute("UPDATE messages SET received_at = received_at - %s", [ago])
            await connection.execute("UPDATE tickets SET created_at = created_at - %s", [ago])
            await connection.execute("UPDATE conversations SET last_message_at = last_message_at - %s", [ago])

    return later


@pytest.fixture
def history(pool: Pool) -> Callable[..., Awaitable[History]]:
    """The history as the next run of a conversation gets it."""

    async def history(conversation_id: UUID, limit: int = 10) -> History:
        async with transaction(pool) as connection:
            conversation = await load_conversation(connection, conversation_id)
            assert conversation is not None
            return await load_history(connection, conversation, limit)

    return history


async def continued(agent: AgentResources, write: Write, rows: Rows, *texts: str) -> UUID:
    """A mail and replies to it in one thread, all answered but the last."""
    conversation = await write(texts[0], subject="Password")
    for text in texts[1:]:
        await answer(agent, conversation)
        await write(text, subject="Re: Password", details={"in_reply_to": "<x@example.com>"})
    return conversation


async def put_to_the_ticket(rows: Rows, pool: Pool) -> None:
    """What `create_ticket` does before the history is read."""
    async with transaction(pool) as connection:
        await connection.execute(
            "UPDATE messages SET ticket_id = (SELECT id FROM tickets ORDER BY created_at DESC LIMIT 1)"
            " WHERE ticket_id IS NULL"
        )


async def test_a_new_customer_has_no_history(write: Write, history: Callable[..., Awaitable[History]]) -> None:
    """Nothing is shown, counted or summed up."""
    assert await history(await write(QUESTION)) == History((), 0, 0)


async def test_a_ticket_knows_its_messages_and_the_articles_given(
    agent: AgentResources, pool: Pool, write: Write, rows: Rows, history: Callable[..., Awaitable[History]]
) -> None:
    """Newest first; the articles are those that the replies rested on, each once."""
    conversation = await continued(agent, write, rows, QUESTION, "Which menu do you mean?")
    await put_to_the_ticket(rows, pool)
    found = await history(conversation)
    assert [(item.author, item.channel) for item in found.messages] == [
        ("agent", Channel.EMAIL),
        ("customer", Channel.EMAIL),
    ]
    (run,) = await rows("SELECT articles FROM agent_runs")
    assert run["articles"]
    assert list(found.answered_with) == run["articles"]
    assert found.tickets == 1
    assert found.earlier == ()


async def test_earlier_tickets_are_named_to_the_address_that_opened_them(
    agent: AgentResources, write: Write, later: Callable[..., Awaitable[None]],
    history: Callable[..., Awaitable[History]],
) -> None:  # fmt: skip
    """Newest first, five at most; the summary tells of them in whole sentences."""
    for number in range(6):
        await answer(agent, await write(f"How do I export project {number} to CSV?", subject=f"Export {number}"))
        await later()
    found = await history(await write(QUESTION))
    assert [ticket.subject for ticket in found.earlier] == [f"Export {number}" for number in (5, 4, 3, 2, 1)]
    assert found.tickets == 6
    assert "Export 5." in found.summary
    assert len(found.summary) <= 600
    assert found.summary.endswith(".")


async def test_messages_beyond_the_limit_are_summed_up(
    agent: AgentResources, pool: Pool, write: Write, rows: Rows, history: Callable[..., Awaitable[History]]
) -> None:
    """The newest are shown, the rest is a number."""
    conversation = await continued(agent, write, rows, QUESTION, "And on the phone?", "And in the app?")
    await put_to_the_ticket(rows, pool)
    found = await history(conversation, limit=1)
    assert len(found.messages) == 1
    assert "3 older messages are not shown." in found.summary


async def test_f41_what_lies_before_a_reopening_is_not_shown_again(
    agent: AgentResources, pool: Pool, write: Write, rows: Rows, history: Callable[..., Awaitable[History]],
    later: Callable[..., Awaitable[None]],
) -> None:  # fmt: skip
    """A settled matter that comes back starts from the message that brought it back."""
    conversation = await continued(agent, write, rows, QUESTION, "Thanks, that worked!")
    await answer(agent, conversation)
    assert [row["status"] for row in await rows("SELECT status FROM tickets")] == ["resolved"]
    await later(0.1)
    await write("I have lost it again: the link does not arrive.", details={"in_reply_to": "<x@example.com>"})
    await answer(agent, conversation)
    (ticket,) = await rows("SELECT reopened_at, resolution FROM tickets")
    assert ticket["reopened_at"] is not None
    assert ticket["resolution"] is None
    await write("And now?", details={"in_reply_to": "<x@example.com>"})
    await put_to_the_ticket(rows, pool)
    found = await history(conversation)
    assert [item.content for item in found.messages if item.author == "customer"] == [
        "I have lost it again: the link does not arrive."
    ]
    assert "settled and reopened" in found.summary


CLAIM = {
    "identifiers": [Identifier("phone", "+14155550123", "channel", "test"), Identifier("email", ANN, "claimed", "test")]
}


async def test_other_channels_are_named_and_what_was_written_there_is_not(
    agent: AgentResources, pool: Pool, write: Write, history: Callable[..., Awaitable[History]]
) -> None:
    """The customer's chat is a name and a count for the mail address that was named in it."""
    await answer(agent, await write("My secret plan is ACME-4711.", Channel.WHATSAPP, **CLAIM))
    found = await history(await write(QUESTION))
    assert found.other_channels == (Channel.WHATSAPP,)
    assert found.hidden_messages == 2
    assert found.messages == ()
    assert found.earlier == ()
    assert "ACME" not in found.summary


async def test_who_types_a_number_does_not_learn_of_its_channel(
    agent: AgentResources, pool: Pool, write: Write, rows: Rows, history: Callable[..., Awaitable[History]]
) -> None:
    """Neither by the form that named it nor by the mails that come after; the one who was named learns of the form."""
    await answer(agent, await write("My secret plan is ACME-4711.", Channel.WHATSAPP))
    typed = [Identifier("email", ANN, "claimed", "form"), Identifier("phone", "+14155550123", "claimed", "form")]
    conversation = await write(QUESTION, Channel.WEBFORM, identifiers=typed)
    assert await rows("SELECT count(DISTINCT customer_id) AS n FROM messages") == [{"n": 1}]
    assert (await history(conversation)).other_channels == ()
    await answer(agent, conversation)
    found = await history(await write(QUESTION, Channel.EMAIL))
    assert found.other_channels == (Channel.WEBFORM,)
    assert all("ACME" not in message.content for message in found.messages)
    assert (await history(await write("Hello?", Channel.WHATSAPP))).other_channels == (Channel.WEBFORM,)


async def test_an_answer_to_another_address_is_that_address_s(
    agent: AgentResources, write: Write, rows: Rows, history: Callable[..., Awaitable[History]]
) -> None:
    """A mail with a Reply-To belongs to where its answer goes; its sender's own address is not shown it."""
    elsewhere = "desk@elsewhere.example"
    await answer(agent, await write(QUESTION, details={"reply_to": elsewhere}))
    (reply,) = await rows("SELECT recipient, reply_key FROM messages WHERE direction = 'outbound'")
    assert reply == {"recipient": elsewhere, "reply_key": elsewhere}
    assert (await history(await write("How do I export to CSV?"))).messages == ()


SAME: dict[str, tuple[str, str, str]] = {
    "a failing import": (
        "CSV import fails with an error",
        "Import of my spreadsheet still ends with an error, what can I do?",
        "The import of my CSV file fails with an error at row 1.",
    ),
    "in two fields": (
        "I never receive the password reset mail.",
        "Reset email still not arriving, I checked spam.",
        "Password reset: no mail. I cannot get in since Monday.",
    ),
    "nothing but a reminder": (
        "Our Slack integration stopped sending notifications.",
        "We get no messages from TechCorp in our Slack channel.",
        "Any news? It still does not work.\nBest, Tom",
    ),
}
DIFFERENT: dict[str, tuple[str, str, str]] = {
    "three questions": (
        "How do I set up two-factor authentication?",
        "Where can I download the invoice of May?",
        "How do I add a column to a board?",
    ),
    "three questions of one category": (
        "How do I export a project to CSV?",
        "How can I copy a board?",
        "How do I turn off e-mails for comments?",
    ),
    "praise": (
        "I love the new board view, great job!",
        "The new board view is great, well done!",
        "We love the board view, it is wonderful.",
    ),
}


async def flags_of_the_last(rows: Rows) -> list[str]:
    """The flags of the last ticket's hand-over; none where it was answered."""
    found = await rows(
        "SELECT e.flags FROM tickets AS t LEFT JOIN escalations AS e ON e.ticket_id = t.id"
        " ORDER BY t.created_at DESC LIMIT 1"
    )
    return found[0]["flags"] or []


@pytest.mark.parametrize("case", [*SAME, *DIFFERENT])
async def test_the_third_ticket_about_one_matter_goes_to_a_person(
    case: str, agent: AgentResources, write: Write, rows: Rows, later: Callable[..., Awaitable[None]]
) -> None:
    """Whatever its words are; three matters are no repetition, and praise is none."""
    repeated = case in SAME
    for text in (SAME | DIFFERENT)[case]:
        await later()
        await answer(agent, await write(text))
    assert ("REPEAT_CONTACT" in await flags_of_the_last(rows)) == repeated
    (ticket,) = await rows("SELECT triage, priority FROM tickets ORDER BY created_at DESC LIMIT 1")
    assert ("REPEAT_CONTACT" in str(ticket["triage"]["fired"])) == repeated
    if repeated:
        assert ticket["priority"] in ("high", "urgent")


UNDER_ONE_HEADING: dict[str, tuple[tuple[str, str, str], bool]] = {
    "questions that go on": (
        (
            "How do I add a column for the client's budget to our tasks?",
            "Which of my colleagues may change what stands in there?",
            "How many such columns does the Team plan allow?",
        ),
        False,
    ),
    "one fault": (
        (
            "The export of our board stops in the middle with an error.",
            "The export breaks off with the same error once more.",
            "Exporting the board ends with an error, as before.",
        ),
        True,
    ),
    "one fault in few words": (("The export of our board stops with an error.", "Still failing.", "Again."), True),
}


@pytest.mark.parametrize("case", UNDER_ONE_HEADING)
async def test_forms_under_one_heading_are_one_matter_if_they_say_the_same(
    case: str, agent: AgentResources, write: Write, rows: Rows
) -> None:
    """What they have in common already is the heading."""
    texts, repeated = UNDER_ONE_HEADING[case]
    for text in texts:
        await answer(agent, await write(text, Channel.WEBFORM, subject="Our board"))
    assert ("REPEAT_CONTACT" in await flags_of_the_last(rows)) == repeated


@pytest.mark.parametrize("spared", ["too long ago", "confirmed as solved"])
async def test_old_and_settled_tickets_do_not_count(
    spared: str, agent: AgentResources, pool: Pool, write: Write, rows: Rows, later: Callable[..., Awaitable[None]]
) -> None:
    """Two of them are left out: the third is answered."""
    for text in SAME["a failing import"][:2]:
        await later()
        await answer(agent, await write(text))
    if spared == "too long ago":
        await later(31)
    else:
        await later()
        async with transaction(pool) as connection:
            await connection.execute(
                "UPDATE tickets SET status = 'resolved', resolution = 'confirmed', resolved_at = now()"
                " WHERE id = (SELECT id FROM tickets LIMIT 1)"
            )
    await answer(agent, await write(SAME["a failing import"][2]))
    assert "REPEAT_CONTACT" not in await flags_of_the_last(rows)


async def test_a_matter_that_goes_on_in_its_ticket_is_one_contact(
    agent: AgentResources, write: Write, rows: Rows
) -> None:
    """Tickets count, not messages."""
    conversation = await continued(agent, write, rows, *SAME["a failing import"])
    await answer(agent, conversation)
    assert "REPEAT_CONTACT" not in await flags_of_the_last(rows)
