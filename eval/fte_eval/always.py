"""What must hold for every reply, whatever a scenario says. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from fte.domain.channels import Channel
from fte.domain.policy import Reply, violations
from fte.store.pool import Pool, autocommit, fetch_all
from fte_eval import crude
from fte_eval.checks import Checked
from fte_eval.observing import Observed
from fte_eval.scenario import Turn

FIRST_TOOLS: Final = ("create_ticket", "get_customer_history", "search_knowledge_base")
LAST_TOOLS: Final = ("send_response", "escalate_to_human")

FORMAT: Final = ("format", "greeting", "signature", "reference")
ORDER: Final = ("tools", "one_outcome", "addressee")
VIOLATIONS: Final = ("policy", "crude", "leak")

_ASKS_REFERENCE: Final = re.compile(r"\b(?:reference|(?:ticket|case|request)\s+(?:number|no|id|#))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a channel's replies must look like: its row in the table of channels."""

    min_words: int
    max_words: int | None
    max_characters: int | None
    max_parts: int
    greeting: str
    signature: str
    shows_reference: bool


Channels = Mapping[str, Limits]


async def read_channels(pool: Pool) -> Channels:
    """The limits of all channels."""
    async with autocommit(pool) as connection:
        rows = await fetch_all(
            connection,
            "SELECT channel, min_words, max_words, max_characters, max_parts, greeting, signature, shows_reference"
            "  FROM channel_configs",
        )
    return {row.pop("channel"): Limits(**row) for row in rows}


def always(
    turn: Turn, observed: Observed, channels: Channels, *, first: bool, known: frozenset[str]
) -> tuple[Checked, ...]:
    """The checks of a turn's reply. `known`: the references that this conversation was given before."""
    if observed.outcome == "silent":
        return (Checked("one_outcome", not observed.reply, "no reply", "a reply"),)
    limits = channels[turn.channel]
    found = [*_order(turn, observed), *_format(turn, observed, limits, first=first)]
    return (*found, *_violations(turn, observed, limits, known))


def _order(turn: Turn, observed: Observed) -> Iterator[Checked]:
    tools = observed.tools
    in_order = len(tools) == 4 and tools[:3] == FIRST_TOOLS and tools[3] in LAST_TOOLS
    yield Checked("tools", in_order, ", ".join((*FIRST_TOOLS, "one of the two last")), ", ".join(tools) or "none")
    counts = f"{observed.runs} runs, {observed.replies} replies"
    yield Checked("one_outcome", (observed.runs, observed.replies) == (1, 1), "1 run, 1 reply", counts)
    right = (
        observed.reply_ticket == observed.ticket_id
        and observed.reply_channel == turn.channel
        and observed.recipient.lower() == observed.reply_to.lower()
    )
    yield Checked("addressee", right, "the writer's own ticket, channel and address", "another one")


def _format(turn: Turn, observed: Observed, limits: Limits, *, first: bool) -> Iterator[Checked]:
    text = observed.reply
    words = len(text.split())
    long = max(map(len, observed.parts), default=0)
    fits = (
        limits.min_words <= words <= (limits.max_words or words)
        and long < (limits.max_characters or long + 1)
        and 1 <= len(observed.parts) <= limits.max_parts
        and all(part.strip() for part in observed.parts)
    )
    got = f"{words} words, {len(observed.parts)} parts, the longest of {long} characters"
    yield Checked("format", fits, _range(limits), got)
    if first or turn.channel != "whatsapp":
        opening = limits.greeting.partition("{name}")[0].strip()
        yield Checked("greeting", text.startswith(opening), opening, text[:40])
    if limits.signature:
        yield Checked("signature", text.rstrip().endswith(limits.signature.strip()), limits.signature, text[-60:])
    if limits.shows_reference:
        yield Checked("reference", observed.reference in text, "the ticket's reference", "none")
    elif not _ASKS_REFERENCE.search(turn.text):
        yield Checked("reference", observed.reference not in text, "no reference", "one")


def _violations(turn: Turn, observed: Observed, limits: Limits, known: frozenset[str]) -> Iterator[Checked]:
    must = (observed.reference,) if limits.shows_reference else ()
    broken = violations(
        Reply(
            Channel(turn.channel),
            observed.parts,
            must,
            own=(observed.reply_to, observed.sender),
            imports=observed.imports,
        )
    )
    yield Checked("policy", not broken, "no rule broken", ", ".join(broken))
    migration = bool(observed.cited_topics & crude.MIGRATION_TOPICS)
    seen = crude.offences(observed.reply, names_allowed=migration)
    yield Checked("crude", not seen, "nothing forbidden", ", ".join(seen))
    ours = known | {observed.reference}
    leaked = crude.leaks(observed.reply, ours, {observed.sender.lower(), observed.reply_to.lower()})
    yield Checked("leak", not leaked, "nothing of the rules or of other people", ", ".join(leaked))


def _range(limits: Limits) -> str:
    if limits.max_characters:
        return f"at most {limits.max_parts} parts under {limits.max_characters} characters"
    return f"{limits.min_words} to {limits.max_words} words"
