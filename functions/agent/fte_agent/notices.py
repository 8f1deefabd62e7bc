"""What a customer is told besides an answer: that people take over, that we need to know more, that all is well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fte.domain.channels import Channel
from fte.domain.teams import expected_answer, named
from fte_agent.answering import hand_over
from fte_agent.answering.phrasing import Mood, pick, shuffled
from fte_agent.answering.understood import Incident
from fte_agent.rendering import Draft, Link
from fte_agent.triage import Trigger

OFTEN: Final = 2
"""Earlier tickets from which on we say that a customer wrote more than once: fewer may be known under this address."""
_GRAVE: Final = frozenset({"SECURITY_ESCALATION", "P1_CRITICAL", "LEGAL_ESCALATION"})
_SAYS_WHAT_NOT_TO_SEND: Final = frozenset({"SECURITY_ESCALATION", "REFUND_REQUEST"})


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a notice takes into account besides the trigger: all flags, the mood, what was tried or found."""

    seed: str = ""
    flags: Sequence[str] = ()
    mood: Mood = "neutral"
    language: str = ""
    """A notice in the customer's language that ours is English."""
    earlier: str = ""
    """A sentence on what the customer wrote before."""
    case: str = ""
    """What was understood, as a clause."""
    incident: Incident = ""
    """Which security matter it is."""
    facts: str = ""
    links: tuple[Link, ...] = ()
    did_not_help: bool = False
    unfamiliar: bool = False
    too_many: bool = False
    """Whether people take over for nothing but the number of messages."""
    files: str = ""
    """A sentence on files."""
    stands: str = ""
    """How the case stands, where people have it already."""
    came_back: int = 0
    """How many earlier tickets the address has."""


def hand_over_notice(channel: Channel, trigger: Trigger, case: Circumstances | None = None) -> Draft:
    """Tell the customer, in a few sentences, what was understood and why people take over, which team and until when,
    and the one thing that helps meanwhile.

    Several flags make one notice: the route's reason, a half sentence for each of the others, an apology where one
    is due. It states no amounts and promises nothing but the time of the answer.
    """
    case = case or Circumstances()
    flag = _flag(trigger)
    said, also = _because(trigger, case)
    if channel is Channel.WHATSAPP:
        return _in_chat(trigger, case, said)
    first = " ".join(part for part in (case.earlier, *said, *also[:2]) if part)
    takes = " ".join(part for part in (case.stands or _takes(trigger, case.seed), case.files) if part)
    core = _paragraphs(case.language, first, takes, case.facts, _meanwhile(flag, case))
    return Draft(core, links=case.links, fill=_fill(trigger, case), lead="This may help meanwhile:")


def apology(channel: Channel, trigger: Trigger, case: Circumstances | None = None) -> Draft:
    """Tell the customer that we could not answer ourselves, and who does."""
    case = case or Circumstances()
    sorry = "I am sorry, I could not finish an answer to your message myself."
    if channel is Channel.WHATSAPP:
        return Draft(f"{sorry} {_takes_in_chat(trigger)}.")
    meanwhile = hand_over.MEANWHILE["KB_MISS"]
    core = _paragraphs(f"Thank you for writing to us. {sorry}", _takes(trigger, case.seed), meanwhile)
    return Draft(core, fill=_fill(trigger, case))


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


def _flag(trigger: Trigger) -> str:
    return "HUMAN_REQUESTED" if trigger.flag == "WHATSAPP_ESCALATION" else trigger.flag


def _because(trigger: Trigger, case: Circumstances) -> tuple[list[str], list[str]]:
    """What was understood and why people take over; and what the other flags add."""
    flag = _flag(trigger)
    if case.too_many:
        return [hand_over.TOO_MANY], []
    others = [other for other in case.flags if other not in (trigger.flag, "WHATSAPP_ESCALATION")]
    said = []
    upset = case.mood == "negative" or "SENTIMENT_ESCALATION" in others
    if case.unfamiliar and flag == "KB_MISS":
        # Nothing is said on what it may be, kind or unkind.
        return [hand_over.UNFAMILIAR], []
    if upset and flag not in ("SENTIMENT_ESCALATION", "REPEAT_CONTACT") and not case.did_not_help:
        # An incident or a legal matter is no annoyance.
        options = hand_over.EMPATHY[:1] if flag in _GRAVE else hand_over.EMPATHY
        said.append(pick(options, case.seed, "empathy"))
    if case.did_not_help and flag == "KB_MISS":
        said.append(pick(hand_over.DID_NOT_HELP, case.seed, "because"))
    else:
        said.append(_understood(case))
        seldom = flag == "REPEAT_CONTACT" and case.came_back < OFTEN
        said.append(hand_over.CAME_BACK if seldom else pick(hand_over.WHY[flag], case.seed, "because"))
    if case.came_back < OFTEN:
        others = [other for other in others if other != "REPEAT_CONTACT"]
    return said, [hand_over.ALSO[other] for other in others if other in hand_over.ALSO]


def _understood(case: Circumstances) -> str:
    if not case.case:
        return hand_over.NOTHING_KNOWN
    return pick(hand_over.UNDERSTOOD, case.seed, "understood").format(case=case.case)


def _in_chat(trigger: Trigger, case: Circumstances, said: Sequence[str]) -> Draft:
    """Two sentences: what was understood, and who takes it until when, with the one thing that helps."""
    flag = _flag(trigger)
    if case.case and not (case.did_not_help or case.unfamiliar):
        upset = case.mood == "negative" or flag in ("SENTIMENT_ESCALATION", "REPEAT_CONTACT")
        first = f"{hand_over.IN_CHAT.format(case=case.case)}.{' I am sorry for the trouble.' if upset else ''}"
    else:
        first = said[0] if len(said) == 1 else said[-1]
    first_step = _first_step(flag, case, hand_over.IN_AN_INCIDENT_IN_CHAT)
    nearest = f"until then {case.links[0].url} may help" if case.links else ""
    usual = hand_over.MEANWHILE_IN_CHAT.get(flag, "")
    meanwhile = first_step or (usual if flag in _GRAVE else nearest or usual)
    if case.facts or case.did_not_help or case.unfamiliar or case.too_many:
        meanwhile = ""
    second = case.stands or "; ".join(part for part in (_takes_in_chat(trigger), meanwhile) if part) + "."
    last = " ".join(part for part in (f"{first} {second}", case.files) if part)
    return Draft(_paragraphs(case.language, last, case.facts), links=case.links)


def _meanwhile(flag: str, case: Circumstances) -> str:
    if case.too_many:
        return hand_over.WHILE_TOO_MANY
    if case.did_not_help:
        return hand_over.NOT_SOLVED
    if case.unfamiliar:
        return ""
    return _first_step(flag, case, hand_over.IN_AN_INCIDENT) or hand_over.MEANWHILE[flag]


def _first_step(flag: str, case: Circumstances, steps: Mapping[Incident, str]) -> str:
    return steps.get(case.incident, "") if flag == "SECURITY_ESCALATION" else ""


def _takes(trigger: Trigger, seed: str) -> str:
    team, when = named(trigger.teams), expected_answer(trigger.team).when
    have = "has" if len(trigger.teams) == 1 else "have"
    text = pick(hand_over.TAKES, seed, "takes")
    return text.format(team=team, Team=team[0].upper() + team[1:], have=have, when=when)


def _takes_in_chat(trigger: Trigger) -> str:
    team = named(trigger.teams)
    have = "has" if len(trigger.teams) == 1 else "have"
    when = expected_answer(trigger.team).when
    return hand_over.TAKES_IN_CHAT.format(Team=team[0].upper() + team[1:], have=have, when=when)


def _fill(trigger: Trigger, case: Circumstances) -> tuple[str, ...]:
    hours = () if expected_answer(trigger.team).around_the_clock else (hand_over.HOURS,)
    first = shuffled(hand_over.FILL[:2], case.seed, "fill")
    if trigger.flag in _SAYS_WHAT_NOT_TO_SEND:
        first = hand_over.FILL[:1]
    # Of many messages none gets a ticket of its own.
    others = hand_over.FILL[2:-1] if case.too_many else hand_over.FILL[2:]
    return (*hours, *first, *others)


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)
