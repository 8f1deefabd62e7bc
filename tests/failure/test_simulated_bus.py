"""A bus that repeats, reorders and mixes up events of both kinds: one outcome for each message, on every seed."""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from fte.ce import Event
from fte.domain.channels import Channel
from fte.events import EventType
from fte.store.pool import Pool, transaction
from fte_agent.handler import on_channel_event, on_ticket_incoming
from fte_agent.wiring import AgentResources
from fte_tests.bus import RememberingBus

pytestmark = pytest.mark.anyio

SEEDS = 200
SEEDS_PER_TEST = 20

QUESTIONS = (
    "How do I reset my password, please?",
    "How do I export my tasks to CSV?",
    "I want a refund for the last month.",
    "How can I invite a colleague to my workspace?",
)

Write = Callable[..., Awaitable[UUID]]
Rows = Callable[..., Awaitable[list[dict[str, Any]]]]


async def published(rows: Rows, conversations: set[UUID]) -> list[Event]:
    """The inbound events of these conversations, as the intakes wrote them."""
    found = await rows(
        "SELECT attributes, data FROM outbox WHERE conversation_id = ANY(%s) AND attributes ->> 'source' = '/fte/test'",
        list(conversations),
    )
    return [Event(row["attributes"], row["data"]) for row in found]


async def deliver(event: Event, resources: AgentResources) -> None:
    unified = event.type == EventType.TICKET_INCOMING
    response = await (on_ticket_incoming if unified else on_channel_event)(event, resources)
    assert response.status == 204


@pytest.mark.parametrize("first_seed", range(0, SEEDS, SEEDS_PER_TEST))
async def test_each_message_has_one_outcome(first_seed: int, agent: AgentResources, write: Write, rows: Rows) -> None:
    """I1, I2, I3 and I7 of the delivery-permutation harness, for twenty seeds."""
    for seed in range(first_seed, first_seed + SEEDS_PER_TEST):
        chance = random.Random(seed)
        conversations = set()
        for _ in range(chance.randint(1, 2)):
            channel = chance.choice(list(Channel))
            sender = (
                f"whatsapp:+1415{chance.randrange(10**7):07d}"
                if channel is Channel.WHATSAPP
                else f"{uuid4().hex}@x.example"
            )
            for _ in range(chance.randint(1, 3)):
                conversations.add(await write(chance.choice(QUESTIONS), channel, sender))
        events = await published(rows, conversations)
        traffic = [event for event in events for _ in range(chance.randint(1, 3))]
        chance.shuffle(traffic)
        await asyncio.gather(*(deliver(event, agent) for event in traffic))

        inbound = await rows(
            "SELECT id, outcome FROM messages WHERE conversation_id = ANY(%s) AND direction = 'inbound'",
            list(conversations),
        )
        assert all(row["outcome"] for row in inbound), seed
        runs = await rows(
            "SELECT message_ids, reply_id FROM agent_runs WHERE conversation_id = ANY(%s)", list(conversations)
        )
        covered = Counter(message for run in runs for message in run["message_ids"])
        assert covered == Counter(row["id"] for row in inbound), seed
        replies = await rows(
            "SELECT id FROM messages WHERE conversation_id = ANY(%s) AND direction = 'outbound'", list(conversations)
        )
        assert {row["id"] for row in replies} == {run["reply_id"] for run in runs}, seed
        assert len(replies) == len(runs), seed


async def test_the_audit_copy_writes_a_lost_message_again(
    agent: AgentResources, bus: RememberingBus, write: Write, rows: Rows, pool: Pool
) -> None:
    """After a database was restored from an older state, the channel's own event brings the message back."""
    conversation = await write("How do I reset my password?", reference="TC-0123456789")
    events = await published(rows, {conversation})
    (copy,) = (event for event in events if event.type == EventType.EMAIL_RECEIVED)
    async with transaction(pool) as connection:
        for table in ("outbox", "messages", "conversations", "customer_identifiers", "customers"):
            await connection.execute(f"DELETE FROM {table}".encode())

    await deliver(copy, agent)
    (restored,) = await rows("SELECT * FROM messages")
    assert restored["id"] == UUID(copy.data["message_id"])
    assert restored["reference"] == "TC-0123456789"
    assert restored["content"] == "How do I reset my password?"
    async with asyncio.timeout(10):
        while len(bus.rows) < 2:
            await asyncio.sleep(0.01)
    (unified,) = (row.event for row in bus.rows if row.event.type == EventType.TICKET_INCOMING)
    await deliver(unified, agent)
    await deliver(copy, agent)
    replies = await rows("SELECT recipient FROM messages WHERE direction = 'outbound'")
    assert [row["recipient"] for row in replies] == ["ann@example.com"]


@pytest.mark.parametrize("text", ["ü" * 50_000, "🎉" * 20_000, "a" * 200_000, '\\"' * 40_000])
async def test_an_event_stays_under_64_kib(text: str, write: Write, rows: Rows) -> None:
    """A longer body is cut in the event; the row has all of it."""
    conversation = await write(text, received={"references": ["<x@y>"] * 3_000, "headers": {"x": "y" * 30_000}})
    for event in await published(rows, {conversation}):
        assert len(json.dumps(dict(event.data))) + len(json.dumps(dict(event.attributes))) < 64 * 1024
        assert event.data["truncated"] is True
    (row,) = await rows("SELECT content FROM messages")
    assert row["content"] == text
