"""A bus that loses, repeats, delays and mixes up events of both kinds: one outcome for each message, on every seed."""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest

from fte.ce import Event
from fte.domain.channels import Channel
from fte.events import EventType
from fte.store.pool import Pool, transaction
from fte_agent import handler
from fte_agent.handler import on_channel_event, on_ticket_incoming
from fte_agent.wiring import AgentResources
from fte_tests.bus import RememberingBus

pytestmark = pytest.mark.anyio

SEEDS = 200
SEEDS_PER_TEST = 20
LOST_ACKNOWLEDGEMENTS = 0.25
LOST_EVENTS = 0.25
KINDS = ("unified", "channel")
CARRIED: ContextVar[str] = ContextVar("kind of the event that is handled")

QUESTIONS = (
    "How do I reset my password, please?",
    "How do I export my tasks to CSV?",
    "I want a refund for the last month.",
    "How can I invite a colleague to my workspace?",
)

Write = Callable[..., Awaitable[UUID]]
Rows = Callable[..., Awaitable[list[dict[str, Any]]]]
Answer = Callable[[AgentResources, UUID], Awaitable[None]]


async def published(rows: Rows, conversations: set[UUID]) -> list[Event]:
    """The inbound events of these conversations, as the intakes wrote them."""
    found = await rows(
        "SELECT attributes, data FROM outbox WHERE conversation_id = ANY(%s) AND attributes ->> 'source' = '/fte/test'",
        list(conversations),
    )
    return [Event(row["attributes"], row["data"]) for row in found]


async def deliver(event: Event, resources: AgentResources) -> None:
    CARRIED.set(_kind(event))
    unified = event.type == EventType.TICKET_INCOMING
    response = await (on_ticket_incoming if unified else on_channel_event)(event, resources)
    assert response.status == 204


async def carry(
    events: Iterable[Event], chance: random.Random, resources: AgentResources, *, at_once: bool = False
) -> None:
    """Hand events over as a bad bus does: several at once, late, out of order, and again when nobody heard that they
    were taken. `at_once`: nothing comes late the first time, so that both kinds of a message meet."""
    late = chance.choice([None, *KINDS])
    waiting = [
        (0 if at_once else chance.randint(0, 2) + (2 if late == _kind(event) else 0), event)
        for event in events
        for _ in range(chance.randint(1, 2))
    ]
    now = 0
    while waiting:
        due = [entry for entry in waiting if entry[0] <= now]
        taken = chance.sample(due, len(due) if at_once else chance.randint(1, len(due))) if due else []
        await asyncio.gather(*(deliver(event, resources) for _, event in taken))
        for entry in taken:
            waiting.remove(entry)
            if chance.random() < LOST_ACKNOWLEDGEMENTS:
                waiting.append((now + chance.randint(1, 3), entry[1]))
        now += 1


def _kind(event: Event) -> str:
    return "unified" if event.type == EventType.TICKET_INCOMING else "channel"


@dataclass
class Rivals:
    """Which kinds of events set out to answer a conversation, and how often both did at once."""

    set_out: Counter[str] = field(default_factory=Counter)
    together: int = 0
    _at_it: Counter[tuple[UUID, str]] = field(default_factory=Counter)

    async def watch(self, answer: Answer, resources: AgentResources, conversation_id: UUID) -> None:
        kind = CARRIED.get()
        self.set_out[kind] += 1
        self.together += any(self._at_it[conversation_id, other] for other in KINDS if other != kind)
        self._at_it[conversation_id, kind] += 1
        try:
            await answer(resources, conversation_id)
        finally:
            self._at_it[conversation_id, kind] -= 1


@pytest.fixture
def rivals(monkeypatch: pytest.MonkeyPatch) -> Rivals:
    rivals = Rivals()
    monkeypatch.setattr(handler, "answer", partial(rivals.watch, handler.answer))
    return rivals


@pytest.mark.parametrize("first_seed", range(0, SEEDS, SEEDS_PER_TEST))
async def test_each_message_has_one_outcome(
    first_seed: int, agent: AgentResources, write: Write, rows: Rows, rivals: Rivals
) -> None:
    """I1, I2, I3 and I7 of the delivery-permutation harness, for twenty seeds.

    In every second one the messages are so old that the channels' events answer them as well: both kinds compete, and
    some unified events are lost for good.
    """
    for seed in range(first_seed, first_seed + SEEDS_PER_TEST):
        chance = random.Random(seed)
        old = seed % 2 == 1
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
        if old:
            await rows(
                "UPDATE messages SET created_at = created_at - interval '1 minute' WHERE conversation_id = ANY(%s)"
                " RETURNING id",
                list(conversations),
            )
            events = [event for event in events if _kind(event) == "channel" or chance.random() > LOST_EVENTS]
        await carry(events, chance, agent, at_once=seed % 4 == 1)
        await check(seed, conversations, rows)
    assert rivals.set_out["unified"] > 0
    assert rivals.set_out["channel"] > 0
    assert rivals.together > 0


async def check(seed: int, conversations: set[UUID], rows: Rows) -> None:
    """One outcome for each message, one reply for each run, replies in order."""
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
        "SELECT o.id, o.conversation_id, i.seq AS answered FROM messages AS o JOIN messages AS i ON i.id = o.answers"
        " WHERE o.conversation_id = ANY(%s) AND o.direction = 'outbound' ORDER BY o.seq",
        list(conversations),
    )
    assert {row["id"] for row in replies} == {run["reply_id"] for run in runs}, seed
    assert len(replies) == len(runs), seed
    for conversation in conversations:
        answered = [row["answered"] for row in replies if row["conversation_id"] == conversation]
        assert answered == sorted(answered), seed


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
