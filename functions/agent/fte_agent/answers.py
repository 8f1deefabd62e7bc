"""From a final tool's input to the rendered reply."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from fte.domain.channels import Channel
from fte.knowledge.search import Hit, Passage
from fte_agent import notices
from fte_agent.answering import hand_over, kindness
from fte_agent.answering.attached import with_files_noticed
from fte_agent.answering.clarifying import question_for
from fte_agent.answering.composition import heading_of, readable
from fte_agent.answering.moves import says_settled
from fte_agent.answering.phrasing import ALWAYS_USEFUL, ending, shuffled
from fte_agent.answering.plain_text import reason_to_write
from fte_agent.answering.question import asks, in_trouble
from fte_agent.answering.standing import still_theirs
from fte_agent.context import RunContext
from fte_agent.inputs import ResponseInput
from fte_agent.rendering import Draft, Link, Rendered, first_name, render
from fte_agent.situation import continues, given, goes_on, move_in, seed_of

SAME_CHAT: Final = timedelta(hours=24)


def respond(context: RunContext, answer: ResponseInput) -> Rendered:
    """The reply that `answer` makes on the run's channel. Pure: the gate and the tool get the same."""
    seed = seed_of(context)
    came = context.details, context.question
    if answer.kind == "question":
        question = answer.message if "?" in answer.message else question_for(context.question, seed)
        draft = notices.question_back(context.channel, with_files_noticed(question, *came), seed)
    elif answer.kind == "thanks" and context.cases:
        said = still_theirs(
            context.channel, context.cases[0], context.now, seed, settled=says_settled(context.question)
        )
        draft = Draft(said, fill=(hand_over.HOURS, *hand_over.FILL))
    elif answer.kind == "thanks":
        draft = notices.you_are_welcome(context.channel, seed)
    else:
        hits = cited(context, answer.articles)
        core = with_files_noticed(answer.message, *came)
        if not hits and context.history is not None and context.history.held:
            return lay_out(context, Draft(core, fill=(hand_over.HOURS, *hand_over.FILL)))
        links = tuple(Link(hit.title, hit.slug) for hit in hits)
        useful = shuffled(ALWAYS_USEFUL, seed, "useful") if hits else kindness.USEFUL
        more = tuple(_unsaid(context, hits, answer.message))
        draft = Draft(core, more, useful, ending(context.channel, seed) if hits else "", links)
    return lay_out(context, draft)


def lay_out(context: RunContext, draft: Draft) -> Rendered:
    """`draft` in the layout of the run's channel."""
    assert context.ticket is not None
    return render(
        draft,
        context.conversation.config,
        name=first_name(context.conversation.customer_name),
        reference=context.ticket.reference,
        subject=context.subject,
        greet=not _in_the_middle_of_a_chat(context),
    )


def cited(context: RunContext, slugs: list[str]) -> tuple[Hit, ...]:
    """The hits behind `slugs`, in that order; an invented slug counts for nothing."""
    found = {hit.slug: hit for hit in (context.found.hits if context.found else ())}
    return tuple(found[slug] for slug in dict.fromkeys(slugs) if slug in found)


def _in_the_middle_of_a_chat(context: RunContext) -> bool:
    """Whether we have written to this phone within a day: a chat that goes on is not greeted again."""
    messages = context.history.messages if context.history else ()
    return context.channel is Channel.WHATSAPP and any(
        message.author != "customer" and message.channel is Channel.WHATSAPP and context.now - message.at < SAME_CHAT
        for message in messages
    )


def _unsaid(context: RunContext, hits: tuple[Hit, ...], message: str) -> Iterator[str]:
    """What else the cited articles tell that is near to the matter: when to write again, then other sections, those
    about trouble last unless there is some; nothing that this ticket was told before."""
    told = given(context, hits, earlier_too=goes_on(context) and not continues(context))
    trouble = move_in(context) == "no_help" or asks(context.question, context.subject)[0].kind == "trouble"
    said = " ".join(message.split())
    reasons = [_come_back(hit) for hit in hits[:1]]
    if trouble:
        yield from filter(None, reasons)
    for hit in hits:
        for passage in sorted(hit.passages, key=lambda passage: _distance(passage, trouble)):
            text = readable(passage.content)
            first = " ".join(text.split())[:60]
            if passage.section and text and passage.id not in told and first not in said:
                yield f"{heading_of(passage)}\n{text}"
    if not trouble:
        yield from filter(None, reasons)


def _distance(passage: Passage, trouble: bool) -> float:
    return -passage.score + 0.3 * (in_trouble(passage.section) and not trouble)


def _come_back(hit: Hit) -> str:
    reason = next(filter(None, (reason_to_write(passage.content) for passage in hit.passages)), "")
    return (
        f"If {reason}, reply to this message with the details, so that a colleague can look at your case."
        if reason
        else ""
    )
