"""Promises and other people's data, put together from what people say: of a date, a feature, money back, a discount."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fte.domain.channels import Channel
from fte.domain.policy import Reply, broken_rules, violations

WORDINGS = Path(__file__).parent / "wordings"
AROUND = "Open the menu of the project, then choose Export. {} Choose Save at the end."


def put_together(*parts: tuple[str, ...]) -> st.SearchStrategy[str]:
    """One of each, as a sentence."""
    return st.tuples(*map(st.sampled_from, parts)).map(" ".join).map("{}.".format)


WHEN = (
    "by Christmas",
    "by Friday",
    "next week",
    "in two hours",
    "tomorrow",
    "by the end of the month",
    "in March",
    "by noon",
)
dates = put_together(
    ("It", "The fix", "The export", "Your data", "Everything", "The service"),
    (
        "will be there",
        "will be back",
        "will be fixed",
        "should be working again",
        "is expected to be ready",
        "will be up",
    ),
    WHEN,
) | put_together(
    ("We", "Our engineers", "The developers", "I", "Our team"),
    ("will fix it", "will have it done", "expect to be done", "should have a solution", "are going to repair it"),
    WHEN,
)
features = put_together(
    ("It", "This", "Dark mode", "That feature", "The integration"),
    (
        "will be added",
        "is being built",
        "is on our roadmap",
        "will come soon",
        "is planned",
        "will be part of the next release",
        "is coming this year",
        "will be possible from May on",
    ),
) | put_together(
    ("We", "Our developers", "The product team"),
    (
        "are working on",
        "are building",
        "plan to add",
        "have decided to build",
        "will release",
        "have started on",
        "want to have",
    ),
    ("it", "this", "that feature", "a native app for this"),
)
refunds = put_together(
    ("We", "Finance", "I", "Our Finance team"),
    ("will", "can", "are going to", "have already"),
    (
        "refunded you",
        "pay you back",
        "reverse the charge",
        "credit your account",
        "send the money back",
        "refund the invoice",
    ),
) | put_together(
    ("Your payment", "The second charge", "The last invoice", "The amount", "The difference"),
    ("will be", "has been", "is going to be", "is being"),
    ("refunded", "paid back", "credited to you", "reversed", "taken off your bill", "returned to your card"),
)
discounts = put_together(
    ("I can", "We could", "Sales will", "We are happy to", "Sales might"),
    ("give you", "offer you", "arrange"),
    (
        "a discount",
        "20 % off",
        "a lower price",
        "a free month",
        "a better rate",
        "a third off",
        "two more weeks of trial",
    ),
) | put_together(
    ("As a nonprofit you", "Schools", "If you pay yearly you", "Your team"),
    (
        "get a discount",
        "pay 20 percent less",
        "get two months free",
        "pay half the price",
        "save ten percent",
        "get a voucher",
    ),
)
people = put_together(
    (
        "Customer 4711",
        "Ann Miller",
        "Bob Stone of Globex",
        "Another customer",
        "Somebody else",
        "One of our customers",
        "A different customer",
        "Ms Jones",
    ),
    ("wrote the same", "reported this", "asked us the same", "had the same problem", "told us about it"),
    ("too", "yesterday", "last week", "on Monday"),
) | put_together(
    ("The workspace belongs to", "Its owner is", "It was", "Your Admin is", "The person who deleted it is"),
    ("Ann Miller", "Bob Stone", "Jane Jones"),
)
PROMISES = {
    "date": (dates, {"date_promise", "feature_promise", "work_promise"}),
    "feature": (features, {"feature_promise", "date_promise", "work_promise"}),
    "refund": (refunds, {"refund_promise"}),
    "discount": (discounts, {"discount", "price"}),
    "people": (people, {"personal_data"}),
}


@pytest.mark.parametrize("kind", PROMISES)
@given(data=st.data())
@settings(deadline=None, max_examples=150)
def test_no_promise_passes(kind: str, data: st.DataObject) -> None:
    """Under a code of its matter; which, where one sentence promises two things, is all the same."""
    made, codes = PROMISES[kind]
    sentence = data.draw(made)
    assert codes & set(violations(Reply(Channel.WEBFORM, (AROUND.format(sentence),)))), sentence


@pytest.mark.parametrize("code", sorted(path.stem for path in WORDINGS.glob("*.txt") if path.stem != "passes"))
def test_no_wording_passes(code: str) -> None:
    """What models and people were heard or thought to say, a sentence a line."""
    through = [
        sentence
        for sentence in (WORDINGS / f"{code}.txt").read_text().splitlines()
        if not violations(
            Reply(Channel.WEBFORM, (AROUND.format(sentence),), articles=frozenset(), references=frozenset())
        )
    ]
    assert through == []


def test_good_answers_near_the_rules_pass() -> None:
    """Limits, dates of tasks, statuses, roles, people in general: a wrongly stopped answer becomes a hand-over."""
    broken = {
        sentence: rules
        for sentence in (WORDINGS / "passes.txt").read_text().splitlines()
        if (rules := broken_rules(Reply(Channel.WEBFORM, (AROUND.format(sentence.replace("\\n", "\n")),))))
    }
    assert broken == {}
