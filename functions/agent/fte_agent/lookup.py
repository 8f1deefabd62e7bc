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
from fte_agent.answering.follow_up import led_by, only_corrects, stays, without_denied
from fte_agent.answering.matters import named
from fte_agent.answering.selection import GOOD_ENOUGH, blended
from fte_agent.context import RunContext
from fte_agent.glossary import gloss
from fte_agent.situation import answers_us, asked_after, leads, matter_of, new_words, says_no_help

FOR_A_QUESTION = 2
"""Articles that are looked for with each single question."""
WORTH_ADDING = 0.5
RESEMBLES = 0.25
"""From this score on there is something in the documentation that resembles a message which goes on with a matter."""
FEW_WORDS = 6
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
    if context.history is None:
        async with autocommit(pool) as connection:
            context.history = await records.load_history(connection, context.conversation, HISTORY)
    about = matter_of(context, no_help=says_no_help(context))
    joined = about != context.question
    asked = asked_after(context, about)
    language = context.triage.language
    # What a model looks for it words itself, in English.
    words = asked[0].about if answers_us(context) else about if joined else query
    wanted = gloss(words, language) if joined or query == context.query else query
    parts = [gloss(ask.about, language)[:QUERY] for ask in asked if len(asked) > 1]
    if known:
        # With nothing known the model was away a moment ago, and is not waited for here as well.
        texts = (text for wording in (_searched(wanted), *parts) for text in texts_of(wording))
        known = await vectors_of(embedder, texts, known)
    whole, *found = await asyncio.gather(
        search(pool, embedder, _searched(wanted), max_results, known=known),
        *(search(pool, embedder, part, FOR_A_QUESTION, known=known) for part in parts),
    )
    if joined and not only_corrects(context.question):
        article = leads(context, whole.hits)
        leans = len(asked) == 1 and asked[0].leans
        whole = replace(whole, hits=await _beside(context, whole.hits, max_results, leans=leans, article=article))
    if len(asked) < 2:
        return whole
    of_asks = tuple((ask.about, part) for ask, part in zip(asked, found, strict=True))
    return PartedResult(combined(whole, found), whole.searches, whole.best_semantic, of_asks)


async def _beside(
    context: RunContext, joint: tuple[Hit, ...], max_results: int, *, leans: bool, article: str
) -> tuple[Hit, ...]:
    """What was found for a message with those before it (`joint`), and what it finds by itself and with the name of
    `article`, which answered last: it may have left their matter, or go on with it in other words."""
    if leans and not article:
        return joint
    text, most = gloss(context.question, context.triage.language), max_results + 1

    async def found(wording: str) -> SearchResult:
        return await search(context.resources.core.pool, context.resources.embedder, _searched(wording), max_results)

    if not article:
        return blended(joint, (await found(text)).hits)[:most]
    alone, there = await asyncio.gather(found(text), found(f"{named(article)}: {text}"))
    both, new = blended(joint, alone.hits), new_words(context)
    found_elsewhere = any(hit.score >= GOOD_ENOUGH for hit in both)
    if found_elsewhere and not stays(article, there.hits, alone.hits, new):
        return both[:most]
    # A few words name one thing; in more, a word that no article has is hardly the matter.
    documented = alone.best >= RESEMBLES or len(text.split()) > FEW_WORDS
    return led_by(article, there.hits, blended(there.hits, both), new, documented=documented)[:most]


def combined(whole: SearchResult, parts: list[SearchResult]) -> tuple[Hit, ...]:
    """The hits of the whole message, then those that only a question found; the best first if the whole found none."""
    hits = list(whole.hits)
    for part in parts:
        hits += [hit for hit in part.hits[:1] if hit.score >= WORTH_ADDING and all(hit.slug != o.slug for o in hits)]
    return tuple(hits if whole.best >= WORTH_ADDING else sorted(hits, key=lambda hit: -hit.score))


def _searched(text: str) -> str:
    return without_denied(text)[:QUERY]
