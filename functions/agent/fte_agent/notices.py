"""What a customer is told besides an answer: that people take over, that we need to know more, that all is well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fte.domain.channels import Channel
from fte_agent.answering import hand_over
from fte_agent.answering.phrasing import Mood, pick, shuffled
from fte_agent.rendering import Draft, Link
from fte_agent.teams import expected_answer, named
from fte_agent.triage import Trigger

OFTEN: Final = 2
"""Earlier tickets from which on we say that a customer wrote more than once: fewer may be known under this address."""
AROUND_THE_CLOCK: Final = frozenset({"security", "engineering"})


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a notice takes into account besides the trigger: all flags, the mood, what was tried or found."""

    seed: str = ""
    flags: Sequence[str] = ()
    mood: Mood = "neutral"
    noticed: str = ""
    facts: str = ""
    links: tuple[Link, ...] = ()
    did_not_help: bool = False
    unfamiliar: bool = False
    came_back: int = 0
    """How many earlier tickets the address has."""


def hand_over_notice(channel: Channel, trigger: Trigger, case: Circumstances | None = None) -> Draft:
    """Tell the customer why people take over, which team, when to expect an answer, and what helps until then.

    Several flags make one notice: the route's reason, a half sentence for each of the others, an apology where one
    is due. It states no amounts and promises nothing but the time of the answer.
    """
    case = case or Circumstances()
    because = " ".join(_because(trigger, case, brief=channel is Channel.WHATSAPP))
    team, when = named(trigger.teams), expected_answer(trigger.team).when
    flag = "HUMAN_REQUESTED" if trigger.flag == "WHATSAPP_ESCALATION" else trigger.flag
    meanwhile = hand_over.MEANWHILE.get(flag, "")
    if channel is Channel.WHATSAPP:
        takes = f"I have handed this to {team}; expect an answer {when}."
        core = _paragraphs(case.noticed, f"{because} {takes}", case.facts, "" if case.facts else meanwhile)
        return Draft(core, links=case.links)
    takes = (
        f"I have handed your case over to {team}, together with everything you have written, so that you do not have "
        f"to repeat anything. You can expect an answer {when}."
    )
    additions = shuffled(hand_over.ADDITIONS[:2], case.seed, "additions") + hand_over.ADDITIONS[2:]
    if trigger.team in AROUND_THE_CLOCK:
        additions = tuple(text for text in additions if "business hours" not in text)
    core = _paragraphs(case.noticed, because, takes, case.facts, meanwhile)
    return Draft(core, (pick(hand_over.NEXT, case.seed, "next"),), additions, links=case.links)


def apology(channel: Channel, trigger: Trigger, case: Circumstances | None = None) -> Draft:
    """Tell the customer that we could not answer ourselves, and who does."""
    seed = case.seed if case else ""
    team = expected_answer(trigger.team)
    core = (
        "I am sorry, I could not finish an answer to your message myself. "
        f"{team.name[0].upper()}{team.name[1:]} has your case now; you can expect an answer {team.when}."
    )
    if channel is Channel.WHATSAPP:
        return Draft(core)
    return Draft(f"Thank you for writing to us. {core}", (pick(hand_over.NEXT, seed, "next"),), hand_over.ADDITIONS)


def question_back(channel: Channel, question: str, seed: str = "") -> Draft:
    """Ask the one thing that we must know."""
    if channel is Channel.WHATSAPP:
        return Draft(question)
    return Draft(
        question,
        (
            "A sentence or two is enough. If you can, add the name of the page or project, the text of any message "
            "you see, and whether you use a browser or one of the apps.",
        ),
        (
            "Your reply joins this ticket, so nothing that you have written is lost, and you do not have to fill in "
            "or explain anything twice.",
            "If you would rather write with a person straight away, just say so in your reply and your ticket goes to "
            "our Support team.",
            "Please leave passwords, access codes and card numbers out: we never need them to help you. If you "
            "cannot sign in at all, say so, and tell us which kind of sign-in you use: a password, Google, or your "
            "company's single sign-on.",
            "Many answers can also be found at once in our help centre at https://help.techcorp.example, which shows "
            "the exact menu path for each task.",
        ),
    )


def you_are_welcome(channel: Channel, seed: str = "") -> Draft:
    """Close a matter that the customer says is settled."""
    core = pick(_GLAD, seed, "glad")
    if channel is Channel.WHATSAPP:
        return Draft(f"{core} {pick(_WRITE_AGAIN, seed, 'again')}")
    return Draft(
        f"{core} I have marked your request as solved.",
        (
            "If the matter comes back, reply to this message: the same ticket is opened again, with everything that "
            "we have written so far.",
        ),
        _AFTERWARDS,
    )


_GLAD: Final = (
    "That is good to hear, thank you for telling us!",
    "Wonderful, thank you for letting us know that it works.",
    "I am glad that it is settled, and thank you for the feedback.",
    "Great to hear, and thanks for taking a moment to tell us!",
)
_WRITE_AGAIN: Final = (
    "Just write again whenever you need us.",
    "We are here whenever you need us.",
    "Have a good day!",
)
_AFTERWARDS: Final = (
    "For anything new, write to us by e-mail, by WhatsApp or through the form on our website, whichever suits you "
    "best. "
    "A new question gets a ticket of its own, so that nothing is mixed up.",
    "In the help centre at https://help.techcorp.example you find guides with the exact menu path for each task, and "
    "the keyboard shortcuts, saved views and templates that many teams like to use next.",
    "The state of the service is shown at any time at https://status.techcorp.example, and you can subscribe there to "
    "news about outages and maintenance.",
    "You need not answer this message; if you do, your words reach the same ticket, and nothing is lost.",
)


def _because(trigger: Trigger, case: Circumstances, *, brief: bool) -> list[str]:
    flag = "HUMAN_REQUESTED" if trigger.flag == "WHATSAPP_ESCALATION" else trigger.flag
    others = [other for other in case.flags if other not in (trigger.flag, "WHATSAPP_ESCALATION")]
    said = []
    upset = case.mood == "negative" or "SENTIMENT_ESCALATION" in others
    if upset and flag not in ("SENTIMENT_ESCALATION", "REPEAT_CONTACT") and not case.did_not_help:
        said.append(pick(hand_over.EMPATHY, case.seed, "empathy"))
    if case.did_not_help and flag == "KB_MISS":
        said.append(pick(hand_over.DID_NOT_HELP, case.seed, "because"))
    elif case.unfamiliar and flag == "KB_MISS":
        said.append(hand_over.UNFAMILIAR)
    else:
        said.append(pick(hand_over.BECAUSE[flag], case.seed, "because"))
    if flag == "REPEAT_CONTACT" and case.came_back < OFTEN:
        said[-1] = hand_over.CAME_BACK
    if case.came_back < OFTEN:
        others = [other for other in others if other != "REPEAT_CONTACT"]
    also = [hand_over.ALSO[other] for other in others if other in hand_over.ALSO]
    return [*said, *also[: 1 if brief else 2]]


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)
