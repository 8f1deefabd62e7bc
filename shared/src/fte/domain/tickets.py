"""The life of a ticket, as a table. The database holds the same table as a constraint."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from fte.errors import NotPossible


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


def steps(status: TicketStatus, goal: TicketStatus) -> tuple[TicketStatus, ...]:
    """The changes that lead a ticket from `status` to `goal`: none when it is there, and a resolved ticket that is
    taken up again is reopened first. Raises `NotPossible`.
    """
    if status is goal:
        return ()
    if goal in TRANSITIONS[status]:
        return (goal,)
    if _S.REOPENED in TRANSITIONS[status] and goal in TRANSITIONS[_S.REOPENED]:
        return (_S.REOPENED, goal)
    raise NotPossible(f"a ticket cannot go from {status} to {goal}")
