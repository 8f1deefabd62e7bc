"""A message in a ticket that people have: what of it belongs to their case, and what it does not ask for once more."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from fte.domain.teams import due_at
from fte_agent.answering import hand_over, standing
from fte_agent.answering.mishaps import has_mishap
from fte_agent.answering.moves import Move, asks_something, says_settled
from fte_agent.answering.question import asks, in_trouble
from fte_agent.answering.selection import GOOD_ENOUGH
from fte_agent.answering.standing import asks_how_it_stands, takes_back
from fte_agent.answering.understood import incident_of
from fte_agent.context import RunContext
from fte_agent.hand_over import BEFORE_THE_MATTER, RELATED
from fte_agent.rendering import Link
from fte_agent.situation import SURE, seed_of

_WHAT_NOW: Final = re.compile(
    r"\b(?:what (?:now|next|then)|what (?:should|do|can|shall|must) (?:i|we)(?: do)?(?: now| next| meanwhile"
    r"| until then)?"
    r"|anything (?:i|we) (?:can|should|need to) do)\b"
)
WHAT_NOW_WORDS: Final = 16
"""Words of a message up to which it asks what to do in its case, and not how something is done."""


def forgive(context: RunContext) -> bool:
    """Take from the run's triage what people have been asked for already, where the message only asks how that stands
    or takes it back; return whether anything was taken. Who waits longer than promised may ask once more.
    """
    cases, triage = context.cases, context.triage
    if not (cases and triage.fired):
        return False
    known = BEFORE_THE_MATTER.union(case.flag for case in cases)
    if not _overdue(context):
        known |= {"REPEAT_CONTACT"}
    lowered = " ".join(context.question.lower().split())
    if not (known.issuperset(triage.flags) and (asks_how_it_stands(lowered) or takes_back(lowered))):
        return False
    context.triage = replace(triage, fired=())
    return True


def said_in(context: RunContext, move: Move) -> str:
    """What is said to a message in a case that people have; nothing where it asks something that can be answered."""
    case, channel, seed = context.cases[0], context.channel, seed_of(context)
    now, text = context.now, context.question
    asking = asks_something(text)
    if move in ("settled", "taken_back") or (says_settled(text) and move != "no_help" and not asking):
        return standing.still_theirs(channel, case, now, seed, settled=True)
    if move in ("thanks", "praise"):
        return standing.still_theirs(channel, case, now, seed, settled=False)
    if len(text.split()) <= WHAT_NOW_WORDS and _WHAT_NOW.search(text.lower()):
        return f"{standing.how_it_stands(channel, context.cases, '', now)}\n\n{_meanwhile(case.flag, text)}"
    if move in ("status", "empty", "complaint"):
        return standing.how_it_stands(channel, context.cases, "", now)
    if move in ("unclear", "no_help"):
        return standing.added(channel, case, now, seed, "")
    if move == "ask" and not asking and _belongs(context):
        return standing.added(channel, case, now, seed, _may_help(context) if case.flag in BEFORE_THE_MATTER else "")
    return ""


def unanswered(context: RunContext) -> str:
    """What is said in such a case to a question that no article answers: those who have it read it, too."""
    return standing.unanswered(context.channel, context.cases[0], context.now)


def _meanwhile(flag: str, text: str) -> str:
    first_step = hand_over.IN_AN_INCIDENT.get(incident_of(text)) if flag == "SECURITY_ESCALATION" else None
    return first_step or hand_over.MEANWHILE["HUMAN_REQUESTED" if flag in BEFORE_THE_MATTER else flag]


def _may_help(context: RunContext) -> str:
    best = next(iter(context.found.hits), None) if context.found else None
    return Link(best.title, best.slug).url if best and best.score >= GOOD_ENOUGH else ""


def _belongs(context: RunContext) -> bool:
    """Whether a message that asks nothing is a part of the case, and no trouble of another kind."""
    case, ticket, text = context.cases[0], context.ticket, context.question
    if case.flag in BEFORE_THE_MATTER or context.found is None or not context.found.hits:
        return True
    best = context.found.hits[0]
    if best.score >= SURE and case.flag in RELATED:
        return best.category in RELATED[case.flag]
    if best.score >= SURE and (in_trouble(text) or has_mishap(" ".join(text.lower().split()))):
        assert ticket is not None
        return best.category == ticket.category
    return asks(text)[0].kind in ("statement", "trouble")


def _overdue(context: RunContext) -> bool:
    return any(context.now > due_at(case.teams[0], case.since) for case in context.cases)
