"""Notices of a hand-over: one for all flags, in the customer's view, without amounts or promises."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest

from fte.domain.channels import Channel
from fte.domain.policy import Reply, violations
from fte_agent.answering.phrasing import Mood
from fte_agent.answering.understood import understood
from fte_agent.answers import lay_out
from fte_agent.context import RunContext
from fte_agent.notices import Circumstances, hand_over_notice
from fte_agent.rendering import Link
from fte_agent.triage.triggers import BY_FLAG, TRIGGERS, Trigger

MakeContext = Callable[..., RunContext]

FLAGS = [trigger.flag for trigger in TRIGGERS]


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("flags", list(combinations(FLAGS, 3)))
def test_f40_several_flags_make_one_notice_with_team_and_time(channel: Channel, flags: tuple[str, ...]) -> None:
    """It names the team once, says when, keeps the policy, and says nothing twice."""
    trigger = BY_FLAG[flags[0]]
    notice = hand_over_notice(channel, trigger, Circumstances("seed", flags, "negative"))
    assert violations(Reply(channel, (notice.core,) if channel is not Channel.WHATSAPP else ())) == ()
    sentences = [sentence.strip() for sentence in notice.core.replace("\n", " ").split(". ")]
    assert len(sentences) == len(set(sentences))
    assert "expect an answer within" in notice.core


def test_money_is_not_promised() -> None:
    """Neither that it comes back nor how much."""
    core = hand_over_notice(Channel.EMAIL, BY_FLAG["REFUND_REQUEST"]).core
    assert "our Finance team" in core
    assert "within one business day" in core
    assert "refund" not in core


def test_both_teams_of_an_outage_are_named() -> None:
    """Engineering owns the case, the lead knows of it."""
    core = hand_over_notice(Channel.EMAIL, BY_FLAG["P1_CRITICAL"]).core
    assert "our Engineering team and our Support Lead" in core
    assert "within 30 minutes" in core


def test_what_did_not_help_is_owned_up_to() -> None:
    """After an answer that failed the notice does not speak of a documentation without an answer."""
    case = Circumstances("seed", ("KB_MISS",), did_not_help=True)
    core = hand_over_notice(Channel.EMAIL, BY_FLAG["KB_MISS"], case).core
    assert "documentation" not in core
    assert "sorry" in core


def test_more_than_once_is_said_only_where_we_know_it() -> None:
    """A customer who says "the third time" may have written from elsewhere."""
    trigger = BY_FLAG["REPEAT_CONTACT"]
    for number in range(8):
        assert "more than once" not in hand_over_notice(Channel.EMAIL, trigger, Circumstances(f"TC-{number}")).core
    cores = [hand_over_notice(Channel.EMAIL, trigger, Circumstances(f"TC-{n}", came_back=2)).core for n in range(8)]
    assert any("more than once" in core for core in cores)


def test_public_facts_stand_in_a_compliance_notice() -> None:
    """Facts first told, then the colleague's answer."""
    case = Circumstances("seed", ("LEGAL_ESCALATION",), facts="There is a report.")
    assert "There is a report." in hand_over_notice(Channel.WHATSAPP, BY_FLAG["LEGAL_ESCALATION"], case).core


def test_two_tickets_do_not_read_alike() -> None:
    """The wording is chosen by the ticket."""
    trigger = BY_FLAG["KB_MISS"]
    cores = {hand_over_notice(Channel.EMAIL, trigger, Circumstances(f"TC-{n}")).core for n in range(20)}
    assert len(cores) > 1


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("trigger", TRIGGERS, ids=FLAGS)
@pytest.mark.parametrize("mood", ["negative", "neutral"])
@pytest.mark.parametrize("kind", ["known", "unknown", "did not help", "unfamiliar"])
def test_a_hand_over_is_short(
    make_context: MakeContext, channel: Channel, trigger: Trigger, mood: Mood, kind: str
) -> None:
    """At most four paragraphs by e-mail, three on the form, one message in a chat; within the channel's words."""
    context = make_context("Hello", channel)
    case = Circumstances(
        "seed", (trigger.flag,), mood,
        case=understood(trigger.flag, "", "boards") if kind == "known" else "",
        did_not_help=kind == "did not help", unfamiliar=kind == "unfamiliar",
    )  # fmt: skip
    rendered = lay_out(context, hand_over_notice(channel, trigger, case))
    assert violations(Reply(channel, rendered.parts)) == ()
    if channel is Channel.WHATSAPP:
        assert len(rendered.parts) == 1
        return
    paragraphs = rendered.text.split("\n\n")[1:-2]
    assert len(paragraphs) <= (4 if channel is Channel.EMAIL else 3)
    config = context.conversation.config
    assert config.min_words <= len(rendered.text.split()) <= (config.max_words or 0)


@pytest.mark.parametrize(
    ("flag", "text", "says"),
    [
        ("REFUND_REQUEST", "you took it two times", "more than once"),
        ("SECURITY_ESCALATION", "my laptop was stolen", "a device"),
        ("P1_CRITICAL", "we all are locked out", "sign in"),
        ("LEGAL_ESCALATION", "please sign our DPA", "data protection"),
        ("KB_MISS", "anything", "about boards"),
    ],
)
def test_what_was_understood_is_said_in_our_words(flag: str, text: str, says: str) -> None:
    """Never in the customer's, which could be anything."""
    assert says in understood(flag, text, "boards")


def test_nothing_is_made_up_where_nothing_is_known() -> None:
    """Without a near article there is no matter to name."""
    assert understood("KB_MISS", "gibberish", "") == ""


def test_frustration_is_met_only_where_there_is_some() -> None:
    """Who asks calmly is not told how frustrating it is."""
    for number in range(12):
        case = Circumstances(f"TC-{number}", ("KB_MISS",), "neutral", case="your question is about boards")
        core = hand_over_notice(Channel.EMAIL, BY_FLAG["KB_MISS"], case).core
        assert "frustrat" not in core
        assert "sorry" not in core


def test_a_near_article_is_offered_meanwhile(make_context: MakeContext) -> None:
    """Where none gave an answer; by a link in a chat, too."""
    link = Link("Boards", "boards")
    case = Circumstances("seed", ("KB_MISS",), links=(link,), case="your question is about boards")
    letter = lay_out(make_context("Hello"), hand_over_notice(Channel.EMAIL, BY_FLAG["KB_MISS"], case))
    assert f"This may help meanwhile:\n- Boards: {link.url}" in letter.text
    assert link.url in hand_over_notice(Channel.WHATSAPP, BY_FLAG["KB_MISS"], case).core
