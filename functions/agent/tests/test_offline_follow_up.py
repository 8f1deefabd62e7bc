"""Messages that come after others: what they ask, what they correct, what they are about."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid5

import pytest

from fte.domain.channels import Channel
from fte.knowledge.search import Hit, Passage
from fte_agent.answering.follow_up import asks_after, matter_text, only_corrects, without_denied
from fte_agent.answering.moves import move_of
from fte_agent.answering.question import asks
from fte_agent.answering.selection import blended, merged
from fte_agent.answering.words import stems
from fte_agent.records import Earlier, History

SPACE = UUID("5f6c3f0e-8f57-4f4e-9a7e-6b8f1b0c7d11")


def hit(slug: str, score: float) -> Hit:
    passage = Passage(uuid5(SPACE, slug), "How to", "Open the page.", score)
    return Hit(slug, slug.title(), (slug,), "how_to", score, (passage,))


def history(*texts: str) -> History:
    """Newest first."""
    return History(tuple(Earlier(datetime.now(UTC), Channel.EMAIL, "customer", text) for text in texts), 1, 0)


def test_a_short_message_is_read_with_the_one_before() -> None:
    """Also one that has a word of its own; a long one, or a first one, stands alone."""
    past = history("How do I export a project?")
    assert "export" in matter_text("ok and how do I archive it afterwards?", past, continues=True, no_help=False)
    assert "export" not in matter_text("how do I archive it?", past, continues=False, no_help=False)
    long = "We would like to know this. " * 10
    assert matter_text(long, past, continues=True, no_help=False) == long


def test_thanks_are_no_matter() -> None:
    """What "it" is was said before the thanks."""
    past = history("thanks!", "How do I mute a project?")
    assert "mute" in matter_text("and on the phone?", past, continues=True, no_help=False)


def test_a_correction_is_the_earlier_question_put_right() -> None:
    """Without the words of what was not meant."""
    text = "not of a board, of one label"
    assert only_corrects(text)
    (ask,) = asks_after(text, "", f"how do I make a copy?\n{text}")
    assert ask.kind == "how"
    assert set(stems("duplicate label")) <= set(stems(ask.text))
    assert "board" not in ask.text
    assert not only_corrects("no, I meant: how do I copy a label?")


def test_what_is_not_wanted_is_not_looked_up() -> None:
    """Unless nothing is left."""
    text = "We do not want to connect the calendar. We want to print the timeline of a project."
    assert without_denied(text) == "We want to print the timeline of a project."
    assert without_denied("I don't want mails.") == "I don't want mails."


def test_what_both_searches_find_is_meant() -> None:
    """The old matter is found by both messages together alone, the new one by either."""
    joint = [hit("data-export", 0.98), hit("archive-restore", 0.77)]
    assert blended(joint, [hit("archive-restore", 0.62)])[0].slug == "archive-restore"
    # The message alone may be a slip.
    assert blended([hit("slack", 0.98)], [hit("plans", 0.8)])[0].slug == "slack"


def test_a_question_without_a_matter_leans_on_the_others() -> None:
    """It is looked up with them, and answered from their articles."""
    text = "We plan our work in sprints. Where do we choose the length of a sprint? And which plan does one need?"
    first, second = asks(text)
    assert not first.leans
    assert second.leans
    assert "sprints" in second.about
    whole, part = (hit("sprints", 0.8),), (hit("downgrade", 0.9),)
    assert merged(whole, part, second)[0].slug == "sprints"
    assert merged(whole, part, first)[0].slug == "downgrade"


def test_questions_in_one_sentence_are_about_one_matter_unless_each_finds_its_own() -> None:
    """Alone, "how long should it wait" could be about anything."""
    text = "We get Too many requests. How many requests a minute may we send, and how long should the job wait?"
    _, second = asks(text)
    assert second.joined
    whole = (hit("rate-limits", 0.9),)
    assert merged(whole, (hit("dependencies", 0.7),), second)[0].slug == "rate-limits"
    assert merged(whole, (hit("invoices", 0.97),), second)[0].slug == "invoices"


@pytest.mark.parametrize("text", ["can it remind me the day before", "what time does the mail come"])
def test_a_question_without_its_mark_is_no_wish(text: str) -> None:
    """Whatever its category was taken for."""
    assert move_of(text, category="feature_request", mood="neutral", continues=False) == "ask"
