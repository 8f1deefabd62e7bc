"""What to do next about an answer, decided from the states of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from fte.domain.delivery import DeliveryStatus, advance

PENDING: Final = frozenset({DeliveryStatus.QUEUED, DeliveryStatus.SENDING, DeliveryStatus.UNKNOWN})
LOST: Final = frozenset({DeliveryStatus.FAILED, DeliveryStatus.BOUNCED})

MAX_BACKOFF_SECONDS: Final = 300.0
MAX_RETRY_AFTER_SECONDS: Final = 3600.0
SETTLE_SECONDS: Final = 5.0
"""After an unknown outcome the provider is given this long to show the message in its own listing: asked too early, it
would say no of a message that it has taken."""


@dataclass(frozen=True, slots=True)
class PartState:
    """Where one part of an answer stands."""

    id: UUID
    part: int
    status: DeliveryStatus
    next_attempt_at: datetime | None = None
    lease_until: datetime | None = None


class Action(StrEnum):
    """`ask`: the provider may have this part already; nothing is sent before it has said no."""

    SEND = "send"
    ASK = "ask"
    ABANDON = "abandon"
    WAIT = "wait"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Step:
    """The next action, and on which parts."""

    action: Action
    parts: tuple[PartState, ...] = ()


def next_step(parts: Sequence[PartState], now: datetime) -> Step:
    """What to do now. Parts go out in order: a later one waits until the provider has taken the earlier one.

    A part after one that was lost is abandoned: the rest of an answer without its beginning misleads.
    """
    pending: list[PartState] = []
    lost = False
    for part in sorted(parts, key=lambda state: state.part):
        lost = lost or part.status in LOST
        if part.status in PENDING:
            pending.append(part)
    if not pending:
        return Step(Action.DONE)
    first = pending[0]
    if first.lease_until is not None and first.lease_until > now:
        return Step(Action.WAIT)
    if lost and first.status is DeliveryStatus.QUEUED:
        return Step(Action.ABANDON, tuple(part for part in pending if part.status is DeliveryStatus.QUEUED))
    if first.next_attempt_at is not None and first.next_attempt_at > now:
        return Step(Action.WAIT)
    return Step(Action.SEND if first.status is DeliveryStatus.QUEUED else Action.ASK, (first,))


def claimed(status: DeliveryStatus) -> DeliveryStatus:
    """The status of a part while somebody works on it. Whoever died while sending leaves an unknown outcome."""
    return DeliveryStatus.SENDING if status is DeliveryStatus.QUEUED else DeliveryStatus.UNKNOWN


def after_acceptance(reports: Sequence[DeliveryStatus]) -> DeliveryStatus:
    """The status of a part that the provider has taken, with the news of it that came before we knew its id."""
    status = DeliveryStatus.SENT
    for news in reports:
        status = advance(status, news)
    return status


def delay(attempts: int, retry_after: float | None = None, *, unknown: bool = False) -> float:
    """Seconds until the next attempt: 1, 2, 4 … 300, or what the provider asks for, up to an hour."""
    backoff = min(2.0 ** min(attempts - 1, 10), MAX_BACKOFF_SECONDS)
    asked_for = min(retry_after or 0.0, MAX_RETRY_AFTER_SECONDS)
    return max(backoff, asked_for, SETTLE_SECONDS if unknown else 0.0)
