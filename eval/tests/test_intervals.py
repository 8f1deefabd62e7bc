from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fte_eval.intervals import effective, percentile, wilson


def test_an_interval_is_that_of_the_literature() -> None:
    """Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)


def test_nothing_counted_says_nothing() -> None:
    """Without observations every share is possible."""
    assert wilson(0, 0) == (0.0, 1.0)


@given(st.integers(1, 5_000), st.data())
def test_an_interval_holds_its_share(total: int, data: st.DataObject) -> None:
    """The share lies in its interval, the interval in 0 to 1, and more of the same makes it narrower."""
    hits = data.draw(st.integers(0, total))
    low, high = wilson(hits, total)
    assert 0 <= low <= hits / total <= high <= 1
    wide = high - low
    low, high = wilson(hits * 4, total * 4)
    assert high - low < wide


def test_a_percentile_is_one_of_the_values() -> None:
    """The smallest value that so many are not above; never a mean of two."""
    assert percentile([5, 1, 4, 2, 3], 0.5) == 3
    assert percentile(list(range(1, 21)), 0.95) == 19
    assert percentile([7], 0.95) == 7
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def test_unequal_weights_are_worth_less() -> None:
    """Ten equal observations are worth ten, ten of which one has nearly all the weight about one."""
    assert effective([0.1] * 10) == pytest.approx(10)
    assert effective([0.991, *[0.001] * 9]) == pytest.approx(1, abs=0.1)
    assert effective([]) == 0
