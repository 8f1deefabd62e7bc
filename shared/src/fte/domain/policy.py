"""The policy gate: what no reply may say, whoever wrote it. It is applied to the rendered text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from fte.domain.channels import Channel

MAX_WORDS: Final = {Channel.EMAIL: 400, Channel.WEBFORM: 300}
MAX_WHATSAPP_PART: Final = 300
MAX_WHATSAPP_PARTS: Final = 3

ALLOWED_HOSTS: Final = ("help.techcorp.example", "status.techcorp.example", "app.techcorp.example")

_CURRENCY: Final = r"(?:usd|eur|gbp|chf|dollars?|euros?|pounds?|cents)"
_US: Final = r"\b(?:we|i)(?:'ll| will| have| can)\s+"

PATTERNS: Final[dict[str, tuple[str, ...]]] = {
    "price": (
        r"[$€£¥₹]\s?\d",
        rf"\b\d[\d.,]*\s?{_CURRENCY}\b",
        rf"\b{_CURRENCY}\s?\d",
    ),
    "discount": (
        r"\b\d{1,3}\s?(?:%|percent)\s+(?:off|discount|cheaper)",
        _US + r"(?:give|offer) you (?:a|an) (?:\w+ )?(?:discount|credit)",
    ),
    "refund_promise": (
        _US + r"(?:\w+\s)?(?:refund|reimburse|credit)\b",
        r"\byou(?:'ll| will) (?:get|receive|be) (?:a |your |the )?(?:full |partial )?"
        r"(?:refund|money back|refunded|credited)",
    ),
    "feature_promise": (
        r"\bwill be (?:available|released|added|launched|shipped)\b",
        r"\bis coming soon\b",
        r"\bon our roadmap\b",
        r"\bin (?:the|an?) (?:next|upcoming) (?:release|version|update)\b",
    ),
    "work_promise": (
        r"\b(?:i|we)(?:'ll| will) (?:fix|look into|investigate|check|monitor|keep (?:you|an eye)|follow up|get back"
        r"|call you|personally)\b",
    ),
    "legal": (
        r"\bwe (?:guarantee|warrant|accept liability|are liable|admit)\b",
        r"\bguaranteed uptime\b",
        r"\blegally binding\b",
    ),
    "competitor": (r"\b(?:asana|trello|monday\.com|clickup|basecamp|wrike|smartsheet)\b",),
    "internals": (
        r"\b(?:system prompt|language model|openai|gpt-\d|traceback|knowledge_base)\b",
        r"\b(?:create_ticket|get_customer_history|search_knowledge_base|send_response|escalate_to_human)\b",
    ),
}

RULES: Final = {code: re.compile("|".join(patterns), re.IGNORECASE) for code, patterns in PATTERNS.items()}

_URL: Final = re.compile(r"https?://([^\s/)>\]]+)", re.IGNORECASE)
_IMPORT_ARTICLES: Final = re.compile(r"\b(?:import|migrat\w*|export\w*|mov\w*)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reply:
    """A rendered reply: its parts as they go out, and what they must contain."""

    channel: Channel
    parts: tuple[str, ...]
    must_contain: tuple[str, ...] = ()
    allowed_links: tuple[str, ...] = ()


def violations(reply: Reply) -> tuple[str, ...]:
    """The codes of the rules that `reply` breaks, each once; empty when it may go out."""
    text = "\n".join(reply.parts)
    # Moving to TechCorp from another product is a topic of the documentation; elsewhere no competitor is named.
    exempt = {"competitor"} if _IMPORT_ARTICLES.search(text) else set()
    broken = [code for code, pattern in RULES.items() if code not in exempt and pattern.search(text)]
    hosts = {host.lower().rstrip(".,;:") for host in _URL.findall(text)}
    if hosts - {*ALLOWED_HOSTS, *reply.allowed_links}:
        broken.append("unknown_link")
    if any(part not in text for part in reply.must_contain):
        broken.append("missing_part")
    if _too_long(reply):
        broken.append("length")
    return tuple(broken)


def _too_long(reply: Reply) -> bool:
    if reply.channel is Channel.WHATSAPP:
        return len(reply.parts) > MAX_WHATSAPP_PARTS or any(len(part) >= MAX_WHATSAPP_PART for part in reply.parts)
    return sum(len(part.split()) for part in reply.parts) > MAX_WORDS[reply.channel]
