"""What a message is in its conversation: whether it goes on with a matter, what it does there, how it sounds, and
whether it says what it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final, Literal
from uuid import UUID

from fte.domain.channels import Channel
from fte.knowledge.search import Hit
from fte_agent.answering.acknowledgements import earlier_contact, is_read, language_notice
from fte_agent.answering.assent import acknowledges, agrees, frowns
from fte_agent.answering.attached import files_noticed
from fte_agent.answering.clarifying import asked_before
from fte_agent.answering.follow_up import (
    SHORT,
    answered_by,
    asks_after,
    last_reply,
    matter_text,
    new_in,
    only_corrects,
    said_before,
)
from fte_agent.answering.moves import Move, asks_something, did_already, is_vague, move_of, states_only, thanks
from fte_agent.answering.question import Ask, asks, leans_back
from fte_agent.answering.selection import GOOD_ENOUGH
from fte_agent.context import RunContext
from fte_agent.glossary import gloss

UNHEARD_OF: Final = 0.05
"""Below this score nothing in the documentation resembles what was written."""

SURE: Final = 0.8
"""From this score on an article is taken to be meant by a message that hardly says what it is about."""

FEW: Final = 3
"""Words of a message up to which it may be a slip."""

AFTERTHOUGHT: Final = 12
"""Words of a letter up to which it may be one, where its subject does not say that it replies."""

LATELY: Final = timedelta(days=14)
"""Since when an answer of an earlier ticket may be what a new one takes up."""


def move_in(context: RunContext) -> Move:
    """What the message does in its conversation. A new letter whose text says nothing is read with its subject."""
    if is_unread(context):
        return "ask"
    if goes_on(context) and (move := _in_answer(context)):
        return move
    move = _move(context, context.question)
    if move == "unclear" and goes_on(context) and (asks_something(context.question) or _names_more(context)):
        # What "it" is was said before.
        return "ask"
    subject = context.conversation.pending[-1].subject.strip()
    if move in ("empty", "unclear") and subject and not goes_on(context):
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
    return "thanks" if acknowledges(context.question) and not thanks(context.question) else None


_OFFERS: Final = re.compile(
    r"\b(?:person|colleague|human)\b[^\n]{0,80}\b(?:say so|tell us|let us know)\b|\bjust say so\b"
    r"|\bwould like a person\b"
)
OFFER: Final = 600
"""Characters at the end of our last message in which an offer is looked for."""


def _names_more(context: RunContext) -> bool:
    """Whether a few words, as "it is grey", name something in the matter that they go on with."""
    return bool(new_words(context)) and bool(goes_on_with(context))


def continues(context: RunContext) -> bool:
    """Whether the ticket has been answered before."""
    return bool(context.ticket and not context.ticket.is_new)


def goes_on(context: RunContext) -> bool:
    """Whether the message is to be read with those before it: its ticket was answered before; or it is a letter under
    the heading of the last one, as a second form is, and is as short as an afterthought; or it answers our question."""
    if continues(context):
        return True
    history, last = context.history, last_reply(context.history)
    if history is None or last is None or context.now - last.at > LATELY:
        return False
    if context.channel is Channel.WHATSAPP:
        return asked_before(last.content)
    subject = context.conversation.pending[-1].subject
    most = SHORT if _REPLY_TO.match(subject.strip().lower()) else AFTERTHOUGHT
    return heading(subject) in {heading(ticket.subject) for ticket in history.earlier[:1]} and (
        asked_before(last.content) or len(context.question.split()) <= most
    )


def heading(subject: str) -> str:
    """A subject as it stands in all messages of one exchange."""
    return _REPLY_TO.sub("", subject.strip().lower())


_REPLY_TO: Final = re.compile(r"^(?:(?:re|aw|sv|antw)\s*:\s*)+")


def answers_us(context: RunContext) -> bool:
    """Whether the message answers the question that we asked last, and asks none with a matter of its own."""
    last = last_reply(context.history)
    if last is None or not goes_on(context) or not asked_before(last.content):
        return False
    return leans_back(context.question) or not asks_something(context.question)


def matter_of(context: RunContext, *, no_help: bool) -> str:
    """The message, and before it the earlier ones that tell what it is about."""
    return matter_text(context.question, context.history, continues=no_help or goes_on(context), no_help=no_help)


def asked_after(context: RunContext, about: str) -> tuple[Ask, ...]:
    """The questions of the message; `about` is its `matter_of`."""
    subject = "" if goes_on(context) else context.conversation.pending[-1].subject
    return asks_after(context.question, subject, about, answers=answers_us(context))


def says_no_help(context: RunContext) -> bool:
    """Whether the message goes on with a matter and says that what was answered did not help."""
    return goes_on(context) and "no_help" in (_in_answer(context), _move(context, context.question))


def leads(context: RunContext, hits: Sequence[Hit]) -> str:
    """The article that a message goes on with which has one question and leaves open what it is about: that of our last
    answer; empty where there is none, or the message says itself what it is about."""
    about = matter_of(context, no_help=False)
    if context.history is None or about == context.question or is_unread(context) or says_no_help(context):
        return ""
    if answers_us(context) or only_corrects(context.question) or len(asked_after(context, about)) > 1:
        return ""
    return answered_by(hits, context.history)


def goes_on_with(context: RunContext) -> str:
    """The article of `leads`, where the search found no other to be meant."""
    hits = context.found.hits if context.found else ()
    article = leads(context, hits)
    good = [hit.slug for hit in hits if hit.score >= GOOD_ENOUGH]
    return article if not good or good[0] == article else ""


def new_words(context: RunContext) -> frozenset[str]:
    """What is new in a message that goes on with a matter, in English."""
    return new_in(gloss(context.question, context.triage.language))


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
    if goes_on(context) or (context.found is not None and context.found.best >= SURE):
        return False
    return is_vague(f"{context.conversation.pending[-1].subject}\n{context.question}")


def says_nothing_known(context: RunContext) -> bool:
    """Whether a message is a few words of which our documentation knows nothing, a slip rather than a question; or a
    first one that only tells something."""
    if not goes_on(context) and states_only(context.question):
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
            is_new=not goes_on(context),
            category=triage.category,
        ),
        files_noticed(context.details, context.question),
    ]


def _move(context: RunContext, text: str) -> Move:
    triage = context.triage
    if takes_up(context):
        return "no_help"
    return move_of(text, category=triage.category, mood=triage.sentiment.label, continues=goes_on(context))
