"""The life of a ticket, as a table. The database holds the same table as a constraint."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class TicketStatus(StrEnum):
    """Answered is not resolved: resolved is confirmed by the customer or assumed after silence."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    ANSWERED = "answered"
    ESCALATED = "escalated"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    CLOSED = "closed"


_S = TicketStatus

TRANSITIONS: Final[dict[TicketStatus, frozenset[TicketStatus]]] = {
    _S.OPEN: frozenset({_S.IN_PROGRESS, _S.ANSWERED, _S.ESCALATED, _S.RESOLVED, _S.CLOSED}),
    _S.IN_PROGRESS: frozenset({_S.ANSWERED, _S.ESCALATED, _S.RESOLVED, _S.CLOSED}),
    _S.ANSWERED: frozenset({_S.IN_PROGRESS, _S.ESCALATED, _S.RESOLVED, _S.CLOSED}),
    _S.ESCALATED: frozenset({_S.IN_PROGRESS, _S.ANSWERED, _S.RESOLVED, _S.CLOSED}),
    _S.RESOLVED: frozenset({_S.REOPENED, _S.CLOSED}),
    _S.REOPENED: frozenset({_S.IN_PROGRESS, _S.ANSWERED, _S.ESCALATED, _S.RESOLVED, _S.CLOSED}),
    _S.CLOSED: frozenset(),
}


def on_new_message(status: TicketStatus) -> TicketStatus:
    """The status of a ticket when its customer writes again."""
    return _S.REOPENED if status is _S.RESOLVED else _S.IN_PROGRESS if status in (_S.ANSWERED, _S.OPEN) else status
