"""Turns: what happens in a conversation while the agent is at work on it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest

from fte.domain.channels import Channel
from fte.store.pool import Pool, transaction
from fte_agent import turn
from fte_agent.context import RunContext
from fte_agent.conversation import answer
from fte_agent.sweep import sweep
from fte_agent.turn import TurnLost
from fte_agent.wiring import AgentResources
from fte_tests.thinking import thinking

pytestmark = pytest.mark.anyio

Write = Callable[..., Awaitable[UUID]]
Rows = Callable[..., Awaitable[list[dict[str, Any]]]]


async def replies(rows: Rows) -> list[dict[str, Any]]:
    return await rows("SELECT * FROM messages WHERE direction = 'outbound' ORDER BY seq")


async def owed(rows: Rows) -> int:
    return len(await rows("SELECT id FROM messages WHERE direction = 'inbound' AND outcome IS NULL"))


async def test_a_second_line_is_answered_together_with_the_first(
    agent: AgentResources, write: Write, rows: Rows
) -> None:
    """The customer goes on writing while the agent thinks: one re-run, one answer to both (B10, F13)."""
    conversation = await write("How do I reset my password?", Channel.WHATSAPP)
    wrote: list[UUID] = []

    async def write_again(_: RunContext) -> None:
        if not wrote:
            wrote.append(await write("The reset mail never arrives, I mean.", Channel.WHATSAPP))

    await answer(thinking(agent, write_again), conversation)
    assert wrote == [conversation]
    (run,) = await rows("SELECT * FROM agent_runs")
    assert len(run["message_ids"]) == 2
    assert len(await replies(rows)) == 1
    assert await owed(rows) == 0


async def test_a_customer_who_never_stops_is_answered_all_the_same(
    agent: AgentResources, write: Write, rows: Rows
) -> None:
    """After one re-run an answer goes out; what came later is the next turn's."""
    conversation = await write("How do I reset my password?", Channel.WHATSAPP)
    lines = iter(["and how do I export tasks?", "and how do I invite a colleague to it?"])

    async def keep_writing(_: RunContext) -> None:
        for line in lines:
            await write(line, Channel.WHATSAPP)
            break

    await answer(thinking(agent, keep_writing), conversation)
    assert await owed(rows) == 0
    assert len(await replies(rows)) == 2


async def test_a_person_who_takes_over_wins(agent: AgentResources, write: Write, rows: Rows, pool: Pool) -> None:
    """Nothing is said over the head of the team; the message has its outcome, with the reason (B10, F38)."""
    conversation = await write("How do I reset my password?")

    async def take_over(_: RunContext) -> None:
        async with transaction(pool) as connection:
            await connection.execute("UPDATE conversations SET agent_silent = true WHERE id = %s", [conversation])

    await answer(thinking(agent, take_over), conversation)
    assert await replies(rows) == []
    assert await owed(rows) == 0
    (note,) = await rows("SELECT details FROM audit_log WHERE action = 'silent'")
    assert note["details"]["reason"]


async def test_a_worker_that_lost_its_turn_writes_nothing(
    agent: AgentResources, write: Write, rows: Rows, pool: Pool
) -> None:
    """The fencing number refuses the late write; the message is still owed, and answered by the other (B3)."""
    conversation = await write("How do I reset my password?")

    async def be_overtaken(_: RunContext) -> None:
        async with transaction(pool) as connection:
            await connection.execute("UPDATE turns SET lease_until = '-infinity'")
        assert await turn.take(pool, conversation) is not None

    with pytest.raises(TurnLost):
        await answer(thinking(agent, be_overtaken), conversation)
    assert await replies(rows) == []
    assert await owed(rows) == 1
    async with transaction(pool) as connection:
        await connection.execute("UPDATE turns SET lease_until = '-infinity'")
    await answer(agent, conversation)
    assert len(await replies(rows)) == 1


async def test_two_workers_at_once_answer_once(agent: AgentResources, write: Write, rows: Rows) -> None:
    """Ten deliveries of one event at the same moment: one works, the others are covered (B2)."""
    conversation = await write("How do I reset my password?")
    await asyncio.gather(*(answer(agent, conversation) for _ in range(10)))
    assert len(await replies(rows)) == 1


async def test_what_nobody_answered_is_swept_up(agent: AgentResources, write: Write, rows: Rows, pool: Pool) -> None:
    """An event that was lost anywhere: the message's row is enough (B8)."""
    await write("How do I reset my password?")
    assert await sweep(agent) == 0, "a fresh message is left to its event"
    async with transaction(pool) as connection:
        await connection.execute("UPDATE messages SET created_at = now() - interval '1 minute'")
    assert await sweep(agent) == 1
    assert len(await replies(rows)) == 1
    assert await sweep(agent) == 0


async def test_a_message_that_breaks_its_run_is_handed_over_in_the_end(
    agent: AgentResources, write: Write, rows: Rows, pool: Pool
) -> None:
    """Each failure costs the message a while, none its neighbours; after three the customer is told (F42)."""
    conversation = await write("How do I reset my password?")

    async def break_down(_: RunContext) -> None:
        raise ZeroDivisionError

    for attempt in (1, 2, 3):
        await answer(thinking(agent, break_down), conversation)
        (message,) = await rows("SELECT attempts, next_attempt_at > now() AS later FROM messages")
        assert message == {"attempts": attempt, "later": True}
        async with transaction(pool) as connection:
            await connection.execute("UPDATE messages SET next_attempt_at = now()")
    await answer(thinking(agent, break_down), conversation)
    (run,) = await rows("SELECT outcome FROM agent_runs")
    assert run["outcome"] == "escalated"
    (reply,) = await replies(rows)
    assert "I could not finish an answer" in reply["content"]
