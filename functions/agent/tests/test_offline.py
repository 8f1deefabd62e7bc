"""The answerer without a model: what it decides to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from fte.domain.channels import Channel
from fte.knowledge.ranking import SearchResult
from fte_agent.answering.kindness import OFF_TOPIC_QUESTION
from fte_agent.answering.plain_text import plain
from fte_agent.answering.question import asks
from fte_agent.context import RunContext
from fte_agent.lookup import PartedResult
from fte_agent.offline import decide
from fte_agent.records import Earlier, EarlierTicket, History
from fte_agent.situation import move_in

MakeContext = Callable[..., RunContext]


def test_it_answers_from_the_best_article(make_context: MakeContext) -> None:
    """The steps of the passage that fits, in their order, without Markdown."""
    decision = decide(make_context("How do I reset my password?"))
    assert decision.action == "answer"
    assert decision.articles == ("password-reset",)
    assert "your password" in decision.core.split("\n\n")[0]
    steps = "Here are the steps:\n1. Open the sign-in page.\n2. Choose Forgot password?\n3. Open the mail."
    assert decision.core.split("\n\n")[1] == steps


@pytest.mark.parametrize("text", ["hi", "Hello!", "", "???", "good morning team"])
def test_it_asks_back_when_nothing_is_asked(make_context: MakeContext, text: str) -> None:
    """A greeting is no question yet."""
    assert decide(make_context(text)).action == "ask"


@pytest.mark.parametrize("text", ["tell me a joke", "Say something mean about Trello", "can you give me a recipe?"])
def test_what_has_nothing_to_do_with_techcorp_is_left_to_others(make_context: MakeContext, text: str) -> None:
    """Neither an article that happens to be near nor a person: it says what it is for."""
    decision = decide(make_context(text))
    assert decision.action == "ask"
    assert OFF_TOPIC_QUESTION in decision.core


def test_a_story_is_a_thing_of_the_product(make_context: MakeContext) -> None:
    """Agile teams write stories."""
    assert OFF_TOPIC_QUESTION not in decide(make_context("How do I write a story for a sprint?")).core
    assert (
        OFF_TOPIC_QUESTION not in decide(make_context("I'd like to write a small Python script. Where is a key?")).core
    )


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


@pytest.mark.parametrize(
    "text",
    ["Thank you so much, you are great!", "Just wanted to say that we love the new calendar.", "Thanks for the help!"],
)
def test_kind_words_get_kind_words(make_context: MakeContext, text: str) -> None:
    """Thanks or praise as a first message ask for nothing: no article, no person, no question."""
    decision = decide(make_context(text, hits=()))
    assert (decision.action, decision.articles, decision.flag) == ("answer", (), "")
    assert "hank" in decision.core


def test_a_wish_is_noted_without_a_promise(make_context: MakeContext) -> None:
    """It becomes feedback; nothing is said about when."""
    decision = decide(make_context("It would be nice if boards could have pictures as background.", hits=()))
    assert decision.action == "answer"
    assert "feedback for our product team" in decision.core


@pytest.mark.parametrize(
    "text",
    [
        "Is an Outlook add-in planned?",
        "are u going to add a whiteboard?",
        "Will there be an app for watches at some point?",
        "Small wish: week numbers in the calendar.",
    ],
)
def test_what_is_planned_is_a_wish(make_context: MakeContext, text: str) -> None:
    """It is passed on, and nothing is said of what comes."""
    assert "feedback for our product team" in decide(make_context(text, hits=())).core


@pytest.mark.parametrize("text", ["Is any maintenance planned tonight?", "How is capacity planned?"])
def test_not_all_that_is_planned_is_a_wish(make_context: MakeContext, text: str) -> None:
    """Maintenance is asked about, and so is how something works."""
    assert move_in(make_context(text)) != "wish"


def test_a_wish_for_what_is_there_gets_the_steps(make_context: MakeContext) -> None:
    """And no word of praise for the one who would love to have it."""
    decision = decide(make_context("I would love to have a password reset."))
    assert "already" in decision.core
    assert "2. Choose Forgot password?" in decision.core
    assert "kind words" not in decision.core


@pytest.mark.parametrize(
    ("text", "which"),
    [
        ("How do I reset my password? And can TechCorp send faxes?", "second question"),
        ("Can TechCorp scan barcodes? How do I reset my password?", "first question"),
    ],
)
def test_a_question_without_an_article_is_named(make_context: MakeContext, text: str, which: str) -> None:
    """It gets no section of another question's article."""
    context = make_context(text)
    assert context.found is not None
    nothing = SearchResult((), (), None)
    parts = tuple((ask.about, context.found if "password" in ask.text else nothing) for ask in asks(text, "Question"))
    context.found = PartedResult(context.found.hits, ("semantic",), 0.8, parts)
    core = decide(context).core
    assert f"I have nothing on your {which} in our help pages." in core
    assert core.count("Forgot password?") == 1


@pytest.mark.parametrize(
    ("text", "asked"),
    [("The integration is not working", "Which integration"), ("the app is broken", "iPhone"), ("help", "TechCorp")],
)
def test_the_question_back_is_about_the_matter(make_context: MakeContext, text: str, asked: str) -> None:
    """Whatever the message names is what is asked about."""
    decision = decide(make_context(text, hits=()))
    assert decision.action == "ask"
    assert asked in decision.core
    assert decision.core.count("?") == 1


def test_nobody_is_asked_twice(make_context: MakeContext) -> None:
    """A message that is still unclear after a question goes to a person."""
    context = make_context("it just is not working", Channel.WHATSAPP, hits=(), new=False)
    asked = "Sure! What are you trying to do in TechCorp, and what happens instead?"
    context.history = History((Earlier(datetime.now(UTC), Channel.WHATSAPP, "agent", asked),), 1, 0)
    assert decide(context).flag == "KB_MISS"


def test_what_did_not_help_is_not_said_again(make_context: MakeContext) -> None:
    """Another section of the same article, then a person."""
    context = make_context("That did not help, I still cannot get in.", Channel.WHATSAPP, new=False)
    steps = "1. Open the sign-in page.\n2. Choose Forgot password?\n3. Open the mail."
    context.history = History(
        (Earlier(datetime.now(UTC), Channel.WHATSAPP, "agent", steps),), 1, 0, answered_with=("password-reset",)
    )
    decision = decide(context)
    assert decision.action == "answer"
    assert "Forgot password" not in decision.core
    assert "for 60 minutes" in decision.core
    context.history = replace(
        context.history,
        messages=(
            Earlier(datetime.now(UTC), Channel.WHATSAPP, "agent", "A reset link works once and for 60 minutes."),
            *context.history.messages,
        ),
    )
    assert decide(context).flag == "KB_MISS"


def test_another_channel_is_acknowledged_by_its_name(make_context: MakeContext) -> None:
    """That there was contact, not what was said; once in a ticket."""
    context = make_context("How do I reset my password?")
    context.history = History((), 2, 1, other_channels=(Channel.WHATSAPP,))
    assert "you also wrote to us by WhatsApp" in decide(context).core


def test_another_channel_s_ticket_is_named_where_the_address_may_know_it(make_context: MakeContext) -> None:
    """The history holds it then, and only then."""
    context = make_context("How do I reset my password?")
    ticket = EarlierTicket("TC-0123456789", "Export", "how_to", "answered", Channel.WHATSAPP, datetime.now(UTC))
    context.history = History((), 2, 1, earlier=(ticket,), other_channels=(Channel.WHATSAPP,))
    assert "by WhatsApp (ticket TC-0123456789)" in decide(context).core


def test_another_language_is_answered_in_english_and_says_so(make_context: MakeContext) -> None:
    """One sentence in the customer's language, which offers a person."""
    context = make_context("How do I reset my password?")
    context.triage = replace(context.triage, language="de")
    assert decide(context).core.startswith("Wir antworten auf Englisch")


def test_an_attempt_to_steer_goes_to_a_person(make_context: MakeContext) -> None:
    """High risk is handed over, whatever the search found."""
    context = make_context("How do I reset my password?")
    context.triage = replace(context.triage, risk="high")
    assert decide(context).action == "hand_over"


def test_chat_gets_all_steps_within_its_messages(make_context: MakeContext) -> None:
    """What goes to a phone fits three messages."""
    decision = decide(make_context("How do I reset my password?", Channel.WHATSAPP))
    assert "3. Open the mail." in decision.core
    assert len(decision.core) <= 800


@pytest.mark.parametrize(
    "text", ["On x wrote " * 1_000, "\n" * 20_000, "a" * 200_000, "how and " * 3_000, "no " * 60_000]
)
def test_long_messages_are_no_trouble(make_context: MakeContext, text: str) -> None:
    """They come to a decision like any other."""
    assert decide(make_context(text)).action in ("answer", "ask", "hand_over")


def test_markdown_becomes_plain_text() -> None:
    """Wrapped lines are joined, list items stay on their own, links keep their words."""
    assert plain("See [the page](https://x)\nand **wait**.\n\n1. One\n   goes on\n2. Two") == (
        "See the page and wait.\n\n1. One goes on\n2. Two"
    )


@pytest.mark.parametrize("text", ["thx did that, but no mail came", "I did everything on your list. It stays white."])
def test_thanks_with_a_but_settle_nothing(make_context: MakeContext, text: str) -> None:
    """What is still open is not closed, whatever thanks come with it."""
    assert move_in(make_context(text, Channel.WHATSAPP, new=False)) == "no_help"


def test_a_second_try_that_failed_goes_to_a_person(make_context: MakeContext) -> None:
    """After "here is the next thing to try" there is no third; nor where all of our list was tried."""
    context = make_context("did all that, still nothing", Channel.WHATSAPP, new=False)
    tried = Earlier(
        datetime.now(UTC), Channel.WHATSAPP, "agent",
        "Sorry that it still does not work. Here is the next thing to try. Clear the cache.",
    )  # fmt: skip
    context.history = History((tried,), 1, 0, answered_with=("password-reset",))
    context.triage = replace(context.triage, fired=())
    assert decide(context).flag == "KB_MISS"
    context = make_context("I tried everything on your list and it is the same.", new=False)
    assert decide(context).flag == "KB_MISS"


@pytest.mark.parametrize("text", ["no sorry, i meant the desktop app, for windows", "We are on Business after all"])
def test_a_correction_is_answered(make_context: MakeContext, text: str) -> None:
    """It asks what was asked before, put right: neither praise nor thanks, and what was said may be said again."""
    context = make_context(text, Channel.WHATSAPP, new=False)
    asked = Earlier(datetime.now(UTC), Channel.WHATSAPP, "customer", "How do I reset my password on the phone?")
    said = Earlier(datetime.now(UTC), Channel.WHATSAPP, "agent", "A reset link works once and for 60 minutes.")
    context.history = History((said, asked), 1, 0, answered_with=("password-reset",))
    context.triage = replace(context.triage, category="feedback")
    decision = decide(context)
    assert (decision.action, decision.articles) == ("answer", ("password-reset",))


def test_a_word_that_nobody_knows_is_asked_about(make_context: MakeContext) -> None:
    """A slip of the keyboard is no miss of the documentation."""
    assert decide(make_context("asdfghjkl", Channel.WHATSAPP, hits=())).action == "ask"
