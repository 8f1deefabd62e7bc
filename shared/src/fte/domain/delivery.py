"""The life of an outbound message, as a table: monotonic, whatever order a provider's callbacks come in."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final


class DeliveryStatus(StrEnum):
    """`unknown`: the provider may or may not have taken it; it must be asked before anything is sent again."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    BOUNCED = "bounced"
    UNKNOWN = "unknown"


_D = DeliveryStatus

TRANSITIONS: Final[dict[DeliveryStatus, frozenset[DeliveryStatus]]] = {
    _D.QUEUED: frozenset({_D.SENDING, _D.SENT, _D.DELIVERED, _D.READ, _D.FAILED}),
    _D.SENDING: frozenset({_D.QUEUED, _D.SENT, _D.DELIVERED, _D.READ, _D.FAILED, _D.UNKNOWN}),
    _D.UNKNOWN: frozenset({_D.QUEUED, _D.SENT, _D.DELIVERED, _D.READ, _D.FAILED}),
    _D.SENT: frozenset({_D.DELIVERED, _D.READ, _D.FAILED, _D.BOUNCED}),
    _D.DELIVERED: frozenset({_D.READ, _D.BOUNCED}),
    _D.READ: frozenset(),
    # Who has it, has it: news of a failure that was overtaken, or that came first, changes nothing about that.
    _D.FAILED: frozenset({_D.DELIVERED, _D.READ}),
    _D.BOUNCED: frozenset(),
}

_WORST_FIRST: Final = (
    _D.FAILED, _D.BOUNCED, _D.UNKNOWN, _D.QUEUED, _D.SENDING, _D.SENT, _D.DELIVERED, _D.READ,
)  # fmt: skip


def advance(current: DeliveryStatus, news: DeliveryStatus) -> DeliveryStatus:
    """The status after `news`: late or repeated news changes nothing."""
    return news if news in TRANSITIONS[current] else current


def summed_up(parts: Iterable[DeliveryStatus]) -> DeliveryStatus:
    """The status of a message from those of its parts: as far as the part that is least far."""
    statuses = set(parts)
    return next(status for status in _WORST_FIRST if status in statuses)
