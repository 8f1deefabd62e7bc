"""How an answer is found and worded: questions, sections, sentences, filling."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest

from fte.domain.channels import Channel
from fte.knowledge.ranking import Hit, Passage
from fte_agent.answering.composition import affirms, compose
from fte_agent.answering.moves import move_of
from fte_agent.answering.phrasing import opening
from fte_agent.answering.plain_text import for_a_reply, plain, reason_to_write
from fte_agent.answering.question import asks
from fte_agent.answering.selection import Choice, choose, direct_sentence, says_something_on
from fte_agent.answers import respond
from fte_agent.context import RunContext
from fte_agent.inputs import ResponseInput

MakeContext = Callable[..., RunContext]


def hit(slug: str, score: float, *passages: tuple[str, str, float]) -> Hit:
    found = tuple(Passage(uuid4(), section, text, fit, at) for at, (section, text, fit) in enumerate(passages))
    return Hit(slug, slug.title(), (slug,), "how_to", score, found)


GUESTS = hit(
    "guests", 0.9,
    ("", "A guest is an external person. Free has 3 guests, Team 25, Business 250.", 0.9),
    ("Invite a client as a guest", "To give access:\n\n"
     "1. Open the project.\n2. Choose **Share**.\n3. Choose **Add**.\n\nThe guest gets a mail.", 0.8),
    ("What guests can do", "Guests comment. They cannot export data.", 0.6),
    ("\"Guest limit reached\"", "Remove guests. Write to us when the number is wrong; Support looks into it.", 0.7),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("How do I export a project?", ["how"]),
        ("Is it possible to export to PDF?", ["possible"]),
        ("How many guests can we have?", ["amount"]),
        ("Which plan has the timeline?", ["which"]),
        ("Can we use sprints on the Free plan?", ["which"]),
        ("The upload fails with an error", ["trouble"]),
        ("my slack bot stopped posting, can you help?", ["trouble"]),
        ("How do I export a project, and can guests do it too?", ["how", "possible"]),
        ("Where is the invoice? And how do I change the card?", ["how", "how"]),
        ("What happens when the storage is full?", ["explain"]),
        ("I'd like to archive a project", ["how"]),
        ("I want my deadlines in Outlook. How do I set it up and how often is it renewed?", ["how", "amount"]),
        ("does it work offline? and is there an ipad version", ["possible", "possible"]),
        ("We use Okta. Which of your plans do we need?", ["which"]),
        ("Can we pay by PayPal? If not, what else is there?", ["possible"]),
        ("every board takes 20 seconds to open", ["trouble"]),
        ("is there a limit on labels", ["amount"]),
        ("guest limit?", ["amount"]),
        ("members on team?", ["amount"]),
        ("how do I set a limit on a column", ["how"]),
        ("Can I import a file? Do you also have a plugin?", ["possible", "possible"]),
    ],
)
def test_the_kind_of_each_question(text: str, kinds: list[str]) -> None:
    """One message may ask several things; each wants an answer of its kind."""
    assert [ask.kind for ask in asks(text)] == kinds


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("How often is the calendar renewed?", "The calendar is renewed every 3 hours."),
        ("How long are calendar entries kept?", "The calendar is kept for two years."),
        ("How large may a calendar file be?", "The calendar takes files of 20 MB."),
        ("How many calendar entries are there?", "The calendar has up to 500."),
    ],
)
def test_a_figure_of_the_kind_that_is_asked_for_answers(question: str, wanted: str) -> None:
    """A time tells how long, a size how large; any number tells how many."""
    (ask,) = asks(question)
    said = ["The calendar shows 3 colours.", wanted]
    if "How many" in question:
        said = ["The calendar shows colours.", wanted]
    at, _ = direct_sentence(ask, said, {})
    assert said[at] == wanted


def test_it_is_looked_up_with_what_it_stands_for() -> None:
    """ "Can guests do it too" means nothing without the question before."""
    _, second = asks("How do I export a project, and can guests do it too?")
    assert "export a project" in second.about


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("How do I invite a client as guest?", "Invite a client as a guest"),
        ("Can guests export data?", "What guests can do"),
        ("it says guest limit reached, why is that refused?", '"Guest limit reached"'),
    ],
)
def test_the_section_that_answers_is_chosen(question: str, section: str) -> None:
    """Never the introduction where a section fits."""
    choice = choose(asks(question)[0], [GUESTS])
    assert choice is not None
    assert choice.passage.section == section


def test_the_limit_comes_first() -> None:
    """The sentence with the number, wherever in the article it stands."""
    choice = choose(asks("How many guests can we have on Business?")[0], [GUESTS])
    assert choice is not None
    assert compose(choice, lambda _: True).startswith("Free has 3 guests, Team 25, Business 250.")


def test_steps_are_given_whole_and_in_order() -> None:
    """What is cut is what stands around them."""
    choice = choose(asks("How do I invite a client as guest?")[0], [GUESTS])
    assert choice is not None
    text = compose(choice, lambda text: len(text) < 80)
    assert text == "To give access:\n1. Open the project.\n2. Choose Share.\n3. Choose Add."


def test_whether_there_is_such_a_thing_is_told_by_the_beginning() -> None:
    """Steps come after it: who asks whether it exists does not know yet that it does."""
    zapier = hit(
        "zapier", 0.9,
        ("", "Zapier connects TechCorp with other applications. It is part of Team.", 0.8),
        ("Connect Zapier", "To set it up:\n\n1. Open Zapier.\n2. Choose **Create**.", 0.85),
    )  # fmt: skip
    begun = choose(asks("Does TechCorp work with Zapier?")[0], [zapier])
    assert begun is not None
    assert begun.passage.section == ""
    steps = choose(asks("How do I connect Zapier?")[0], [zapier])
    assert steps is not None
    assert steps.passage.section == "Connect Zapier"


def test_yes_is_said_only_where_nothing_limits_it() -> None:
    """A section that denies something, or an article that names plans, gets no yes."""
    choice = choose(asks("Can guests export data?")[0], [GUESTS])
    assert choice is not None
    assert not affirms(choice)
    dark = hit("dark-mode", 0.9, ("", "All plans.", 0.5), ("Turn on dark mode", "Choose **Dark**.", 0.8))
    choice = choose(asks("Can I turn on dark mode?")[0], [dark])
    assert choice is not None
    assert affirms(choice)


def test_yes_is_not_said_to_what_the_section_does_not_name() -> None:
    """Filtering overdue tasks is no call when one is overdue."""
    overdue = hit("due-dates", 0.9, ("See all overdue tasks", "In the list choose **Filter**, **Overdue**.", 0.9))
    for asked, sure in (("Can I see all overdue tasks?", True), ("Can my watch see all overdue tasks?", False)):
        choice = choose(asks(asked)[0], [overdue])
        assert choice is not None
        assert affirms(choice) is sure


def test_a_section_under_its_heading_has_its_own_sentences_alone() -> None:
    """What another one says of plans would be said of this matter there."""
    versions = hit(
        "versions", 0.9,
        ("Earlier versions of a text", "Choose **Version history**, then the version.", 0.9),
        ("Earlier versions of a file", "On Free a new version of a file takes the place of the old one.", 0.5),
    )  # fmt: skip
    text, _ = versions.passages
    choice = Choice(asks("Which plan keeps an earlier version, is it Free?")[0], versions, text, 1.0)
    assert "Free" in compose(choice, lambda _: True)
    assert "Free" not in compose(choice, lambda _: True, headed=True)


def test_a_section_known_to_answer_a_question_says_something_on_it() -> None:
    """Whatever its words are."""
    (limits,) = hit("rate-limits", 0.9, ("Limits", "A new day begins at 00:00 UTC.", 0.9)).passages
    ask = asks("When does the counter start again?")[0]
    for asked, known in ((None, False), (0.4, False), (0.7, True)):
        found = Hit("rate-limits", "Limits", (), "how_to", 0.9, (replace(limits, asked=asked),))
        choice = choose(ask, [found])
        assert choice is not None
        assert says_something_on(choice, ask) is known


def test_a_wrong_article_is_none() -> None:
    """Below one half an article is not used."""
    assert choose(asks("How do I fly?")[0], [hit("flying", 0.4, ("Fly", "Flap.", 0.4))]) is None


@pytest.mark.parametrize(
    ("text", "category", "mood", "continues", "move"),
    [
        ("hi", "how_to", "neutral", False, "empty"),
        ("???", "how_to", "neutral", False, "empty"),
        ("not working", "technical_issue", "neutral", False, "unclear"),
        ("Thanks, that worked!", "how_to", "positive", True, "settled"),
        ("Thanks, that worked!", "how_to", "positive", False, "thanks"),
        ("thanks but it still does not work", "technical_issue", "neutral", True, "no_help"),
        ("I tried that, no luck", "technical_issue", "neutral", True, "no_help"),
        ("Great, thanks for nothing", "feedback", "negative", True, "complaint"),
        ("Thanks, it works! How do I export it now?", "how_to", "positive", True, "ask"),
        ("What is my ticket number?", "how_to", "neutral", True, "reference"),
        ("I'm really unhappy with your product", "feedback", "negative", False, "complaint"),
        ("Feature request: swimlanes", "feature_request", "neutral", False, "wish"),
        ("How do I reset my password?", "account_access", "neutral", False, "ask"),
    ],
)
def test_what_a_message_does(text: str, category: str, mood: str, continues: bool, move: str) -> None:
    """Beside asking, a message greets, thanks, complains, wishes or says that nothing helped."""
    assert move_of(text, category=category, mood=mood, continues=continues) == move


def test_tables_and_paths_are_readable() -> None:
    """A table becomes lines; a menu path gets arrows; a choice between things stays one."""
    assert plain("| plan | size |\n|---|---|\n| Team | 10 GB |\n| Free | 2 GB |") == "Team: 10 GB\nFree: 2 GB"
    assert plain("| | Free | Team |\n|---|---|---|\n| guests | 3 | 25 |") == "guests: Free 3, Team 25"
    assert plain("Open **Workspace settings**, **Members**.") == "Open Workspace settings > Members."
    assert plain("Choose **CSV**, **JSON** or **PDF**.") == "Choose CSV, JSON or PDF."


@pytest.mark.parametrize(
    "sentence",
    ["This page tells how.", "The steps below help.", "Write to us when it fails.", "For PDF see https://x."],
)
def test_sentences_about_the_page_are_left_out(sentence: str) -> None:
    """In a reply they point nowhere."""
    assert not list(for_a_reply([sentence]))


def test_what_to_send_stays_where_somebody_has_to_write() -> None:
    """Left out is what to send only together with the call to write that this customer has just followed."""
    assert list(for_a_reply(["An Admin writes to us.", "Tell us the old and the new Owner."]))[1:]
    assert not list(for_a_reply(["Write to us when it fails.", "Tell us the project; Support looks into it."]))
    assert not list(for_a_reply(["Write to us when it fails.", "Keep the old one.", "Tell us name and system."]))
    assert list(for_a_reply(["Write to us from your own address, and tell us:"]))


def test_the_reason_to_write_again_is_kept() -> None:
    """When an article wants to hear from the customer, a letter says so."""
    assert reason_to_write("Write to us when the test\nfails twice; Support looks into it.") == "the test fails twice"


def test_openings_name_the_matter_and_differ() -> None:
    """Two tickets side by side do not begin alike, and the same ticket always does."""
    said = {opening(Channel.EMAIL, "neutral", "how", "storage", f"TC-{n}") for n in range(30)}
    assert len(said) >= 4
    assert all("storage" in text for text in said)


@pytest.mark.parametrize(("channel", "fewest", "most"), [(Channel.EMAIL, 150, 400), (Channel.WEBFORM, 100, 300)])
def test_letters_have_their_length(make_context: MakeContext, channel: Channel, fewest: int, most: int) -> None:
    """A short answer is filled up with what is near to the matter, a long one is kept within the limit."""
    for length in (1, 40, 400):
        context = make_context("How do I invite a client?", channel, hits=(GUESTS,))
        assert context.ticket is not None
        answer = ResponseInput(
            reasoning="r", ticket_id=context.ticket.id, message="One step. " * length, channel=channel,
            articles=["guests"],
        )  # fmt: skip
        assert fewest <= len(respond(context, answer).text.split()) <= most
