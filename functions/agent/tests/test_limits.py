"""Who writes more than one person does is handed over, whoever would have answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from fte.domain.channels import Channel
from fte.domain.policy import Reply, violations
from fte_agent.answers import lay_out
from fte_agent.context import RunContext
from fte_agent.hand_over import circumstances
from fte_agent.limits import TOO_MANY, count_over
from fte_agent.notices import hand_over_notice
from fte_agent.offline import decide

MakeContext = Callable[..., RunContext]

QUESTION = "How do I reset my password?"


def over(context: RunContext, count: Any = 21) -> RunContext:
    """The run, its message over the limit."""
    (message,) = context.conversation.pending
    pending = (replace(message, details={"over_limit": count}),)
    context.conversation = replace(context.conversation, pending=pending)
    return context


@pytest.mark.parametrize(
    ("details", "count"), [({}, 0), ({"over_limit": 21}, 21), ({"over_limit": None}, 0), ({"over_limit": "many"}, 0)]
)
def test_a_count_is_a_number(details: dict[str, Any], count: int) -> None:
    assert count_over(details) == count


def test_support_takes_over_and_the_judgement_stays(make_context: MakeContext) -> None:
    within, context = make_context(QUESTION), over(make_context(QUESTION))
    assert not within.for_people
    assert context.for_people
    assert (context.triage.flags, context.triage.category) == (within.triage.flags, within.triage.category)
    decision = decide(context)
    assert (decision.action, decision.flag, decision.reasoning) == ("hand_over", "HUMAN_REQUESTED", TOO_MANY.reason)
    assert context.route is not None
    assert (context.route.teams, context.route.severity) == (("support",), "low")


def test_a_trigger_decides_all_the_same(make_context: MakeContext) -> None:
    context = over(make_context("I want a refund for last month, please."))
    assert not context.too_many
    assert decide(context).flag == "REFUND_REQUEST"


def test_an_attempt_to_steer_is_no_way_around_it(make_context: MakeContext) -> None:
    context = over(make_context(QUESTION))
    context.triage = replace(context.triage, risk="high")
    assert decide(context).flag == TOO_MANY.flag


@pytest.mark.parametrize("channel", list(Channel))
def test_the_customer_is_told_that_one_person_reads_all(make_context: MakeContext, channel: Channel) -> None:
    """Not that they asked for a person, nor that a further message gets a ticket of its own."""
    context = over(make_context("The Slack integration posts nothing", channel))
    draft = hand_over_notice(channel, TOO_MANY, circumstances(context, [TOO_MANY.flag]))
    rendered = lay_out(context, draft)
    text = " ".join(rendered.text.split())
    assert "a colleague reads all of them together" in text
    assert "our support team" in text.lower()
    assert "within eight business hours" in text
    assert "you would like to speak" not in text
    assert "ticket of its own" not in text
    assert violations(Reply(channel, rendered.parts)) == ()
    if channel is not Channel.WHATSAPP:
        assert len(text.split()) >= context.conversation.config.min_words
