"""What a message is about when it does not say so itself, because an earlier one of the ticket did."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final
from uuid import UUID

from fte.knowledge.search import Hit
from fte_agent.answering.plain_text import blocks, sentences
from fte_agent.answering.words import stems
from fte_agent.records import Earlier, History

FEW_WORDS: Final = 3
_CORRECTS: Final = re.compile(
    r"^\W*(?:no|nope|oops|sorry|wait|actually|correction|rather)\b(?! luck| change| difference| effect| success)"
    r"|\b(?:i|we) (?:meant|mean)\b|\bafter all\b|\b(?:i|we) (?:should have|forgot to) (?:said|say|mention\w*|add)\b"
    r"|\bnot (?:the|on|in|for|of|a|an|from|to) [^,.\n]{1,40}, (?:but|the|on|in|for|of|a|an|from|to)\b",
    re.IGNORECASE,
)
CORRECTION: Final = 25
"""Words of a message up to which it may be a correction: a longer one says what it is about."""
CUSTOMER: Final = "customer"


def matter_text(text: str, history: History | None, *, continues: bool, no_help: bool) -> str:
    """`text`, and before it what the customer wrote before if `text` alone tells too little."""
    if history is None or not continues:
        return text
    if not (no_help or len(set(stems(text))) < FEW_WORDS or corrects(text)):
        return text
    for message in history.messages:
        if message.author == CUSTOMER and len(set(stems(message.content))) >= 2 and message.content not in text:
            return f"{message.content[:1_500]}\n{text}"
    return text


def corrects(text: str) -> bool:
    """Whether a message puts right what was asked before, as "no, the desktop app" does."""
    return len(text.split()) <= CORRECTION and bool(_CORRECTS.search(text[:500]))


def last_reply(history: History | None) -> Earlier | None:
    """What we wrote last to this address."""
    return next((message for message in history.messages if message.author != CUSTOMER), None) if history else None


def said_before(hits: Collection[Hit], history: History | None) -> frozenset[UUID]:
    """The passages that the agent's replies on this ticket gave already."""
    if history is None:
        return frozenset()
    replies = " ".join(" ".join(m.content.split()) for m in history.messages if m.author != CUSTOMER)
    given = [hit for hit in hits if hit.slug in history.answered_with]
    return frozenset(passage.id for hit in given for passage in hit.passages if _is_said(passage.content, replies))


def _is_said(content: str, replies: str) -> bool:
    lines = [line for block in blocks(content) for line in block.lines]
    pieces = [piece for line in lines for piece in sentences(line)]
    said = sum(piece in replies for piece in pieces)
    return bool(pieces) and said * 2 >= len(pieces)
