"""Which plan has what is asked for, at the beginning of an answer."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

import pytest

from fte.domain.channels import Channel
from fte.knowledge.search import Hit, Passage
from fte_agent.answering.plans import plan_lead, plan_of
from fte_agent.answering.question import asks
from fte_agent.answering.reply import Manner, reply
from fte_agent.answering.selection import Choice
from fte_agent.answering.words import stems

WORKLOAD = (
    (
        "",
        "Workload shows how many hours each person has. It is part of Business and Enterprise. It answers who is free.",
    ),
    ("See who is overloaded", "To see your team's workload:\n\n1. Choose **Reports**.\n2. Choose **Workload**."),
)
GOALS = (
    ("", "Goals show what a team wants. Goals are part of Business and Enterprise, milestones of Team, Business and "
     "Enterprise."),
    ("Set a goal", "To set a goal:\n\n1. Choose **Goals**.\n\nFree and Team have no goals."),
)  # fmt: skip
STEP = (
    ("", "Two-factor authentication asks for a code. It is available on all plans, Free included."),
    ("Require two-factor authentication for everyone", "On Business and Enterprise the Owner opens **Security**."),
)


def _choice(question: str, slug: str, *passages: tuple[str, str], section: int = 1) -> Choice:
    found = tuple(
        Passage(uuid5(NAMESPACE_URL, f"{slug}{heading}"), heading, content, 0.9) for heading, content in passages
    )
    hit = Hit(slug=slug, title=slug, topics=(slug,), category="how_to", score=0.9, passages=found)
    return Choice(asks(question)[0], hit, found[section], 1.0)


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("We are on Team. I can't see Workload", "Team"),
        ("im on free, how do i make a task repeat", "Free"),
        ("We use the Business plan at the moment.", "Business"),
        ("Is the audit log in team?", "Team"),
        ("do we need business for sso?", "Business"),
        ("does enterprise have scim?", "Enterprise"),
        ("Who on the team can see it?", ""),
        ("We use it for business and private things; feel free to call.", ""),
        ("I want to go from the Free plan to the Team plan.", ""),
        ("How do I upgrade to the Business plan?", ""),
        ("Is it in Team or on Business?", ""),
        ("on " * 50_000, ""),
    ],
)
def test_the_plan_that_is_named_as_theirs(text: str, plan: str) -> None:
    """Not a team, not a business, and not a plan that somebody goes to."""
    assert plan_of(text) == plan


def test_a_plan_that_has_it_not_comes_first() -> None:
    """It is said which plans have it, that the customer's has not, and then how it works there."""
    choice = _choice("We are on Team. I can't see Workload", "workload", *WORKLOAD)
    core = reply([choice], Manner(Channel.WHATSAPP, "neutral", "seed", plan="Team"), ["", "", ""], unanswered=())
    assert "Workload is part of Business and Enterprise, so not of Team." in core
    assert core.index("so not of Team") < core.index("1. Choose Reports")
    assert "trouble" not in core
    letter = reply([choice], Manner(Channel.EMAIL, "neutral", "seed", plan="Team"), ["", "", ""], unanswered=())
    assert "Workspace settings > Billing > Change plan" in letter


def test_the_plan_that_is_asked_for_comes_first() -> None:
    """By its own clause, where the sentence tells of two things."""
    lead = plan_lead(_choice("Which plan do I need for milestones?", "goals", *GOALS), "")
    assert lead is not None
    assert lead.text == "Milestones are part of Team, Business and Enterprise."
    lead = plan_lead(_choice("Are goals included in Business?", "goals", *GOALS), "Business")
    assert lead is not None
    assert lead.text == "Yes: Goals are part of Business and Enterprise."


def test_the_section_that_answers_counts_before_its_article() -> None:
    """An article's matter may be on all plans, and this of it not."""
    question = "We are on Team. How can I require two-factor for all?"
    lead = plan_lead(_choice(question, "two-factor", *STEP), "Team")
    assert lead is not None
    assert lead.text == "This is part of Business and Enterprise, so not of Team."


def test_one_section_s_plans_are_not_those_of_the_article() -> None:
    """Who asks for the whole matter is not told of a part of it."""
    lead = plan_lead(_choice("Is two-factor in free?", "two-factor", *STEP), "Free")
    assert lead is None or "not of Free" not in lead.text


@pytest.mark.parametrize(
    ("question", "plan"), [("How do I see workload?", ""), ("We have Business. How do I see workload?", "Business")]
)
def test_who_has_it_is_not_told_of_plans(question: str, plan: str) -> None:
    """Nor who does not ask."""
    assert plan_lead(_choice(question, "workload", *WORKLOAD), plan) is None


def test_synonyms_have_the_stem_of_their_word() -> None:
    """Else the one is not found by the other."""
    assert stems("gantt copy") == stems("timeline duplicate")
