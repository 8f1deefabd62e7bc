"""When tickets are about one matter."""

from __future__ import annotations

from typing import Final

import pytest

from fte.domain.channels import Channel
from fte_agent.repeats import Contact, names_no_matter, same_matter, tickets_on, with_repeat
from fte_agent.triage import triage

EAST: Final = (1.0, 0.0)
NEAR: Final = (0.45, 0.893)
CLOSE: Final = (0.6, 0.8)
NORTH: Final = (0.0, 1.0)
ARTICLE: Final = frozenset({"csv-import"})
NONE: Final[frozenset[str]] = frozenset()

PAIRS = {
    "alike in other fields": (Contact("billing", NONE, EAST), Contact("how_to", NONE, CLOSE), True),
    "somewhat alike in one category": (Contact("how_to", NONE, EAST), Contact("how_to", NONE, NEAR), True),
    "somewhat alike with one article": (Contact("billing", ARTICLE, EAST), Contact("how_to", ARTICLE, NEAR), True),
    "somewhat alike in other fields": (Contact("billing", NONE, EAST), Contact("how_to", NONE, NEAR), False),
    "one category only": (Contact("how_to", NONE, EAST), Contact("how_to", NONE, NORTH), False),
    "one category and one article": (Contact("how_to", ARTICLE, EAST), Contact("how_to", ARTICLE, NORTH), False),
    "without vectors, both": (Contact("how_to", ARTICLE, None), Contact("how_to", ARTICLE, EAST), True),
    "without vectors, one category": (Contact("how_to", NONE, None), Contact("how_to", NONE, None), False),
}


@pytest.mark.parametrize("pair", PAIRS)
def test_a_matter_is_what_is_said_and_where_it_belongs(pair: str) -> None:
    """Both ways alike."""
    one, other, same = PAIRS[pair]
    assert same_matter(one, other) == same_matter(other, one) == same


def test_the_current_ticket_counts() -> None:
    """One before makes two."""
    current = Contact("how_to", NONE, EAST)
    assert tickets_on(current, [Contact("how_to", NONE, NEAR), Contact("how_to", NONE, NORTH)]) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Any news?",
        "It still doesn\u2019t work.\nBest regards,\nTom",
        "Hello, any update on this please?",
        "Same problem again",
    ],
)
def test_a_reminder_names_no_matter(text: str) -> None:
    """It is about what was written before."""
    assert names_no_matter(text)


@pytest.mark.parametrize("text", ["The Slack integration still fails", "Hello", "Thanks, that worked!", "Help!", ""])
def test_other_messages_are_about_what_they_say(text: str) -> None:
    """A greeting is about nothing at all."""
    assert not names_no_matter(text)


def test_the_flag_stands_in_its_place_and_raises_the_priority() -> None:
    """After what is more urgent; the most urgent one decides who takes over."""
    alone = with_repeat(triage("Import", "My CSV file is not taken.", Channel.EMAIL), 3)
    assert alone.flags == ("REPEAT_CONTACT",)
    assert alone.priority == "high"
    assert "3 tickets" in str(alone.explanation())
    with_more = with_repeat(triage("Refund", "I want a refund.", Channel.EMAIL), 4)
    assert with_more.flags == ("REFUND_REQUEST", "REPEAT_CONTACT")
    assert with_more.route is not None
    assert with_more.route.flag == "REFUND_REQUEST"
