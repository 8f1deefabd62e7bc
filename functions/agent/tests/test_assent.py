"""Messages that say something only after what was said before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from fte.domain.channels import Channel
from fte_agent.answering.assent import acknowledges, agrees, frowns
from fte_agent.answering.moves import move_of, thanks
from fte_agent.context import RunContext
from fte_agent.offline import decide
from fte_agent.records import Earlier, History
from fte_agent.situation import move_in
from fte_agent.triage import UNJUDGED, triage

MakeContext = Callable[..., RunContext]


@pytest.fixture
def after(make_context: MakeContext) -> Callable[..., RunContext]:
    """A message after ours."""

    def make(text: str, ours: str) -> Any:
        context = make_context(text, Channel.WHATSAPP, new=False)
        context.triage = UNJUDGED
        before = Earlier(datetime.now(UTC) - timedelta(minutes=1), Channel.WHATSAPP, "agent", ours)
        context.history = History((before,), 1, 0)
        return context

    return make


@pytest.mark.parametrize("text", ["ok", "OK, thanks", "\U0001f44d", "perfect \U0001f44d", "super danke", "got it"])
def test_ok_after_an_answer_asks_for_nothing(after: Callable[..., RunContext], text: str) -> None:
    """Nothing is asked back, and who says thanks has what was wanted."""
    assert acknowledges(text)
    decision = decide(after(text, "Open the project and choose Export."))
    assert decision.action == ("thank" if thanks(text) else "answer")
    assert "?" not in decision.core


def test_ok_after_a_question_is_no_answer_to_it(after: Callable[..., RunContext]) -> None:
    """What was asked is still not known."""
    asked = after("ok", "What are you trying to do in TechCorp, and what happens instead?")
    assert move_in(asked) != "thanks"


@pytest.mark.parametrize("text", ["yes please", "Yes, that would be great", "ja bitte"])
def test_the_offer_of_a_person_can_be_taken_up(after: Callable[..., RunContext], text: str) -> None:
    """We said how."""
    offer = "I answer from our documentation, and a person of our team takes over: just say so."
    decision = decide(after(text, offer))
    assert agrees(text) is (text != "ja bitte")
    if agrees(text):
        assert (decision.action, decision.flag) == ("hand_over", "HUMAN_REQUESTED")
        assert decide(after(text, "Open the project and choose Export.")).action != "hand_over"


@pytest.mark.parametrize("text", ["\U0001f621", "\U0001f44e\U0001f44e"])
def test_a_frown_says_that_it_did_not_help(after: Callable[..., RunContext], text: str) -> None:
    """Thanks would be mockery."""
    assert frowns(text)
    assert move_in(after(text, "Open the project and choose Export.")) == "no_help"


@pytest.mark.parametrize(
    ("text", "settled"),
    [
        ("thank you!", True),
        ("thanks, that worked", True),
        ("merci beaucoup", True),
        ("Danke, hat geklappt!", True),
        ("gracias, ya funciona", True),
        ("it is back now, thanks", True),
        ("great thanks! can i also get it as pdf", False),
        ("ok cool, thx, and can i export it", False),
        ("thanks but i cannot find export", False),
        ("Thank you. The field is grey for me.", False),
        ("Thank you, but I meant per customer, not per person.", False),
        ("thanks, will try it tonight", False),
        ("wow thanks for nothing", False),
    ],
)
def test_thanks_settle_a_matter_only_where_they_are_all(text: str, settled: bool) -> None:
    """Who thanks and asks, denies or corrects has a matter left."""
    assert (move_of(text, category="how_to", mood="neutral", continues=True) == "settled") is settled


@pytest.mark.parametrize("text", ["no i dont have backup codes", "No, I do not have any.", "Das hat nicht geholfen"])
def test_no_to_our_advice_is_no_correction(text: str) -> None:
    """Another remedy is wanted."""
    assert move_of(text, category="account_access", mood="neutral", continues=True) == "no_help"


@pytest.mark.parametrize(
    "text", ["he left the company in june", "its empty, yesterday there were 40 cards", "You have my permission."]
)
def test_a_fragment_needs_words_to_raise_an_alarm(text: str) -> None:
    """It is judged without the matter that it goes on with."""
    assert triage("", text, Channel.WHATSAPP, begins=False).flags == ()


@pytest.mark.parametrize("text", ["someone is in my account!!", "i want my money back", "our lawyer will write to you"])
def test_a_fragment_that_says_so_raises_one(text: str) -> None:
    """Words are enough."""
    assert len(triage("", text, Channel.WHATSAPP, begins=False).flags) == 1
