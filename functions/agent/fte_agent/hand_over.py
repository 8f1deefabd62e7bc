"""What the notice of a hand-over takes into account: flags, mood, what did not help, and public facts on a legal
question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from fte.domain.channels import Channel
from fte_agent.answering.composition import compose
from fte_agent.answering.selection import choose
from fte_agent.context import RunContext
from fte_agent.notices import Circumstances
from fte_agent.offline import asked_of, mood_of, move_in, noticed, seed_of
from fte_agent.rendering import Link

RELATED: Final[Mapping[str, frozenset[str]]] = {
    "SECURITY_ESCALATION": frozenset({"security", "account_access"}),
    "LEGAL_ESCALATION": frozenset({"legal", "security"}),
    "REFUND_REQUEST": frozenset({"billing"}),
    "SALES_ESCALATION": frozenset({"sales", "billing"}),
}
"""By flag, the categories of articles that may be pointed at meanwhile."""

FITS: Final = 0.55
FACT_WORDS: Final = 80
FACT_CHARACTERS: Final = 240

_COMPLIANCE: Final = re.compile(
    r"\b(?:soc ?2|iso ?27\d{3}|hipaa|baa|business associate|fedramp|gdpr|dpa|data processing|sub-?processors?"
    r"|certificat\w+"
    r"|complian\w+|data residency|penetration test\w*|security (?:questionnaire|review)|audit report|contract terms)\b",
    re.IGNORECASE,
)
_HOSTILE: Final = re.compile(
    r"\b(?:lawsuits?|sue|suing|court|litigation|subpoena|legal action|legal steps"
    r"|breach of contract|damages|sanction\w*|complaint)\b",
    re.IGNORECASE,
)


def circumstances(context: RunContext, flags: Sequence[str]) -> Circumstances:
    """What the notice is to say besides who takes over."""
    hits = context.found.hits if context.found else ()
    related = RELATED.get(flags[0], frozenset())
    links = tuple(Link(hit.title, hit.slug) for hit in hits[:1] if hit.score >= FITS and hit.category in related)
    return Circumstances(
        seed=seed_of(context),
        flags=tuple(flags),
        mood=mood_of(context),
        noticed="\n\n".join(text for text in noticed(context)[:2] if text),
        facts=_facts(context) if "LEGAL_ESCALATION" in flags else "",
        links=links,
        did_not_help=not context.triage.fired and move_in(context) == "no_help",
        unfamiliar=context.triage.risk == "high",
        came_back=len(context.history.earlier) if context.history else 0,
    )


def _facts(context: RunContext) -> str:
    """What the documentation says publicly on a question of compliance; nothing where somebody threatens or claims."""
    text = f"{context.conversation.pending[-1].subject}\n{context.question}"[:6_000]
    threatens = _HOSTILE.search(text) or mood_of(context) == "negative"
    if not _COMPLIANCE.search(text) or threatens or context.found is None:
        return ""
    in_chat = context.channel is Channel.WHATSAPP
    said: list[str] = []
    for ask, hits in asked_of(context, context.found.hits)[: 1 if in_chat else 2]:
        choice = choose(ask, hits)
        if choice is not None and choice.hit.category in RELATED["LEGAL_ESCALATION"]:
            facts = compose(
                choice, lambda text: len(text) <= FACT_CHARACTERS if in_chat else len(text.split()) <= FACT_WORDS
            )
            if facts not in said and (not in_chat or len(facts) <= FACT_CHARACTERS + 40):
                said.append(facts)
    if not said:
        return ""
    return "\n\n".join(["What our documentation says on this:" if not in_chat else "Our documentation says:", *said])
