from __future__ import annotations

import pytest

from fte.knowledge.wording import reword, written_out


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


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("forgot my PW", "forgot my password"),
        ("cant open my acct", "can't open my account"),
        ("the calender is empty", "the calendar is empty"),
        ("u owe ppl an answer", "you owe people an answer"),
    ],
)
def test_short_forms_are_written_out(said: str, meant: str) -> None:
    """The embedding model and the full text know whole words."""
    assert written_out(said) == meant


@pytest.mark.parametrize("text", ["ann@acme.org", "sub-projects", "app.u.example", "spwd", "I'm in"])
def test_parts_of_other_words_are_no_short_forms(text: str) -> None:
    """An address, a compound and a word that only begins alike stay as they are."""
    assert written_out(text) == text


def test_a_credit_card_is_no_task() -> None:
    """A card of a board is a task; one that pays is not."""
    assert reword("move the card") == "move the task"
    assert "task" not in reword("my credit card expired")


@pytest.mark.parametrize(
    ("text", "kept"),
    [("how are all teams doing", False), ("show it in Teams", True), ("a Teams channel", True), ("MS Teams", True)],
)
def test_teams_of_people_are_not_microsofts(text: str, kept: bool) -> None:
    """Or every question about teams would find the article about Microsoft Teams."""
    assert ("teams" in reword(text).lower()) is kept


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
