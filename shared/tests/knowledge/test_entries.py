from __future__ import annotations

import dataclasses
import datetime as dt

from fte.knowledge.articles import Article, Section
from fte.knowledge.entries import entries

ARTICLE = Article(
    "slack",
    "Connect Slack",
    ("slack",),
    "integration",
    dt.date(2026, 11, 2),
    (Section("", "Intro."), Section("Set up", "1. Open **Settings**."), Section("Set up", "2. Choose `Slack`.")),
)


def test_the_embedded_text_names_title_and_heading_without_marks() -> None:
    """A list of steps alone would not say what it is about; Markdown's marks mean nothing to a model."""
    assert [entry.text for entry in entries([ARTICLE])] == [
        "Connect Slack\nIntro.",
        "Connect Slack. Set up\n1. Open Settings.",
        "Connect Slack. Set up\n2. Choose Slack.",
    ]


def test_ids_stay_when_another_section_is_put_before() -> None:
    """A reply that was written from a passage still names it after the article grew; its hash stays too."""
    grown = dataclasses.replace(ARTICLE, sections=(Section("New", "Text."), *ARTICLE.sections))
    before, after = entries([ARTICLE]), entries([grown])
    assert [entry.id for entry in after[1:]] == [entry.id for entry in before]
    assert [entry.content_hash for entry in after[1:]] == [entry.content_hash for entry in before]
    assert [entry.position for entry in after] == [0, 1, 2, 3]


def test_the_hash_changes_with_everything_that_a_row_shows() -> None:
    """A new title, category, topic, date or text is a change."""
    (first, *_) = entries([ARTICLE])
    for change in (
        {"title": "Slack"},
        {"category": "how_to"},
        {"topics": ("slack", "login")},
        {"updated": dt.date(2026, 11, 3)},
        {"content": "Other."},
    ):
        assert dataclasses.replace(first, **change).content_hash != first.content_hash


def test_what_customers_ask_is_found_by_and_not_shown() -> None:
    """Each question is a row after the sections, with its own words as heading and without content."""
    article = Article(
        "boards", "Boards", ("boards",), "how_to", dt.date(2026, 1, 1), (Section("", "Text."),), ("a wall of notes",)
    )
    passage, asked = entries([article])
    assert (passage.position, passage.content) == (0, "Text.")
    assert (asked.position, asked.section, asked.content) == (1, "a wall of notes", "")
    assert asked.question == "a wall of notes"


def test_a_question_of_a_section_names_the_passage_that_answers_it() -> None:
    """It comes after those of the article, which name none; another passage is another hash."""
    sections = (Section("", "Text."), Section("Move a card", "Drag it.", ("put it elsewhere",)))
    article = Article("boards", "Boards", ("boards",), "how_to", dt.date(2026, 1, 1), sections, ("a wall of notes",))
    _, move, wall, elsewhere = entries([article])
    assert (elsewhere.position, elsewhere.section, elsewhere.content) == (3, "put it elsewhere", "")
    assert (elsewhere.answers, wall.answers) == (move.id, None)
    assert dataclasses.replace(elsewhere, answers=None).content_hash != elsewhere.content_hash
