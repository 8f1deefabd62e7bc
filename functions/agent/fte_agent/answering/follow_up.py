"""What a message is about when it does not say so itself, because an earlier one of the ticket did."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Final
from uuid import UUID

from fte.knowledge.search import Hit
from fte_agent.answering.plain_text import blocks, sentences, sentences_of
from fte_agent.answering.question import MOST, OF_ANY_MATTER, POINTS_BACK, Ask, asks, is_question, kind_of, leans_back
from fte_agent.answering.selection import log_odds
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
CHAIN: Final = 3
"""Earlier messages that a message is read with at most, the last of them one that has a matter of its own."""
EARLIER: Final = 700
"""Characters of each of them: what is written now must have room beside it."""
LEADS: Final = 0.9
"""The score of the article that the message goes on with."""
SPOKEN_OF: Final = 0.5
"""The share of what is new in a message that an article has which says something on it."""
NEAR: Final = 0.15
"""The score from which on an article may have what is new in other words."""
HARDLY: Final = 0.02
"""Below this score, and as near to one, articles do not differ."""
BY_ITSELF: Final = 0.8
WITH_ITS_NAME: Final = 0.75
WITH_ANOTHER: Final = 0.35
SPEAKS: Final = 1.0
HOLDS: Final = 1.0
"""What tells where a message belongs that goes on with an article's matter: what it finds by itself, what it finds with
the name of that article (which says little for another one), which articles have its words, and that it goes on (log
odds)."""
CORRECTION: Final = 25
"""Words of a message up to which it may be a correction: a longer one says what it is about."""
_NOTHING_NEW: Final = OF_ANY_MATTER | frozenset(
    stems(
        "colleagues take come along together whole entire everybody everyone people person thing else exactly"
        " normally usually mean per im myself itself bit possible nobody anybody somebody anyone someone even although"
        " though sometimes say tell hm hmm um oh ah huh"
    )
)
_HARDLY_NEW: Final = frozenset(
    stems(
        "later afterwards already automatically directly stay remain last update refresh renew arrive appear run"
        " allowed"
    )
)
"""They name something only where no other word does."""
CUSTOMER: Final = "customer"
_OTHER_PART: Final = re.compile(r"^\W*(?:and |but |so |ok(?:ay)?,? )*(?:what|how) about\b", re.IGNORECASE)
_DENIED: Final = re.compile(
    r"\b(?:i|we) (?:do not|don't|did not|didn't|never|no longer) (?:want|wish|need|mean|meant|ask(?:ed)?|intend)\b"
    r"|^\W*(?:not|i was not asking|it is not|it's not) (?:about|for) ",
    re.IGNORECASE,
)


def matter_text(text: str, history: History | None, *, continues: bool, no_help: bool) -> str:
    """`text`, and before it what the customer wrote before, back to the last message that has a matter of its own, if
    `text` is short or points back to that."""
    if history is None or not continues or _ANOTHER.search(text[:200]):
        return text
    if not (no_help or len(text.split()) <= SHORT or corrects(text)):
        return text
    chain = [text]
    for message in history.messages:
        if message.author == CUSTOMER and stems(message.content) and message.content not in text:
            chain.insert(0, message.content[:EARLIER])
            if _stands_alone(message.content) or len(chain) > CHAIN:
                break
    return "\n".join(chain)


def _stands_alone(text: str) -> bool:
    """Whether a message tells its matter without those before it."""
    if not leans_back(text):
        return True
    telling = set(stems(text))
    asking = asks(text)[0].kind in ("how", "which", "amount", "possible", "explain")
    return not POINTS_BACK.search(text) and (len(telling) >= 2 or (bool(telling) and asking))


def asks_after(text: str, subject: str, about: str, *, answers: bool = False) -> tuple[Ask, ...]:
    """The questions of a message, at most `MOST`; one that leans on an earlier message is about that, too, and one that
    only names another part of it ("and as PDF?") asks the same of that. `about` is the message's `matter_text`;
    `answers`: it answers what we asked about that."""
    asked = asks(without_denied(text), subject)[:MOST]
    earlier = about.removesuffix(text).strip()
    if not earlier:
        return asked
    if answers:
        whole = f"{text}\n{earlier}"
        return tuple(replace(ask, about=whole, kind=kind_of(whole, whole)) for ask in asked[:1])
    if only_corrects(text):
        # It is the earlier question, put right.
        (before, *_) = asks(earlier)
        put_right = f"{before.text} {without_denied(_NOT_THIS.sub('', text))}"
        return (Ask(put_right, f"{earlier}\n{text}", before.kind),)
    alone = len(asked) == 1
    if alone and (asked[0].kind == "statement" or _OTHER_PART.search(text)):
        asked = (replace(asked[0], kind=asks(earlier)[0].kind),)
    if alone and asked[0].kind == "which" and not new_in(text):
        # "Is that on Free, too?" asks for the plan of what was written before.
        asked = (replace(asked[0], text=f"{earlier.splitlines()[-1]} {text}"),)
    return tuple(replace(ask, about=f"{earlier}\n{ask.about}") if alone or ask.leans else ask for ask in asked)


def new_in(text: str) -> frozenset[str]:
    """The words of a message that goes on with a matter which name something: "and on the phone?" is on the phone."""
    words = _named_in(text)
    return words - _HARDLY_NEW or words


def _named_in(text: str) -> frozenset[str]:
    return frozenset(word for word in stems(text) if not word.isdigit()) - _NOTHING_NEW


def has_words(said: str, words: Collection[str], share: float = SPOKEN_OF) -> bool:
    """Whether `said` has at least this share of `words`."""
    return _share(said, words) >= share


def _share(said: str, words: Collection[str]) -> float:
    return len(set(stems(said)).intersection(words)) / len(words) if words else 1.0


def whole_of(hit: Hit) -> str:
    """An article's text."""
    return "\n".join(passage.whole for passage in hit.passages)


def stays(article: str, there: Collection[Hit], alone: Collection[Hit], new: Collection[str]) -> bool:
    """Whether a message stays with the matter of `article`, which answered last: whether that is the likeliest of the
    articles that were found for the message by itself (`alone`) and together with that one's name (`there`), and that
    speak of what is `new` in it."""
    named = frozenset(new) - _HARDLY_NEW
    speak = {hit.slug: _share(whole_of(hit), named) for hit in (*there, *alone)} if named else {}
    by_itself, in_its_place = ({hit.slug: hit.score for hit in hits} for hits in (alone, there))

    def strength(slug: str) -> float:
        own = slug == article
        found = BY_ITSELF * log_odds(by_itself.get(slug, 0.0), HARDLY) + SPEAKS * speak.get(slug, 0.0)
        return (
            found
            + (WITH_ITS_NAME if own else WITH_ANOTHER) * log_odds(in_its_place.get(slug, 0.0), HARDLY)
            + HOLDS * own
        )

    return max({article, *by_itself, *in_its_place}, key=strength) == article


def led_by(
    article: str, there: Collection[Hit], others: Collection[Hit], new: Collection[str], *, documented: bool
) -> tuple[Hit, ...]:
    """`article` as it was found `there`, first and sure, then those of the `others` that speak of what is `new`. None,
    where nothing that was found has a word of that, unless it is `documented` in other words, nor where the article is
    far from it."""
    named = frozenset(new) - _HARDLY_NEW
    if named and not documented and not any(_share(whole_of(hit), named) for hit in (*there, *others)):
        return ()
    near = (hit for hit in there if hit.slug == article and (hit.score >= NEAR or _share(whole_of(hit), named)))
    first = [replace(hit, score=max(hit.score, LEADS)) for hit in near]
    spoken = (hit for hit in others if hit.slug != article and named and has_words(whole_of(hit), named))
    return (*first, *spoken)


def answered_by(hits: Collection[Hit], history: History) -> str:
    """The article that our last answer rested on: as the ticket has it, else that of `hits` of which our last reply has
    most; empty for none."""
    if history.answered_with:
        return history.answered_with[0]
    last = last_reply(history)
    said = "" if last is None else " ".join(last.content.split())
    told = {hit.slug: sum(_is_said(passage.content, said) for passage in hit.passages) for hit in hits}
    best = max(told, key=told.__getitem__, default="")
    return best if best and told[best] else ""


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
    return corrects(text) and not any(map(is_question, sentences_of(text)))


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
