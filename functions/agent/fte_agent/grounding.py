"""What an answer of a run may rest on: the texts in which every number and name that it states must stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from fte.domain.policy.language import IN_THEIR_LANGUAGE
from fte.domain.teams import TEAMS, due_at
from fte_agent.answering.acknowledgements import IN_ANY_OTHER
from fte_agent.answering.attached import what_is_attached
from fte_agent.answering.hand_over import FILL, HOURS
from fte_agent.answering.plans import PLANS
from fte_agent.context import RunContext
from fte_agent.lookup import PartedResult
from fte_agent.records import Held

ALWAYS: Final = (
    *PLANS,
    HOURS,
    *FILL,
    *(f"{team.name} {team.when}" for team in TEAMS.values()),
    *IN_THEIR_LANGUAGE.values(),
    IN_ANY_OTHER,
)
"""What may be said to everybody: plans, hours, teams and how soon they answer, and that we answer in English."""


def sources(context: RunContext) -> Iterator[str]:
    """What was found, what the customer and the agent wrote, what the run knows, and what is said to everybody.

    What people of the team wrote is left out: they may name a price or themselves, and the agent may not.
    """
    found = context.found
    results = [found, *(part for _, part in found.parts)] if isinstance(found, PartedResult) else [found]
    for hit in (hit for result in results if result for hit in result.hits):
        yield hit.title
        for passage in hit.passages:
            yield passage.section
            yield passage.content
    conversation = context.conversation
    yield conversation.customer_name
    yield conversation.config.greeting
    yield conversation.config.signature
    yield what_is_attached(context.details, context.question)
    for owed in conversation.pending:
        yield owed.reply_address
        yield owed.subject
        yield owed.content
    if history := context.history:
        yield history.summary
        for message in history.messages:
            if message.author != "human":
                yield message.content
            yield _told_in_words(message.at)
        for ticket in history.earlier:
            yield ticket.subject
        for case in history.held:
            yield from _of_a_case(case)
    yield from ALWAYS


def _of_a_case(case: Held) -> Iterator[str]:
    yield _told_in_words(case.since)
    for team in case.teams:
        yield _told_in_words(due_at(team, case.since))


def _told_in_words(at: datetime) -> str:
    return f"{at:%A %d %B %Y %m %H:%M}"
