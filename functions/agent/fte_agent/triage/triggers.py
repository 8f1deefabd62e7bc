"""The ten triggers that hand a matter over to people, as one table.

Each has the phrases that mean it and the product phrases that merely look like it. Phrases are matched on word
boundaries over the text with its white space folded; a phrase that stands inside a product phrase does not count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from fte_agent.triage.folding import fold

Severity = Literal["low", "medium", "high", "critical"]


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger: its flag, who takes over, how urgent it is (the order of the table) and what fires it."""

    flag: str
    teams: tuple[str, ...]
    severity: Severity
    reason: str
    phrases: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()

    @property
    def team(self) -> str:
        """The team that owns the case."""
        return self.teams[0]


@dataclass(frozen=True, slots=True)
class Fired:
    """A trigger that fired, and the words that fired it."""

    trigger: Trigger
    phrase: str


TRIGGERS: Final = (
    Trigger(
        "SECURITY_ESCALATION",
        ("security",),
        "critical",
        "A possible security incident was reported.",
        (
            "hacked", "been compromised", "account was compromised", "data breach", "security breach",
            "security incident", "unauthorized access", "unauthorised access", "phishing", "security vulnerability",
            "someone logged into", "someone else is using my account", "stolen account", "leaked",
        ),
    ),
    Trigger(
        "P1_CRITICAL",
        ("engineering", "support-lead"),
        "critical",
        "A critical failure of the service was reported.",
        (
            "production down", "production is down", "system is down", "platform is down", "complete outage",
            "total outage", "data loss", "lost all our data", "lost all my data", "all our projects are gone",
            "all projects missing", "nobody in the company can log in", "nobody can log in", "no one can log in",
            "entire team is locked out", "entire team cannot access", "whole team is locked out",
        ),
    ),
    Trigger(
        "LEGAL_ESCALATION",
        ("support-lead",),
        "high",
        "A legal or compliance matter was raised.",
        (
            "lawyer", "attorney", "solicitor", "lawsuit", "legal action", "take you to court", "sue you", "litigation",
            "subpoena", "gdpr request", "data protection authority", "regulator", "hipaa", "soc 2", "iso 27001",
            "compliance certificate", "data processing agreement", "breach of contract",
        ),
        ("legal hold feature", "legal team board", "legal department project"),
    ),
    Trigger(
        "REFUND_REQUEST",
        ("finance",),
        "high",
        "The customer asks for a refund.",
        (
            "refund", "refunded", "money back", "chargeback", "charge back", "reimburse", "reimbursement",
            "charged twice", "double charged", "cancel and get my money",
        ),
        ("refund policy", "refund template", "refund tracker"),
    ),
    Trigger(
        "SALES_ESCALATION",
        ("sales",),
        "medium",
        "The customer asks about prices or a contract.",
        (
            "pricing", "how much does", "how much is", "how much would", "what does it cost", "price", "prices",
            "quote",
            "discount", "enterprise plan for", "volume licence", "volume license", "custom contract", "negotiate",
        ),
        ("price field", "price column", "quote block", "block quote", "quote reply"),
    ),
    Trigger(
        "HUMAN_REQUESTED",
        ("support",),
        "medium",
        "The customer asks for a person.",
        (
            "speak to a human", "talk to a human", "human agent", "real person", "speak to a person",
            "talk to a person", "speak to someone", "talk to someone", "is there a person", "speak to a manager",
            "talk to a manager", "speak with a manager", "need a manager", "a representative", "live agent",
            "human please", "not a bot", "call me back",
        ),
        ("agent role", "human-readable"),
    ),
    Trigger(
        "REPEAT_CONTACT",
        ("support-lead",),
        "high",
        "The customer has asked about this repeatedly.",
        (
            "third time", "fourth time", "fifth time", "asked three times", "contacted you three times",
            "contacted support three times", "still not fixed after", "still broken after", "still unresolved",
            "same issue again and again",
        ),
    ),
    Trigger(
        "SENTIMENT_ESCALATION",
        ("support-lead",),
        "high",
        "The customer is very unhappy.",
    ),
    Trigger(
        "WHATSAPP_ESCALATION",
        ("support",),
        "medium",
        "The customer asks for a person.",
    ),
    Trigger(
        "KB_MISS",
        ("support",),
        "low",
        "The knowledge base has no answer.",
    ),
)  # fmt: skip

BY_FLAG: Final = {trigger.flag: trigger for trigger in TRIGGERS}

_WHATSAPP_KEYWORDS: Final = frozenset({"human", "agent", "representative", "operator", "person"})


def fired_by(text: str, very_negative: bool, whatsapp: bool) -> tuple[Fired, ...]:
    """The triggers that `text` fires, in the order of the table."""
    folded = fold(text).lower()
    fired = []
    for trigger in TRIGGERS:
        phrase = _phrase_in(trigger, folded)
        if phrase is None and trigger.flag == "SENTIMENT_ESCALATION" and very_negative:
            phrase = "sentiment score"
        if phrase is None and trigger.flag == "WHATSAPP_ESCALATION" and whatsapp:
            phrase = folded.strip(" .!?") if folded.strip(" .!?") in _WHATSAPP_KEYWORDS else None
        if phrase is not None:
            fired.append(Fired(trigger, phrase))
    return tuple(fired)


def route(fired: tuple[Fired, ...]) -> tuple[Fired, ...]:
    """`fired` with the most urgent first: security, P1, legal, then the rest, as the table stands."""
    return tuple(sorted(fired, key=lambda item: TRIGGERS.index(item.trigger)))


def _phrase_in(trigger: Trigger, folded: str) -> str | None:
    if not trigger.phrases:
        return None
    for phrase in trigger.but_not:
        folded = folded.replace(phrase, " ")
    found = _pattern(trigger.phrases).search(folded)
    return found.group() if found else None


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")\b")
