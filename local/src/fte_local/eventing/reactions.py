"""What a function's answer means, how long to wait before the next try, and what a dead letter says."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Literal

from fte_local.eventing.event import Event, extension_name

MOST_ERROR_BYTES = 1024
_HEADER_PREFIX = "kne-"


class Reaction(Enum):
    """What to do after a try."""

    DONE = "done"
    RETRY = "retry"
    REFUSED = "refused"


REACTIONS: tuple[tuple[range, Reaction], ...] = (
    (range(200, 300), Reaction.DONE),
    (range(404, 405), Reaction.RETRY),
    (range(408, 410), Reaction.RETRY),
    (range(429, 430), Reaction.RETRY),
    (range(500, 600), Reaction.RETRY),
)
"""Every other status is a refusal for good."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from a try: a response, or with `status` None nothing at all."""

    status: int | None
    headers: Mapping[str, str]
    body: bytes = b""


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


def reaction(answer: Answer) -> Reaction:
    """What to do after this answer; no answer at all is tried again."""
    if answer.status is None:
        return Reaction.RETRY
    for statuses, what in REACTIONS:
        if answer.status in statuses:
            return what
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
