"""Notices of a hand-over: one for all flags, in the customer's view, without amounts or promises."""

from __future__ import annotations

from itertools import combinations

import pytest

from fte.domain.channels import Channel
from fte.domain.policy import Reply, violations
from fte_agent.notices import Circumstances, hand_over_notice
from fte_agent.triage.triggers import BY_FLAG, TRIGGERS

FLAGS = [trigger.flag for trigger in TRIGGERS]


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("flags", list(combinations(FLAGS, 3)))
def test_several_flags_make_one_notice(channel: Channel, flags: tuple[str, ...]) -> None:
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
