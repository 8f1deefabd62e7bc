"""The way of a ticket from one status to another."""

from __future__ import annotations

import itertools

import pytest

from fte.domain.tickets import TRANSITIONS, TicketStatus, steps
from fte.errors import NotPossible


@pytest.mark.parametrize(("status", "goal"), list(itertools.product(TicketStatus, repeat=2)))
def test_every_step_is_a_transition_of_the_table(status: TicketStatus, goal: TicketStatus) -> None:
    """There is a way, over allowed transitions and to the goal, or the change is refused."""
    try:
        way = [status, *steps(status, goal)]
    except NotPossible:
        assert goal not in TRANSITIONS[status]
        return
    assert way[-1] is goal
    assert all(after in TRANSITIONS[before] for before, after in itertools.pairwise(way))


def test_a_resolved_ticket_is_reopened_on_the_way() -> None:
    """A person who writes in a resolved matter takes it up again."""
    assert steps(TicketStatus.RESOLVED, TicketStatus.ANSWERED) == (TicketStatus.REOPENED, TicketStatus.ANSWERED)


@pytest.mark.parametrize("goal", [goal for goal in TicketStatus if goal is not TicketStatus.CLOSED])
def test_closed_is_the_end(goal: TicketStatus) -> None:
    """Nothing leads out of closed."""
    with pytest.raises(NotPossible):
        steps(TicketStatus.CLOSED, goal)
