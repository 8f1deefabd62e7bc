"""Measure whether answers say what was asked for, on our own questions, and print the answers that do not.

    DATABASE_URL=… python eval/answers/measure.py [--half odd|even] [--keep FILE] [--misses] [--show ID …]

wants a server on which it may make databases; its own is dropped at the end. No message is stored: the offline
answerer decides on real search results, and its reply is rendered as the customer would get it. Each line of
`questions.jsonl` has `id`, `channel`, `subject`, `text`, `slug` (the article that answers it) and `says`: what a right
answer must contain (in a list, one of several ways to say it). The odd ids are for tuning, the even ones tell whether
it was right. The unseen questions of the evaluation and those of `details.jsonl`, each about one fact of one section,
are measured as well, in totals alone: nobody tunes by them.
`--keep` stores what was judged, searched and found, also for `messages.jsonl` (see fit.py), so that the next try takes
seconds.

Three tables: as it is; without what triage hands over (`calm`: no trigger fires); and with the right article given
besides (`given`: it is the first that the search found, and sure), which leaves the choice of sections and the wording.
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
from fte.knowledge.ranking import Hit, SearchResult
from fte.knowledge.search import search
from fte.settings import Settings
from fte.store.pool import Pool, autocommit, fetch_all, open_pool
from fte_agent.answers import respond
from fte_agent.context import RunContext
from fte_agent.inputs import ResponseInput
from fte_agent.lookup import PartedResult, embedded, look_up
from fte_agent.offline import Decision, decide
from fte_agent.records import ChannelConfig, Conversation, History, Inbound, Ticket
from fte_agent.triage import Triage, triage
from fte_agent.turn import Turn
from fte_ops.dryrun.database import throw_away

QUESTIONS = Path(__file__).with_name("questions.jsonl")
MESSAGES = Path(__file__).with_name("messages.jsonl")
DETAILS = Path(__file__).with_name("details.jsonl")
UNSEEN = Path(__file__).parents[1] / "questions-unseen.jsonl"
GIVEN = 0.9
"""The score of an article that is given."""
WIDE = 60
IDS = UUID("6d1f0f5e-6f0e-4c3c-9f5e-2b1f3a7c9d10")
Configs = dict[Channel, ChannelConfig]
Question = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """What the answer to a question rests on: its triage, what the look-up found, and the article that is right."""

    triage: Triage
    found: SearchResult
    right: Hit | None

    def calm(self) -> Kept:
        """As if no trigger had fired."""
        return replace(self, triage=replace(self.triage, fired=(), risk="none"))

    def given(self) -> Kept:
        """As if the search had found the right article, and were sure of it."""
        if self.right is None:
            return self
        return replace(self, found=_led_by(self.found, self.right))


def _led_by(found: SearchResult, right: Hit) -> SearchResult:
    others = tuple(replace(hit, score=min(hit.score, 0.8)) for hit in found.hits if hit.slug != right.slug)
    led = replace(found, hits=(replace(right, score=GIVEN), *others))
    if isinstance(led, PartedResult):
        led = replace(led, parts=tuple((about, _led_by(part, right)) for about, part in led.parts))
    return led


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
        return any(is_right(self.question, hit) for hit in self._first())

    def _first(self) -> list[Hit]:
        hits = self.context.found.hits if self.context.found else ()
        return [hit for hit in hits if hit.slug in self.decision.articles[:1]]

    @property
    def missing(self) -> list[str]:
        """What is not said."""
        said = " ".join(self.reply.lower().split())
        ways = ([entry] if isinstance(entry, str) else entry for entry in self.question["says"])
        return ["/".join(entry) for entry in ways if not any(way.lower() in said for way in entry)]


def is_right(question: Question, hit: Hit) -> bool:
    """Whether an article is the one that answers a question."""
    return question["slug"] == hit.slug if "slug" in question else question["topic"] in hit.topics


def context_of(question: Question, configs: Configs, judged: Triage | None = None) -> RunContext:
    """The run of a first message with this question, before its search."""
    channel, subject = Channel(question["channel"]), question.get("subject", "")
    # Ids from the question: wording is chosen by them, and a second try must say the same.
    message = uuid5(IDS, question["id"])
    inbound = Inbound(
        message, 1, channel, subject, question["text"], "ann@example.com", "TC-0000000000",
        datetime.now(UTC), None, None, None, {},
    )  # fmt: skip
    return RunContext(
        resources=cast(Any, None),
        turn=Turn(message, 1),
        conversation=Conversation(message, message, "Ann Lee", False, configs[channel], (inbound,)),
        triage=judged or triage(subject, question["text"], channel),
        ticket=Ticket(message, "TC-0123456789", TicketStatus.IN_PROGRESS, "how_to", "medium", is_new=True),
        history=History((), 1, 0),
    )


async def search_all(settings: Settings, questions: Sequence[Question]) -> tuple[Configs, dict[str, Kept]]:
    """The channels' settings, and what the agent's own triage and look-up say of each question."""
    async with throw_away(settings) as url:
        pool: Pool = await open_pool(url, max_size=2)
        async with autocommit(pool) as connection:
            rows = await fetch_all(connection, "SELECT * FROM channel_configs")
        configs = {Channel(row["channel"]): _config(row) for row in rows}
        embedder = open_embedder(settings)
        resources = cast(Any, SimpleNamespace(core=SimpleNamespace(pool=pool), embedder=embedder))
        kept = {}
        for question in questions:
            context = context_of(question, configs)
            context.resources = resources
            found = await look_up(context, context.query, 3, await embedded(context))
            wide = (*found.hits, *(await search(pool, embedder, context.query, WIDE)).hits)
            right = next((hit for hit in wide if is_right(question, hit)), None)
            kept[question["id"]] = Kept(context.triage, found, right)
        await pool.close()
    return configs, kept


def answered(question: Question, configs: Configs, kept: Kept) -> Answered:
    """The offline answerer's decision on what was found, and the reply."""
    context = replace(context_of(question, configs, kept.triage), found=kept.found)
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
    """How many are answered, rest on the right article, and say what was asked for."""
    article = [item for item in items if item.right_article]
    says = sum(not item.missing for item in items)
    print(
        f"{name:9} {len(items):4} lines   answered {sum(item.decision.action == 'answer' for item in items):4}   "
        f"right article {len(article) / len(items):6.1%}   says the facts {says / len(items):6.1%}   "
        f"of those with the right article {sum(not item.missing for item in article) / max(len(article), 1):6.1%}"
    )


def read(file: Path) -> list[Question]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--table", choices=("as it is", "calm", "given"), default="calm")
    parser.add_argument("--half", choices=("odd", "even"))
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--show", nargs="*", default=[])
    options = parser.parse_args()
    questions, unseen, details = read(QUESTIONS), read(UNSEEN), read(DETAILS)
    if options.keep and options.keep.exists():
        configs, kept = pickle.loads(options.keep.read_bytes())  # our own file, named by its owner
    else:
        asked = [*questions, *unseen, *details, *(read(MESSAGES) if options.keep else ())]
        configs, kept = asyncio.run(search_all(Settings.from_env(os.environ), asked))
        if options.keep:
            options.keep.write_bytes(pickle.dumps((configs, kept)))
    for name in ("as it is", "calm", "given"):
        print(f"{name}:")
        state = {
            id_: each if name == "as it is" else each.calm() if name == "calm" else each.calm().given()
            for id_, each in kept.items()
        }
        items = [answered(question, configs, state[question["id"]]) for question in questions]
        halves = {half: [each for each in items if each.number % 2 == rest] for half, rest in (("odd", 1), ("even", 0))}
        for half in halves:
            print_figures(half, halves[half])
        for channel in Channel if name == "given" else ():
            print_figures(str(channel), [each for each in items if each.context.channel is channel])
        for told, others in (("unseen", unseen), ("details", details)):
            print_figures(told, [answered(question, configs, state[question["id"]]) for question in others])
        if name == options.table:
            shown = halves[options.half] if options.half else items
    for item in shown:
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
