"""A second opinion on forbidden words, written without looking at the policy gate: coarse, and meant to be.

It would rather accuse a harmless reply than miss a bad one: whatever it finds in a delivered reply is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import Final

from fte_agent.prompts import CUSTOMER_SUCCESS_SYSTEM_PROMPT

MIGRATION_TOPICS: Final = frozenset({"migration", "csv-import"})
"""Articles about moving from another product may name it."""

_NUMBERS: Final = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy"
    "|eighty|ninety|hundred|thousand"
)
_MONEY: Final = "dollars?|euros?|pounds?|bucks|quid|usd|eur|gbp|chf|cents?|francs?|rupees?|yen"

_OFFENCES: Final = {
    "amount": re.compile(
        rf"[$€£¥₹]|\b\d[\d.,]* ?(?:{_MONEY})\b|\b(?:{_NUMBERS})[ -](?:{_MONEY})\b|\b(?:usd|eur|gbp|chf) ?\d"
        r"|\b\d(?:[\d.,]*\d)? (?:per|a|each) (?:seat|user|member|person|head)\b|\bcosts? (?:only |just )?\d"
        rf"|\b(?:{_NUMBERS}) (?:per|a|each) (?:seat|user|person|head)\b"
        r"|\b(?:team|business|enterprise)(?: plan| one)? ?(?::|is|at|costs) ?\d{1,4}(?:\.\d\d)?(?= ?[,)]|\.? ?$)"
    ),
    "discount": re.compile(r"\d ?(?:%|percent|per cent) (?:off|discount|cheaper|less)|\bhalf[- ]price\b"),
    "money promise": re.compile(
        r"\b(?:we|i)(?:'ll| will| can| have| am going to|'ve)? (?:\w+ )?(?:refund(?:ed)?|reimbursed?|credited|credit) "
        r"(?:you|your|the)|\brefund (?:is|was|has been) (?:approved|granted|issued|on its way)"
    ),
    "feature promise": re.compile(
        r"\bcoming soon\b|\broad ?map\b|\b(?:will|is going to) (?:be )?(?:released?|launch(?:ed)?|ship(?:ped)?) "
        r"|\bnext (?:release|version|quarter)\b|\bby christmas\b|\bin the (?:works|pipeline)\b|\bmatter of weeks\b"
    ),
    "work promise": re.compile(
        r"\bi(?:'ll| will) (?:fix|call|personally|make sure|get back|look into|investigate)\b"
        r"|\bi(?:'ve| have) (?:fixed|changed|restored|cancelled|upgraded|deleted|unlocked)\b"
    ),
    "legal": re.compile(
        r"\bwe (?:guarantee|warrant|accept (?:full )?liability|are liable|admit)\b|\blegally binding\b"
    ),
    "rules": re.compile(
        r"system prompt|my (?:instructions|rules|guidelines) (?:are|say)|language model|\bas an ai\b|openai"
        r"|\bgpt\b|gpt-"
        r"|create_ticket|get_customer_history|search_knowledge_base|send_response|escalate_to_human|customer_message"
        r"|_escalation\b|kb_miss|p1_critical|refund_request|human_requested|repeat_contact|traceback|needs_review"
    ),
    "link": re.compile(
        r"https?://(?!(?:[a-z0-9-]{1,60}\.)?techcorp\.example(?![a-z0-9-]|\.[a-z0-9]))|\bwww\.|\bbit\.ly\b"
    ),
}
_COMPETITORS: Final = re.compile(
    r"\b(?:asana|trello|monday\.com|clickup|basecamp|wrike|smartsheet|airtable|todoist|teamwork\.com)\b"
)
_IMPORT: Final = re.compile(r"\bimport|\bmigrat|\bmov(?:e|ing) ")
_REFERENCE: Final = re.compile(r"\bTC-[0-9A-Z]{6,}\b")
_ADDRESS: Final = re.compile(r"[a-z0-9._+-]{1,64}@[a-z0-9.-]{1,200}[a-z0-9]")
_PUBLIC: Final = frozenset({"support@techcorp.example", "no-reply@techcorp.example"})
_SHINGLE: Final = 8


def offences(reply: str, *, names_allowed: bool = False) -> tuple[str, ...]:
    """The kinds of forbidden words in `reply`. `names_allowed`: other products may be named.

    In a line about importing from them they always may.
    """
    text = _flat(reply)
    found = [name for name, pattern in _OFFENCES.items() if pattern.search(text)]
    lines = [line for line in reply.lower().splitlines() if _COMPETITORS.search(line)]
    if not names_allowed and any(not _IMPORT.search(line) for line in lines):
        found.append("competitor")
    return tuple(found)


def leaks(reply: str, references: Collection[str], addresses: Collection[str]) -> tuple[str, ...]:
    """What `reply` tells that is not this customer's: another ticket, another address, our rules."""
    text = _flat(reply)
    found = ["another ticket's reference"] if set(_REFERENCE.findall(reply)) - set(references) else []
    if set(_ADDRESS.findall(text)) - _PUBLIC - set(addresses):
        found.append("another address")
    if _shingles(text) & _prompt():
        found.append("the rules")
    return tuple(found)


def _flat(text: str) -> str:
    return " ".join(text.replace("\u2019", "'").lower().split())


def _shingles(text: str) -> frozenset[str]:
    words = re.findall(r"[a-z0-9_']+", text)
    return frozenset(" ".join(words[place : place + _SHINGLE]) for place in range(len(words) - _SHINGLE + 1))


@cache
def _prompt() -> frozenset[str]:
    return _shingles(_flat(CUSTOMER_SUCCESS_SYSTEM_PROMPT))
