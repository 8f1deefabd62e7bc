from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from fte_eval.checks import expected
from fte_eval.observing import Observed
from fte_eval.scenario import Expect

HOLDS: dict[str, dict[str, Any]] = {
    "outcome": {"outcome": ["answered", "asked"]},
    "flags": {"flags": []},
    "category": {"category": "how_to"},
    "sentiment": {"sentiment": "neutral"},
    "priority": {"priority": ["low", "medium"]},
    "topic": {"topic": ["reports", "data-export"]},
    "says": {"says": [["as a file", "export as csv"]]},
    "not_says": {"not_says": ["refund"]},
    "ticket": {"ticket": "same"},
}
FAILS: dict[str, dict[str, Any]] = {
    "outcome": {"outcome": "escalated"},
    "flags": {"flags": ["KB_MISS"]},
    "team": {"team": "finance"},
    "category": {"category": ["billing", "sales"]},
    "sentiment": {"sentiment": "negative"},
    "priority": {"priority": "urgent"},
    # It was found, and first, but the reply does not rest on it.
    "topic": {"topic": "csv-import"},
    "says": {"says": ["PDF"]},
    "not_says": {"not_says": ["the project"]},
    "ticket": {"ticket": "new"},
}


@pytest.mark.parametrize("name", HOLDS)
def test_what_is_as_expected_passes(name: str, letter: Observed) -> None:
    """One check each, and it holds."""
    (check,) = expected(Expect(**HOLDS[name]), letter, "same")
    assert (check.name, check.passed) == (name, True)


@pytest.mark.parametrize("name", FAILS)
def test_what_is_otherwise_fails(name: str, letter: Observed) -> None:
    """One check each, it fails, and it says what was wanted and what was there."""
    (check,) = expected(Expect(**FAILS[name]), letter, "same")
    assert (check.name, check.passed) == (name, False)
    assert check.wanted
    assert check.got


def test_what_is_not_expected_is_not_checked(letter: Observed) -> None:
    """An empty expectation checks nothing."""
    assert expected(Expect(), letter, "same") == ()


def test_flags_are_an_exact_set(letter: Observed) -> None:
    """One too many is as wrong as one too few; the order does not count."""
    handed = replace(letter, flags=("REFUND_REQUEST", "HUMAN_REQUESTED"), team="finance")
    assert expected(Expect(flags=["HUMAN_REQUESTED", "REFUND_REQUEST"], team="finance"), handed, "new")[0].passed
    assert not expected(Expect(flags=["REFUND_REQUEST"]), handed, "new")[0].passed


@pytest.mark.parametrize(
    ("wanted", "got", "passed"),
    [("new", "new", True), ("same", "reopened", True), ("reopened", "same", False), ("new", "none", False)],
)
def test_a_reopened_ticket_is_the_same(wanted: Any, got: str, passed: bool, letter: Observed) -> None:
    """But the same ticket was not reopened unless it was resolved."""
    assert expected(Expect(ticket=wanted), letter, got)[0].passed is passed


def test_words_are_compared_without_typography(letter: Observed) -> None:
    """Curly quotes, dashes, case and line ends do not matter."""
    said = replace(letter, reply="Open it \u2013 that\u2019s\nall.")
    assert all(check.passed for check in expected(Expect(says=["it - THAT'S all"]), said, "new"))
