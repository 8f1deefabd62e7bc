"""The policy gate with what is known of the case."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from fte.domain.channels import Channel
from fte.domain.policy.language import IN_THEIR_LANGUAGE
from fte.knowledge.search import Hit, Passage
from fte_agent.context import RunContext
from fte_agent.gates import _refusal
from fte_agent.offline import decide
from fte_agent.records import Earlier, EarlierTicket, Held, History

MakeContext = Callable[..., RunContext]

IMPORT = Hit(
    slug="migration",
    title="Import from another tool",
    topics=("migration",),
    category="how_to",
    score=0.9,
    passages=(
        Passage(uuid4(), "", "Import boards from Trello. See https://help.techcorp.example/csv-import too.", 0.8, 0),
        Passage(uuid4(), "Limits", "Up to 50 projects come at a time, with their tasks and comments.", 0.6, 1),
    ),
)


def refusal(context: RunContext, message: str, articles: tuple[str, ...] = ("migration",)) -> str | None:
    """What the gate says of an answer with this core."""
    assert context.ticket is not None
    arguments: dict[str, Any] = {
        "reasoning": "It is the article.",
        "ticket_id": str(context.ticket.id),
        "message": message,
        "channel": str(context.channel),
        "articles": list(articles),
    }
    return _refusal(context, "send_response", json.dumps({"input": arguments}))


@pytest.mark.parametrize("channel", list(Channel))
def test_an_answer_from_its_article_passes(make_context: MakeContext, channel: Channel) -> None:
    """Also with the name of the product that is imported from, and with a link that the article has."""
    context = make_context("How do I import?", channel, hits=(IMPORT,))
    text = "Choose Import, then Trello. See https://help.techcorp.example/csv-import for files."
    assert refusal(context, text) is None


@pytest.mark.parametrize(
    ("message", "rule"),
    [
        ("It costs forty-nine dollars.", "price"),
        ("Choose Import, then Asana.", "competitor"),
        ("See https://help.techcorp.example/no-such-page.", "unknown_link"),
        ("Bob wrote it from bob@other.example.", "personal_data"),
        ("I will look into it and call you.", "work_promise"),
        ("Please send us your password.", "asks_secret"),
        ("To be honest, Trello does this better than we do.", "competitor"),
        ("A Trello board can do that.", "competitor"),
        ("Import it from Trello, or stay there: it is simpler.", "competitor"),
        ("Ticket TC-9999999999 is about the same import.", "personal_data"),
        ("It starts with the words: You are the customer success agent of TechCorp, a software service.", "internals"),
        ("Das k\u00f6nnen Sie in den Einstellungen machen, und es ist nicht schwer.", "language"),
    ],
)
def test_what_breaks_a_rule_is_told_by_its_code_alone(make_context: MakeContext, message: str, rule: str) -> None:
    """The refusal is stored and put to the model: it holds nothing of the text."""
    told = refusal(make_context("How do I import?", hits=(IMPORT,)), message)
    assert told is not None
    assert told.startswith("policy (")
    assert rule in told
    assert not any(word in told for word in message.split() if len(word) > 5)


def test_the_import_is_no_reason_without_its_article(make_context: MakeContext) -> None:
    """An article that was not cited excuses no name."""
    assert refusal(make_context("How?", hits=(IMPORT,)), "Then choose Trello.", ()) == "policy (competitor)"


def test_the_customers_own_address_may_be_said(make_context: MakeContext) -> None:
    """It is where the reply goes."""
    context = make_context("How?", hits=(IMPORT,))
    assert refusal(context, "The mail goes to ann@example.com.") is None


def test_a_ticket_that_this_address_knows_may_be_named(make_context: MakeContext) -> None:
    """The run's own, and the earlier ones of the history; nobody else's."""
    context = make_context("How?", hits=(IMPORT,))
    opened = datetime(2026, 11, 1, tzinfo=UTC)
    earlier = EarlierTicket("TC-EARLIER001", "Import", "how_to", "resolved", Channel.EMAIL, opened)
    assert refusal(context, "I can see your earlier ticket TC-EARLIER001.") == "policy (personal_data)"
    context.history = History((), 1, 0, earlier=(earlier,))
    assert refusal(context, "I can see your earlier ticket TC-EARLIER001.") is None
    assert refusal(context, "It is about TC-0123456789.") is None


@pytest.mark.parametrize("language", IN_THEIR_LANGUAGE)
def test_the_sentence_that_we_answer_in_english_passes(make_context: MakeContext, language: str) -> None:
    """In the customer's language, before an English answer; nothing more in that language."""
    said = IN_THEIR_LANGUAGE[language]
    assert refusal(make_context("How?", hits=(IMPORT,)), f"{said}\n\nChoose Import in the menu.") is None
    assert refusal(make_context("How?", hits=(IMPORT,)), f"{said} Und das ist nicht alles.") == "policy (language)"


@pytest.mark.parametrize(
    "message",
    [
        "Up to 80 projects come at a time.",
        "Choose Import, and reckon with eleven hours.",
        "Nadia from our import team does it with you.",
        "Choose Import, then Gadgets.",
        "A museum in Lisbon imports in the same way.",
    ],
)
def test_a_number_or_a_name_from_nowhere_is_refused(make_context: MakeContext, message: str) -> None:
    """By no rule of wordings: the run does not know it."""
    assert refusal(make_context("How do I import?", hits=(IMPORT,)), message) == "policy (ungrounded)"


@pytest.mark.parametrize(
    "message",
    [
        "Up to fifty projects come at a time, with their tasks and comments.",
        "You wrote of 12 boards in Initech: choose Import for each.",
        "Ann, business hours are Monday to Friday from 08:00 to 18:00 UTC.",
        "There are two ways:\n1. Choose Import.\n2. Choose Boards.",
        "It is about TC-0123456789.",
    ],
)
def test_what_the_run_knows_may_be_said(make_context: MakeContext, message: str) -> None:
    """From the passages, the customer's words and name, the hours, the ticket."""
    assert refusal(make_context("How do I import 12 boards into Initech?", hits=(IMPORT,)), message) is None


def test_what_was_written_before_is_known_but_for_what_people_wrote(make_context: MakeContext) -> None:
    """A person may name a number or themselves; the agent may not repeat it."""
    context = make_context("How do I import?", hits=(IMPORT,))
    at = datetime(2026, 11, 19, 9, 30, tzinfo=UTC)
    context.history = History((Earlier(at, Channel.EMAIL, "customer", "We are 70 in Oslo."),), 1, 0)
    assert refusal(context, "On 19 November you wrote of 70 people in Oslo: choose Import.") is None
    context.history = History((Earlier(at, Channel.EMAIL, "human", "We are 70 in Oslo."),), 1, 0)
    assert refusal(context, "I see the 70 people in Oslo: choose Import.") == "policy (ungrounded)"


def test_a_case_that_people_have_is_known_with_the_time_it_is_due(make_context: MakeContext) -> None:
    context = make_context("How does it stand?", hits=(IMPORT,))
    assert refusal(context, "It is due on Friday 20 November at 17:30 UTC.") == "policy (ungrounded)"
    since = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    held = (Held("TC-0123456789", "HUMAN_REQUESTED", ("support",), since),)
    context.history = History((), 1, 0, held=held)
    assert refusal(context, "It is due on Friday 20 November at 17:30 UTC.") is None


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("text", ["How do I import?", "It does not work", "Is import part of the Team plan?", "Hi"])
def test_what_the_answerer_by_rule_says_is_never_ungrounded(
    make_context: MakeContext, channel: Channel, text: str
) -> None:
    """Also where its own sentences name what no passage does."""
    context = make_context(text, channel, hits=(IMPORT,))
    decision = decide(context)
    assert decision.core
    assert refusal(context, decision.core, tuple(decision.articles)) is None
    assert refusal(context, f"{decision.core} It is 77 in all.", tuple(decision.articles)) == "policy (ungrounded)"
