"""Triage: what a message is about, how it sounds and which triggers it fires. In code, before any model.

Phrases are tables (`phrases`), the classifier is a small trained encoder (`encoder`); both are combined here, and what
decided is stored with the ticket.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Final

from fte.domain.channels import Channel
from fte_agent.glossary import LANGUAGES
from fte_agent.triage.category import NEAR, categorise
from fte_agent.triage.encoder import Encoder
from fte_agent.triage.injection import Risk, injection_risk
from fte_agent.triage.priority import priority_of
from fte_agent.triage.reading import Reading, read
from fte_agent.triage.scores import CATEGORIES, FLAGS, Scores, Thresholds
from fte_agent.triage.sentiment import Sentiment, feeling, outburst
from fte_agent.triage.triggers import (
    BY_FLAG,
    TRIGGERS,
    Fired,
    Trigger,
    beside_answered,
    foreign_phrase,
    is_hinted,
    keyword,
    route,
    wording,
)

__all__ = ["Encoder", "Fired", "Sentiment", "Triage", "Trigger", "local_encoder", "triage"]


@dataclass(frozen=True, slots=True)
class Triage:
    """The decision about one turn, with what it rests on.

    `language` is a guess; `risk` says whether the message tries to steer the model; `scores` is what the encoder
    said.
    """

    category: str
    priority: str
    sentiment: Sentiment
    fired: tuple[Fired, ...]
    language: str = "en"
    risk: Risk = "none"
    scores: dict[str, float] = field(default_factory=dict)
    risk_phrase: str = ""

    @property
    def flags(self) -> tuple[str, ...]:
        """The flags of all triggers, most urgent first."""
        return tuple(item.trigger.flag for item in self.fired)

    @property
    def route(self) -> Trigger | None:
        """The trigger that decides who takes over, or None when the agent answers."""
        return self.fired[0].trigger if self.fired else None

    @property
    def needs_review(self) -> bool:
        """A negative message that the agent answers itself is shown to the lead."""
        return not self.fired and self.sentiment.label == "negative"

    def explanation(self) -> dict[str, Any]:
        """What fired, as it is stored with the ticket."""
        return {
            "fired": [{"flag": item.trigger.flag, "phrase": item.phrase} for item in self.fired],
            "sentiment": {"score": self.sentiment.score, "words": list(self.sentiment.words)},
            "language": self.language,
            "risk": {"level": self.risk, "phrase": self.risk_phrase},
            "scores": self.scores,
        }


UNREAD: Final = Scores(
    {name: 1.0 if name == "how_to" else NEAR for name in CATEGORIES},
    {"negative": 0.0, "neutral": 1.0, "positive": 0.0},
    dict.fromkeys(FLAGS, 0.0),
)  # fmt: skip
"""The scores of a message that the encoder cannot read: it is taken as a plain question, and as near to the category of
each trigger that its words name."""

_OF_CONTACT: Final = re.compile(
    r" (?:wrote|written|writing|told|asked|asking|reported|contacted|complained|complaining|begged|begging|mailed"
    r"|emailed|messaged|ticket|tickets|nobody|no one|reply|replies|response|responded|answered|silence"
    r"|ignored|ignoring|filled|voicemail|voice mail|shown|proposed)(?= |$)"
)
"""What tells of writing to us, not of trying something."""

SURE: Final = 0.85
"""From this score on a sentence fires a trigger that the whole message does not."""

IN_ANOTHER_MEANING: Final = {"REPEAT_CONTACT": 1.0}
"""From this score on, else from `SURE` on, a message fires a trigger whose words it only has in another meaning. Many a
message tells of an earlier one without having been left unanswered: there no score is enough."""

FRAGMENT: Final = 15
"""Words of a message below which it is a fragment, where it goes on with a matter."""

SHORT: Final = 10
"""Words of a message below which its score is a guess, where no word hints at the trigger."""

UPSET: Final = 0.9
"""From this probability of a negative mood on something is wrong, whatever a short message speaks of."""

OF_A_CLAUSE: Final = 40
"""Words of a message up to which a clause may be what made its score; in longer ones the encoder sees what is meant."""

OF_A_MATTER: Final = 4
"""Words from which on what stands beside a question that articles answer is a matter of its own."""

OF_A_FRAGMENT: Final = 0.96
"""From this score on a fragment fires a trigger without a phrase, if a word hints at it; and a short message that
begins a matter one that no word hints at."""

WORDED: Final = 0.25
OF_A_PARAGRAPH: Final = 0.75
"""From these scores on a paragraph fires a trigger that the whole message does not: one that words it, and one that
merely hints at it, has no words of it in another meaning, and is not answered by articles."""

HARM: Final = frozenset({"P1_CRITICAL", "REPEAT_CONTACT"})
"""What leaves nobody content."""

UNJUDGED: Final = Triage("technical_issue", "high", Sentiment(0.5, "neutral"), ())
"""The triage of a message that cannot be judged: people will."""


def triage(subject: str, text: str, channel: Channel, encoder: Encoder | None = None, *, begins: bool = True) -> Triage:
    """Judge one turn: the text of all its messages, the subject where a matter begins, and the channel it came by.

    `begins` tells whether a matter begins. In one that goes on, "the same problem again" is about the answer given.

    Takes some milliseconds of one core; an event loop leaves it to a thread.
    """
    reading = read(subject, text)
    encoder = encoder or local_encoder()
    said = encoder.scores(reading) if is_read(reading.language) else UNREAD
    fired = route(tuple(_fired(reading, channel, said, encoder, begins)))
    flags = [item.trigger.flag for item in fired]
    hostile, harmed = "SENTIMENT_ESCALATION" in flags, not HARM.isdisjoint(flags)
    sentiment = feeling(reading, said.mood, hostile, said.flags["SENTIMENT_ESCALATION"], harmed=harmed)
    category = categorise(said.category, flags)
    risk, risk_phrase = injection_risk(f"{subject}\n{text}")
    return Triage(
        category=category,
        priority=priority_of(reading, category, sentiment, fired),
        sentiment=sentiment,
        fired=fired,
        language=reading.language,
        risk=risk,
        scores=_told(said),
        risk_phrase=risk_phrase,
    )


@cache
def local_encoder() -> Encoder:
    """The encoder of this process."""
    return Encoder()


def is_read(language: str) -> bool:
    """Whether the encoder understands a language; in others it guesses by the look of the words."""
    return language == "en" or language in LANGUAGES


def _fired(reading: Reading, channel: Channel, said: Scores, encoder: Encoder, begins: bool) -> Sequence[Fired]:
    if word := keyword(reading):
        return [Fired(BY_FLAG["WHATSAPP_ESCALATION" if channel is Channel.WHATSAPP else "HUMAN_REQUESTED"], word)]
    if reading.words == 0:
        return []
    fired = []
    read_here = said is not UNREAD
    paragraphs = [(each, encoder.scores(each)) for each in reading.paragraphs()] if read_here else []
    for trigger in TRIGGERS:
        if trigger.flag not in encoder.thresholds:
            continue
        if read_here:
            reason = _reason(trigger, reading, said, encoder, begins) or _of_a_paragraph(trigger, paragraphs, begins)
        else:
            reason = foreign_phrase(trigger, reading) or wording(trigger, reading).phrase
        if reason:
            fired.append(Fired(trigger, reason))
    return fired


def _reason(trigger: Trigger, reading: Reading, said: Scores, encoder: Encoder, begins: bool) -> str | None:
    thresholds = encoder.thresholds[trigger.flag]
    worded = wording(trigger, reading)
    phrase, plain = worded.phrase, worded.plain
    if trigger.flag == "REPEAT_CONTACT" and not (plain or phrase or _OF_CONTACT.search(reading.line)):
        # Trying something again is no second contact.
        if not begins:
            return None
        thresholds = replace(thresholds, alone=max(thresholds.alone, SURE))
    if worded.alike and not phrase:
        thresholds = replace(thresholds, alone=max(thresholds.alone, IN_ANOTHER_MEANING.get(trigger.flag, SURE)))
    upset, hinted = said.mood["negative"] >= UPSET, is_hinted(trigger, reading)
    if not (phrase or upset or hinted) and reading.words < SHORT:
        thresholds = replace(thresholds, alone=max(thresholds.alone, OF_A_FRAGMENT))
    if reading.is_filler:
        thresholds = replace(thresholds, alone=math.inf)
    if not (phrase or begins):
        # What goes on with a matter is judged without it, and a fragment looks like many things: "and our projects??".
        surely = SURE if reading.words >= FRAGMENT else OF_A_FRAGMENT if hinted else math.inf
        thresholds = replace(thresholds, alone=max(thresholds.alone, surely))
    score = said.flags[trigger.flag]
    if not (phrase or plain) and score >= thresholds.alone and reading.words <= OF_A_CLAUSE:
        rest = beside_answered(trigger, reading)
        if rest is not None:
            score = encoder.scores(rest).flags[trigger.flag] if rest.words >= OF_A_MATTER else 0.0
    sure = outburst(reading, said.mood) if trigger.flag == "SENTIMENT_ESCALATION" else None
    found = sure or worded.certain or decisive(plain, phrase, score, thresholds)
    if found is None and (plain or phrase) and trigger.phrases:
        # A wish at the end of another matter weighs little in the whole message: its sentence alone is asked.
        for sentence in reading.sentences():
            said_there = wording(trigger, sentence).phrase
            if said_there and encoder.scores(sentence).flags[trigger.flag] >= SURE:
                return said_there
    return found


def _of_a_paragraph(trigger: Trigger, paragraphs: Iterable[tuple[Reading, Scores]], begins: bool) -> str | None:
    """What makes a paragraph alone mean the trigger: a second matter weighs little in the whole message. Where a matter
    goes on, only words that say so do."""
    for paragraph, said in paragraphs:
        worded, score = wording(trigger, paragraph), said.flags[trigger.flag]
        if worded.phrase and score >= WORDED:
            return worded.phrase
        if not begins or score < OF_A_PARAGRAPH or not is_hinted(trigger, paragraph) or worded.alike:
            continue
        if beside_answered(trigger, paragraph) is None:
            return f"score {score:.2f}"
    return None


def decisive(plain: str | None, phrase: str | None, score: float, thresholds: Thresholds) -> str | None:
    """What makes a trigger fire: a phrase unless the score speaks against it, or a high score; else None.

    Against a `plain` phrase only a score near nothing speaks.
    """
    if plain and score >= thresholds.plain:
        return plain
    if phrase and score >= thresholds.veto:
        return phrase
    return f"score {score:.2f}" if score >= thresholds.alone else None


def _told(said: Scores) -> dict[str, float]:
    """The scores that are worth keeping, rounded."""
    everything = {
        **{f"category:{name}": value for name, value in said.category.items()},
        **{f"mood:{name}": value for name, value in said.mood.items()},
        **{f"flag:{name}": value for name, value in said.flags.items()},
    }
    return {name: round(value, 3) for name, value in everything.items() if value >= 0.05}
