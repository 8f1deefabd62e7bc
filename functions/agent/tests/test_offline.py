"""The answerer without a model."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fte.domain.channels import Channel
from fte_agent.context import RunContext
from fte_agent.offline import decide, plain

MakeContext = Callable[..., RunContext]


def test_it_answers_from_the_best_article(make_context: MakeContext) -> None:
    """The steps of the passage that fits, in their order, without Markdown."""
    decision = decide(make_context("How do I reset my password?"))
    assert decision.action == "answer"
    assert decision.articles == ("password-reset",)
    assert decision.core == "Here is how:\n1. Open the sign-in page.\n2. Choose Forgot password?\n3. Open the mail."


@pytest.mark.parametrize("text", ["hi", "Hello!", "", "???", "good morning team"])
def test_it_asks_back_when_nothing_is_asked(make_context: MakeContext, text: str) -> None:
    """A greeting is no question yet."""
    assert decide(make_context(text)).action == "ask"


@pytest.mark.parametrize("text", ["Thanks, that worked!", "great, it works now", "ok thank you"])
def test_thanks_close_a_matter_that_was_open(make_context: MakeContext, text: str) -> None:
    """Only in a ticket that has had an answer; and never when it still does not work."""
    assert decide(make_context(text, new=False)).action == "thank"
    assert decide(make_context("thanks but it did not work, the link is not valid", new=False)).action != "thank"


def test_without_an_article_it_hands_over(make_context: MakeContext) -> None:
    """No hit is a KB_MISS, not a guess."""
    decision = decide(make_context("How do I fly to the moon?", hits=()))
    assert (decision.action, decision.flag) == ("hand_over", "KB_MISS")


def test_a_trigger_decides_before_any_article(make_context: MakeContext) -> None:
    """A refund goes to Finance even though an article would match."""
    decision = decide(make_context("I want a refund for my last invoice."))
    assert (decision.action, decision.flag) == ("hand_over", "REFUND_REQUEST")


def test_chat_gets_a_short_core(make_context: MakeContext) -> None:
    """What goes to a phone fits two messages."""
    decision = decide(make_context("How do I reset my password?", Channel.WHATSAPP))
    assert len(decision.core) <= 480


def test_markdown_becomes_plain_text() -> None:
    """Wrapped lines are joined, list items stay on their own, links keep their words."""
    assert plain("See [the page](https://x)\nand **wait**.\n\n1. One\n   goes on\n2. Two") == (
        "See the page and wait.\n\n1. One goes on\n2. Two"
    )
