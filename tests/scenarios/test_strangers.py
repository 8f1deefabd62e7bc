"""Another's number in a form, or another's address as the sender: nothing of the one reaches the other."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from fte.domain.channels import Channel
from fte.domain.identity import Identifier
from fte.store.inbound import InboundMessage
from fte.store.intake import accept
from fte.store.pool import Pool, transaction
from fte_agent.conversation import answer
from fte_agent.prompts import history_facts
from fte_agent.records import load_conversation, load_history
from fte_agent.wiring import AgentResources

pytestmark = pytest.mark.anyio

Write = Callable[..., Awaitable[UUID]]
Rows = Callable[..., Awaitable[list[dict[str, Any]]]]

PHONE = "+14155550123"
STRANGER = "mallory@elsewhere.example"
ANN = "ann@acme.example"
EXPORTS = (
    "How do I export my data to CSV? I cannot find the export anywhere.",
    "I want to export my data to CSV and there is no export button.",
    "Where is the export of my data to CSV?",
)


async def stranger_submits(pool: Pool) -> None:
    """A form with the customer's number and the stranger's own address."""
    form = InboundMessage(
        Channel.WEBFORM,
        uuid4().hex,
        [Identifier("email", STRANGER, "claimed", "form"), Identifier("phone", PHONE, "claimed", "form")],
        "How do I export my tasks to CSV?",
        datetime.now(UTC),
        subject="Export",
        name="Mallory",
        sender=STRANGER,
        received={"name": "Mallory", "email": STRANGER, "category": "general"},
    )
    await accept(pool, form, "test")


async def test_both_are_answered_and_neither_sees_the_other(
    agent: AgentResources, pool: Pool, write: Write, rows: Rows
) -> None:
    """Two messages owed in one conversation, two addresses: two tickets, two answers, each in its own name."""
    ticket = "I want a refund for invoice ACME-4711."
    conversation = await write(ticket, Channel.WHATSAPP, f"whatsapp:{PHONE}", name="")
    await stranger_submits(pool)
    await answer(agent, conversation)

    replies = await rows("SELECT recipient, content, ticket_id FROM messages WHERE direction = 'outbound' ORDER BY seq")
    to_customer, to_stranger = replies
    assert to_customer["recipient"] == f"whatsapp:{PHONE}"
    assert "Finance" in to_customer["content"]
    assert to_stranger["recipient"] == STRANGER
    assert "Hello Mallory" in to_stranger["content"]
    assert "refund" not in to_stranger["content"].lower()
    assert "Finance" not in to_stranger["content"]
    assert "Ann" not in to_stranger["content"]
    assert to_customer["ticket_id"] != to_stranger["ticket_id"]


async def test_a_later_line_of_the_customer_continues_their_own_ticket(
    agent: AgentResources, pool: Pool, write: Write, rows: Rows
) -> None:
    """The stranger's ticket lies between, and is not taken for theirs."""
    conversation = await write("How do I reset my password?", Channel.WHATSAPP, f"whatsapp:{PHONE}", name="")
    await answer(agent, conversation)
    await stranger_submits(pool)
    await answer(agent, conversation)
    await write("The reset mail never arrives, I mean.", Channel.WHATSAPP, f"whatsapp:{PHONE}", name="")
    await answer(agent, conversation)
    tickets = await rows("SELECT count(DISTINCT ticket_id) AS n FROM messages WHERE sender = %s", f"whatsapp:{PHONE}")
    assert tickets == [{"n": 1}]


async def some_days_pass(pool: Pool) -> None:
    """What was said so far is over."""
    async with transaction(pool) as connection:
        for change in (
            "UPDATE messages SET received_at = received_at - %s",
            "UPDATE tickets SET created_at = created_at - %s",
            "UPDATE conversations SET last_message_at = last_message_at - %s",
        ):
            await connection.execute(change, [timedelta(days=2)])


@pytest.mark.parametrize("way", ["a form with her number", "a mail in her name that is answered elsewhere"])
async def test_who_names_a_customer_is_told_what_everybody_is(
    way: str, agent: AgentResources, pool: Pool, write: Write, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same words, with and without what is hers: one reply, and one set of facts for a model.

    She has asked for one thing twice. Her own third question goes to a person and says so; a stranger's does not.
    """
    # Which of several wordings is taken depends on the ticket's reference.
    for module in ("offline", "hand_over", "answers"):
        monkeypatch.setattr(f"fte_agent.{module}.seed_of", lambda context: "one")
    by_form = way.startswith("a form")
    channel = Channel.WEBFORM if by_form else Channel.EMAIL
    hers = (Channel.WHATSAPP, f"whatsapp:{PHONE}") if by_form else (Channel.EMAIL, ANN)

    async def asked(text: str, *whose: Any, **fields: Any) -> tuple[str, str]:
        await some_days_pass(pool)
        conversation = await write(text, *whose, **fields)
        async with transaction(pool) as connection:
            owed = await load_conversation(connection, conversation)
            assert owed is not None
            facts = json.dumps(history_facts(await load_history(connection, owed, 10)))
        await answer(agent, conversation)
        (reply,) = await rows("SELECT content FROM messages WHERE direction = 'outbound' ORDER BY seq DESC LIMIT 1")
        return re.sub(r"TC-\w+", "TC-0", reply["content"]), facts

    for text in EXPORTS[:2]:
        await asked(text, *hers, name="")
    plain = await asked(EXPORTS[2], channel, "other@elsewhere.example", name="Mallory")
    if by_form:
        claims = [Identifier("email", STRANGER, "claimed", "form"), Identifier("phone", PHONE, "claimed", "form")]
        foreign = await asked(EXPORTS[2], channel, STRANGER, name="Mallory", identifiers=claims)
    else:
        foreign = await asked(EXPORTS[2], channel, ANN, name="Mallory", details={"reply_to": STRANGER})
    (owners,) = await rows(
        "SELECT count(DISTINCT customer_id) AS n FROM messages WHERE direction = 'inbound'"
        " AND sender <> 'other@elsewhere.example'"
    )
    assert owners["n"] == 1
    assert foreign[0].splitlines() == plain[0].splitlines()
    assert foreign[1] == plain[1]

    own, facts = await asked(EXPORTS[2], *hers, name="")
    assert "still" in own
    assert facts != plain[1]
    flags = await rows("SELECT flags FROM escalations")
    assert [row["flags"] for row in flags] == [["REPEAT_CONTACT"]]
