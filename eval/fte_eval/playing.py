"""Playing a scenario: turn by turn through the agent, each judged before the next one is written."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, cast
from uuid import UUID

from fte.settings import Settings
from fte.store.pool import Pool
from fte_backoffice.silence import assume_settled
from fte_backoffice.wiring import Resources
from fte_eval.always import Channels, always
from fte_eval.checks import Checked, expected
from fte_eval.letters import Thread, Writer, letter, unchanging, writer_of
from fte_eval.observing import Observed, date_back, observe, statuses
from fte_eval.scenario import Scenario, Turn
from fte_ops.dryrun.desk import Desk

SILENT: Final = Observed(outcome="silent")
"""The end state of a message that is no customer's: it never reaches the agent."""


@dataclass(frozen=True, slots=True)
class Played:
    """One turn of one trial: what came of it, and what was checked."""

    scenario: Scenario
    trial: int
    number: int
    observed: Observed
    checked: tuple[Checked, ...]

    @property
    def turn(self) -> Turn:
        return self.scenario.turns[self.number - 1]

    def holds(self, names: Sequence[str] = ()) -> bool:
        """Whether all checks (with these names) hold; one that was not made holds."""
        return all(check.passed for check in self.checked if not names or check.name in names)

    @property
    def failed(self) -> tuple[Checked, ...]:
        return tuple(check for check in self.checked if not check.passed)


@dataclass(slots=True)
class _Past:
    """What the turns before have left: messages, mail threads, tickets."""

    messages: list[UUID] = field(default_factory=list)
    threads: dict[str, Thread] = field(default_factory=dict)
    tickets: set[UUID] = field(default_factory=set)
    senders: dict[str, str] = field(default_factory=dict)
    references: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Silence:
    """As much of the backoffice as assuming a settled matter needs."""

    pool: Pool


@dataclass(frozen=True, slots=True)
class Suite:
    """Who answers, with which settings; `number` keeps the customers of one suite apart from those of another."""

    desk: Desk
    settings: Settings
    channels: Channels
    number: int = 0


async def play(suite: Suite, number: int, scenario: Scenario, trial: int) -> list[Played]:
    """All turns of one trial. `number` gives addresses that no other trial of the suite has."""
    pool = suite.desk.agent.core.pool
    past = _Past()
    played: list[Played] = []
    for index, turn in enumerate(scenario.turns):
        if index and (days := scenario.turns[index - 1].days_ago - turn.days_ago) > 0 and past.messages:
            await date_back(pool, past.messages, days)
            await assume_settled(cast(Resources, _Silence(pool)))
        writer = _writer(suite, scenario, trial, number, turn, past)
        message = letter(suite.settings, turn, writer, _thread(scenario, index, writer, past))
        before = await statuses(pool, past.messages)
        observed = SILENT
        if message is not None:
            message = unchanging(message, f"{suite.number}/{scenario.id}/{trial}/{index}")
            await suite.desk.take(message)
            observed = await observe(pool, message.id)
            past.messages.append(message.id)
        checked = expected(turn.expect, observed, _ticket(observed, past, before))
        checked += always(turn, observed, suite.channels, first=index == 0, known=frozenset(past.references))
        played.append(Played(scenario, trial, index + 1, observed, checked))
        _remember(past, turn, writer, observed)
    return played


def _writer(suite: Suite, scenario: Scenario, trial: int, number: int, turn: Turn, past: _Past) -> Writer:
    """The scenario's customer has one address by mail and form and one number; another address is somebody else."""
    kind = "phone" if turn.channel == "whatsapp" else "mail"
    sender = turn.sender.strip().lower()
    theirs = past.senders.setdefault(kind, sender) if not turn.stranger else ""
    key = f"{suite.number}/{scenario.id}/{trial}"
    number += suite.number * 1_000_000
    if turn.stranger or sender not in ("", theirs):
        # Nobody's number is used twice, also by strangers.
        return writer_of(f"{key}/{sender or 'stranger'}", number + 5_000_000, turn)
    own = turn if sender else turn.model_copy(update={"sender": theirs})
    return writer_of(key, number, own)


def _thread(scenario: Scenario, index: int, writer: Writer, past: _Past) -> Thread | None:
    turn = scenario.turns[index]
    if turn.channel != "email" or turn.continues is False:
        return None
    return past.threads.get(writer.key)


def _ticket(observed: Observed, past: _Past, before: dict[UUID, str]) -> str:
    if observed.ticket_id is None:
        return "none"
    if observed.ticket_id not in past.tickets:
        return "new"
    return "reopened" if before.get(observed.ticket_id) == "resolved" else "same"


def _remember(past: _Past, turn: Turn, writer: Writer, observed: Observed) -> None:
    if observed.ticket_id is not None:
        past.tickets.add(observed.ticket_id)
        past.references.add(observed.reference)
    if turn.channel == "email" and observed.thread and observed.mail_ids and observed.mail_ids[0]:
        past.threads[writer.key] = Thread(observed.thread, observed.mail_ids[0], observed.reply_subject)


async def play_all(
    suite: Suite,
    scenarios: Sequence[Scenario],
    *,
    trials: int = 1,
    seed: int = 0,
    at_once: int,
    progress: Callable[[], None],
) -> list[Played]:
    """All trials of all scenarios, in an order that `seed` decides; the result is in the scenarios' order."""
    order = [(scenario, trial) for scenario in scenarios for trial in range(1, trials + 1)]
    numbered = list(enumerate(order, start=1))
    random.Random(seed).shuffle(numbered)
    places = asyncio.Semaphore(at_once)

    async def one(number: int, scenario: Scenario, trial: int) -> list[Played]:
        async with places:
            played = await play(suite, number, scenario, trial)
        progress()
        return played

    async with asyncio.TaskGroup() as group:
        tasks = {number: group.create_task(one(number, scenario, trial)) for number, (scenario, trial) in numbered}
    return [played for number in sorted(tasks) for played in tasks[number].result()]
