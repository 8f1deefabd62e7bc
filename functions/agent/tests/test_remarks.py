"""Questions that only underline a matter."""

from __future__ import annotations

import pytest

from fte_agent.answering.question import asks
from fte_agent.answering.remarks import is_remark

REMARKS = [
    "Is this a known bug?",
    "Or am I missing something in the configuration?",
    "Is anybody else having this?",
    "When will it be fixed?",
    "Am I doing something wrong?",
    "What should I check first?",
    "Did something change there recently?",
    "Any ideas?",
    "Any idea what could be wrong?",
    "Has something changed on your side?",
    "Can you help?",
    "Could someone please look into this?",
    "Is it just me?",
    "Why is that?",
    "What\u2019s going on?",
    "Is that even possible?",
]
MATTERS = [
    "Can you help me set up SSO?",
    "Is it possible to export a board?",
    "Is this included in Team?",
    "What should I do to invite a guest?",
    "When will my trial end?",
    "Did somebody change the owner of our workspace?",
    "Why is the timeline empty?",
    "Any limit on labels?",
    "Any idea how to export a board?",
    "What is wrong with our invoice?",
]


@pytest.mark.parametrize("text", REMARKS)
def test_a_remark_has_no_matter_of_its_own(text: str) -> None:
    assert is_remark(text)


@pytest.mark.parametrize("text", MATTERS)
def test_a_question_with_a_matter_is_none(text: str) -> None:
    assert not is_remark(text)


def test_nothing_is_looked_up_for_a_remark() -> None:
    text = (
        "The burndown chart shows 0 points. Where do I set estimates? Is this a known bug? Or am I missing something?"
    )
    assert [ask.text for ask in asks(text)] == [text]
    assert len(asks("How do I export a board? Is that even possible? And where do I invite guests?")) == 2
