"""The ten triggers that hand a matter over to people, as one table, and what fires them.

Each has phrases that mean it and phrases that merely look like it (`fte_agent.triage.phrases`). A phrase that stands
in product talk, or that the customer denies, does not count.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from fte_agent.triage.patterns import Phrases
from fte_agent.triage.phrases import answered, asked_before, asking, failure, law, money, safety
from fte_agent.triage.phrases.classes import CLASSES
from fte_agent.triage.phrases.foreign import FOREIGN
from fte_agent.triage.phrases.hints import HINTS
from fte_agent.triage.phrases.plain import CERTAIN, PLAIN
from fte_agent.triage.reading import MASK, Reading
from fte_agent.triage.signs import hostile_phrase, without_harmless

Severity = Literal["low", "medium", "high", "critical"]


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger: its flag, who takes over, how urgent it is (the order of the table), what fires it, what looks like
    that, and what articles answer."""

    flag: str
    teams: tuple[str, ...]
    severity: Severity
    reason: str
    phrases: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()

    @property
    def team(self) -> str:
        """The team that owns the case."""
        return self.teams[0]


@dataclass(frozen=True, slots=True)
class Fired:
    """A trigger that fired, and the words or the score that fired it."""

    trigger: Trigger
    phrase: str


TRIGGERS: Final = (
    Trigger(
        "SECURITY_ESCALATION",
        ("security",),
        "critical",
        "A possible security incident was reported.",
        safety.SECURITY,
        safety.NOT_SECURITY,
        answered.SECURITY,
    ),
    Trigger(
        "P1_CRITICAL",
        ("engineering", "support-lead"),
        "critical",
        "A critical failure of the service was reported.",
        failure.P1,
        failure.NOT_P1,
        answered.P1,
    ),
    Trigger(
        "LEGAL_ESCALATION",
        ("support-lead",),
        "high",
        "A legal or compliance matter was raised.",
        law.LEGAL,
        law.NOT_LEGAL,
        answered.LEGAL,
    ),
    Trigger(
        "REFUND_REQUEST",
        ("finance",),
        "high",
        "The customer asks for a refund.",
        money.REFUND,
        money.NOT_REFUND,
        answered.REFUND,
    ),
    Trigger(
        "SALES_ESCALATION",
        ("sales",),
        "medium",
        "The customer asks about prices or a contract.",
        money.SALES,
        money.NOT_SALES,
        answered.SALES,
    ),
    Trigger(
        "HUMAN_REQUESTED",
        ("support",),
        "medium",
        "The customer asks for a person.",
        asking.HUMAN,
        asking.NOT_HUMAN,
        answered.HUMAN,
    ),
    Trigger(
        "REPEAT_CONTACT",
        ("support-lead",),
        "high",
        "The customer has asked about this repeatedly.",
        asked_before.REPEAT,
        asked_before.NOT_REPEAT,
    ),
    Trigger("SENTIMENT_ESCALATION", ("support-lead",), "high", "The customer is very unhappy."),
    Trigger("WHATSAPP_ESCALATION", ("support",), "medium", "The customer asks for a person."),
    Trigger("KB_MISS", ("support",), "low", "The knowledge base has no answer."),
)

BY_FLAG: Final = {trigger.flag: trigger for trigger in TRIGGERS}

_CLASSES: Final[Mapping[str, str]] = {
    **CLASSES,
    **asking.CLASSES,
    **failure.CLASSES,
    **money.CLASSES,
    **safety.CLASSES,
    **answered.CLASSES,
}

_PERSONS: Final = (
    "human agent representative operator person rep advisor adviser supervisor manager mensch mitarbeiter persona"
    " humano agente humain conseiller umano operatore atendente operador asesor consultant berater adviseur medewerker"
)
_AROUND: Final = "please now hi hello hey a an live real actual someone asap thanks bitte por favor ok , . ?"
_KEYWORDS: Final = frozenset(_PERSONS.split())
_POLITE: Final = frozenset(_AROUND.split())
_LONG: Final = 5
"""Letters from which on a word with a slip is still known."""
_OTHERS: Final = frozenset(["advise", "advised", "manage", "managed", "manages", "personal", "humane", "argent"])
"""Words that are a letter away from one for a person, and mean something else."""

# What the customer says is not so: "I am not asking for a refund", "no lawyer needed", "we are not down".
_DENIED_BEFORE: Final = re.compile(
    r"(?: (?:not|never|nobody|no one|nor|neither|without|rather than|instead of|no longer)"
    r"(?: (?:really|actually|even|currently|yet|at all|has|have|was|were|to be|been|be|being|a|an|any|the|about|your"
    r"|my|our|here))*"
    r"| not (?:only )?(?:here )?(?:to )?(?:asking|ask|looking|request|requesting|want|wanting|need|seeking|seek"
    r"|after|demand|demanding|threatening|threaten|planning|trying|going|wish|interested|saying|suggesting|claiming"
    r"|expecting|mean|talking|considering|consider|taking|take|pursuing|speaking|about|like|require|intend|intending"
    r"|think|believe|writing)(?: [^ .,?]+){0,6}"
    r"| (?:no|not a) (?:need|wish|interest|intention|reason|plan|plans|question|case|sign|signs|evidence"
    r"|indication|matter)(?: [^ .,?]+){0,4}"
    r"| (?:nothing|nobody|no one|none of it)(?: (?:needs|has|ought|wants|asks))? to(?: be)?"
    r"| (?:no|zero)(?: (?:real|full|actual|legal|data|security|such|more))?)$"
)
_NOT_DENIED: Final = re.compile(
    r" (?:not only|not just|can not|could not|why not|not sure|not until|not believe)(?: [^ .,?]+){0,6}$"
)
_DENIED_AFTER: Final = re.compile(
    r" (?:(?:is|are|was|were) )?(?:not|un)(?: ?(?:be|been))? ?(?:needed|necessary|required|involved|wanted|the"
    r" (?:case|problem|issue|point))"
    r"| (?:needed|necessary|required) (?:here|so far)? ?not"
)
_BORDER: Final = re.compile(r" (?:[.?,]|and|but|because|so|since|also)(?= |$)")
"""Where a clause ends."""
_OWN_NEGATION: Final = re.compile(r" (?:not|no|never|nobody|none|rather not|without|zero|neither|stop)\b")


def keyword(reading: Reading) -> str | None:
    """The word for a person that is all there is in the message, however often and with whatever other word for one."""
    words = [word for word in reading.line.split() if word not in _POLITE]
    return words[0] if words and all(map(_is_keyword, words)) else None


def _is_keyword(word: str) -> bool:
    if word in _KEYWORDS:
        return True
    return len(word) >= _LONG and word not in _OTHERS and any(_is_slip(word, meant) for meant in _KEYWORDS)


def _is_slip(word: str, meant: str) -> bool:
    """Whether `word` is `meant` with one letter more, less or another, or two in the wrong order: "agnet", "humann"."""
    at = next((at for at, (one, other) in enumerate(zip(word, meant, strict=False)) if one != other), len(meant))
    typed, right = word[at:], meant[at:]
    swapped = typed[:2] == right[1::-1] and typed[2:] == right[2:]
    return swapped or typed[1:] == right[1:] or typed[1:] == right or typed == right[1:]


def route(fired: tuple[Fired, ...]) -> tuple[Fired, ...]:
    """`fired` with the most urgent first: security, P1, legal, then the rest, as the table stands."""
    return tuple(sorted(fired, key=lambda item: TRIGGERS.index(item.trigger)))


@dataclass(frozen=True, slots=True)
class Wording:
    """How a message words a trigger: the first phrase that the customer means, the first of the plainest and of the
    certain ones, and whether there are words that look like the trigger's and mean something else, or are denied."""

    phrase: str | None
    plain: str | None
    certain: str | None
    alike: bool


def wording(trigger: Trigger, reading: Reading) -> Wording:
    """How `reading` words `trigger`."""
    line = _pattern(trigger.but_not).sub(MASK, reading.line) if trigger.but_not else reading.line
    plain, certain = (_meant(table.get(trigger.flag, ()), line)[0] for table in (PLAIN, CERTAIN))
    if trigger.flag == "SENTIMENT_ESCALATION":
        phrase = hostile_phrase(line)
        return Wording(phrase, plain if phrase else None, certain, line != without_harmless(line))
    phrase, denied = _meant(trigger.phrases, line)
    return Wording(phrase, plain, certain, denied or line != reading.line)


def beside_answered(trigger: Trigger, reading: Reading) -> Reading | None:
    """What `reading` says beside clauses that articles answer and that look like `trigger`; None where it has none."""
    found = list(_pattern(trigger.answered).finditer(reading.line)) if trigger.answered else []
    if not found:
        return None
    borders = [match.start() for match in _BORDER.finditer(reading.line)]
    kept, at = [], 0
    for match in found:
        begin = max((border for border in borders if border <= match.start()), default=0)
        kept.append(reading.line[at : max(at, begin)])
        at = max(at, min((border for border in borders if border >= match.end() - 2), default=len(reading.line)))
    rest = "".join([*kept, reading.line[at:]])
    return Reading(rest.strip(), rest)


def is_hinted(trigger: Trigger, reading: Reading) -> bool:
    """Whether `reading` has a word that a short message with `trigger` has, and others; in other languages it may."""
    hints = HINTS.get(trigger.flag)
    if hints is None or reading.language != "en":
        return True
    return reading.words > 1 and _pattern(hints).search(reading.line) is not None


def foreign_phrase(trigger: Trigger, reading: Reading) -> str | None:
    """The first word of `trigger` in a language that is not read, or None."""
    text = reading.text.lower()
    return next((part for part in FOREIGN.get(trigger.flag, ()) if part in text), None)


def _meant(phrases: tuple[str, ...], line: str) -> tuple[str | None, bool]:
    """The first of `phrases` that the customer means, else whether one is denied."""
    denied = False
    for found in _pattern(phrases).finditer(line) if phrases else ():
        if not _denied(line, found):
            return found.group().strip(), False
        denied = True
    return None, denied


def _denied(line: str, found: re.Match[str]) -> bool:
    if _OWN_NEGATION.match(found.group()):
        return False
    sentence = max(line.rfind(mark, 0, found.start()) + 2 for mark in (" .", " ?", " ,"))
    before = line[max(sentence, found.start() - 80) : found.start()]
    if _NOT_DENIED.search(before):
        return False
    return _DENIED_BEFORE.search(before) is not None or _DENIED_AFTER.match(line, found.end()) is not None


@cache
def _pattern(phrases: tuple[str, ...]) -> Phrases:
    return Phrases(phrases, _CLASSES)
