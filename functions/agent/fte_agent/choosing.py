"""Which sections of the found articles answer a message: one for each of its questions, and what may be right
besides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from fte.domain.channels import Channel
from fte.knowledge.search import Hit
from fte_agent.answering.composition import asks_where
from fte_agent.answering.follow_up import corrects, has_words, last_reply, new_in
from fte_agent.answering.moves import tried_all
from fte_agent.answering.question import MOST, Ask, asks, in_trouble
from fte_agent.answering.reply import owns_up
from fte_agent.answering.selection import Choice, choose, figure_of, has_steps, merged, ranked, says_something_on
from fte_agent.answering.words import stems
from fte_agent.context import RunContext
from fte_agent.lookup import PartedResult
from fte_agent.situation import answers_us, asked_after, continues, given, goes_on_with, matter_of, new_words, takes_up

NEXT_BEST: Final = 2.0
"""How much less a section may fit that is added for a second question to the same section."""

NEAR: Final = 3.0
"""How much less a section may fit that tells what to do where something fails."""

SAYS_IT: Final = 1.5
"""How much more a section fits that has the words of what is new in a message which goes on with a matter."""

LIKELY: Final = 0.05
LIKELY_IN_CHAT: Final = 0.08
LIKELY_BESIDES: Final = 0.2
"""How likely a further section is at least that is said besides the chosen ones: rather some more than a wrong one."""

FURTHER: Final = 3
FURTHER_IN_CHAT: Final = 2
OF_ANOTHER: Final = 0.4
"""What the likelihood of a further section counts that is of an article which nothing was chosen from."""


def sections(context: RunContext, *, no_help: bool) -> tuple[list[Choice], tuple[int, ...]]:
    """The sections that answer the message's questions, each once, and which questions (from 0) are left without."""
    hits = context.found.hits if context.found else ()
    told_before = given(context, hits, earlier_too=no_help and not continues(context))
    if not no_help and (article := goes_on_with(context)):
        return _on_the_new_part(context, hits, article)
    if not no_help and answers_us(context):
        return _what_fails(context, hits)
    if not no_help and corrects(context.question):
        # What was given may be right now that something else is asked; but not if it is all there is.
        nothing = frozenset[UUID]()
        chosen, left_out = _shared_out(asked_of(context, hits), nothing, nothing)
        if not told_before.issuperset(choice.passage.id for choice in chosen):
            return chosen, left_out
        return _shared_out(asked_of(context, hits), told_before, nothing)
    if no_help:
        # The sections that were given are not given again, nor is a third answer when two did not help.
        answered = context.history.answered_with if context.history else ()
        last = last_reply(context.history)
        if len(answered) >= 2 or tried_all(context.question) or (last is not None and owns_up(last.content)):
            return [], (0,)
    # What did not help is not given again; what is asked for once more is.
    skip, told = (told_before, frozenset[UUID]()) if no_help else (frozenset[UUID](), told_before)
    return _shared_out(asked_of(context, hits, no_help=no_help), skip, told)


def _on_the_new_part(context: RunContext, hits: Sequence[Hit], article: str) -> tuple[list[Choice], tuple[int, ...]]:
    """The section that fits a message best which goes on with what `article` answered, that article's first; with an
    amount asked for, one that has a figure. It may have been told before, beside what was asked then."""
    ((ask, found),) = asked_of(context, hits)
    new = new_words(context)
    choices = ranked(ask, found)
    figure = figure_of(ask.text) if ask.kind == "amount" else None
    if figure is not None:
        choices = [choice for choice in choices if figure.search(choice.passage.content)]

    def order(choice: Choice) -> tuple[bool, bool, float]:
        text = choice.passage.content
        lacks = ask.kind == "how" and not new and not has_steps(choice.passage)
        if figure is not None and "when" not in ask.text.lower().split():
            # "How long" wants a number, "when" may have none.
            lacks = not any(map(_in_digits, figure.finditer(text)))
        speaks = bool(new) and has_words(choice.passage.whole, new)
        return choice.hit.slug != article, lacks, -choice.fit - SAYS_IT * speaks

    if ask.kind != "trouble":
        choices.sort(key=order)
    return (choices[:1], ()) if choices else ([], (0,))


def _in_digits(found: re.Match[str]) -> bool:
    return any(character.isdigit() for character in found.group())


def _what_fails(context: RunContext, hits: Sequence[Hit]) -> tuple[list[Choice], tuple[int, ...]]:
    """The section for what is wrong with the thing that the customer named when we asked: one on troubles, if any is
    near."""
    ((ask, found), *_) = asked_of(context, hits)
    choices = ranked(ask, found)
    near = [choice for choice in choices if choice.fit >= choices[0].fit - NEAR]
    remedies = [choice for choice in near if ask.kind == "trouble" and _is_on_trouble(choice)]
    return ((remedies or choices)[:1], ()) if choices else ([], (0,))


def _is_on_trouble(choice: Choice) -> bool:
    return choice.hit.category == "technical_issue" or in_trouble(choice.passage.section)


def told_besides(context: RunContext) -> frozenset[UUID]:
    """The sections given before of which a message that goes on with their matter wants no more than what is new: not
    those whose headings are about that, and not about all that was asked before."""
    hits = context.found.hits if context.found else ()
    if not goes_on_with(context):
        return frozenset()
    new = new_words(context)
    (ask,) = asked_after(context, matter_of(context, no_help=False))
    if ask.kind == "how" and not new and not asks_where(ask):
        # "How do I change it?" may well ask for steps that stood at the end of a letter.
        return frozenset()
    earlier = new_in(matter_of(context, no_help=False).removesuffix(context.question))
    about_it = {
        passage.id
        for hit in hits
        for passage in hit.passages
        if new and has_words(passage.section, new) and not (earlier and has_words(passage.section, earlier, 1.0))
    }
    return given(context, hits, earlier_too=not continues(context)) - about_it


def also_likely(context: RunContext, choices: Sequence[Choice]) -> list[Choice]:
    """The sections that may be right as well for one of the questions, most likely ones first."""
    in_chat = context.channel is Channel.WHATSAPP
    least, most = (LIKELY_IN_CHAT, FURTHER_IN_CHAT) if in_chat else (LIKELY, FURTHER)
    hits = context.found.hits if context.found else ()
    follows = bool(goes_on_with(context))
    least = max(least, LIKELY_BESIDES) if follows else least
    cited, chosen = {choice.hit.slug for choice in choices}, {choice.passage.id for choice in choices}
    lacking = {choice.hit.slug for choice in choices if choice.ask.kind == "how" and not has_steps(choice.passage)}
    best: dict[UUID, Choice] = {}
    again = takes_up(context) or (follows and not continues(context))
    for ask, found in asked_of(context, hits):
        told = given(context, found, earlier_too=again)
        # Who goes on with a matter may have passed over the rest of a letter.
        for choice in ranked(ask, found, chosen if follows else told | chosen):
            choice = replace(choice, told=choice.passage.id in told)
            if choice.hit.slug not in cited:
                choice = replace(choice, likely=choice.likely * OF_ANOTHER)
            if ask.kind == "how" and choice.hit.slug in lacking and has_steps(choice.passage):
                # Who asks how gets steps.
                lacking.discard(choice.hit.slug)
                choice = replace(choice, likely=1.0)
            if choice.likely >= least:
                other = best.setdefault(choice.passage.id, choice)
                best[choice.passage.id] = max(other, choice, key=lambda each: each.likely)
    return sorted(best.values(), key=lambda choice: -choice.likely)[:most]


def asked_of(context: RunContext, hits: Sequence[Hit], *, no_help: bool = False) -> list[tuple[Ask, Sequence[Hit]]]:
    """The questions of the message, each with the articles found for it."""
    about = matter_of(context, no_help=no_help)
    # What was asked before is not asked again; it tells what "it" is.
    subject = "" if continues(context) else context.conversation.pending[-1].subject
    asked = asks(about, subject)[:MOST] if no_help else asked_after(context, about)
    if no_help:
        # What did not help was a remedy: another one is wanted, whatever the question was.
        said = context.question if len(set(stems(context.question))) >= 2 else asked[0].text
        asked = (replace(asked[0], text=said, about=about, kind="trouble"),)
    if isinstance(context.found, PartedResult) and len(asked) > 1:
        parts = dict(context.found.parts)
        return [(ask, merged(hits, parts[ask.about].hits, ask) if ask.about in parts else hits) for ask in asked]
    return [(ask, hits) for ask in asked]


def _shared_out(
    asked: Sequence[tuple[Ask, Sequence[Hit]]], skip: frozenset[UUID], told: frozenset[UUID]
) -> tuple[list[Choice], tuple[int, ...]]:
    """A section for each question, each section once: it goes to the question that it fits best."""
    wishes = [(number, choose(ask, found, skip, told)) for number, (ask, found) in enumerate(asked)]
    chosen: dict[int, Choice] = {}
    taken: set[UUID] = set()
    left_out = {number for number, choice in wishes if choice is None}
    for number, choice in sorted(wishes, key=lambda wish: -wish[1].fit if wish[1] else 0.0):
        if choice is not None and choice.passage.id in taken:
            # What answers the one question may well not say all on the other.
            ask, found = asked[number]
            if ask.leans or says_something_on(choice, ask):
                continue
            other = choose(ask, found, skip | taken, told)
            if other is None or other.fit < choice.fit - NEXT_BEST:
                left_out.add(number)
                continue
            choice = other
        if choice is not None:
            chosen[number] = choice
            taken.add(choice.passage.id)
    return [chosen[number] for number in sorted(chosen)], tuple(sorted(left_out))
