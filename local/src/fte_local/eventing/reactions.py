"""What a function's answer means, how long to wait before the next try, and what a dead letter says."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Literal

from fte_local.eventing.event import Event, NotAnEvent, extension_name, from_http, is_encoded

MOST_ERROR_BYTES = 1024
_HEADER_PREFIX = "kne-"


class Kind(Enum):
    """Which of Knative's objects brings an event to a function."""

    KAFKA_SOURCE = "KafkaSource"
    TRIGGER = "Trigger"


class Content(Enum):
    """What an answer carries."""

    NOTHING = "nothing"
    EVENT = "an event"
    OTHER = "something else"


class Reaction(Enum):
    """What to do after a try."""

    DONE = "done"
    REPLY = "put the answer on the broker's topic"
    RETRY = "try again, in the end a dead letter"
    REFUSED = "a dead letter at once"


@dataclass(frozen=True, slots=True)
class Row:
    """For answers with one of these statuses and contents: the reaction of each kind."""

    statuses: range
    contents: frozenset[Content]
    kafka_source: Reaction
    trigger: Reaction


_ANY = frozenset(Content)
_AGAIN = (Reaction.RETRY, Reaction.RETRY)

REACTIONS: tuple[Row, ...] = (
    Row(range(200, 300), frozenset({Content.NOTHING}), Reaction.DONE, Reaction.DONE),
    Row(range(200, 300), frozenset({Content.EVENT}), Reaction.DONE, Reaction.REPLY),
    # A Broker takes what it cannot read for a failed function, though the function has succeeded.
    Row(range(200, 300), frozenset({Content.OTHER}), Reaction.DONE, Reaction.REFUSED),
    Row(range(404, 405), _ANY, *_AGAIN),
    Row(range(408, 410), _ANY, *_AGAIN),
    Row(range(429, 430), _ANY, *_AGAIN),
    Row(range(500, 600), _ANY, *_AGAIN),
)
"""Every other status is a refusal for good; no answer at all is tried again."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from a try: a response with lower-case header names, or with `status` None nothing at all."""

    status: int | None
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def content(self) -> Content:
        """What the answer carries; an event that cannot be read is something else."""
        if not is_encoded(self.headers):
            return Content.OTHER if self.body else Content.NOTHING
        try:
            self.event()
        except NotAnEvent:
            return Content.OTHER
        return Content.EVENT

    def event(self) -> Event:
        """The event that the answer is. Raises `NotAnEvent`."""
        return from_http(self.headers, self.body)


NOTHING = Answer(None, {})


@dataclass(frozen=True, slots=True)
class Retries:
    """How often to try again, and when."""

    retry: int
    policy: Literal["linear", "exponential"]
    delay: timedelta

    def before(self, attempt: int) -> timedelta | None:
        """The wait before repeat number `attempt` (from 1), or None when there is no such repeat."""
        if attempt > self.retry:
            return None
        return self.delay * (2**attempt if self.policy == "exponential" else attempt)


def reaction(kind: Kind, answer: Answer) -> Reaction:
    """What an object of this kind does after this answer."""
    if answer.status is None:
        return Reaction.RETRY
    for row in REACTIONS:
        if answer.status in row.statuses and answer.content in row.contents:
            return row.kafka_source if kind is Kind.KAFKA_SOURCE else row.trigger
    return Reaction.REFUSED


def dead_letter(event: Event, destination: str, answer: Answer) -> Event:
    """The event with what went wrong, under the names that Knative's data plane gives it."""
    extensions = {"knativeerrordest": destination}
    if answer.status is not None:
        extensions["knativeerrorcode"] = str(answer.status)
        if answer.body:
            extensions["knativeerrordata"] = base64.b64encode(answer.body[:MOST_ERROR_BYTES]).decode()
    for header, value in answer.headers.items():
        name = extension_name(header[len(_HEADER_PREFIX) :])
        if header.lower().startswith(_HEADER_PREFIX) and name:
            extensions[name] = value
    return event.extended(extensions)
