"""A phone number typed into a form links a stranger to a customer: nothing of the one reaches the other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from fte.domain.channels import Channel
from fte.domain.identity import Identifier
from fte.store.inbound import InboundMessage
from fte.store.intake import accept
from fte.store.pool import Pool
from fte_agent.conversation import answer
from fte_agent.wiring import AgentResources

pytestmark = pytest.mark.anyio

Write = Callable[..., Awaitable[UUID]]
Rows = Callable[..., Awaitable[list[dict[str, Any]]]]

PHONE = "+14155550123"
STRANGER = "mallory@elsewhere.example"


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
