"""What a message is in its conversation: whether it goes on with a matter, what it does there, how it sounds, and
whether it says what it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final, Literal
from uuid import UUID

from fte.knowledge.search import Hit
from fte_agent.answering.acknowledgements import earlier_contact, is_read, language_notice
from fte_agent.answering.assent import acknowledges, agrees, frowns
from fte_agent.answering.attached import files_noticed
from fte_agent.answering.clarifying import asked_before
from fte_agent.answering.follow_up import last_reply, said_before
from fte_agent.answering.moves import Move, did_already, is_vague, move_of, states_only
from fte_agent.answering.question import asks
from fte_agent.context import RunContext

UNHEARD_OF: Final = 0.05
"""Below this score nothing in the documentation resembles what was written."""

SURE: Final = 0.8
"""From this score on an article is taken to be meant by a message that hardly says what it is about."""

FEW: Final = 3
"""Words of a message up to which it may be a slip."""

LATELY: Final = timedelta(days=14)
"""Since when an answer of an earlier ticket may be what a new one takes up."""


def move_in(context: RunContext) -> Move:
    """What the message does in its conversation. A new letter whose text says nothing is read with its subject."""
    if is_unread(context):
        return "ask"
    if continues(context) and (move := _in_answer(context)):
        return move
    move = _move(context, context.question)
    subject = context.conversation.pending[-1].subject.strip()
    if move in ("empty", "unclear") and subject and not continues(context):
        # The category was judged with the greeting in it: here the words alone count.
        whole = move_of(f"{subject}\n{context.question}", category="", mood=mood_of(context), continues=False)
        return whole if whole != "empty" else move
    return move


def _in_answer(context: RunContext) -> Move | None:
    """What a message does that says nothing by itself, after what we said last."""
    last = last_reply(context.history)
    if last is None or asked_before(last.content):
        return None
    if agrees(context.question) and _OFFERS.search(last.content[-OFFER:]):
        return "person"
    if frowns(context.question):
        return "no_help"
    return "thanks" if acknowledges(context.question) else None


_OFFERS: Final = re.compile(
    r"\b(?:person|colleague|human)\b[^\n]{0,80}\b(?:say so|tell us|let us know)\b|\bjust say so\b"
)
OFFER: Final = 600
"""Characters at the end of our last message in which an offer is looked for."""


def continues(context: RunContext) -> bool:
    """Whether the ticket has been answered before."""
    return bool(context.ticket and not context.ticket.is_new)


def takes_up(context: RunContext) -> bool:
    """Whether a new ticket says of what we advised lately, in an earlier one, that it was done and did not help."""
    last = last_reply(context.history)
    if continues(context) or last is None or not did_already(context.question):
        return False
    lately = context.now - last.at <= LATELY
    return lately and bool(given(context, context.found.hits if context.found else (), earlier_too=True))


def given(context: RunContext, hits: Sequence[Hit], *, earlier_too: bool) -> frozenset[UUID]:
    """The passages of `hits` that this ticket was given; with `earlier_too`, those that the address was given."""
    history = context.history
    if history is not None and earlier_too:
        history = replace(history, answered_with=tuple(hit.slug for hit in hits))
    return said_before(hits, history)


def seed_of(context: RunContext) -> str:
    """What the wording is chosen by: the ticket and the message, so that a repeated run says the same."""
    reference = context.ticket.reference if context.ticket else ""
    return f"{reference}:{context.conversation.pending[-1].id}"


def mood_of(context: RunContext) -> Literal["negative", "neutral", "positive"]:
    """How the message sounds, as far as we can tell."""
    return "neutral" if is_unread(context) else context.triage.sentiment.label


def is_unread(context: RunContext) -> bool:
    """Whether the message is in a language that the agent does not read: it is searched for, and nothing else."""
    return not context.triage.fired and not is_read(context.triage.language, context.question)


def says_too_little(context: RunContext) -> bool:
    """Whether a first message hardly names a matter, and no article is nearly sure to be the one that is meant."""
    if continues(context) or (context.found is not None and context.found.best >= SURE):
        return False
    return is_vague(f"{context.conversation.pending[-1].subject}\n{context.question}")


def says_nothing_known(context: RunContext) -> bool:
    """Whether a message is a few words of which our documentation knows nothing, a slip rather than a question; or a
    first one that only tells something."""
    if not continues(context) and states_only(context.question):
        return True
    few = len(context.question.split()) <= FEW and all(ask.kind == "statement" for ask in asks(context.question))
    return few and (context.found is None or context.found.best < UNHEARD_OF)


def noticed(context: RunContext) -> list[str]:
    """What the reply shows to have noticed: the language first, the rest after the answer's opening."""
    triage, pending = context.triage, context.conversation.pending
    return [
        language_notice(triage.language),
        earlier_contact(
            context.history,
            context.channel,
            f"{pending[-1].subject} {context.question}",
            is_new=not continues(context),
            category=triage.category,
        ),
        files_noticed(context.details, context.question),
    ]


def _move(context: RunContext, text: str) -> Move:
    triage = context.triage
    if takes_up(context):
        return "no_help"
    return move_of(text, category=triage.category, mood=triage.sentiment.label, continues=continues(context))
