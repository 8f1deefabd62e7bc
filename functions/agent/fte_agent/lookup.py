"""What the knowledge base is searched for: the message as a whole, and each of its questions where it has several."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fte.knowledge.embedder import Vector
from fte.knowledge.ranking import Hit, SearchResult
from fte.knowledge.search import search
from fte.store.pool import transaction
from fte_agent import records
from fte_agent.answering.follow_up import matter_text
from fte_agent.answering.moves import move_of
from fte_agent.answering.question import MOST, asks
from fte_agent.context import RunContext

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


async def look_up(context: RunContext, query: str, max_results: int, vector: Vector | None) -> SearchResult:
    """Search for `query`, and for each question of a message that has several; `vector` is that of the run's query.

    A message that only makes sense after an earlier one ("still the same") is searched for together with that one.
    Raises `Unavailable` when the database cannot be reached.
    """
    pool, embedder = context.resources.core.pool, context.resources.embedder
    fuller = await _with_earlier(context, query)
    joined = fuller != query
    if joined:
        query, vector = fuller[:QUERY], None
    whole = await search(pool, embedder, query, max_results, vector=vector)
    if joined:
        # The message may have left the earlier matter all the same.
        alone = await search(pool, embedder, context.query[:QUERY], FOR_A_QUESTION)
        whole = replace(whole, hits=combined(whole, [alone]))
    subject = "" if context.ticket and not context.ticket.is_new else context.conversation.pending[-1].subject
    asked = asks(context.question, subject)[:MOST]
    if len(asked) < 2:
        return whole
    parts = [(ask.about, await search(pool, embedder, ask.about[:QUERY], FOR_A_QUESTION)) for ask in asked]
    return PartedResult(combined(whole, [part for _, part in parts]), whole.searches, whole.best_semantic, tuple(parts))


def combined(whole: SearchResult, parts: list[SearchResult]) -> tuple[Hit, ...]:
    """The hits of the whole message, then those that only a question found; the best first if the whole found none."""
    hits = list(whole.hits)
    for part in parts:
        hits += [hit for hit in part.hits[:1] if hit.score >= WORTH_ADDING and all(hit.slug != o.slug for o in hits)]
    return tuple(hits if whole.best >= WORTH_ADDING else sorted(hits, key=lambda hit: -hit.score))


async def _with_earlier(context: RunContext, query: str) -> str:
    if context.ticket is None or context.ticket.is_new:
        return query
    history = context.history
    if history is None:
        async with transaction(context.resources.core.pool) as connection:
            history = await records.load_history(connection, context.conversation, HISTORY)
    triage = context.triage
    move = move_of(context.question, category=triage.category, mood=triage.sentiment.label, continues=True)
    fuller = matter_text(context.question, history, continues=True, no_help=move == "no_help")
    return query if fuller == context.question else fuller
