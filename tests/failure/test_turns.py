"""Turns: what happens in a conversation while the agent is at work on it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from fte.domain.channels import Channel
from fte.errors import Unavailable
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


async def test_f13_two_lines_while_the_agent_works_get_one_answer(
    agent: AgentResources, write: Write, rows: Rows
) -> None:
    """The customer goes on writing while the agent thinks: one re-run, one answer to both (B10)."""
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


async def test_f38_a_person_who_takes_over_wins(agent: AgentResources, write: Write, rows: Rows, pool: Pool) -> None:
    """Nothing is said over the head of the team; the message has its outcome, with the reason (B10)."""
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


async def test_f10_a_reply_comes_after_what_it_answers_and_says_what_that_is(
    agent: AgentResources, write: Write, rows: Rows
) -> None:
    """Many customers write a second line while their first ones are being answered."""

    async def talk(number: int) -> None:
        sender = f"customer-{number}@example.com"
        conversation = await write("How do I reset my password?", sender=sender)
        working = asyncio.create_task(answer(agent, conversation))
        assert await write("And how do I export my tasks?", sender=sender) == conversation
        await working
        await answer(agent, conversation)

    await asyncio.gather(*map(talk, range(6)))
    assert await owed(rows) == 0
    seq = {row["id"]: row["seq"] for row in await rows("SELECT id, seq FROM messages")}
    runs = await rows("SELECT message_ids, reply_id FROM agent_runs")
    assert sorted(id_ for run in runs for id_ in run["message_ids"]) == sorted(
        row["id"] for row in await rows("SELECT id FROM messages WHERE direction = 'inbound'")
    )
    answers = {row["id"]: row["answers"] for row in await replies(rows)}
    for run in runs:
        newest = max(run["message_ids"], key=lambda id_: seq[id_])
        assert answers[run["reply_id"]] == newest
        assert seq[newest] < seq[run["reply_id"]]


async def test_f42_who_waits_for_a_place_is_answered(agent: AgentResources, write: Write, rows: Rows) -> None:
    """More customers at once than the worker has places for."""
    waiting = [await write("How do I reset my password?", sender=f"customer-{n}@example.com") for n in range(5)]
    full = replace(agent, places=asyncio.Semaphore(1))
    await asyncio.gather(*(answer(full, conversation) for conversation in waiting))
    assert {row["conversation_id"] for row in await replies(rows)} == set(waiting)
    assert len(await replies(rows)) == len(waiting)


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


async def test_f42_a_message_that_breaks_its_run_is_handed_over_in_the_end(
    agent: AgentResources, write: Write, rows: Rows, pool: Pool
) -> None:
    """Each failure costs the message a while, none its neighbours; after three the customer is told."""
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


async def test_f38_a_matter_that_a_person_settles_meanwhile_is_not_answered(
    agent: AgentResources, write: Write, rows: Rows, pool: Pool
) -> None:
    """Nothing is sent and nothing reopened; the message has its outcome, with the reason (design: a closed ticket)."""
    conversation = await write("How do I reset my password?")

    async def settle(_: RunContext) -> None:
        async with transaction(pool) as connection:
            await connection.execute(
                "UPDATE tickets SET status = 'resolved', resolution = 'confirmed', resolved_at = now()"
            )

    await answer(thinking(agent, settle), conversation)
    assert await replies(rows) == []
    assert await rows("SELECT outcome, attempts FROM messages") == [{"outcome": "silent", "attempts": 0}]
    assert await rows("SELECT status, resolution FROM tickets") == [{"status": "resolved", "resolution": "confirmed"}]
    (note,) = await rows("SELECT details FROM audit_log WHERE action = 'silent'")
    assert note["details"] == {"reason": "a person settled the ticket"}


async def test_what_comes_after_it_was_settled_opens_the_matter_again(
    agent: AgentResources, write: Write, rows: Rows, pool: Pool
) -> None:
    """The line that was worked on is settled with its ticket; the next one is a question of its own."""
    conversation = await write("How do I reset my password?", Channel.WHATSAPP)
    settled: list[bool] = []

    async def settle(_: RunContext) -> None:
        if not settled:
            settled.append(True)
            async with transaction(pool) as connection:
                await connection.execute("UPDATE tickets SET status = 'resolved', resolution = 'confirmed'")
            await write("And how do I export my tasks to CSV?", Channel.WHATSAPP)

    await answer(thinking(agent, settle), conversation)
    found = await rows("SELECT outcome FROM messages WHERE direction = 'inbound' ORDER BY seq")
    assert [row["outcome"] for row in found] == ["silent", "answered"]
    assert len(await replies(rows)) == 1
    assert await rows("SELECT status FROM tickets") == [{"status": "answered"}]


async def test_a_late_attempt_does_not_reopen_what_was_settled(
    agent: AgentResources, write: Write, rows: Rows, pool: Pool
) -> None:
    """The first run failed, a person settled the matter, and the message's next time has come, beside a new line."""
    conversation = await write("How do I reset my password?", Channel.WHATSAPP)

    async def break_down(_: RunContext) -> None:
        raise ZeroDivisionError

    await answer(thinking(agent, break_down), conversation)
    async with transaction(pool) as connection:
        await connection.execute("UPDATE tickets SET status = 'resolved', resolution = 'confirmed'")
        await connection.execute("UPDATE messages SET next_attempt_at = now()")
    await write("And how do I export my tasks to CSV?", Channel.WHATSAPP)
    await answer(agent, conversation)
    found = await rows("SELECT outcome FROM messages WHERE direction = 'inbound' ORDER BY seq")
    assert [row["outcome"] for row in found] == ["silent", "answered"]
    (reply,) = await replies(rows)
    assert "export" in reply["content"].lower()


async def test_a_beat_that_fails_is_followed_by_the_next(
    agent: AgentResources, write: Write, rows: Rows, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that is away for a moment costs nobody the turn."""
    conversation = await write("How do I reset my password?")
    held = await turn.take(pool, conversation)
    assert held is not None
    extend, failures = turn._extend, [Unavailable(), Unavailable()]

    async def extend_or_fail(pool: Pool, held: turn.Turn) -> bool:
        if failures:
            raise failures.pop()
        return await extend(pool, held)

    monkeypatch.setattr(turn, "HEARTBEAT_SECONDS", 0.01)
    monkeypatch.setattr(turn, "_extend", extend_or_fail)
    async with turn.kept_alive(pool, held):
        async with transaction(pool) as connection:
            await connection.execute("UPDATE turns SET lease_until = '-infinity'")
        async with asyncio.timeout(10):
            while not await rows("SELECT FROM turns WHERE lease_until > clock_timestamp()"):
                await asyncio.sleep(0.01)
    assert failures == []


async def test_the_heart_stops_when_the_turn_is_somebody_elses(
    agent: AgentResources, write: Write, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = await write("How do I reset my password?")
    held = await turn.take(pool, conversation)
    assert held is not None
    async with transaction(pool) as connection:
        await connection.execute("UPDATE turns SET fence = fence + 1")
    monkeypatch.setattr(turn, "HEARTBEAT_SECONDS", 0.01)
    async with asyncio.timeout(10):
        await turn._beat(pool, held)
