"""The needles of a rule: whatever the rule finds has them, so that no broken rule is passed over."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from fte.domain.policy import RULES
from fte.domain.policy.needles import NeedleIndex, Needles, may_hold, needles_of
from fte.domain.policy.rulebook import ways_of
from fte.domain.policy.rules import Rule


def may_be_in(text: str, needles: Needles) -> bool:
    return may_hold(NeedleIndex(needle for each in needles for needle in each).found_in(text), needles)


NEEDLES = {
    r"\bfree\s(?:months?|weeks?)\b": (("free month", "free week"),),
    r"\b(?:refund|refunds?\sare)": (("refund",),),
    r"\d{3}(?:abc)?x+yz": (("yz",), ("x",)),
    r"(?:will|would)\s(?:\w{1,9}\s){0,2}(?:add|build)": (("add", "build"), ("will", "would")),
    r"a(?!b)[cd]e": (("a",), ("e",)),
    r"(?:eur|\d\s)usd": (("usd",),),
    r"(?i:refund)\d": (),
    r"\d{1,3}": (),
    r"(?:refund|\d)": (),
}


@pytest.mark.parametrize("pattern", NEEDLES)
def test_needles_are_what_every_match_has(pattern: str) -> None:
    """Letters that always stand there, one of several ways, a space for any white space; never what is optional."""
    found = needles_of(pattern)
    assert {frozenset(each) for each in found} == {frozenset(each) for each in NEEDLES[pattern]}


def test_a_text_may_hold_a_pattern_if_it_has_a_needle_of_each_set() -> None:
    needles = (("add", "build"), ("will",))
    assert may_be_in("we will build it", needles)
    assert not may_be_in("we build it", needles)
    assert not may_be_in("we will do it", needles)
    assert may_be_in("anything", ())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_a_rule_finds_has_its_needles(rule: Rule, data: st.DataObject) -> None:
    """Texts made from the pattern itself; those that its looks around refuse are left out."""
    way = data.draw(st.sampled_from(ways_of(rule.pattern)))
    text = re.sub(r"\s", " ", data.draw(st.from_regex(re.compile(way))))
    assume(re.search(way, text))
    assert may_be_in(text, needles_of(way))


def test_most_rules_have_needles() -> None:
    """Else the gate would try each rule on each reply."""
    assert sum(not needles_of(way) for rule in RULES for way in ways_of(rule.pattern)) <= 8


@pytest.mark.parametrize(
    ("pattern", "ways"),
    [
        ("a|b", ["a", "b"]),
        ("(?:a|b)c", ["(?:a|b)c"]),
        (r"a\||[|\]]|[]|]b|[^]|]c|\(|d", [r"a\|", r"[|\]]", "[]|]b", "[^]|]c", r"\(", "d"]),
    ],
)
def test_the_ways_of_a_pattern_stand_in_no_brackets(pattern: str, ways: list[str]) -> None:
    assert ways_of(pattern) == ways


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_ways_of_a_rule_are_the_rule(rule: Rule) -> None:
    ways = ways_of(rule.pattern)
    assert "|".join(ways) == rule.pattern
    assert all(re.compile(way) for way in ways)
