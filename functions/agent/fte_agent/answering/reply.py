"""A whole answer: opening, what was noticed, the answers to all questions of the message, within the channel's room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from fte.domain.channels import Channel
from fte_agent.answering.composition import affirms, compose, heading_of, pointed
from fte_agent.answering.matters import joined, matter
from fte_agent.answering.phrasing import Mood, opening, pick
from fte_agent.answering.plans import PlanLead, plan_lead
from fte_agent.answering.question import reports_trouble
from fte_agent.answering.selection import Choice, has_steps
from fte_agent.answering.words import stems
from fte_agent.rendering import chat_parts

WORDS: Final = {Channel.EMAIL: 310, Channel.WEBFORM: 225}
"""Words of a core: what the channel allows, without greeting, links, reference and signature."""
CHAT_PARTS: Final = 3
CHAT_PART: Final = 299
CHAT_GREETING: Final = 18
"""Room that is left for a greeting."""
CHAT_SENTENCES: Final = 650
"""A chat is not read for longer than this, unless there are steps to follow."""

_FURTHER: Final = (
    "To your other question:",
    "As to the other part of your message:",
    "And on your other question:",
)
_ALSO: Final = (
    "This may be useful as well.",
    "Related to this:",
    "In case it is about this:",
)
SAME: Final = 0.6
ALSO_IN_CHAT: Final = 450
"""Characters of a second section in a chat."""
_YES: Final = ("Yes, that is possible.", "Yes, you can do that.", "Yes, this works.")
_NOT_SOLVED: Final = (
    "I am sorry that the first answer did not solve it. This is what to check next.",
    "Sorry that it still does not work. Here is the next thing to try.",
    "I am sorry that this is still open. Let us look at another cause.",
)
_REPLY: Final = (
    "Thank you for your reply.",
    "Thanks for coming back to us.",
    "Thank you for the further details.",
)
_CHANGE: Final = "The Owner can change the plan under Workspace settings > Billing > Change plan."
OPEN: Final = (
    "I have nothing on your {which} in our help pages. If you reply that you would like a person, our Support team "
    "takes that part."
)
OPEN_IN_CHAT: Final = "I have nothing on your {which} in our help pages. Say so if you would like a person to take it."
NOTHING: Final = (
    "I have nothing on that in our help pages, and I do not want to guess. Would you like a person of our Support team "
    "to answer it? Just say so in your reply."
)
NOTHING_IN_CHAT: Final = "I have nothing on that in our help pages. Would you like a person to answer it? Just say so."
_ORDINALS: Final = ("first", "second", "third", "fourth")


@dataclass(frozen=True, slots=True)
class Manner:
    """How an answer is given: where, in which mood, at which point of the conversation; `plan` is the one that the
    customer names as theirs."""

    channel: Channel
    mood: Mood
    seed: str
    continues: bool = False
    no_help: bool = False
    wish: bool = False
    plan: str = ""


def reply(
    choices: Sequence[Choice],
    manner: Manner,
    noticed: Sequence[str],
    *,
    unanswered: Sequence[int],
    also: Sequence[Choice] = (),
) -> str:
    """The core of the reply: all of `choices`, in order, then those of `also` that there is room for.

    `noticed` is what to show besides: the notice of the language, of earlier contact, of files. `unanswered` are the
    numbers (from 0) of the questions that have no answer: which ones is said, never their words. Of a section that was
    told before, only the sentence that answers is said again.
    """
    language, *others = [*noticed, "", ""][:3]
    earlier, files = others
    leads = [None if manner.wish else plan_lead(choice, manner.plan) for choice in choices]
    first = " ".join(part for part in (_opening(choices, manner, leads[0]), earlier) if part)
    before = [language, first]
    left = _left_open(unanswered, manner.channel)
    after = [left, files]
    texts: list[str] = []
    said: list[str] = []
    for number, (choice, on_plans) in enumerate(zip(choices, leads, strict=True)):
        lead = f"{pick(_FURTHER, manner.seed, str(number))}\n" if texts else ""
        if on_plans is not None and on_plans.text not in "\n".join(said):
            lead += _on_plans(on_plans, manner.channel)
            said.append(on_plans.source)
            # Which plan it is has been said: what is left is how it works.
            choice = replace(choice, ask=replace(choice.ask, kind="how"))
        fits = _room(manner.channel, [*before, *texts, lead, *after], len(choices) - number)
        text = pointed(choice) if choice.told and on_plans is None else ""
        if not (text or (choice.told and on_plans is not None)):
            text = compose(choice, fits, "\n".join([*texts, *said]))
        if affirms(choice) and text and not (manner.wish or manner.no_help):
            text = f"{pick(_YES, manner.seed, 'yes')} {text}"
        if text or on_plans is not None:
            texts.append(f"{lead}{text}".strip())
    # At once, so that nobody takes what follows for an answer to it.
    texts, after = [*texts, *filter(None, [left])], [files]
    for choice in also:
        if choice.hit.slug == "plans" and any(leads):
            # The lists of all that each plan has: what is asked for has been said.
            continue
        more = _also(choice, manner, [*before, *texts, *after], "\n".join([*texts, *said]))
        if more:
            texts.append(more)
    return "\n\n".join(part for part in (*before, *texts, *after) if part)


def _left_open(unanswered: Sequence[int], channel: Channel) -> str:
    names = [_ORDINALS[number] for number in unanswered if number < len(_ORDINALS)]
    if not names:
        return ""
    which = f"{joined(names)} question{'s' if len(names) > 1 else ''}"
    return (OPEN_IN_CHAT if channel is Channel.WHATSAPP else OPEN).format(which=which)


def nothing_on_it(channel: Channel) -> str:
    """That nothing is known of what is asked besides, and the offer of a person."""
    return NOTHING_IN_CHAT if channel is Channel.WHATSAPP else NOTHING


def knew_nothing(reply: str) -> bool:
    """Whether `reply` said so."""
    return any(sentence in " ".join(reply.split()) for sentence in (NOTHING, NOTHING_IN_CHAT))


def owns_up(reply: str) -> bool:
    """Whether `reply` already was a second try."""
    return any(sentence in " ".join(reply.split()) for sentence in _NOT_SOLVED)


def _on_plans(lead: PlanLead, channel: Channel) -> str:
    """What is said on the plans, and who can change it where the customer's own is not enough."""
    return f"{lead.text} {_CHANGE}\n\n" if lead.lacks and channel is not Channel.WHATSAPP else f"{lead.text}\n\n"


def _opening(choices: Sequence[Choice], manner: Manner, on_plans: PlanLead | None) -> str:
    kind = choices[0].ask.kind
    if kind == "trouble" and ((on_plans and on_plans.lacks) or not reports_trouble(choices[0].ask.about)):
        # What a plan does not have is not broken.
        kind = "possible"
    if manner.no_help:
        return pick(_NOT_SOLVED, manner.seed, "opening")
    if manner.wish:
        return ""
    if manner.continues and manner.mood != "negative":
        # In the middle of a chat one answers; a letter says at least thank you.
        return "" if manner.channel is Channel.WHATSAPP else pick(_REPLY, manner.seed, "opening")
    if manner.channel is Channel.WHATSAPP and manner.mood == "neutral" and kind in ("amount", "which"):
        # Who asks for a fact in a chat gets it in the first sentence.
        return ""
    about = joined([matter(choice.hit) for choice in choices])
    return opening(manner.channel, manner.mood, kind, about, manner.seed)


def _also(choice: Choice, manner: Manner, others: Sequence[str], said: str) -> str:
    """A second section with its heading, or nothing where it has no room as a whole answer."""
    room = _room(manner.channel, others, 1)
    in_chat = manner.channel is Channel.WHATSAPP
    section = heading_of(choice.passage)
    lead = f"{pick(_ALSO, manner.seed, 'also')}\n" if not section else "" if in_chat else f"{section}\n"

    def fits(text: str) -> bool:
        return room(f"{lead}{text}") and (not in_chat or len(text) <= ALSO_IN_CHAT)

    # Steps that were told are not told again.
    again = choice.told and has_steps(choice.passage)
    text = pointed(choice) if again else compose(choice, fits, said, headed=True)
    return f"{lead}{text}" if text and fits(text) and not _repeats(text, said) else ""


def _repeats(text: str, said: str) -> bool:
    """Whether most of what `text` tells has been said: an article's beginning often tells what a section tells."""
    telling = set(stems(text))
    return len(telling & set(stems(said))) >= SAME * len(telling)


def _room(channel: Channel, others: Sequence[str], still: int) -> Callable[[str], bool]:
    """Whether a text fits beside `others`, when `still` answers have to share what is left."""
    taken = "\n\n".join(part for part in others if part)

    def fits(text: str) -> bool:
        if channel is not Channel.WHATSAPP:
            left = WORDS[channel] - len(taken.split())
            return len(text.split()) <= left // still
        whole = f"{'-' * CHAT_GREETING} {taken}\n\n{text}"
        sentences = sum(len(line) for line in text.splitlines() if not line[:1].isdigit())
        return (
            sentences <= CHAT_SENTENCES // still
            and len(text) <= (CHAT_PARTS * CHAT_PART - len(taken)) // still
            and len(chat_parts(whole, CHAT_PART, CHAT_PARTS)) <= CHAT_PARTS
        )

    return fits
