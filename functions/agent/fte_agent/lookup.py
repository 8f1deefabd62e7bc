"""What the knowledge base is searched for: the message as a whole, and each of its questions where it has several."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace

from fte.knowledge.embedder import Vector
from fte.knowledge.ranking import Hit, SearchResult
from fte.knowledge.search import search, texts_of, vectors_of
from fte.store.pool import autocommit
from fte_agent import records
from fte_agent.answering.follow_up import asks_after, matter_text, only_corrects, without_denied
from fte_agent.answering.moves import move_of
from fte_agent.answering.selection import blended
from fte_agent.context import RunContext
from fte_agent.glossary import gloss

FOR_A_QUESTION = 2
"""Articles that are looked for with each single question."""
WORTH_ADDING = 0.5
HISTORY = 10
QUERY = 1_000


@dataclass(frozen=True, slots=True)
class PartedResult(SearchResult):
    """A search for a message with several questions: `hits` has what was found for any of them, the whole message
    first; `parts` has the result of each, by what it was looked up with (`Ask.about`)."""

    parts: tuple[tuple[str, SearchResult], ...]


async def embedded(context: RunContext) -> Mapping[str, Vector]:
    """The vectors that a search for the run's query needs, by their texts; none when the embedding model is away."""
    texts = texts_of(_searched(gloss(context.query, context.triage.language)))
    return await vectors_of(context.resources.embedder, texts)


async def look_up(context: RunContext, query: str, max_results: int, known: Mapping[str, Vector]) -> SearchResult:
    """Search for `query`, and for each question of a message that has several; `known` is what was `embedded`.

    A message that only makes sense after an earlier one ("still the same") is searched for together with that one.
    Raises `Unavailable` when the database cannot be reached.
    """
    pool, embedder = context.resources.core.pool, context.resources.embedder
    about = await _about(context)
    joined = about != context.question
    first = context.ticket is None or context.ticket.is_new
    asked = asks_after(context.question, context.conversation.pending[-1].subject if first else "", about)
    language = context.triage.language
    # What a model looks for it words itself, in English.
    wanted = gloss(about, language) if joined else gloss(query, language) if query == context.query else query
    parts = [gloss(ask.about, language)[:QUERY] for ask in asked if len(asked) > 1]
    if known:
        # With nothing known the model was away a moment ago, and is not waited for here as well.
        texts = (text for wording in (_searched(wanted), *parts) for text in texts_of(wording))
        known = await vectors_of(embedder, texts, known)
    whole, *found = await asyncio.gather(
        search(pool, embedder, _searched(wanted), max_results, known=known),
        *(search(pool, embedder, part, FOR_A_QUESTION, known=known) for part in parts),
    )
    if joined and not (len(asked) == 1 and asked[0].leans) and not only_corrects(context.question):
        # The message may have left the earlier matter all the same.
        alone = await search(pool, embedder, _searched(gloss(context.question, language)), max_results)
        whole = replace(whole, hits=blended(whole.hits, alone.hits)[: max_results + 1])
    if len(asked) < 2:
        return whole
    of_asks = tuple((ask.about, part) for ask, part in zip(asked, found, strict=True))
    return PartedResult(combined(whole, found), whole.searches, whole.best_semantic, of_asks)


def combined(whole: SearchResult, parts: list[SearchResult]) -> tuple[Hit, ...]:
    """The hits of the whole message, then those that only a question found; the best first if the whole found none."""
    hits = list(whole.hits)
    for part in parts:
        hits += [hit for hit in part.hits[:1] if hit.score >= WORTH_ADDING and all(hit.slug != o.slug for o in hits)]
    return tuple(hits if whole.best >= WORTH_ADDING else sorted(hits, key=lambda hit: -hit.score))


def _searched(text: str) -> str:
    return without_denied(text)[:QUERY]


async def _about(context: RunContext) -> str:
    """The message, and before it an earlier one of the ticket where that tells what it is about."""
    if context.ticket is None or context.ticket.is_new:
        return context.question
    history = context.history
    if history is None:
        async with autocommit(context.resources.core.pool) as connection:
            history = await records.load_history(connection, context.conversation, HISTORY)
    triage = context.triage
    move = move_of(context.question, category=triage.category, mood=triage.sentiment.label, continues=True)
    return matter_text(context.question, history, continues=True, no_help=move == "no_help")
