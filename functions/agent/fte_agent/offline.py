"""The answerer that needs no model: a pure decision over what the run has found.

It is the default without an API key and the fallback behind every model: retrieval, extraction, templates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, Literal
from uuid import UUID

from fte.domain.channels import Channel
from fte.knowledge.search import Hit
from fte_agent.answering import beyond, kindness, standing
from fte_agent.answering.acknowledgements import earlier_contact, is_read, language_notice
from fte_agent.answering.attached import files_noticed, has_files, wordless_noticed
from fte_agent.answering.clarifying import asked_before, question_for
from fte_agent.answering.composition import readable
from fte_agent.answering.follow_up import asks_after, corrects, last_reply, matter_text, said_before
from fte_agent.answering.moves import (
    Move,
    asks_something,
    did_already,
    is_vague,
    move_of,
    praises_sincerely,
    says_settled,
    states_only,
    tried_all,
)  # fmt: skip
from fte_agent.answering.phrasing import pick
from fte_agent.answering.plain_text import plain
from fte_agent.answering.question import MOST, Ask, asks
from fte_agent.answering.reply import Manner, owns_up, reply
from fte_agent.answering.selection import GOOD_ENOUGH, Choice, choose, has_steps, merged, ranked, says_something_on
from fte_agent.answering.words import stems
from fte_agent.context import RunContext
from fte_agent.limits import TOO_MANY
from fte_agent.lookup import PartedResult
from fte_agent.records import SETTLED, Held
from fte_agent.rendering import Link
from fte_agent.triage.triggers import BY_FLAG

__all__ = ["GOOD_ENOUGH", "Decision", "decide", "mood_of", "move_in", "plain", "seed_of"]

UNHEARD_OF: Final = 0.05
"""Below this score nothing in the documentation resembles what was written."""

SURE: Final = 0.8
"""From this score on an article is taken to be meant by a message that hardly says what it is about."""

FITS_A_WISH: Final = 0.58
"""From this score on an article is taken to tell what there is already of what is wished for."""

FEW: Final = 3
"""Words of a message up to which it may be a slip."""

LATELY: Final = timedelta(days=14)
"""Since when an answer of an earlier ticket may be what a new one takes up."""

NEXT_BEST: Final = 2.0
"""How much less a section may fit that is added for a second question to the same section."""

LIKELY: Final = 0.05
LIKELY_IN_CHAT: Final = 0.08
"""How likely a further section is at least that is said besides the chosen ones: rather some more than a wrong one."""

FURTHER: Final = 3
FURTHER_IN_CHAT: Final = 2
OF_ANOTHER: Final = 0.4
"""What the likelihood of a further section counts that is of an article which nothing was chosen from."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do: answer from articles, ask back, thank, or hand over (with a flag)."""

    action: Literal["answer", "ask", "thank", "hand_over"]
    reasoning: str
    core: str = ""
    articles: tuple[str, ...] = ()
    flag: str = ""


def decide(context: RunContext) -> Decision:
    """The same inputs give the same answer."""
    triage = context.triage
    if triage.route is not None:
        flag = triage.route.flag
        return Decision("hand_over", BY_FLAG[flag].reason, flag=flag)
    if context.too_many:
        return Decision("hand_over", TOO_MANY.reason, flag=TOO_MANY.flag)
    if triage.risk == "high":
        return Decision("hand_over", "The message tries to steer the agent; a person reads it.", flag="KB_MISS")
    move = move_in(context)
    if context.with_people is not None and (core := _to_their_case(context, context.with_people, move)):
        return Decision("answer", "People have this case; the message is part of it.", _with_language(context, core))
    match move:
        case "settled":
            return Decision("thank", "The customer says that the matter is settled.")
        case "thanks" | "praise":
            core = kindness.thank(context.channel, seed_of(context), praise=move == "praise")
            return Decision("answer", "Thanks or praise, which ask for nothing.", _with_language(context, core))
        case "complaint":
            core = _with_language(context, kindness.complaint(seed_of(context)))
            return Decision("ask", "A complaint that names no matter.", core)
        case "off_topic":
            core = _with_language(context, kindness.off_topic(seed_of(context)))
            return Decision("ask", "Nothing that concerns TechCorp.", core)
        case "bot":
            return Decision("ask", "The customer asks who is writing.", _with_language(context, beyond.who_we_are()))
        case "others":
            core = _with_language(context, beyond.not_of_others())
            return Decision("ask", "It concerns others than the customer.", core)
        case "status":
            return _on_status(context)
        case "taken_back":
            core = standing.taken_back(seed_of(context))
            return Decision("answer", "The customer takes back an earlier message.", _with_language(context, core))
        case "reference":
            return Decision(
                "answer", "The customer asks for the ticket's reference.", _with_language(context, _reference(context))
            )
        case "wish":
            return _on_wish(context)
        case "empty" | "unclear":
            return _ask_back(context, move)
        case "no_help":
            return _answer(context, no_help=True)
        case _:
            return _answer(context, no_help=False)


def move_in(context: RunContext) -> Move:
    """What the message does in its conversation. A new letter whose text says nothing is read with its subject."""
    if is_unread(context):
        return "ask"
    move = _move(context, context.question)
    subject = context.conversation.pending[-1].subject.strip()
    if move in ("empty", "unclear") and subject and not continues(context):
        # The category was judged with the greeting in it: here the words alone count.
        whole = move_of(f"{subject}\n{context.question}", category="", mood=mood_of(context), continues=False)
        return whole if whole != "empty" else move
    return move


def continues(context: RunContext) -> bool:
    """Whether the ticket has been answered before."""
    return bool(context.ticket and not context.ticket.is_new)


def takes_up(context: RunContext) -> bool:
    """Whether a new ticket says of what we advised lately, in an earlier one, that it was done and did not help."""
    last = last_reply(context.history)
    if continues(context) or last is None or not did_already(context.question):
        return False
    lately = context.conversation.pending[-1].received_at - last.at <= LATELY
    return lately and bool(_given(context, context.found.hits if context.found else (), earlier_too=True))


def _given(context: RunContext, hits: Sequence[Hit], *, earlier_too: bool) -> frozenset[UUID]:
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


def _move(context: RunContext, text: str) -> Move:
    triage = context.triage
    if takes_up(context):
        return "no_help"
    return move_of(text, category=triage.category, mood=triage.sentiment.label, continues=continues(context))


def _answer(context: RunContext, *, no_help: bool) -> Decision:
    unread = is_unread(context)
    if not (no_help or unread) and says_too_little(context):
        return _ask_back(context, "unclear")
    choices, unanswered = _choices(context, no_help=no_help)
    if not (choices or no_help or unread):
        if context.triage.category == "feature_request":
            return _on_wish(context)
        if says_nothing_known(context):
            return _ask_back(context, "unclear")
    if not choices:
        reason = (
            "What was answered did not help, and there is no other article." if no_help else BY_FLAG["KB_MISS"].reason
        )
        return Decision("hand_over", reason, flag="KB_MISS")
    mood = mood_of(context)
    if mood == "positive" and not praises_sincerely(context.question):
        # Politeness is pleasant, but there is nothing to thank for.
        mood = "neutral"
    manner = Manner(context.channel, mood, seed_of(context), continues(context), no_help)
    also = also_likely(context, choices)
    core = reply(choices, manner, noticed(context), unanswered=unanswered, also=also)
    # An article that only a second section is of, and which had no room, is not one that the answer rests on.
    cited = [*choices, *(choice for choice in also if _is_in(core, choice))]
    slugs = tuple(dict.fromkeys(choice.hit.slug for choice in cited))
    return Decision("answer", f"Answered by {', '.join(slugs)}.", core, slugs)


def _choices(context: RunContext, *, no_help: bool) -> tuple[list[Choice], bool]:
    """The sections that answer the message's questions, each once, and whether a question is left without one."""
    hits = context.found.hits if context.found else ()
    given = _given(context, hits, earlier_too=no_help and not continues(context))
    if not no_help and corrects(context.question):
        # What was given may be right now that something else is asked.
        given = frozenset()
    if no_help:
        # The sections that were given are not given again, nor is a third answer when two did not help.
        answered = context.history.answered_with if context.history else ()
        last = last_reply(context.history)
        if len(answered) >= 2 or tried_all(context.question) or (last is not None and owns_up(last.content)):
            return [], True
    # What did not help is not given again; what is asked for once more is.
    skip, told = (given, frozenset[UUID]()) if no_help else (frozenset[UUID](), given)
    return _shared_out(asked_of(context, hits, no_help=no_help), skip, told)


def _shared_out(
    asked: Sequence[tuple[Ask, Sequence[Hit]]], skip: frozenset[UUID], told: frozenset[UUID]
) -> tuple[list[Choice], bool]:
    """A section for each question, each section once: it goes to the question that it fits best."""
    wishes = [(number, choose(ask, found, skip, told)) for number, (ask, found) in enumerate(asked)]
    chosen: dict[int, Choice] = {}
    taken: set[UUID] = set()
    left_out = False
    for number, choice in sorted(wishes, key=lambda wish: -wish[1].fit if wish[1] else 0.0):
        if choice is not None and choice.passage.id in taken:
            # What answers the one question may well not say all on the other.
            ask, found = asked[number]
            other = choose(ask, found, skip | taken, told)
            if other is None or other.fit < choice.fit - NEXT_BEST:
                left_out |= not (ask.leans or says_something_on(choice, ask))
                continue
            choice = other
        if choice is not None:
            chosen[number] = choice
            taken.add(choice.passage.id)
    return [chosen[number] for number in sorted(chosen)], left_out or any(choice is None for _, choice in wishes)


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


def also_likely(context: RunContext, choices: Sequence[Choice]) -> list[Choice]:
    """The sections that may be right as well for one of the questions, most likely ones first."""
    in_chat = context.channel is Channel.WHATSAPP
    least, most = (LIKELY_IN_CHAT, FURTHER_IN_CHAT) if in_chat else (LIKELY, FURTHER)
    cited, chosen = {choice.hit.slug for choice in choices}, {choice.passage.id for choice in choices}
    lacking = {choice.hit.slug for choice in choices if choice.ask.kind == "how" and not has_steps(choice.passage)}
    best: dict[UUID, Choice] = {}
    again = takes_up(context)
    for ask, found in asked_of(context, context.found.hits if context.found else ()):
        for choice in ranked(ask, found, _given(context, found, earlier_too=again) | chosen):
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


def _is_in(core: str, choice: Choice) -> bool:
    said = " ".join(core.split())
    return any(line and " ".join(line.split())[:60] in said for line in readable(choice.passage.content).splitlines())


def asked_of(context: RunContext, hits: Sequence[Hit], *, no_help: bool = False) -> list[tuple[Ask, Sequence[Hit]]]:
    """The questions of the message, each with the articles found for it."""
    about = matter_text(context.question, context.history, continues=no_help or continues(context), no_help=no_help)
    subject = "" if continues(context) else context.conversation.pending[-1].subject
    # What was asked before is not asked again; it tells what "it" is.
    asked = asks(about, subject)[:MOST] if no_help else asks_after(context.question, subject, about)
    if no_help:
        # What did not help was a remedy: another one is wanted, whatever the question was.
        said = context.question if len(set(stems(context.question))) >= 2 else asked[0].text
        asked = (replace(asked[0], text=said, about=about, kind="trouble"),)
    if isinstance(context.found, PartedResult) and len(asked) > 1:
        parts = dict(context.found.parts)
        return [(ask, merged(hits, parts[ask.about].hits, ask) if ask.about in parts else hits) for ask in asked]
    return [(ask, hits) for ask in asked]


def _to_their_case(context: RunContext, case: Held, move: Move) -> str:
    """What is said to a message in a case that people have; nothing where it asks something that can be answered."""
    channel, now, seed = context.channel, context.conversation.pending[-1].received_at, seed_of(context)
    match move:
        case "settled" | "taken_back" | "thanks" | "praise":
            settled = move == "taken_back" or says_settled(context.question)
            return standing.still_theirs(channel, case, now, seed, settled=settled)
        case "status" | "empty" | "unclear" | "complaint":
            return standing.how_it_stands(channel, [case], "", now)
        case "no_help":
            return standing.added(channel, case, now, seed, "")
        case "ask" if not asks_something(context.question):
            unnamed = case.flag in _BEFORE_THE_MATTER
            told = asks(context.question)[0].kind == "statement"
            assert context.ticket is not None
            if unnamed or told or context.triage.category == context.ticket.category:
                hits = [hit for hit in (context.found.hits if context.found else ()) if hit.score >= GOOD_ENOUGH]
                link = Link(hits[0].title, hits[0].slug).url if unnamed and hits else ""
                return standing.added(channel, case, now, seed, link)
    return ""


_BEFORE_THE_MATTER: Final = frozenset({"HUMAN_REQUESTED", "WHATSAPP_ESCALATION"})
"""Triggers of a hand-over that is mostly asked for before it is said what it is about."""


def _on_status(context: RunContext) -> Decision:
    """How the address's tickets stand; where it has none, what the documentation says on waiting for an answer."""
    history, ticket, now = context.history, context.ticket, context.conversation.pending[-1].received_at
    held, earlier = (history.held, history.earlier[:1]) if history else ((), ())
    last, solved = "", False
    if ticket is not None and continues(context):
        last = ticket.reference
    elif earlier:
        last, solved = earlier[0].reference, earlier[0].status in SETTLED
    if not (held or last) and context.found is not None and context.found.best >= SURE:
        return _answer(context, no_help=False)
    core = standing.how_it_stands(context.channel, held, last, now, solved=solved)
    return Decision("answer", "The customer asks how a ticket stands.", _with_language(context, core))


def _on_wish(context: RunContext) -> Decision:
    """A wish is noted, without a promise; what there is already is told, where an article fits."""
    seed, pleased = seed_of(context), praises_sincerely(context.question)
    noted = _with_language(context, kindness.wish(context.channel, seed, pleased=pleased))
    hits = [hit for hit in (context.found.hits if context.found else ()) if hit.score >= FITS_A_WISH]
    choices, _ = _choices(context, no_help=False) if hits else ([], False)
    choices = [choice for choice in choices if choice.hit in hits][:1]
    if not choices:
        return Decision("answer", "A wish, noted as feedback; no article fits it.", noted)
    today = pick(kindness.TODAY, seed, "today")
    manner = Manner(context.channel, "neutral", seed, continues=True, wish=True)
    body = reply(choices, manner, [f"{noted} {today}"], unanswered=False)
    return Decision("answer", "A wish, noted as feedback, with what there is.", body, (choices[0].hit.slug,))


def _ask_back(context: RunContext, move: Move) -> Decision:
    """One question, unless the customer has just been asked: then a person takes over."""
    last = last_reply(context.history)
    if continues(context) and last is not None and asked_before(last.content):
        return Decision("hand_over", "The message stays unclear after a question.", flag="KB_MISS")
    text = f"{context.conversation.pending[-1].subject}\n{context.question}"
    details = context.details
    question = question_for(text, seed_of(context), with_file=has_files(details))
    lead = pick(_LEADS[context.channel], seed_of(context), "lead")
    if mood_of(context) == "negative":
        lead = "I am sorry for the trouble, and I would like to help."
    came = files_noticed(details, context.question)
    if not came and not context.question.strip():
        came = wordless_noticed(message.note for message in context.conversation.pending)
    core = " ".join(part for part in (lead, came, question) if part)
    return Decision("ask", "The message does not say yet what it is about.", _with_language(context, core))


_LEADS: Final = {
    Channel.EMAIL: (
        "Thank you for writing to us. I would like to help, and need to know one thing first.",
        "Thank you for your message. So that you get the right answer, one question first.",
        "Thank you for getting in touch. I am happy to help once I know a little more.",
    ),
    Channel.WEBFORM: (
        "Thanks for your message. I would like to help, and need to know one thing first.",
        "Thanks for getting in touch. One question first, so that you get the right answer.",
        "Thanks for using our form. I am happy to help once I know a little more.",
    ),
    Channel.WHATSAPP: ("Happy to help!", "Sure, I am happy to help.", "Of course, let me help."),
}


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


def _with_language(context: RunContext, core: str) -> str:
    notice = language_notice(context.triage.language)
    return f"{notice}\n\n{core}" if notice else core


def _reference(context: RunContext) -> str:
    assert context.ticket is not None
    return (
        f"Your ticket reference is {context.ticket.reference}. It stands for everything that we write in this matter."
    )
