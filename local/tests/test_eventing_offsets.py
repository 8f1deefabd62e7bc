"""How far a partition may be committed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fte_local.eventing.offsets import PartitionOffsets


def test_nothing_is_due_before_anything_was_read() -> None:
    assert PartitionOffsets().due() is None


def test_an_event_under_way_holds_back_what_finished_after_it() -> None:
    offsets = PartitionOffsets()
    for offset in (5, 6, 9):
        offsets.started(offset)
    offsets.finished(6)
    assert offsets.due() == 5
    offsets.finished(5)
    assert offsets.due() == 9
    offsets.finished(9)
    assert offsets.due() == 10


def test_what_is_committed_is_not_due_again() -> None:
    offsets = PartitionOffsets()
    offsets.started(0)
    offsets.finished(0)
    assert offsets.due() == 1
    offsets.committed(1)
    assert offsets.due() is None


def test_a_commit_that_failed_is_due_again() -> None:
    offsets = PartitionOffsets()
    offsets.started(0)
    offsets.finished(0)
    assert (offsets.due(), offsets.due()) == (1, 1)


def test_what_was_read_is_known_until_the_partition_goes() -> None:
    offsets = PartitionOffsets()
    assert not offsets.known(5)
    for offset in (5, 6, 9):
        offsets.started(offset)
    offsets.finished(6)
    assert [offset for offset in range(12) if offsets.known(offset)] == [5, 6, 7, 8, 9]


@given(st.sets(st.integers(0, 1000), min_size=1, max_size=40).flatmap(lambda s: st.permutations(sorted(s))))
def test_no_order_of_finishing_commits_past_an_unfinished_event(order: list[int]) -> None:
    offsets = PartitionOffsets()
    for offset in sorted(order):
        offsets.started(offset)
    unfinished = set(order)
    for offset in order:
        offsets.finished(offset)
        unfinished.discard(offset)
        assert offsets.reached <= min(unfinished, default=max(order) + 1)
        assert offsets.outstanding == len(unfinished)
    assert offsets.due() == max(order) + 1
