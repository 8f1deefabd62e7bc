"""From a final tool's input to the rendered reply."""

from __future__ import annotations

from collections.abc import Iterator

from fte.knowledge.search import Hit
from fte_agent import notices
from fte_agent.context import RunContext
from fte_agent.inputs import ResponseInput
from fte_agent.offline import plain
from fte_agent.rendering import Draft, Link, Rendered, first_name, render


def respond(context: RunContext, answer: ResponseInput) -> Rendered:
    """The reply that `answer` makes on the run's channel. Pure: the gate and the tool get the same."""
    if answer.kind == "question":
        draft = notices.question_back(context.channel)
    elif answer.kind == "thanks":
        draft = notices.you_are_welcome(context.channel)
    else:
        hits = cited(context, answer.articles)
        links = tuple(Link(hit.title, hit.slug) for hit in hits)
        draft = Draft(answer.message, tuple(_unsaid(hits, answer.message)), links=links)
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
    )


def cited(context: RunContext, slugs: list[str]) -> tuple[Hit, ...]:
    """The hits behind `slugs`; an invented slug counts for nothing."""
    hits = context.found.hits if context.found else ()
    return tuple(hit for hit in hits if hit.slug in slugs)


def _unsaid(hits: tuple[Hit, ...], message: str) -> Iterator[str]:
    """Passages of the cited articles that the core does not say yet, nearest first."""
    for hit in hits:
        for passage in sorted(hit.passages, key=lambda item: -item.score):
            text = plain(passage.content)
            if text[:80] not in message:
                yield f"{passage.section}\n{text}" if passage.section else text
