"""Numbers and names that a reply has from nowhere are found whatever the wording, and what the sources have passes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fte.domain.policy.grounding import ungrounded
from fte.domain.policy.quantities import stated, told
from fte.knowledge.articles import read_articles

KNOWLEDGE = Path(__file__).resolve().parents[3] / "knowledge"
SENTENCE_END = re.compile(r"(?<=[^\W\d][.!?])\s+(?=[^a-z\s])")
"""The mark of a list's item ends no sentence."""
SOURCES = (
    "Up to 50 projects come at a time, each with 1,000 tasks. A reset link works for 60 minutes, an export an hour.",
    "1. Open Workspace settings > Import.\n2. Choose Trello > Boards.\n9. Save. On Team half of the seats are left.",
    "People work Monday to Friday, 08:00 to 18:00 UTC. The desktop app needs macOS 13.2. At 80 % the bar turns red.",
)

UNGROUNDED = {
    "Expect 2,340 in the end.": ("2,340",),
    "Reckon with two thousand three hundred and forty.": ("two thousand three hundred and forty",),
    "Small → 11, middle → 22.": ("11", "22"),
    "The smallest one begins at eleven.": ("eleven",),
    "Whoever pays for a year in one go keeps roughly a fifth.": ("a fifth",),
    "It is one third less then.": ("one third",),
    "The bar turns red at 70 %.": ("70 %",),
    "The bar turns red at 80.": ("80",),
    "A link works for 50 hours, or one day.": ("one day",),
    "We answer until 8 pm.": ("8 pm",),
    "It needs macOS 13.3.": ("13.3",),
    "There are 9 seats left.": ("9",),
    "Choose Import: 9. Save it. 12 items may come.": ("9", "12"),
    "Version v7 has it since Q4.": ("v7", "Q4"),
    "Marta from our back office writes to you.": ("Marta",),
    "I have passed it to Arjun Mehta in the team.": ("Arjun", "Mehta"),
    "The firm Initech works in the same way.": ("Initech",),
    "Initech's list looks alike.": ("Initech",),
    "A hospital in Lyon does it every night.": ("Lyon",),
    "It is the one named initech-labs.": ("initech-labs",),
    "Open Import, then choose Gadgets.": ("Gadgets",),
    "Save it to iCloud.": ("iCloud",),
    "Write on Sunday.": ("Sunday",),
    "Best wishes,\nMarta": ("Marta",),
    "A link works for \uff14\uff15 minutes, and 4\u200b5 it is.": ("45", "45"),
}

GROUNDED = (
    "A reset link works for sixty minutes; the export works for one hour, or 1 hour.",
    "1000 tasks come along, that is a thousand, in 50 projects.",
    "Here is how:\n1. Open Workspace settings > Import.\n2. Choose Trello.\n3. Choose Boards and save.",
    "In short: 1. Open Import; 2. Choose Trello. 3. Save.",
    "There are three ways to do it, and step 2 is the same in all of them. Both of the two need two-factor sign-in.",
    "Unfortunately, our documentation says no more. Somebody has to look, and nobody can before Monday.",
    "Half of the seats are left, and the bar is red at 80 percent.",
    "People work from 8 am to 6 pm UTC, so from 8 to 18 UTC.",
    "Sharing is easy. Renaming will do no harm. Projects have tasks. One of them is enough.",
    "On iPhone or Android, in Chrome or as a PDF, it's the same. Choose TRELLO'S boards.",
    "First open it, then the second one. See https://help.techcorp.example/csv-import or app.techcorp.example/v7.",
)


@pytest.mark.parametrize(("text", "found"), UNGROUNDED.items())
def test_what_no_source_has_is_found(text: str, found: tuple[str, ...]) -> None:
    """However it is worded, and nothing else of the sentence."""
    assert ungrounded(text, SOURCES) == found


@pytest.mark.parametrize("text", GROUNDED)
def test_what_the_sources_have_passes(text: str) -> None:
    """Other spellings of their numbers and names, and what numbers or counts the text's own parts."""
    assert ungrounded(text, SOURCES) == ()


def test_a_list_of_the_sources_is_no_source_of_numbers() -> None:
    """Its ninth item says nothing of nine seats."""
    assert "9" not in told("1. open\n9. save it")
    assert list(stated("7. save 9 of 30 items")) == [("9", "9"), ("30", "30")]


_BELOW_TWENTY: Final = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen
"""
_ONES: Final = _BELOW_TWENTY.split()
_TENTHS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS: Final = ["", "", *_TENTHS.split()]


def in_words(number: int) -> str:
    if number < 20:
        return _ONES[number]
    if number < 100:
        return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")
    for size, name in ((1_000_000, "million"), (1_000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = f" {in_words(number % size)}" if number % size else ""
            return f"{in_words(number // size)} {name}{rest}"
    raise AssertionError(number)


numbers = st.integers(2, 999_999) | st.integers(2, 99)
spellings = st.sampled_from([str, "{:,}".format, in_words])


@given(number=numbers, spelled=spellings, unit=st.sampled_from(["", " GB", " days", " seats", "%", " in total"]))
def test_a_number_that_no_source_has_is_refused(number: int, spelled: object, unit: str) -> None:
    """In digits or in words, whatever is counted."""
    assert callable(spelled)
    assert ungrounded(f"You would be at {spelled(number)}{unit} then.", ["Up to 1 GB. Choose Save."]) != ()


@given(number=numbers, spelled=spellings, as_told=spellings)
def test_a_number_in_a_source_may_be_said_in_any_spelling(number: int, spelled: object, as_told: object) -> None:
    assert callable(spelled)
    assert callable(as_told)
    assert ungrounded(f"It holds {spelled(number)} tasks.", [f"A list holds {as_told(number)} tasks."]) == ()


def sentences() -> list[tuple[str, str]]:
    """All sentences of the documentation, each with its article."""
    found = []
    for article in read_articles(KNOWLEDGE):
        text = "\n\n".join(f"{section.heading}\n\n{section.content}" for section in article.sections)
        lines = (line for line in re.sub(r"\n(?![\n#-]|\d+\. )", " ", text).splitlines() if line.strip())
        found += [(text, sentence) for line in lines for sentence in SENTENCE_END.split(line.strip())]
    return found


SENTENCES: Final = sentences()


@given(
    chosen=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12), between=st.sampled_from([" ", "\n", "\n\n"])
)
def test_what_is_put_together_from_the_documentation_passes(chosen: list[tuple[str, str]], between: str) -> None:
    """Sentences in any order, in lines or one after the other."""
    # In one line a heading or an item without a full stop would run into what follows.
    assume(between != " " or all(sentence.endswith((".", "!", "?")) for _, sentence in chosen))
    assert ungrounded(between.join(sentence for _, sentence in chosen), [article for article, _ in chosen]) == ()


@given(
    st.text(st.characters(exclude_characters="@./:")) | st.sampled_from(["7" * 9_000, "1." * 3_000, "a hundred " * 900])
)
def test_any_text_rests_on_itself(text: str) -> None:
    """Whatever it holds, and however much of it."""
    assert ungrounded(text, [text]) == ()


def test_each_article_passes_with_itself() -> None:
    articles = {article: ungrounded(article, [article]) for article in {article for article, _ in SENTENCES}}
    assert {article[:40]: found for article, found in articles.items() if found} == {}
