"""How a customer's matters stand, and what is said in a case that people have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from fte.domain.channels import Channel
from fte.domain.tickets import TicketStatus
from fte_agent.answering.moves import move_of
from fte_agent.answering.standing import asks_how_it_stands, takes_back
from fte_agent.answers import respond
from fte_agent.context import RunContext
from fte_agent.inputs import ResponseInput
from fte_agent.offline import decide
from fte_agent.records import Earlier, EarlierTicket, Held, History
from fte_agent.triage import UNJUDGED
from fte_agent.triage.triggers import BY_FLAG

MakeContext = Callable[..., RunContext]
REFERENCE = "TC-0123456789"


def judged(context: RunContext) -> RunContext:
    """As the trained triage sees a short neutral message."""
    context.triage = UNJUDGED
    return context


@pytest.fixture
def held(make_context: MakeContext) -> Callable[..., RunContext]:
    """A message in a case that Finance has since yesterday."""

    def make(text: str, channel: Channel = Channel.EMAIL, flag: str = "REFUND_REQUEST", days: int = 0) -> Any:
        context = judged(make_context(text, channel, new=False))
        assert context.found is not None
        context.found = replace(context.found, hits=(replace(context.found.hits[0], category="billing"),))
        assert context.ticket is not None
        context.ticket = replace(context.ticket, status=TicketStatus.ESCALATED, category=UNJUDGED.category)
        since = datetime.now(UTC) - timedelta(days=days)
        before = Earlier(since, channel, "agent", "Our Finance team has it.")
        context.history = History((before,), 1, 0, held=(Held(REFERENCE, flag, ("finance",), since),))
        return context

    return make


@pytest.mark.parametrize(
    "text",
    [
        "What is the status of my ticket?",
        "any update?",
        "Any news on my refund?",
        "Has someone looked at my ticket TC-ABCDEFGH12 yet?",
        "Did you get my email from this morning?",
        "When can I expect a reply?",
        "how is it going with my ticket",
    ],
)
def test_who_asks_how_a_ticket_stands_is_understood(text: str) -> None:
    """Whether or not a reference is named."""
    assert asks_how_it_stands(text.lower())


@pytest.mark.parametrize(
    "text",
    [
        "What is the status of my task?",
        "Can I change the status of a ticket?",
        "Any update to the mobile app?",
        "Is there a progress bar on boards?",
        "Where is the request form?",
        "When will dark mode be available on Android?",
    ],
)
def test_a_product_with_tasks_and_statuses_is_asked_about_all_the_same(text: str) -> None:
    """Status, request and progress are words of the product as well."""
    assert not asks_how_it_stands(text.lower())


@pytest.mark.parametrize("text", ["Never mind, found it", "please ignore my last email", "sorry, wrong number"])
def test_what_is_taken_back_is_not_looked_up(text: str) -> None:
    """A word of thanks is enough."""
    assert takes_back(text.lower())
    assert move_of(text, category="feedback", mood="negative", continues=False) == "taken_back"


def test_never_mind_that_it_works_settles_an_answered_matter() -> None:
    """And only that."""
    assert move_of("Never mind, it works now", category="", mood="neutral", continues=True) == "settled"
    assert move_of("Never mind", category="", mood="neutral", continues=True) == "taken_back"


def test_how_to_ignore_something_is_a_question() -> None:
    """Not a message that takes one back."""
    text = "How can I make a rule that says: ignore this message?"
    assert move_of(text, category="", mood="neutral", continues=False) == "ask"


@pytest.mark.parametrize("channel", list(Channel))
def test_what_is_added_to_a_case_goes_to_the_team(held: Callable[..., RunContext], channel: Channel) -> None:
    """No article is read out over it."""
    decision = decide(held("The invoice number is 4711 and the workspace is called Nordlicht.", channel))
    assert (decision.action, decision.articles) == ("answer", ())
    assert "our Finance team has it and can see everything you write" in decision.core.replace("Our", "our")


def test_a_question_on_the_product_is_answered_meanwhile(held: Callable[..., RunContext]) -> None:
    """People have the one matter; the other has an article."""
    decision = decide(held("How do I reset my password?"))
    assert (decision.action, decision.articles) == ("answer", ("password-reset",))


def test_what_it_is_about_is_told_after_asking_for_a_person(held: Callable[..., RunContext]) -> None:
    """With the page that may help until then."""
    decision = decide(held("my password reset mail never comes", Channel.WHATSAPP, "HUMAN_REQUESTED"))
    assert "https://help.techcorp.example/password-reset" in decision.core


@pytest.mark.parametrize("flag", sorted(BY_FLAG))
@pytest.mark.parametrize("channel", list(Channel))
def test_what_to_do_meanwhile_is_told_for_every_trigger(
    held: Callable[..., RunContext], flag: str, channel: Channel
) -> None:
    """How it stands, and the one thing that helps."""
    context = held("What should we do now?", channel, flag)
    decision = decide(context)
    assert decision.action == "answer"
    assert "expect an answer by" in decision.core
    assert len(decision.core.split("\n\n")) == 2


def test_who_waits_longer_than_promised_hears_that_we_know(held: Callable[..., RunContext]) -> None:
    """Until when an answer is due counts hours of work, so ten days are late whatever day it is."""
    assert "expect an answer by" in decide(held("Any update?")).core
    assert "you should have had an answer by now" in decide(held("Any update?", days=10)).core


@pytest.mark.parametrize("text", ["Thank you!", "All good, it was a colleague.", "never mind, it works now"])
@pytest.mark.parametrize("whose", ["offline", "model"])
def test_thanks_do_not_end_a_case_that_people_have(held: Callable[..., RunContext], text: str, whose: str) -> None:
    """They alone end it, and the reply does not say otherwise, whoever writes it."""
    context = held(text)
    if whose == "offline":
        decision = decide(context)
        assert decision.action == "answer"
        said = decision.core
    else:
        call = {
            "ticket_id": context.ticket.id if context.ticket else "", "channel": context.channel, "kind": "thanks",
            "message": "Great!", "articles": [], "reasoning": "Thanks.",
        }  # fmt: skip
        said = respond(context, ResponseInput.model_validate(call)).text
    assert "Finance team" in said
    assert "solved" not in said


def test_the_state_of_earlier_tickets_is_told_in_a_new_one(make_context: MakeContext) -> None:
    """People's cases first, else the last ticket, else that there is none."""
    context = judged(make_context("What is the status of my ticket?", hits=()))
    assert "find no earlier ticket" in decide(context).core
    now = datetime.now(UTC)
    last = EarlierTicket("TC-AAAAAAAAAA", "Export", "how_to", "resolved", Channel.EMAIL, now)
    context.history = History((), 2, 0, earlier=(last,))
    assert "TC-AAAAAAAAAA is marked as solved" in decide(context).core
    context.history = replace(context.history, held=(Held("TC-BBBBBBBBBB", "KB_MISS", ("support",), now),))
    assert "TC-BBBBBBBBBB has been with our Support team since" in decide(context).core
