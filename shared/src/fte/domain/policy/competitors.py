"""No reply speaks of competitors, but for how to move from them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from fte.domain.policy.rules import Rule, rule

COMPETITORS: Final = (
    "asana",
    r"trello",
    r"monday ?\. ?com",
    r"click[ -]?up",
    r"base ?camp",
    "wrike",
    r"smart ?sheet",
    r"air ?table",
    "todoist",
    r"ms project",
    r"microsoft (?:project|planner)",
    r"zoho projects?",
    r"proof ?hub",
    "workfront",
    "redmine",
    r"open ?project",
    "youtrack",
    r"meister ?task",
    r"team ?gantt",
    "hive",
    "podio",
    r"pivotal tracker",
    r"nifty pm",
    r"teamwork\.com",
    r"linear\.app",
    r"coda\.io",
    "freedcamp",
    r"shortcut\.com",
    "quire",
    r"n ?task",
    r"gantt ?pro",
    "toggl",
    "leantime",
    "celoxis",
    "kanbanize",
    "taskade",
    r"any\.do",
)
"""Products that do what ours does. Some are also places that work can be imported from; see `named_in`."""

_ALSO: Final = ("jira", "slack", "microsoft teams", "github", "salesforce", "zapier", "notion")
"""Products beside ours: they may be named, but not compared with."""

_ANY: Final = "(?:" + "|".join((*COMPETITORS, *_ALSO)) + ")"

_VERDICT: Final = (
    r"\b(?:better|worse|best|worst|simpler|easier|cheaper|faster|slower|nicer|superior|inferior|prefer\w{0,3}|"
    r"recommend\w{0,3}"
    r"|alternatives?|beats?|suits?|lacks?|outdated|overpriced|expensive|charges|costs?|free of charge|"
    r"consider(?:ed)?|pick \w{1,14} over|"
    r"rather|compared?|ours|we (?:do not|don't|cannot|can't|have|are)|unlike|honest(?:ly)?|love|hate)\b"
)
"""What turns the name of another product into an opinion of it."""

NAMES: Final = rule("competitor-name", "competitor", rf"\b(?:{'|'.join(COMPETITORS)})(?![\w-])")

_TOOLS: Final = r"(?:tools?|products?|vendors?|providers?|apps?|software|solutions?|systems?|platforms?|services?)"

_OF_US: Final = r"(?:us|we|ours|our (?:product|tool|software|own)|techcorp)"

COMPARISONS: Final[tuple[Rule, ...]] = (
    rule(
        "competitor-than-us",
        "competitor",
        rf"\b(?:than|over|unlike|versus|vs\.?|compared (?:to|with)|alternatives? to|replacement for) {_OF_US}\b"
        r"(?! (?:say|said|told|wrote|show|need|can|have|get)\b)|\binstead of (?:us|techcorp)\b",
        unless=r"\b(?:hand(?:ed)?|took|takes?)\b",
    ),
    rule(
        "competitor-rivals",
        "competitor",
        r"\b(?:competitors?|competition|rivals?|other (?:vendors?|providers?|products?|software|apps?) (?:do|does|"
        r"are|is|can|"
        r"have|has|offers?|charges?|costs?)|other tools (?:do|are|can|have|offer|charge|cost))\b",
        unless=r"\b(?:not|cannot|no)\b",
    ),
    rule(
        "competitor-judged",
        "competitor",
        rf"(?:{_VERDICT})[^.!?\n]{{0,60}}\b{_ANY}(?![\w-])|\b{_ANY}(?![\w-])[^.!?\n]{{0,60}}(?:{_VERDICT})",
        unless=r"\bimport from another tool\b",
    ),
    rule(
        "competitor-away",
        "competitor",
        rf"\b(?:go|mov(?:e|es|ed|ing)|switch(?:es|ed|ing)?|migrat(?:e|es|ed|ing)|chang(?:e|es|ed|ing)|turn|send|"
        rf"leav(?:e|es|"
        rf"ing)|sign up)(?: \w{{1,12}}){{0,3}} (?:to|for|with|into) (?:{'|'.join(COMPETITORS)})(?![\w-])",
    ),
    rule(
        "competitor-compared",
        "competitor",
        r"\b(?:better|cheaper|faster|easier|worse|superior|inferior|stronger|weaker|safer|nicer|"
        rf"(?:more|less) \w{{3,14}}|ahead|instead|rather|expensive)(?: \w{{2,10}}){{0,3}} (?:than|"
        rf"to|of) (?:\w{{1,10}} ){{0,2}}{_ANY}\b",
    ),
    rule(
        "competitor-unlike",
        "competitor",
        r"\b(?:unlike|compared (?:to|with)|in contrast to|versus|vs\.?|switch to|try|use|recommend"
        rf"|consider|move to|migrate to)(?: \w{{1,10}}){{0,2}} (?:{'|'.join(COMPETITORS)})(?![\w-])",
        unless=r"\b(?:import|export)\b",
    ),
    rule(
        "competitor-verdict",
        "competitor",
        rf"\b{_ANY} (?:is|are|isn't|does|doesn't|lacks|can't|cannot|offers|charges|"
        rf"costs) (?:\w{{1,10}} ){{0,2}}(?:better|worse|cheaper|expensive|slow|bad|poor|good|great|"
        r"unreliable|insecure|outdated|inferior|superior)\b",
    ),
    rule(
        "competitor-clumsy",
        "competitor",
        rf"\b{_ANY} (?:is|are|feels?|seems?|looks?|gets?) (?:\w{{1,10}} ){{0,2}}(?:clumsy|overkill|slow|complicated|"
        rf"limited|"
        r"clunky|bloated|weak|strong|solid|nice|popular|simple|easy|heavy|messy|fine|ok|okay|confusing|cheap|pricey)\b",
        unless=r"\b(?:if|whether|when)\b",
    ),
    rule(
        "competitor-unnamed",
        "competitor",
        rf"\b(?:better|cheaper|simpler|nicer|alternative|rival|competing) {_TOOLS}\b|\b(?:other|another|different|"
        rf"some) "
        rf"{_TOOLS}(?: on the market| out there)? (?:may|might|could|would|can|does|do|don't|doesn't|suits?|is better|"
        rf"are "
        rf"better|has|have|offers?|fits?)\b|\b(?:look|go|opt|search) for (?:another|a different|some other) "
        rf"{_TOOLS}\b|\bno "
        r"(?:other )?competitors?\b|\bon the market\b|\bthe others (?:can|can't|cannot|do|don't|have|haven't|offer)\b|"
        rf"\bmove to (?:another|a different) {_TOOLS}\b",
        unless=r"\b(?:from|import\w{0,3}|export\w{0,3}|if|connect)\b",
    ),
    rule(
        "competitor-plain-word",
        "competitor",
        r"\b(?:[Tt]ry|[Uu]se|[Pp]refer|[Rr]ecommend|[Ss]uggest|[Cc]onsider|[Tt]ake) (?:Linear|Height|Plane|Teamwork|"
        r"Motion|"
        r"Shortcut|Hive|Monday|Nifty)(?= ?(?:[.,!?]|$| (?:instead|or|and|for)))|\b(?:Linear|Plane|Nifty|Monday) "
        r"(?:is|has|does|can|offers|do) (?:nice|good|better|a|an|that|this|it|all|more|faster|cheaper)\b|"
        r"\b(?:Teamwork|Height|"
        r"Motion|Monday|Google Tasks|Linear) (?:has|have|does|do|offers?|may be|might be|would be) (?:a feature|that|"
        r"this|it|"
        r"enough|better|more|what)\b|\b(?:or|and) (?:Linear|Height|Teamwork|Motion)(?: (?:have|do|can)\b|[.!])",
        cased=True,
    ),
    rule(
        "competitor-for-that",
        "competitor",
        rf"\b(?:use|try|go with|go for|take|choose|pick) {_ANY} (?:for (?:that|this|it)|instead)\b|\b{_ANY} (?:would|"
        rf"could|might) be\b|"
        rf"\b{_ANY} (?:does|do|handles|manages) (?:that|it|this)\b|\bwe (?:are|have) the best\b|\b(?:any|no|every) "
        rf"other {_TOOLS}\b|"
        rf"\bthere are (?:\w{{1,10}} )?{_TOOLS} (?:that|which)\b|\b(?:look|happier|better|go|better off) (?:around "
        rf")?elsewhere\b|\bhave you (?:tried|considered|looked at|thought of) {_ANY}\b|"
        rf"\b{_ANY} (?:is|are) (?:more |rather |mostly |really )?for (?:developers|teams|people|software|small|large|"
        rf"big|it)\b|\b(?:happier|happy|"
        rf"better(?: off| served)?) (?:with|in|on|using) (?:another|a different|"
        rf"some other|{_ANY})\b",
        unless=r"\b(?:from|import\w{0,3})\b",
    ),
)


_IMPORTING: Final = re.compile(r"\bimport")
_ABOUT_MOVING: Final = re.compile(
    r"\b(?:import|export|migrat|mov(?:e|ing)\b|bring|transfer|choos|select|pick\b|sign in|source\b|from\b|csv\b|"
    r"com(?:e|ing) over|carried|allow access|connect)".replace(" ", r"\s")
)
_SENTENCE: Final = re.compile(r"[.!?:]\s|\n")


def importing(passages: Iterable[str]) -> str:
    """Those of the cited articles' passages that are about importing: the products named there may be named."""
    lines = (line for passage in passages if _IMPORTING.search(passage.casefold()) for line in passage.splitlines())
    # Only the lines with names: a text is read up to a length.
    return "\n".join(line for line in lines if NAMES.is_found(line.casefold()))


def judged(text: str) -> bool:
    """Whether a sentence of `text` (read, in small letters) names a competitor and is not about moving here."""
    if not NAMES.is_found(text):
        return False
    return any(NAMES.is_found(sentence) and not _ABOUT_MOVING.search(sentence) for sentence in _SENTENCE.split(text))


def named_in(text: str) -> frozenset[str]:
    """The competitors, as `text` writes them, that it names. `text` is read by `reading.read`."""
    return frozenset(match.group() for match in NAMES.matches(text))
