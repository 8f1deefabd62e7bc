"""Whether a customer has come with one matter too often: `REPEAT_CONTACT` by rows, whatever the message says.

Three tickets of a customer about the same matter within 30 days, the current one included, go to a person; a ticket
that the customer confirmed as solved does not count. Only tickets count with a message that the reply's address may
see: the hand-over tells what they are about, and whoever types the number or address of somebody else learns nothing.

"The same matter" rests on what the two tickets say, by the cosine of their vectors; less likeness is asked for where
both are of one category or rest on one article. Measured on eleven matters reported three times in different words and
on seven sets of three questions of one category: the same matter has 0.40 and more (median 0.62), different ones have
0.30 and less, but for two questions about one article. Without vectors, one article and one category make a matter.
Of tickets under one heading only what they say is compared.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import mul
from typing import Any, Final

from fte.errors import Unavailable
from fte.knowledge.embedder import Vector
from fte.store.pool import autocommit, fetch_all
from fte_agent.answering.selection import GOOD_ENOUGH
from fte_agent.context import RunContext
from fte_agent.held import forgive
from fte_agent.records import more_urgent
from fte_agent.situation import heading
from fte_agent.triage import Fired, Triage
from fte_agent.triage.triggers import BY_FLAG, route

FLAG: Final = "REPEAT_CONTACT"
TICKETS: Final = 3
DAYS: Final = 30

ALIKE: Final = 0.6
"""From this cosine on two tickets are about the same matter. It differs by 0.02 with what is embedded beside it."""

ALIKE_IN_ONE_FIELD: Final = 0.40
"""From this one on, if they also share their category or their article."""

EMBEDDING_SECONDS: Final = 0.5

ENOUGH: Final = 3
"""Words with which a message tells its matter without its heading."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")
_REFERS_BACK: Final = frozenset({"still", "again", "news", "update", "updates", "progress", "yet", "before", "same"})
_SAYS_NO_MATTER: Final = _REFERS_BACK | frozenset(
    _WORD.findall(
        "a about all and answer any anyone are as at back be been best but by can case cheers could day days dear "
        "did do does doesn't don't email error fixed follow following for from had happened happening happens has "
        "have haven't heard hello help hey hi i i'm in is isn't issue it it's just kind last mail many me message "
        "month months my need no nobody not nothing of on one or our please problem question regards reply "
        "request resolved response since so solved somebody someone status support team thank thanks that the "
        "there there's thing this ticket time to up us was we we're week weeks what what's when why will with "
        "won't work working works would wrote you your"
    )
)
"""Words that every second contact has; a message of these alone is about what was written before."""

# A ticket that was given an outcome before is a conversation that goes on, not one more contact.
_CONTACTS: Final = """
WITH seen AS MATERIALIZED (SELECT reply_keys_seen_by(%(last)s) AS keys)
SELECT t.category, first.subject, left(first.content, 1000) AS content, run.articles, run.found
  FROM seen CROSS JOIN tickets AS t
  JOIN LATERAL (SELECT subject, content FROM messages AS m WHERE m.ticket_id = t.id AND m.direction = 'inbound'
                   AND m.reply_key = ANY (seen.keys) ORDER BY seq LIMIT 1) AS first ON true
  LEFT JOIN LATERAL (SELECT articles, found FROM agent_runs AS r WHERE r.ticket_id = t.id
                      ORDER BY finished_at DESC LIMIT 1) AS run ON true
 WHERE t.customer_id = %(customer)s AND t.id <> %(ticket)s AND t.resolution IS DISTINCT FROM 'confirmed'
   AND t.created_at > now() - make_interval(days => %(days)s)
   AND NOT EXISTS (SELECT FROM agent_runs WHERE ticket_id = %(ticket)s)
 ORDER BY t.created_at DESC LIMIT 10
"""


@dataclass(frozen=True, slots=True)
class Contact:
    """What a ticket is about: its category, the articles it rests on, and the vector of its words if there is one."""

    category: str
    articles: frozenset[str]
    vector: Vector | None


async def notice_repeats(context: RunContext) -> None:
    """Add `REPEAT_CONTACT` to the run's triage where the customer's tickets say so, and take from it the trigger of a
    case that people have where the customer only asks how that stands. Needs the first three steps done.

    Raises `Unavailable` when the database cannot be reached.
    """
    history, triage = context.history, context.triage
    if forgive(context):
        # "Any news on my refund?" asks for no second one, and "when does somebody answer?" for nobody else.
        return
    if history is None or history.own_tickets < TICKETS or context.failed or FLAG in triage.flags:
        return
    if context.over_limit:
        # Tickets of one hour that nobody could read yet are no sign of a matter that stays unsolved.
        return
    if triage.category == "feedback" and triage.sentiment.label != "negative":
        return
    rows = await _recent(context)
    if len(rows) + 1 < TICKETS:
        return
    # A second question under the heading of the first is not the same matter: there only what is said counts.
    under_one = [_share_heading(context, row) for row in rows]
    texts = [_text(row, headed=not shared) for row, shared in zip(rows, under_one, strict=True)]
    vector, without_heading, *vectors = await _vectors(context, [context.query, context.question, *texts])
    earlier = [_contact(row, vector) for row, vector in zip(rows, vectors, strict=True)]
    current = _current(context, vector)
    # "Any news?" is about what the customer wrote last.
    vague = names_no_matter(context.query)
    if vague:
        count = 1 + tickets_on(earlier[0], earlier[1:])
    else:
        unheaded = replace(current, vector=without_heading)
        pairs = zip(under_one, earlier, strict=True)
        count = 1 + sum(same_matter(unheaded if shared else current, other) for shared, other in pairs)
    if count >= TICKETS:
        context.triage = with_repeat(triage, count)


def tickets_on(current: Contact, others: Sequence[Contact]) -> int:
    """How many tickets are about what `current` is about, itself included."""
    return 1 + sum(same_matter(current, other) for other in others)


def same_matter(one: Contact, other: Contact) -> bool:
    """Whether two tickets are about the same matter."""
    article = bool(one.articles & other.articles)
    category = one.category == other.category
    if one.vector is None or other.vector is None:
        return article and category
    likeness: float = sum(map(mul, one.vector, other.vector))
    return likeness >= (ALIKE_IN_ONE_FIELD if article or category else ALIKE)


def with_repeat(triage: Triage, count: int) -> Triage:
    """`triage` with the trigger fired as well, in its place among the others."""
    trigger = BY_FLAG[FLAG]
    fired = route((*triage.fired, Fired(trigger, f"{count} tickets within {DAYS} days")))
    return replace(triage, fired=fired, priority=more_urgent(triage.priority, "high"))


def names_no_matter(text: str) -> bool:
    """Whether a message only refers to what was written before: "Any news? It still does not work."."""
    # One word more may be a name.
    return bool(_REFERS_BACK.intersection(_words(text))) and len(_telling(text)) <= 1


def _words(text: str) -> list[str]:
    return _WORD.findall(text[:1_000].lower().replace("\u2019", "'"))


def _telling(text: str) -> list[str]:
    return [word for word in _words(text) if word not in _SAYS_NO_MATTER]


def _share_heading(context: RunContext, row: dict[str, Any]) -> bool:
    """Whether a ticket stands under the heading of the current one, and both say more than that."""
    subject = heading(context.conversation.pending[-1].subject)
    return (
        bool(subject)
        and heading(row["subject"]) == subject
        and all(len(_telling(text)) >= ENOUGH for text in (context.question, row["content"]))
    )


def _text(row: dict[str, Any], *, headed: bool) -> str:
    return f"{row['subject']}\n{row['content']}".strip() if headed else row["content"]


async def _recent(context: RunContext) -> list[dict[str, Any]]:
    assert context.ticket is not None
    who = {
        "customer": context.conversation.customer_id,
        "ticket": context.ticket.id,
        "last": context.conversation.pending[-1].id,
        "days": DAYS,
    }
    async with autocommit(context.resources.core.pool) as connection:
        return await fetch_all(connection, _CONTACTS, who)


def _current(context: RunContext, vector: Vector | None) -> Contact:
    hits = context.found.hits if context.found else ()
    about = frozenset(hit.slug for hit in hits[:1] if hit.score >= GOOD_ENOUGH)
    return Contact(context.triage.category, about, vector)


async def _vectors(context: RunContext, texts: Sequence[str]) -> Sequence[Vector | None]:
    """The texts' vectors, or none at all when the embedding model is away or late: the customer does not wait."""
    try:
        async with asyncio.timeout(EMBEDDING_SECONDS):
            return await context.resources.embedder.embed(texts)
    except (Unavailable, TimeoutError):
        return [None] * len(texts)


def _contact(row: dict[str, Any], vector: Vector | None) -> Contact:
    about = {
        *(row["articles"] or ()),
        *(hit["slug"] for hit in (row["found"] or ())[:1] if hit["score"] >= GOOD_ENOUGH),
    }
    return Contact(row["category"], frozenset(about), vector)
