"""How a reply is cut into messages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fte.domain.channels import Channel
from fte.domain.graphemes import clusters
from fte.domain.layout import heading, split
from fte.domain.policy.length import units

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
WAVE = "\U0001f44b\U0001f3fd"
FLAGS = "\U0001f1e9\U0001f1ea", "\U0001f1fa\U0001f1f8"
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
KEYCAP = "1\ufe0f\u20e3"
E_ACUTE = "e\u0301"
EMOJI = (FAMILY, WAVE, *FLAGS, SCOTLAND, KEYCAP, E_ACUTE, "\u2764\ufe0f", "\U0001f3f3\ufe0f\u200d\U0001f308")
LINKS = ("https://help.techcorp.example/password-reset", "https://status.techcorp.example", "app.techcorp.example")
WORDS = (
    "Open",
    "the",
    "menu.",
    "Then",
    "choose",
    "Export,",
    "e.g.",
    "CSV!",
    "1.",
    "2)",
    "-",
    "\u2022",
    "3",
    "a",
    "Ok?",
)

written = st.lists(st.sampled_from((*WORDS, *LINKS, *EMOJI)), max_size=60).flatmap(
    lambda words: st.lists(
        st.sampled_from((" ", " ", " ", "\n", "\n\n", "  ")), min_size=len(words), max_size=len(words)
    ).map(lambda gaps: "".join(word + gap for word, gap in zip(words, gaps, strict=True)))
)
anything = st.text(max_size=1_500) | written


@given(anything, st.integers(2, 400))
@settings(deadline=None)
def test_only_white_space_is_lost_and_every_part_is_within_the_limit(text: str, limit: int) -> None:
    """Whatever the text and the limit: counted as phones count, and all characters in order."""
    parts = split(text, limit)
    assert all(0 < units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(written, st.integers(50, 400))
@settings(deadline=None)
def test_links_and_emoji_are_never_cut(text: str, limit: int) -> None:
    """Every word that a part can hold stands whole in one part."""
    parts = split(text, limit)
    assert [word for part in parts for word in part.split()] == text.split()


@given(st.lists(st.sampled_from(EMOJI), min_size=1, max_size=40), st.integers(16, 60))
@settings(deadline=None)
def test_a_row_of_emoji_is_cut_between_them(emoji: list[str], limit: int) -> None:
    """Also where there is no space to cut at."""
    parts = split("".join(emoji), limit)
    assert "".join(parts) == "".join(emoji)
    assert [cluster for part in parts for cluster in clusters(part)] == list(clusters("".join(emoji)))


@given(anything, st.integers(2, 400))
@settings(deadline=None)
def test_what_fits_is_not_cut_again(text: str, limit: int) -> None:
    """A part that is split again with the same limit stays one part."""
    assert all(len(split(part, limit)) == 1 for part in split(text, limit))


@given(st.text(max_size=300))
@settings(deadline=None)
def test_characters_make_up_the_text(text: str) -> None:
    """Nothing is lost or doubled between them."""
    found = list(clusters(text))
    assert "".join(found) == text
    assert all(found)


@pytest.mark.parametrize("one", EMOJI)
def test_what_is_seen_as_one_is_one(one: str) -> None:
    """Families, skin tones, flags, keycaps, letters with marks."""
    assert list(clusters(one)) == [one]
    assert list(clusters(one * 2)) == [one, one]


def test_two_flags_are_two() -> None:
    """Four halves are two pairs."""
    assert list(clusters("".join(FLAGS))) == list(FLAGS)


def test_an_emoji_counts_as_phones_count_it() -> None:
    """Two units for one beyond the basic plane."""
    assert units("a\U0001f44b") == 3
    assert len(split("\U0001f44b" * 10, 10)) == 2


def test_list_items_stay_whole_and_keep_their_marks() -> None:
    """A step goes to the next part as a whole; a long one is never parted from its number."""
    steps = "\n".join(f"{n}. Open the page number {n} of it. Then go on." for n in range(1, 9))
    parts = split(steps, 100)
    assert [line for part in parts for line in part.splitlines()] == steps.splitlines()
    long = "Do this:\n1. " + "word " * 60
    assert not any(part.endswith("1.") for part in split(long, 60))


def test_an_abbreviation_ends_no_sentence() -> None:
    """What belongs together is cut elsewhere."""
    assert split("Use a tool, e.g. Excel, for that. It helps you.", 36) == (
        "Use a tool, e.g. Excel, for that.",
        "It helps you.",
    )


def test_a_form_is_answered_under_our_own_words() -> None:
    """The words of a stranger do not stand above our signature."""
    assert heading(Channel.WEBFORM, "You won!", "TC-0123456789") == "[TC-0123456789] Your request to TechCorp support"
    assert heading(Channel.EMAIL, "Export", "TC-0123456789") == "Re: Export"
    assert heading(Channel.EMAIL, "RE: Export", "TC-0123456789") == "RE: Export"
