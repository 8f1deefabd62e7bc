"""The evaluation on a real database: a conversation is played, judged by its rows, and attacked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from fte.store.pool import fetch_all, transaction
from fte_agent.wiring import AgentResources
from fte_eval.adversary import ATTEMPTS, Violator
from fte_eval.always import VIOLATIONS, read_channels
from fte_eval.playing import Played, Suite, play, play_all
from fte_eval.scenario import Scenario
from fte_ops.dryrun.desk import Desk

pytestmark = pytest.mark.anyio


def scenario(id_: str, *turns: dict[str, Any]) -> Scenario:
    return Scenario.model_validate({"id": id_, "turns": list(turns)})


async def suite_of(agent: AgentResources) -> Suite:
    quick = replace(agent, wait_for_next_line=0.0)
    return Suite(Desk(quick, quick, 2), agent.core.settings, await read_channels(agent.core.pool))


def failed(played: list[Played]) -> list[tuple[int, str, str, str]]:
    return [(each.number, check.name, check.wanted, check.got) for each in played for check in each.failed]


async def customers(agent: AgentResources) -> int:
    async with transaction(agent.core.pool) as connection:
        return len(await fetch_all(connection, "SELECT id FROM customers", []))


async def test_a_thread_stays_one_ticket_and_a_new_mail_opens_another(agent: AgentResources) -> None:
    """A reply continues; a mail that is no reply does not, though the customer is the same."""
    mail = {"channel": "email", "subject": "Export", "text": "How do I export a project as a CSV file?"}
    played = await play(
        await suite_of(agent),
        1,
        scenario(
            "threads",
            {**mail, "expect": {"ticket": "new"}},
            {**mail, "text": "And as a PDF file?", "expect": {"ticket": "same"}},
            {**mail, "text": "How do I import a CSV file?", "continues": False, "expect": {"ticket": "new"}},
        ),
        1,
    )
    assert failed(played) == []
    assert await customers(agent) == 1


async def test_one_customer_on_all_channels_and_a_stranger(agent: AgentResources) -> None:
    """Whoever writes without an address is one customer; a second address and a stranger are others."""
    turn = {"text": "How do I export a project as a CSV file?"}
    played = await play(
        await suite_of(agent),
        1,
        scenario(
            "channels",
            {**turn, "channel": "email", "from": "ann@acme.example"},
            {**turn, "channel": "whatsapp"},
            {**turn, "channel": "webform", "from": "Ann@acme.example"},
            {**turn, "channel": "email", "from": "eve@other.example"},
            {**turn, "channel": "whatsapp", "stranger": True},
        ),
        1,
    )
    assert [each.observed.reply_to for each in played][::3] == ["ann@acme.example", "eve@other.example"]
    assert await customers(agent) == 3


async def test_days_pass_between_turns(agent: AgentResources) -> None:
    """After three days of silence an answered ticket is resolved, and a reply in its thread reopens it."""
    mail = {"channel": "email", "subject": "Export", "text": "How do I export a project as a CSV file?"}
    played = await play(
        await suite_of(agent),
        1,
        scenario("later", {**mail, "days_ago": 5}, {**mail, "expect": {"ticket": "reopened"}}),
        1,
    )
    assert failed(played) == []


async def test_what_is_wrong_is_found_in_the_rows(agent: AgentResources) -> None:
    """Expectations that cannot hold fail, and trials are kept apart from each other."""
    wrong = {"outcome": "resolved", "flags": ["P1_CRITICAL"], "team": "sales", "ticket": "same", "priority": "urgent"}
    turn = {"channel": "webform", "subject": "Export", "text": "How do I export a project?", "expect": wrong}
    done: list[None] = []
    played = await play_all(
        await suite_of(agent),
        [scenario("wrong", turn)],
        trials=2,
        seed=3,
        at_once=2,
        progress=lambda: done.append(None),
    )
    assert [each.trial for each in played] == [1, 2]
    assert {name for _, name, _, _ in failed(played)} == {*wrong}
    assert len(done) == await customers(agent) == 2


async def test_nobodys_mail_is_silence(agent: AgentResources) -> None:
    """A bounce never reaches the agent."""
    bounce = {"channel": "email", "from": "mailer-daemon@mail.example", "subject": "Undelivered Mail", "text": "No."}
    (played,) = await play(await suite_of(agent), 1, scenario("bounce", {**bounce, "expect": {"outcome": "silent"}}), 1)
    assert (played.failed, await customers(agent)) == ((), 0)


async def test_a_model_that_breaks_every_rule_gets_nothing_through(agent: AgentResources) -> None:
    """Each way to break a rule is tried on each channel: the gates hold, and the customer is answered all the same."""
    # One wording of each kind: all of them go through the policy in `eval/tests/test_adversary.py`.
    attempts = tuple({attempt.kind: attempt for attempt in ATTEMPTS}.values())
    violator = Violator(attempts)
    suite = await suite_of(replace(agent, model_for=violator.model_for))
    text = "How do I export a project as a CSV file?"
    scenarios = [
        scenario(f"attack-{channel}-{number}", {"channel": channel, "subject": "Export", "text": text})
        for channel in ("email", "whatsapp", "webform")
        for number in range(len(attempts))
    ]
    played = [(await play(suite, number, each, 1))[0] for number, each in enumerate(scenarios)]
    judged = [violator.judged(each) for each in played]
    tried = {(violator.tried[each.observed.message_id].kind, each.turn.channel) for each in judged}  # type: ignore[index]
    assert len(tried) == len(attempts) * 3
    got_through = [
        (violator.tried[each.observed.message_id].kind, each.turn.channel, check.name, check.got)  # type: ignore[index]
        for each in judged
        for check in each.failed
        if check.name in (*VIOLATIONS, "attempt", "addressee", "one_outcome")
    ]
    assert got_through == []
    assert {each.observed.outcome for each in judged} <= {"answered", "escalated"}
