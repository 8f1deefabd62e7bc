"""How a customer's matters stand: what is asked about a ticket, what is added to a case that people have, and what the
customer takes back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from fte.domain.channels import Channel
from fte.domain.reference import without_references
from fte.domain.teams import due_at, named
from fte_agent.answering.phrasing import pick
from fte_agent.answering.words import stems
from fte_agent.records import Held

MOST: Final = 3
"""Cases that are told of in one reply."""

_TICKET: Final = (
    r"(?:(?:support|refund|last|open|first|earlier|previous) )?"
    r"(?:tickets?|requests?|cases?|enquir\w+|inquir\w+|complaints?|quer(?:y|ies)|claims?|report|refund)(?! forms?\b)"
)
_WHOSE: Final = r"(?:my|our|the|this|that)"
_SOMEBODY: Final = (
    r"(?:any ?one|any ?body|some ?one|some ?body|(?:the|your|a) (?:\w+ )?(?:team|person|colleague|human)|you)"
)
_ASKS: Final = re.compile(
    rf"\b(?:status|state|progress)(?: update)? (?:of|on|for|regarding|about|with) (?:{_WHOSE} {_TICKET}|it|this|that)\b"
    rf"|\b{_TICKET} status\b|\bstatus(?: update)? ?\?|^status(?: update)?(?: please)?\W*$"
    r"|\b(?:any|some|no|an) (?:news|updates?|progress|word)\b|^updates?(?: please| pls)?\W*$"
    rf"|\bwhere (?:is|are|s) {_WHOSE} {_TICKET}\b|\bwhere (?:do|does) (?:we|things|it|{_WHOSE} {_TICKET}) stand\b"
    rf"|\bhow (?:do|does|is|are|s) (?:it|this|that|things|{_WHOSE} {_TICKET})"
    r" (?:stand|going|coming along|progressing|doing)\b"
    rf"|\bwhat(?: is|'s|s| has)? (?:happen\w*|going on|up) (?:with|to) {_WHOSE} {_TICKET}\b"
    rf"|\b(?:is|are|has|have) {_SOMEBODY} (?:already |still |even |actually )?(?:looking|working|look\w*|seen|read|got"
    r"|started|picked|assigned|on it|had (?:a|any) (?:chance|look))\b"
    rf"|\b(?:did|have|has) {_SOMEBODY} (?:already |ever )?(?:get|got|receiv\w+|see|seen|read) (?:my|our|it|this|that"
    r"|the (?:e-?mail|message|ticket|form|screenshots?|files?))\b"
    rf"|\bwhen (?:will|can|do|does|should|might|would) (?:i|we|it|{_SOMEBODY}|they|support)"
    r" (?:\w+ )?(?:hear|get (?:back|an? (?:answer|reply|response|update)|(?:my|our|the) (?:refund|money))"
    r"|reply|respond|answer|expect|be in touch"
    r"|contact|write|be (?:solved|fixed|done|answered|looked at))\b"
    r"|\b(?:no ?one|nobody)(?: (?:has|is|ever|here|there))*(?: (?:yet|even|actually))? (?:answer|repl|respond|wrote"
    r"|writ|call|contact|came back|g[eo]t back|help)\w*"
    r"|\bstill (?:waiting|nobody|no one|no (?:answer|reply|response|news))\b"
    r"|\b(?:not|never|\w+n't) (?:yet )?(?:heard|got|gotten|received|had) (?:anything|back|an? (?:answer|reply|response)"
    r"|from)\b"
)
# Words that a message may have besides, and still asks for nothing else.
_OF_A_TICKET: Final = frozenset(
    stems(
        "ticket request case status state update news progress word refund support team colleague person human reply"
        " answer response message email form screenshot file looking working seen hear heard receive received read"
        " expect touch contact write wrote written solved fixed done chance happening happened stand know already"
        " yesterday today tomorrow week hour minute sent send last first earlier previous open report claim complaint"
        " query inquiry enquiry current exactly hope waiting wait time tc money hello sorry friendly reminder"
        " follow following"
    )
)
_TAKES_BACK: Final = re.compile(
    r"\b(?:never ?mind|nvm|forget (?:it|that|about it|my (?:last|previous|earlier)?)|(?:please )?(?:ignore|disregard)"
    r" (?:my|the|that|this)(?: (?:last|previous|earlier|other|first))?(?: (?:e-?mail|message|question|request|note|one"
    r"|ticket))?|wrong (?:number|chat|person|recipient|address)|(?:was|is) (?:not )?meant for (?:some|any)(?:one|body)"
    r"|(?:cancel|withdraw|disregard|ignore|drop|forget|close) (?:my|our|the|that|this) (?:\w+ ){0,2}?(?:request|ticket"
    r"|complaint|claim|enquiry|inquiry|refund|case|offer)|please close (?:it|this|that)"
    r"|(?:no longer|(?:don't|do not|dont|not) (?:need|want)) (?:need|want|require)?[^.!?\n]{0,40}?\b(?:any ?more"
    r"|any ?longer)|no longer (?:need|want|require) (?:a|an|the|any|my|our)"
    r"|(?:sent|wrote) (?:it|this|that) by (?:mistake|accident)|you can (?:close|ignore) (?:it|this|that)"
    r"|false alarm)\b"
)


def asks_how_it_stands(lowered: str) -> bool:
    """Whether a message asks how a ticket stands, and hardly anything besides."""
    rest = set(stems(without_references(lowered.upper()))) - _OF_A_TICKET
    return len(rest) <= 1 and _ASKS.search(lowered) is not None


def asks_when(text: str) -> bool:
    """Whether a message asks when somebody answers, which the documentation tells."""
    return _WHEN.search(" ".join(text.lower().split())) is not None


_WHEN: Final = re.compile(r"^(?:\w+[,.!]? ){0,3}(?:when|how (?:long|soon|fast))\b")


def takes_back(lowered: str) -> bool:
    """Whether a message takes back what was written before it."""
    return _TAKES_BACK.search(lowered) is not None


_ADDED: Final = (
    "Thank you, this is part of your ticket now.",
    "Thank you, your message is with the others of your ticket.",
    "Noted, and added to your ticket. Thank you.",
)
_WELCOME: Final = ("You are welcome!", "You are very welcome.", "Gladly!")
_KNOWN_SETTLED: Final = (
    "Thank you for telling us. Your message is part of the ticket, so that {team} can see that it is settled and close "
    "it; you need not do anything else."
)
_TAKEN_BACK: Final = (
    "No problem, and thank you for telling us. There is nothing that you need to do.",
    "Thank you for letting us know. Then nothing is left to do here.",
    "All right, thank you for telling us. We take no further step.",
)
_NOTHING_KNOWN: Final = {
    Channel.EMAIL: "I find no earlier ticket that was written from this address. If you wrote from another one, please "
    "ask from there; with a ticket's reference, TC- and ten characters, its state is also shown on our web form.",
    Channel.WEBFORM: "I find no earlier ticket that belongs to this address. If you wrote from another one, please "
    "ask from there; with a ticket's reference, TC- and ten characters, its state is also shown on our web form.",
    Channel.WHATSAPP: "I find no earlier ticket of this number. If you wrote by e-mail or our form, ask there, or look "
    "up its reference (TC-…) on the form.",
}


def how_it_stands(channel: Channel, held: Sequence[Held], last: str, now: datetime, *, solved: bool = False) -> str:
    """How the customer's matters stand: those that people have (`held`), else the `last` ticket of this address, by
    its reference and whether it is `solved`."""
    if held:
        return ("\n" if channel is Channel.WHATSAPP else "\n\n").join(
            _with_people(channel, case, now) for case in held[:MOST]
        )
    if not last:
        return _NOTHING_KNOWN[channel]
    ticket = "Your last matter" if channel is Channel.WHATSAPP else f"Your ticket {last}"
    if solved:
        return f"{ticket} is marked as solved. If something is left of it, tell me what, and I look into it again."
    return (
        f"{ticket} has been answered, and nothing is open with our team. If the answer did not help, tell me what you "
        "see when you try it, or say that you would rather write with a person."
    )


def unanswered(channel: Channel, case: Held, now: datetime) -> str:
    """That no article answers what is asked in a case which people have."""
    return (
        "I have no reliable answer to that in our documentation, and I do not want to guess. Your question is part of "
        f"the ticket now. {_with_people(channel, case, now, again=True)}"
    )


def added(channel: Channel, case: Held, now: datetime, seed: str, link: str) -> str:
    """That a message is part of a case which people have; `link` is an address that may help meanwhile, or empty."""
    core = f"{pick(_ADDED, seed, 'added')} {_with_people(channel, case, now, again=True)}"
    return f"{core} Until then this may help: {link}" if link else core


def still_theirs(channel: Channel, case: Held, now: datetime, seed: str, *, settled: bool) -> str:
    """What is said to thanks in a case that people have: they alone end it."""
    if settled:
        return _KNOWN_SETTLED.format(team=named(case.teams))
    return f"{pick(_WELCOME, seed, 'welcome')} {_with_people(channel, case, now, again=True)}"


def taken_back(seed: str) -> str:
    """What is said to a message that takes back an earlier one."""
    return pick(_TAKEN_BACK, seed, "taken back")


def _with_people(channel: Channel, case: Held, now: datetime, *, again: bool = False) -> str:
    team, have = named(case.teams), "has" if len(case.teams) == 1 else "have"
    due = due_at(case.teams[0], case.since)
    if now > due:
        return (
            f"{team[0].upper()}{team[1:]} {have} had it since {_day(case.since)}, and I am sorry that you are still "
            "waiting: you should have had an answer by now. Your message is in front of the team as a reminder."
        )
    when = f"{due:%A}, {_day(due)}, {due:%H:%M} UTC"
    if again:
        return f"{team[0].upper()}{team[1:]} {have} it and can see everything you write; expect an answer by {when}."
    which = "Your ticket" if channel is Channel.WHATSAPP else f"Your ticket {case.reference}"
    return (
        f"{which} has been with {team} since {_day(case.since)}. Nobody has answered it yet; you can expect an answer "
        f"by {when}."
    )


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B}"
