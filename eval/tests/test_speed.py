"""What is made of measured times: the summary, the verdict, and what is written. Nothing is timed."""

from __future__ import annotations

import pytest

from speed import Figure, report

TIMES = [[1.0, 2.0, 3.0, 4.0], [2.0, 2.0, 2.0, 30.0]]


def test_a_figure_sums_up_all_rounds_and_each() -> None:
    told = Figure("search", TIMES, "p95", 25.0).as_dict()
    assert {name: told[name] for name in ("measured", "p50", "p95", "most")} == {
        "measured": 8,
        "p50": 2.0,
        "p95": 30.0,
        "most": 30.0,
    }
    assert told["rounds"] == [{"p50": 2.0, "p95": 4.0, "most": 4.0}, {"p50": 2.0, "p95": 30.0, "most": 30.0}]


@pytest.mark.parametrize(
    ("held", "bar", "passed"), [("p50", 2.1, True), ("p50", 2.0, False), ("p95", 25.0, False), ("most", 30.1, True)]
)
def test_the_statistic_that_is_named_is_held_to_the_bar(held: str, bar: float, passed: bool) -> None:
    """The bar itself is not below the bar; other statistics may be above it."""
    figure = Figure("search", TIMES, held, bar)  # type: ignore[arg-type]
    assert figure.passed is passed
    assert figure.as_dict()["passed"] is passed
    assert str(figure).endswith("holds" if passed else "MISSED")


def test_the_spread_over_rounds_is_told() -> None:
    assert "p95 of a round 4.0 to 30.0" in str(Figure("search", TIMES, "p95", 25.0))


def test_one_missed_bar_is_enough() -> None:
    good, bad = Figure("a", TIMES, "p50", 15.0), Figure("b", TIMES, "p95", 25.0)
    assert report([good], {})["passed"] is True
    assert report([good, bad], {})["passed"] is False


def test_nothing_measured_is_nothing_passed() -> None:
    assert report([], {"python": "3"}) == {"passed": False, "unit": "ms", "machine": {"python": "3"}, "figures": []}
