"""Messages that go on with what was answered or asked: read with the turn before, and answered with what is new."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest

from fte.domain.channels import Channel
from fte.domain.tickets import TicketStatus
from fte.knowledge.search import Hit, Passage
from fte_agent.answering.follow_up import led_by, new_in, stays
from fte_agent.answering.moves import move_of
from fte_agent.answering.reply import NOTHING_IN_CHAT
from fte_agent.choosing import also_likely, sections, told_besides
from fte_agent.context import RunContext
from fte_agent.offline import decide
from fte_agent.records import Earlier, EarlierTicket, History
from fte_agent.situation import answers_us, asked_after, goes_on, goes_on_with, matter_of, move_in
from fte_agent.triage import UNJUDGED

MakeContext = Callable[..., RunContext]

SPACE = UUID("0b6c3f0e-8f57-4f4e-9a7e-6b8f1b0c7d22")
ASKED = "Happy to help! What exactly are you trying to do when it fails, and what do you see on the screen then?"
STEPS = "To share a board:\n\n1. Open the board and choose **Share**.\n2. Enter a name.\n3. Choose **Add**."
TOLD = "To share a board:\n1. Open the board and choose Share.\n2. Enter a name.\n3. Choose Add."


def passage(section: str, content: str, score: float = 0.8) -> Passage:
    return Passage(uuid5(SPACE, section), section, content, score)


SHARING = Hit(
    "sharing", "Share a board", ("sharing",), "how_to", 0.9,
    (
        passage("Share a board", STEPS, 0.9),
        passage("", "Boards are shared with members. It works in a browser, not on the phone."),
        passage("Undo a share", "Choose **Remove** beside a name. It can be undone for 30 days."),
    ),
)  # fmt: skip
CALENDAR = Hit(
    "calendar-problems", "Calendar problems", ("calendar",), "technical_issue", 0.8,
    (passage("The calendar does not load", "Reload the page."),),
)  # fmt: skip


@pytest.fixture
def after(make_context: MakeContext) -> Callable[..., RunContext]:
    """A message in a chat, after one of the customer and ours."""

    def make(text: str, before: str, ours: str, *, hits: tuple[Hit, ...] = (SHARING,), cited: bool = True) -> Any:
        context = make_context(text, Channel.WHATSAPP, hits=hits, new=False)
        context.triage = UNJUDGED
        now = datetime.now(UTC) - timedelta(minutes=1)
        said = (Earlier(now, Channel.WHATSAPP, "agent", ours), Earlier(now, Channel.WHATSAPP, "customer", before))
        context.history = History(said, 1, 0, ("sharing",) if cited else ())
        return context

    return make


HOW = "how do i share a board"


def test_an_answer_to_our_question_is_read_with_what_we_asked_about(after: Callable[..., RunContext]) -> None:
    """And what fails is wanted, not how it is used."""
    context = after("the calendar", "doesnt work", ASKED, hits=(CALENDAR,), cited=False)
    assert answers_us(context)
    about = matter_of(context, no_help=False)
    assert about == "doesnt work\nthe calendar"
    (ask,) = asked_after(context, about)
    assert ask.kind == "trouble"
    decision = decide(context)
    assert (decision.action, decision.articles) == ("answer", ("calendar-problems",))
    assert "Reload the page." in decision.core


def test_a_question_of_its_own_is_no_answer_to_ours(after: Callable[..., RunContext]) -> None:
    """It stands alone."""
    assert not answers_us(after("how do i export a project as a file?", "doesnt work", ASKED))


def test_who_cannot_say_more_gets_a_person(after: Callable[..., RunContext]) -> None:
    """Nobody is asked twice."""
    assert decide(after("no idea", "doesnt work", ASKED)).flag == "KB_MISS"


@pytest.mark.parametrize("text", ["what can they see?", "how do i get it back", "and when does it start?"])
def test_a_question_of_small_words_is_about_what_was_answered(after: Callable[..., RunContext], text: str) -> None:
    """It is no message that says nothing."""
    context = after(text, HOW, TOLD)
    assert move_in(context) == "ask"
    assert goes_on_with(context) == "sharing"


def test_only_what_is_new_is_said(after: Callable[..., RunContext]) -> None:
    """The sentence that tells it, without the steps that were given."""
    core = decide(after("and on my phone?", HOW, TOLD)).core
    assert "not on the phone" in core
    assert "1." not in core
    core = decide(after("can i undo it?", HOW, TOLD)).core
    assert core.startswith(("Choose Remove", "Yes"))
    assert "Enter a name" not in core


def test_a_part_of_what_was_told_is_pointed_at(after: Callable[..., RunContext]) -> None:
    """Where it has the new words: the step, not all of them."""
    context = after("what is add?", HOW, TOLD)
    assert SHARING.passages[0].id in told_besides(context)
    core = decide(context).core
    assert "Choose Add." in core
    assert "Enter a name" not in core


def test_nothing_is_said_plainly_and_a_person_offered_once(after: Callable[..., RunContext]) -> None:
    """Who agrees gets one; so does who asks the next thing that nobody knows."""
    context = after("can it play music?", HOW, TOLD, hits=())
    assert decide(context).core == NOTHING_IN_CHAT
    assert decide(after("yes please", "can it play music?", NOTHING_IN_CHAT)).flag == "HUMAN_REQUESTED"
    assert decide(after("and can it sing?", "can it play music?", NOTHING_IN_CHAT, hits=())).flag == "KB_MISS"


def test_a_trouble_that_nothing_is_told_of_goes_to_a_person(after: Callable[..., RunContext]) -> None:
    """An offer would only cost time."""
    context = after("the sharing window crashes with a purple screen", HOW, TOLD, hits=())
    assert decide(context).action == "hand_over"


def test_if_something_still_holds_is_a_question() -> None:
    """And no sign that the answer did not help."""
    said = {"category": "", "mood": "neutral", "continues": True}
    assert move_of("can the owner still see it?", **said) == "ask"  # type: ignore[arg-type]
    assert move_of("I still see the error", **said) == "no_help"  # type: ignore[arg-type]


def test_a_second_form_under_the_same_heading_goes_on(make_context: MakeContext) -> None:
    """A form is always a ticket of its own; a long one, or one with another heading, tells its matter itself."""
    now = datetime.now(UTC) - timedelta(hours=1)
    ticket = EarlierTicket("TC-0000000001", "question", "how_to", str(TicketStatus.IN_PROGRESS), Channel.WEBFORM, now)
    messages = (
        Earlier(now, Channel.WEBFORM, "agent", f"{TOLD}\n\nKind regards"),
        Earlier(now, Channel.WEBFORM, "customer", "How do I share a board?"),
    )
    context = make_context("And on my phone?", Channel.WEBFORM, hits=(SHARING,))
    context.triage = UNJUDGED
    assert not goes_on(context)
    context.history = History(messages, 2, 0, earlier=(ticket,))
    assert goes_on(context)
    assert goes_on_with(context) == "sharing"
    assert "Enter a name" not in decide(context).core
    context.history = History(messages, 2, 0, earlier=(EarlierTicket(**{**_fields(ticket), "subject": "Invoice"}),))
    assert not goes_on(context)


@pytest.mark.parametrize(("subject", "read_on"), [("question", False), ("Re: question", True)])
def test_a_long_form_goes_on_where_its_subject_says_so(
    make_context: MakeContext, subject: str, *, read_on: bool
) -> None:
    """As a reply does."""
    now = datetime.now(UTC) - timedelta(hours=1)
    ticket = EarlierTicket("TC-0000000001", "question", "how_to", str(TicketStatus.IN_PROGRESS), Channel.WEBFORM, now)
    text = "Thank you. If we change the list of people later, do those who had it before still see the board then?"
    context = make_context(text, Channel.WEBFORM, hits=(SHARING,))
    (pending,) = context.conversation.pending
    context.conversation = replace(context.conversation, pending=(replace(pending, subject=subject),))
    context.history = History((Earlier(now, Channel.WEBFORM, "agent", TOLD),), 2, 0, earlier=(ticket,))
    assert goes_on(context) is read_on


@pytest.mark.parametrize(("text", "move"), [("its grey", "ask"), ("hmm", "unclear")])
def test_few_words_that_name_something_go_on(after: Callable[..., RunContext], text: str, move: str) -> None:
    """Others say nothing."""
    assert move_in(after(text, HOW, TOLD)) == move


def test_what_a_letter_had_besides_may_be_told_again(after: Callable[..., RunContext]) -> None:
    """It may have been passed over; of steps that were told only what answers is."""
    seen = (
        passage("Who sees a board", "Members see it."),
        passage("Who sees a shared board", "Guests see it as well."),
        passage("Let somebody see a board", "To let somebody see it:\n\n1. Open **People**.\n2. Tick a name."),
    )
    hits = (replace(SHARING, passages=seen),)
    ours = "Members see it. Guests see it as well.\nTo let somebody see it:\n1. Open People.\n2. Tick a name."
    context = after("and who sees it then?", HOW, ours, hits=hits)
    choices, _ = sections(context, no_help=False)
    besides = also_likely(context, choices)
    assert {choice.passage.section for choice in (*choices, *besides)} == {each.section for each in seen}
    assert all(choice.told for choice in besides)
    assert "Tick a name" not in decide(context).core


def _fields(ticket: EarlierTicket) -> dict[str, Any]:
    return {name: getattr(ticket, name) for name in EarlierTicket.__slots__}


def scored(hit: Hit, score: float) -> Hit:
    return replace(hit, score=score)


def test_a_message_stays_with_its_matter_unless_it_surely_finds_another() -> None:
    """By itself, and hardly anything with the name of the article."""
    here = (scored(SHARING, 0.9), scored(CALENDAR, 0.2))
    assert stays("sharing", here, (scored(CALENDAR, 0.3),), {"phone"})
    assert stays("sharing", here, (), frozenset())
    assert stays("sharing", here, (scored(CALENDAR, 0.6), scored(SHARING, 0.4)), {"phone"})
    away = (scored(SHARING, 0.3), scored(CALENDAR, 0.8))
    assert not stays("sharing", away, (scored(CALENDAR, 0.9),), {"calendar"})


def test_the_article_leads_where_it_speaks_of_what_is_new() -> None:
    """Others only where they do. What nothing has a word of is not documented, unless the message finds something."""
    both = (SHARING, CALENDAR)
    assert [hit.slug for hit in led_by("sharing", both, both, new_in("phone"), documented=False)] == ["sharing"]
    named = led_by("sharing", both, both, new_in("calendar"), documented=False)
    assert [hit.slug for hit in named] == ["sharing", "calendar-problems"]
    assert [hit.slug for hit in led_by("sharing", both, both, (), documented=False)] == ["sharing"]
    assert led_by("sharing", both, both, new_in("kindle"), documented=False) == ()
    assert [hit.slug for hit in led_by("sharing", both, both, new_in("mandatory"), documented=True)] == ["sharing"]
    assert led_by("sharing", (scored(SHARING, 0.08), CALENDAR), (), new_in("mandatory"), documented=True) == ()
