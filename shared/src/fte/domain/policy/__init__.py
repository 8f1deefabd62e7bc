"""The policy gate: what no reply of the agent may say, whoever wrote it. It is applied to the rendered text.

The rules are tables, a module for each matter: `money` and `plan_prices`, `discounts`, `refunds`, `features`, `dates`,
`work` and `work_done`, `commitments` (law), `competitors`, `disclosures` (internals), `secrets_asked`, `people`
(customers, staff), `advice`, `addresses` (links, addresses), `unfinished` (gaps, marks), `language`, `encoded` and
`length`. They read the text as `reading` makes it, so that no hidden, wide or borrowed character gets around them.
`grounding` needs no wordings: it finds numbers and names that a reply has from nowhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from fte.domain.channels import Channel
from fte.domain.policy.addresses import ALLOWED_HOSTS, help_pages, strangers, tickets, unknown_links
from fte.domain.policy.advice import ADVICE
from fte.domain.policy.commitments import COMMITMENTS
from fte.domain.policy.competitors import COMPARISONS, importing, judged, named_in
from fte.domain.policy.dates import DATES
from fte.domain.policy.disclosures import INTERNALS
from fte.domain.policy.discounts import DISCOUNTS
from fte.domain.policy.encoded import unreadable
from fte.domain.policy.features import FEATURES
from fte.domain.policy.language import not_english
from fte.domain.policy.length import MAX_WHATSAPP_PART, MAX_WHATSAPP_PARTS, MAX_WORDS, goes_in_circles, too_long
from fte.domain.policy.money import PRICES
from fte.domain.policy.people import OTHER_CUSTOMERS, STAFF
from fte.domain.policy.plan_prices import PLAN_PRICES
from fte.domain.policy.reading import Reading, read
from fte.domain.policy.refunds import REFUNDS
from fte.domain.policy.rulebook import Rulebook
from fte.domain.policy.rules import Rule
from fte.domain.policy.secrets_asked import SECRETS
from fte.domain.policy.unfinished import UNFINISHED
from fte.domain.policy.work import WORK
from fte.domain.policy.work_done import WORK_DONE
from fte.domain.reference import without_references

__all__ = [
    "ALLOWED_HOSTS", "CODES", "MAX_WHATSAPP_PART", "MAX_WHATSAPP_PARTS", "MAX_WORDS", "RULES", "Reply",
    "broken_rules", "help_pages", "importing", "prepare", "violations",
]  # fmt: skip

RULES: Final[tuple[Rule, ...]] = (
    *PRICES, *PLAN_PRICES, *DISCOUNTS, *REFUNDS, *FEATURES, *DATES, *WORK, *WORK_DONE, *COMMITMENTS, *COMPARISONS,
    *INTERNALS, *STAFF, *OTHER_CUSTOMERS, *SECRETS, *ADVICE, *UNFINISHED,
)  # fmt: skip

_RULEBOOK: Final = Rulebook(RULES)

CODES: Final = (
    "price", "discount", "refund_promise", "feature_promise", "date_promise", "work_promise", "legal", "competitor",
    "internals", "asks_secret", "personal_data", "unknown_link", "advice", "language",
    "unfinished", "ungrounded", "missing_part", "length",
)  # fmt: skip
"""What may be told of a reply that was stopped; metrics, rows and logs hold these and never the text. `ungrounded` is
told by those alone who know what the reply may rest on (`grounding`)."""

_GREETED: Final = re.compile(r"\A(Hello|Hi|Dear) [^\W\d_](?:[^\W\d_]|[-'\u2019]){1,30}([,!])")
"""A greeting with one word that has nothing but letters: people are called Sue, Claude or Max."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A rendered reply: its parts as they go out, and what is known of the case it is for.

    `must_contain` has the texts without which it is no reply, `allowed_links` further hosts, `own` the customer's own
    addresses and numbers, `imports` what `importing` takes of the cited articles, `articles` the slugs of the help
    articles that it may link, and `references` the tickets that it may name (None: any).
    """

    channel: Channel
    parts: tuple[str, ...]
    must_contain: tuple[str, ...] = ()
    allowed_links: tuple[str, ...] = ()
    own: tuple[str, ...] = field(default=(), repr=False)
    imports: str = field(default="", repr=False)
    articles: frozenset[str] | None = None
    references: frozenset[str] | None = None


def prepare() -> None:
    """Make ready now what the first replies would wait for."""
    _RULEBOOK.prepare()


def violations(reply: Reply) -> tuple[str, ...]:
    """The codes of the rules that `reply` breaks, each once; empty when it may go out."""
    broken = {code for code, _ in broken_rules(reply)}
    return tuple(code for code in CODES if code in broken)


@lru_cache(maxsize=64)
def broken_rules(reply: Reply) -> tuple[tuple[str, str], ...]:
    """Code and id of every rule that `reply` breaks, for those who work on the rules.

    Kept for a moment: the parts of one reply are looked at one after the other, each time as a whole.
    """
    # A price that is cut in two by the end of a part is a price all the same; a customer's name is no word of ours.
    text = _GREETED.sub(r"\1\2", " ".join(reply.parts), count=1)
    # The characters of a reference are drawn, and may look like a price.
    reading = read(without_references(text))
    broken = [(rule.code, rule.id) for rule in _RULEBOOK.broken_by(reading)]
    if any(part not in "\n".join(reply.parts) for part in reply.must_contain):
        broken.append(("missing_part", "missing-part"))
    if too_long(reply.channel, reply.parts):
        broken.append(("length", "length"))
    if goes_in_circles(reading.folded):
        broken.append(("length", "length-circles"))
    if unreadable(reading.cased):
        broken.append(("internals", "encoded"))
    if not_english(reading.folded):
        broken.append(("language", "not-english"))
    if reply.references is not None and tickets(read(text).folded) - {each.lower() for each in reply.references}:
        broken.append(("personal_data", "other-ticket"))
    return (*broken, *_named(reply, reading), *_pointed_at(reply, reading))


def _named(reply: Reply, reading: Reading) -> tuple[tuple[str, str], ...]:
    named = frozenset[str]().union(*map(named_in, reading.forms))
    if named and not named <= named_in(read(reply.imports).folded):
        return (("competitor", "competitor-name"),)
    if any(map(judged, reading.forms)):
        return (("competitor", "competitor-not-moving"),)
    return ()


def _pointed_at(reply: Reply, reading: Reading) -> tuple[tuple[str, str], ...]:
    kinds = set(strangers(reading.folded, reply.own))
    broken = [("internals", "address-staff")] if "staff" in kinds else []
    if kinds - {"staff"}:
        broken.append(("personal_data", "address-other"))
    if any(unknown_links(reading.folded, reply.allowed_links)):
        broken.append(("unknown_link", "link-host"))
    if reply.articles is not None and help_pages(reading.folded) - reply.articles:
        broken.append(("unknown_link", "link-article"))
    return tuple(broken)
