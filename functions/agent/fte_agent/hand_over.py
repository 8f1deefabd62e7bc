"""What the notice of a hand-over takes into account: flags, mood, what did not help, and public facts on a legal
question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from fte.domain.channels import Channel
from fte_agent.answering.acknowledgements import READ_BY_A_PERSON
from fte_agent.answering.attached import files_go_along
from fte_agent.answering.composition import compose
from fte_agent.answering.matters import matter
from fte_agent.answering.selection import choose
from fte_agent.answering.standing import how_it_stands
from fte_agent.answering.understood import incident_of, understood
from fte_agent.choosing import asked_of
from fte_agent.context import RunContext
from fte_agent.notices import Circumstances
from fte_agent.rendering import Link
from fte_agent.situation import is_unread, mood_of, move_in, noticed, seed_of

BEFORE_THE_MATTER: Final = frozenset({"HUMAN_REQUESTED", "WHATSAPP_ESCALATION"})
"""Triggers of a hand-over that is mostly asked for before it is said what it is about."""

RELATED: Final[Mapping[str, frozenset[str]]] = {
    "SECURITY_ESCALATION": frozenset({"security", "account_access"}),
    "LEGAL_ESCALATION": frozenset({"legal", "security"}),
    "REFUND_REQUEST": frozenset({"billing"}),
    "SALES_ESCALATION": frozenset({"sales", "billing"}),
}
"""By flag, the categories of articles that may be pointed at meanwhile."""

FITS: Final = 0.55
NEAR: Final = 0.25
"""From this score on an article is near enough to be pointed at when none gave the answer."""
KNOWN: Final = 0.5
"""From this score on its article tells what a message is about."""
FACT_WORDS: Final = 80
FACT_CHARACTERS: Final = 240

_COMPLIANCE: Final = re.compile(
    r"\b(?:soc ?2|iso ?27\d{3}|hipaa|baa|business associate|fedramp|gdpr|dpa|data processing|sub-?processors?"
    r"|certificat\w+"
    r"|complian\w+|data residency|penetration test\w*|security (?:questionnaire|review)|audit report|contract terms)\b",
    re.IGNORECASE,
)
_CALL: Final = re.compile(
    r"\b(?:call (?:me|us|you)|calls?|ring (?:me|us|you)|phone|telephone|speak on|anrufen|llamar|appeler)\b",
    re.IGNORECASE,
)
_HOSTILE: Final = re.compile(
    r"\b(?:lawsuits?|sue|suing|court|litigation|subpoena|legal action|legal steps"
    r"|breach of contract|damages|sanction\w*|complaint)\b",
    re.IGNORECASE,
)


def circumstances(context: RunContext, flags: Sequence[str]) -> Circumstances:
    """What the notice is to say besides who takes over."""
    language, earlier = noticed(context)[:2]
    unfamiliar = context.triage.risk == "high" and not context.too_many
    did_not_help = not (unfamiliar or context.triage.fired) and move_in(context) == "no_help"
    silent_on_it = unfamiliar or context.too_many
    return Circumstances(
        seed=seed_of(context),
        flags=tuple(flags),
        mood="neutral" if unfamiliar and not context.triage.fired else mood_of(context),
        language=READ_BY_A_PERSON if is_unread(context) or (language and flags[0] in BEFORE_THE_MATTER) else language,
        earlier="" if silent_on_it else earlier,
        case="" if silent_on_it else understood(flags[0], _text(context), _matter(context)),
        incident=incident_of(_text(context)) if flags[0] == "SECURITY_ESCALATION" else "",
        facts=_facts(context) if "LEGAL_ESCALATION" in flags else _no_calls(context, flags[0]),
        stands=_stands(context, flags[0]),
        links=() if silent_on_it else _links(context, flags[0]),
        did_not_help=did_not_help,
        unfamiliar=unfamiliar,
        files=files_go_along(context.details, context.question),
        too_many=context.too_many,
        came_back=len(context.history.earlier) if context.history else 0,
    )


def _no_calls(context: RunContext, flag: str) -> str:
    asks = flag in BEFORE_THE_MATTER and _CALL.search(_text(context))
    return "There is no telephone support: the answer comes here, in writing." if asks else ""


def _stands(context: RunContext, flag: str) -> str:
    """How the case stands that the customer asks for once more: what was promised holds, and begins not anew."""
    case = next((case for case in context.cases if case.flag == flag), None)
    return how_it_stands(context.channel, [case], "", context.now) if case else ""


def _links(context: RunContext, flag: str) -> tuple[Link, ...]:
    """The article that may help until the team answers: one of the flag's matter, or the nearest one when our articles
    gave no answer; none that this ticket was given."""
    given = context.history.answered_with if context.history else ()
    hits = [hit for hit in (context.found.hits if context.found else ()) if hit.slug not in given][:1]
    if flag == "KB_MISS":
        return tuple(Link(hit.title, hit.slug) for hit in hits if hit.score >= NEAR)
    related = RELATED.get(flag, frozenset())
    return tuple(Link(hit.title, hit.slug) for hit in hits if hit.score >= FITS and hit.category in related)


def _matter(context: RunContext) -> str:
    hits = context.found.hits if context.found else ()
    # Who asks for a person has not asked about our opening hours.
    about = next((hit for hit in hits[:2] if hit.slug != "support-contacts" and hit.score >= KNOWN), None)
    return matter(about) if about else ""


def _text(context: RunContext) -> str:
    return f"{context.conversation.pending[-1].subject}\n{context.question}"[:6_000]


def _facts(context: RunContext) -> str:
    """What the documentation says publicly on a question of compliance; nothing where somebody threatens or claims."""
    text = _text(context)
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
