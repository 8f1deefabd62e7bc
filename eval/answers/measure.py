"""Measure whether answers say what was asked for, on our own questions, and print the answers that do not.

    DATABASE_URL=… python eval/answers/measure.py [--half odd|even] [--keep FILE] [--misses] [--show ID …]

wants a server on which it may make databases; its own is dropped at the end. No message is stored: the offline
answerer decides on real search results, and its reply is rendered as the customer would get it. Each line of
`questions.jsonl` has `id`, `channel`, `subject`, `text`, `slug` (the article that answers it) and `says`: what a right
answer must contain (in a list, one of several ways to say it). The odd ids are for tuning, the even ones tell whether
it was right. `--keep` stores what was searched and found, so that the next try takes seconds.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import pickle
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid5

from fte.domain.channels import Channel
from fte.domain.tickets import TicketStatus
from fte.knowledge.embedder import open_embedder
from fte.knowledge.ranking import SearchResult
from fte.settings import Settings
from fte.store.pool import Pool, fetch_all, open_pool, transaction
from fte_agent.answers import respond
from fte_agent.context import RunContext
from fte_agent.inputs import ResponseInput
from fte_agent.lookup import look_up
from fte_agent.offline import Decision, decide
from fte_agent.records import ChannelConfig, Conversation, History, Inbound, Ticket
from fte_agent.triage import triage
from fte_agent.turn import Turn
from fte_ops.dryrun.database import throw_away

QUESTIONS = Path(__file__).with_name("questions.jsonl")
IDS = UUID("6d1f0f5e-6f0e-4c3c-9f5e-2b1f3a7c9d10")
Configs = dict[Channel, ChannelConfig]


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with what came of it."""

    question: dict[str, Any]
    context: RunContext
    decision: Decision
    reply: str

    @property
    def number(self) -> int:
        return int(self.question["id"].rpartition("-")[2])

    @property
    def right_article(self) -> bool:
        return self.decision.articles[:1] == (self.question["slug"],)

    @property
    def missing(self) -> list[str]:
        """What is not said."""
        said = " ".join(self.reply.lower().split())
        ways = ([entry] if isinstance(entry, str) else entry for entry in self.question["says"])
        return ["/".join(entry) for entry in ways if not any(way.lower() in said for way in entry)]


def context_of(question: dict[str, Any], configs: Configs) -> RunContext:
    """The run of a first message with this question, before its search."""
    channel = Channel(question["channel"])
    # Ids from the question: wording is chosen by them, and a second try must say the same.
    message = uuid5(IDS, question["id"])
    inbound = Inbound(
        message, 1, channel, question["subject"], question["text"], "ann@example.com", "TC-0000000000",
        datetime.now(UTC), None, None, None, {},
    )  # fmt: skip
    return RunContext(
        resources=cast(Any, None),
        turn=Turn(message, 1),
        conversation=Conversation(message, message, "Ann Lee", False, configs[channel], (inbound,)),
        triage=triage(question["subject"], question["text"], channel),
        ticket=Ticket(message, "TC-0123456789", TicketStatus.IN_PROGRESS, "how_to", "medium", is_new=True),
        history=History((), 1, 0),
    )


async def search_all(
    settings: Settings, questions: Sequence[dict[str, Any]]
) -> tuple[Configs, dict[str, SearchResult]]:
    """The channels' settings, and what the agent's own look-up finds for each question."""
    async with throw_away(settings) as url:
        pool: Pool = await open_pool(url, max_size=2)
        async with transaction(pool) as connection:
            rows = await fetch_all(connection, "SELECT * FROM channel_configs")
        configs = {Channel(row["channel"]): _config(row) for row in rows}
        found = {}
        for question in questions:
            context = context_of(question, configs)
            context.resources = cast(
                Any, SimpleNamespace(core=SimpleNamespace(pool=pool), embedder=open_embedder(settings))
            )
            found[question["id"]] = await look_up(context, context.query, 3, None)
        await pool.close()
    return configs, found


def answered(question: dict[str, Any], configs: Configs, found: SearchResult) -> Answered:
    """The offline answerer's decision on what was found, and the reply."""
    context = replace(context_of(question, configs), found=found)
    decision = decide(context)
    reply = ""
    if decision.action in ("answer", "ask"):
        assert context.ticket is not None
        reply = respond(
            context,
            ResponseInput(
                reasoning="",
                ticket_id=context.ticket.id,
                message=decision.core,
                channel=context.channel,
                articles=list(decision.articles),
                kind="answer" if decision.action == "answer" else "question",
            ),
        ).text
    return Answered(question, context, decision, reply)


def print_figures(name: str, items: Sequence[Answered]) -> None:
    """How many answers rest on the right article, and how many say what was asked for."""
    article = [item for item in items if item.right_article]
    says = sum(not item.missing for item in items)
    print(
        f"{name:9} {len(items):4} lines   right article {len(article) / len(items):6.1%}   says the facts "
        f"{says / len(items):6.1%}   of those with the right article "
        f"{sum(not item.missing for item in article) / max(len(article), 1):6.1%}"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--half", choices=("odd", "even"))
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--show", nargs="*", default=[])
    options = parser.parse_args()
    questions = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    if options.keep and options.keep.exists():
        configs, found = pickle.loads(options.keep.read_bytes())  # our own file, named by its owner
    else:
        configs, found = asyncio.run(search_all(Settings.from_env(os.environ), questions))
        if options.keep:
            options.keep.write_bytes(pickle.dumps((configs, found)))
    items = [answered(question, configs, found[question["id"]]) for question in questions]
    halves = {name: [each for each in items if each.number % 2 == rest] for name, rest in (("odd", 1), ("even", 0))}
    for name, half in halves.items():
        print_figures(name, half)
    # What a trigger hands over never comes to the choice of a section.
    left = [each for each in items if not each.context.triage.fired]
    print(f"without the {len(items) - len(left)} lines that triage hands over:")
    for name, rest in (("odd", 1), ("even", 0)):
        print_figures(name, [each for each in left if each.number % 2 == rest])
    for channel in Channel:
        print_figures(str(channel), [each for each in left if each.context.channel is channel])
    for item in halves[options.half] if options.half else items:
        if (options.misses and item.missing) or item.question["id"] in options.show:
            print(
                f"\n=== {item.question['id']} {item.question['slug']} {item.decision.action} {item.decision.articles}"
            )
            print(f"{item.question['subject']} | {item.question['text']}\nMISSING {item.missing}\n{item.reply}")


def _config(row: dict[str, Any]) -> ChannelConfig:
    del row["updated_at"]
    return ChannelConfig(**{**row, "channel": Channel(row["channel"])})


if __name__ == "__main__":
    main()
