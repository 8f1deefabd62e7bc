"""What is done next about an answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fte.domain.delivery import DeliveryStatus
from fte_deliver.steps import (
    MAX_BACKOFF_SECONDS,
    SETTLE_SECONDS,
    Action,
    PartState,
    Step,
    after_acceptance,
    claimed,
    delay,
    next_step,
)

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(seconds=10)
EARLIER = NOW - timedelta(seconds=10)
S = DeliveryStatus


def part(number: int, status: DeliveryStatus, **times: datetime) -> PartState:
    return PartState(UUID(int=number), number, status, **times)


@pytest.mark.parametrize(
    ("state", "action"),
    [
        (part(1, S.QUEUED), Action.SEND),
        (part(1, S.QUEUED, next_attempt_at=EARLIER), Action.SEND),
        (part(1, S.QUEUED, next_attempt_at=LATER), Action.WAIT),
        (part(1, S.SENDING, lease_until=LATER), Action.WAIT),
        (part(1, S.SENDING, lease_until=EARLIER), Action.ASK),
        (part(1, S.UNKNOWN, next_attempt_at=LATER), Action.WAIT),
        (part(1, S.UNKNOWN, next_attempt_at=EARLIER), Action.ASK),
        (part(1, S.UNKNOWN, lease_until=LATER), Action.WAIT),
        (part(1, S.SENT), Action.DONE),
        (part(1, S.DELIVERED), Action.DONE),
        (part(1, S.READ), Action.DONE),
        (part(1, S.FAILED), Action.DONE),
        (part(1, S.BOUNCED), Action.DONE),
    ],
)
def test_one_part(state: PartState, action: Action) -> None:
    """Nothing whose outcome is in doubt is sent before the provider was asked."""
    assert next_step([state], NOW).action is action


def test_no_parts_need_nothing() -> None:
    assert next_step([], NOW) == Step(Action.DONE)


@pytest.mark.parametrize("first", [S.SENT, S.DELIVERED, S.READ])
def test_a_part_follows_once_the_one_before_it_was_taken(first: DeliveryStatus) -> None:
    second = part(2, S.QUEUED)
    assert next_step([part(3, S.QUEUED), second, part(1, first)], NOW) == Step(Action.SEND, (second,))


@pytest.mark.parametrize(
    "first", [part(1, S.SENDING, lease_until=LATER), part(1, S.QUEUED, next_attempt_at=LATER)], ids=["held", "put off"]
)
def test_a_part_waits_for_the_one_before_it(first: PartState) -> None:
    assert next_step([first, part(2, S.QUEUED)], NOW) == Step(Action.WAIT)


@pytest.mark.parametrize("first", [S.FAILED, S.BOUNCED])
def test_the_rest_of_a_lost_answer_is_abandoned(first: DeliveryStatus) -> None:
    """Also when it was put off: there is nothing to wait for."""
    rest = (part(2, S.QUEUED, next_attempt_at=LATER), part(3, S.QUEUED))
    assert next_step([part(1, first), *rest], NOW) == Step(Action.ABANDON, rest)


def test_a_part_in_doubt_is_asked_for_even_after_a_loss() -> None:
    """The customer may have it: the record must say so."""
    second = part(2, S.UNKNOWN)
    assert next_step([part(1, S.FAILED), second], NOW) == Step(Action.ASK, (second,))


@pytest.mark.parametrize(("status", "held"), [(S.QUEUED, S.SENDING), (S.SENDING, S.UNKNOWN), (S.UNKNOWN, S.UNKNOWN)])
def test_status_while_somebody_works_on_a_part(status: DeliveryStatus, held: DeliveryStatus) -> None:
    assert claimed(status) is held


def test_early_news_is_applied_in_any_order() -> None:
    """Status callbacks may come before the id is recorded, and in any order."""
    for reports in permutations([S.QUEUED, S.SENT, S.DELIVERED, S.READ]):
        assert after_acceptance(reports) is S.READ
    assert after_acceptance([]) is S.SENT
    assert after_acceptance([S.SENT, S.FAILED]) is S.FAILED


def test_attempts_are_spaced_out() -> None:
    assert [delay(attempt) for attempt in range(1, 12)] == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


@settings(deadline=None)
@given(st.integers(1, 10_000), st.none() | st.floats(0, 1e9), st.booleans())
def test_a_delay_is_bounded(attempts: int, retry_after: float | None, unknown: bool) -> None:
    """What the provider asks for is kept, up to an hour, and doubt is never resolved at once."""
    seconds = delay(attempts, retry_after, unknown=unknown)
    assert 1 <= seconds <= max(MAX_BACKOFF_SECONDS, 3600)
    assert seconds >= min(retry_after or 0, 3600)
    assert not unknown or seconds >= SETTLE_SECONDS
