"""The answerer that needs no model: a pure decision over what the run has found.

It is the default without an API key and the fallback behind every model: retrieval, extraction, templates.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from fte.domain.channels import Channel
from fte_agent import held
from fte_agent.answering import beyond, kindness, standing
from fte_agent.answering.acknowledgements import language_notice
from fte_agent.answering.attached import files_noticed, has_files, wordless_noticed
from fte_agent.answering.clarifying import asked_before, question_for
from fte_agent.answering.composition import readable
from fte_agent.answering.follow_up import last_reply
from fte_agent.answering.moves import Move, praises_sincerely, wished_words
from fte_agent.answering.phrasing import pick
from fte_agent.answering.plans import plan_of
from fte_agent.answering.question import reports_trouble
from fte_agent.answering.reply import Manner, knew_nothing, nothing_on_it, reply
from fte_agent.answering.selection import Choice, denies, has_steps, ranked, share_told
from fte_agent.answering.standing import asks_when
from fte_agent.answering.words import stems
from fte_agent.choosing import also_likely, sections, told_besides
from fte_agent.context import RunContext
from fte_agent.limits import TOO_MANY
from fte_agent.records import SETTLED
from fte_agent.situation import (
    continues,
    goes_on,
    goes_on_with,
    is_unread,
    mood_of,
    move_in,
    noticed,
    says_nothing_known,
    says_too_little,
    seed_of,
)
from fte_agent.triage.triggers import BY_FLAG

FITS_A_WISH: Final = 0.58
"""From this score on an article is taken to tell what there is already of what is wished for."""

NEAR_A_WISH: Final = 0.5
"""The share of a wish's words that it has then."""

IS_THERE: Final = 0.85
"""From this score on an article that has all words of a wish tells that it is there."""

WISHED: Final = 0.6
"""From this score on a message that no article fits is taken for a wish."""


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
    if context.cases and (core := held.said_in(context, move)):
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
        case "person":
            return Decision("hand_over", "The customer takes up the offer of a person.", flag="HUMAN_REQUESTED")
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


def _answer(context: RunContext, *, no_help: bool) -> Decision:
    unread = is_unread(context)
    if not (no_help or unread) and says_too_little(context):
        return _ask_back(context, "unclear")
    choices, unanswered = sections(context, no_help=no_help)
    if not (choices or no_help or unread):
        if context.triage.scores.get("category:feature_request", 0.0) >= WISHED:
            return _on_wish(context)
        if _offers_a_person(context):
            core = _with_language(context, nothing_on_it(context.channel))
            return Decision("ask", "The documentation says nothing on what is asked besides.", core)
        if says_nothing_known(context):
            return _ask_back(context, "unclear")
    if not choices and context.cases and not unread:
        core = held.unanswered(context)
        return Decision("answer", "There is no article; people have this case.", _with_language(context, core))
    if not choices:
        reason = (
            "What was answered did not help, and there is no other article." if no_help else BY_FLAG["KB_MISS"].reason
        )
        return Decision("hand_over", reason, flag="KB_MISS")
    mood = mood_of(context)
    if mood == "positive" and not praises_sincerely(context.question):
        # Politeness is pleasant, but there is nothing to thank for.
        mood = "neutral"
    plan = plan_of(f"{context.conversation.pending[-1].subject}\n{context.question}")
    manner = Manner(context.channel, mood, seed_of(context), goes_on(context), no_help, plan=plan)
    also = also_likely(context, choices)
    if not no_help:
        told = told_besides(context)
        choices = [replace(choice, told=choice.passage.id in told) for choice in choices]
    core = reply(choices, manner, noticed(context), unanswered=unanswered, also=also)
    # An article that only a second section is of, and which had no room, is not one that the answer rests on.
    cited = [*choices, *(choice for choice in also if _is_in(core, choice))]
    slugs = tuple(dict.fromkeys(choice.hit.slug for choice in cited))
    return Decision("answer", f"Answered by {', '.join(slugs)}.", core, slugs)


def _offers_a_person(context: RunContext) -> bool:
    """Whether a question that goes on with what was answered, and on which there is nothing, is answered by saying so:
    once, then a person takes over, as with a trouble."""
    last = last_reply(context.history)
    if context.cases or last is None or knew_nothing(last.content) or reports_trouble(context.question):
        return False
    return bool(goes_on_with(context))


def _is_in(core: str, choice: Choice) -> bool:
    said = " ".join(core.split())
    return any(line and " ".join(line.split())[:60] in said for line in readable(choice.passage.content).splitlines())


def _on_status(context: RunContext) -> Decision:
    """How the address's tickets stand; where it has none, what the documentation says on waiting for an answer."""
    history, ticket = context.history, context.ticket
    cases, earlier = (history.held, history.earlier[:1]) if history else ((), ())
    last, solved = "", False
    if ticket is not None and continues(context):
        last = ticket.reference
    elif earlier:
        last, solved = earlier[0].reference, earlier[0].status in SETTLED
    if not (cases or last) and asks_when(context.question):
        return _answer(context, no_help=False)
    core = standing.how_it_stands(context.channel, cases, last, context.now, solved=solved)
    return Decision("answer", "The customer asks how a ticket stands.", _with_language(context, core))


def _on_wish(context: RunContext) -> Decision:
    """A wish is noted, without a promise; what there is already is told, where an article fits."""
    seed, pleased = seed_of(context), praises_sincerely(context.question)
    noted = _with_language(context, kindness.wish(context.channel, seed, pleased=pleased))
    hits = [hit for hit in (context.found.hits if context.found else ()) if hit.score >= FITS_A_WISH]
    choices, _ = sections(context, no_help=False) if hits else ([], ())
    words = wished_words(context.question)
    choices = [choice for choice in choices if choice.hit in hits and share_told(choice, words) >= NEAR_A_WISH][:1]
    if not choices:
        return Decision("answer", "A wish, noted as feedback; no article fits it.", noted)
    manner = Manner(context.channel, "neutral", seed, continues=True, wish=True)
    slugs = (choices[0].hit.slug,)
    if _is_there(choices[0], words):
        before, after = kindness.there_already(context.channel, seed)
        body = reply(_with_steps(choices[0], words), manner, [_with_language(context, before)], unanswered=())
        return Decision("answer", "A wish for what there is already.", f"{body}\n\n{after}", slugs)
    today = pick(kindness.TODAY, seed, "today")
    body = reply(choices, manner, [f"{noted} {today}"], unanswered=())
    return Decision("answer", "A wish, noted as feedback, with what there is.", body, slugs)


def _is_there(choice: Choice, words: frozenset[str]) -> bool:
    """Whether an article is surely about what is wished for, and says nowhere that there is no such thing."""
    return choice.hit.score >= IS_THERE and share_told(choice, words) == 1.0 and not denies(choice, words)


def _with_steps(choice: Choice, words: frozenset[str]) -> list[Choice]:
    """The article's section with the steps that are meant, where it has one: who wishes for what is there wants to know
    how."""
    others = (choice, *ranked(replace(choice.ask, kind="how"), [choice.hit]))
    told = (other for other in others if words <= set(stems(other.passage.whole)))
    return [next((other for other in told if has_steps(other.passage)), choice)]


def _ask_back(context: RunContext, move: Move) -> Decision:
    """One question, unless the customer has just been asked: then a person takes over."""
    last = last_reply(context.history)
    if goes_on(context) and last is not None and asked_before(last.content):
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


def _with_language(context: RunContext, core: str) -> str:
    notice = language_notice(context.triage.language)
    return f"{notice}\n\n{core}" if notice else core


def _reference(context: RunContext) -> str:
    assert context.ticket is not None
    return (
        f"Your ticket reference is {context.ticket.reference}. It stands for everything that we write in this matter."
    )
