from __future__ import annotations

import pytest

from fte.knowledge.wording import reword


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("I want my MONEY BACK now", "refund"),
        ("we got charged 3 times", "duplicate charge"),
        ("lost my MFA device", "two-factor"),
        ("can several ppl share one card?", "people"),
        ("push notifs r broken", "notifications"),
        ("invite my colleagues", "members"),
    ],
)
def test_customers_words_become_the_documentations(said: str, meant: str) -> None:
    """The search by words finds an article although the customer calls things otherwise."""
    assert meant in reword(said)


def test_greetings_are_left_out() -> None:
    """Words that every ticket has would rank articles by chance."""
    assert reword("Hi team, please help: slack stopped. Thanks!").split() == [",", ":", "slack", "stopped.", "!"]


def test_a_query_of_nothing_but_such_words_says_nothing() -> None:
    """A greeting has no words that an article could share; the search by meaning is left."""
    assert reword("hello, help please").strip(" ,") == ""


@pytest.mark.parametrize("text", ["charged " * 20_000, "back up " * 20_000, "a" * 100_000, "-" * 100_000])
def test_only_the_beginning_of_a_huge_text_is_read(text: str) -> None:
    """A search costs the same whatever is sent."""
    assert reword(text) == reword(text[:4000])
    assert len(reword(text)) < 20_000
