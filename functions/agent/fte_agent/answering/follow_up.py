"""What a message is about when it does not say so itself, because an earlier one of the ticket did."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Final
from uuid import UUID

from fte.knowledge.search import Hit
from fte_agent.answering.plain_text import blocks, sentences
from fte_agent.answering.question import MOST, Ask, asks, is_question
from fte_agent.answering.words import stems
from fte_agent.records import Earlier, History

SHORT: Final = 30
"""Words of a message up to which it is looked up with the one before: a longer one says what it is about."""
_CORRECTS: Final = re.compile(
    r"^\W*(?:no|nope|oops|sorry|wait|actually|correction|rather)\b(?! luck| change| difference| effect| success)"
    r"(?!,? (?:i|we|it|he|she|they|there|that)(?:['\u2019]ve| have| is|['\u2019]s)? (?:do(?:es)?(?: not|n['\u2019]?t)"
    r"|have (?:no|not)"
    r"|haven['\u2019]?t|can(?:not|['\u2019]?t| not)|did(?: not|n['\u2019]?t)|never|not|isn['\u2019]?t|no)\b)"
    r"|\b(?:i|we) (?:meant|mean)\b|\bafter all\b|\b(?:i|we) (?:should have|forgot to) (?:said|say|mention\w*|add)\b"
    r"|\bnot (?:the|on|in|for|of|a|an|from|to) [^,.\n]{1,40}, (?:but|the|on|in|for|of|a|an|from|to)\b",
    re.IGNORECASE,
)
_NOT_THIS: Final = re.compile(
    r"\bnot (?:the|on|in|for|of|a|an|from|to) [^,.\n]{1,40}, (?=(?:but|the|on|in|for|of|a|an|from|to)\b)", re.IGNORECASE
)
_ANOTHER: Final = re.compile(
    r"^\W*(?:(?:i have |and |now |one |just )?(?:a |an )?(?:\w+ )?(?:different|another|other|new|unrelated|separate) "
    r"(?:\w+ )?(?:question|thing|topic|matter|issue|problem)|by the way|btw)\b",
    re.IGNORECASE,
)
CORRECTION: Final = 25
"""Words of a message up to which it may be a correction: a longer one says what it is about."""
CUSTOMER: Final = "customer"
_DENIED: Final = re.compile(
    r"\b(?:i|we) (?:do not|don't|did not|didn't|never|no longer) (?:want|wish|need|mean|meant|ask(?:ed)?|intend)\b"
    r"|^\W*(?:not|i was not asking|it is not|it's not) (?:about|for) ",
    re.IGNORECASE,
)


def matter_text(text: str, history: History | None, *, continues: bool, no_help: bool) -> str:
    """`text`, and before it what the customer wrote before, if `text` is short or points back to that."""
    if history is None or not continues or _ANOTHER.search(text[:200]):
        return text
    if not (no_help or len(text.split()) <= SHORT or corrects(text)):
        return text
    for message in history.messages:
        if message.author == CUSTOMER and _has_matter(message.content) and message.content not in text:
            return f"{message.content[:1_500]}\n{text}"
    return text


def _has_matter(text: str) -> bool:
    telling = set(stems(text))
    return len(telling) >= 2 or (bool(telling) and asks(text)[0].kind in ("how", "which", "amount", "possible"))


def asks_after(text: str, subject: str, about: str) -> tuple[Ask, ...]:
    """The questions of a message, at most `MOST`; one that leans on an earlier message is about that, too. `about` is
    the message's `matter_text`."""
    asked = asks(without_denied(text), subject)[:MOST]
    earlier = about.removesuffix(text).strip()
    if not earlier:
        return asked
    if only_corrects(text):
        # It is the earlier question, put right.
        (before, *_) = asks(earlier)
        put_right = f"{before.text} {without_denied(_NOT_THIS.sub('', text))}"
        return (Ask(put_right, f"{earlier}\n{text}", before.kind),)
    alone = len(asked) == 1
    return tuple(replace(ask, about=f"{earlier}\n{ask.about}") if alone or ask.leans else ask for ask in asked)


def without_denied(text: str) -> str:
    """`text` without its sentences on what is not wanted, if others are left: they have the words of another matter."""
    kept = [
        " ".join(piece for piece in sentences(line) if not _DENIED.search(piece[:500])) for line in text.splitlines()
    ]
    wanted = "\n".join(line for line in kept if line)
    return wanted if len(set(stems(wanted))) >= 2 else text


def corrects(text: str) -> bool:
    """Whether a message puts right what was asked before, as "no, the desktop app" does."""
    return len(text.split()) <= CORRECTION and bool(_CORRECTS.search(text[:500]))


def only_corrects(text: str) -> bool:
    """Whether a message puts right what was asked before, without a question of its own."""
    return corrects(text) and not any(is_question(piece) for line in text.splitlines() for piece in sentences(line))


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
