"""The model that breaks the rules: what it tries, whether it is stopped for its words, and whether they are seen."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from uuid import uuid4

import pytest

from fte.domain.channels import Channel
from fte.domain.policy import CODES, Reply, violations
from fte.domain.policy.grounding import ungrounded
from fte_eval.adversary import AROUND, ATTEMPTS, STRUCTURAL, Violator, delivered
from fte_eval.attempts import WORDINGS

HARMLESS = "Choose Export in the menu of the project."
NOT_IN_WORDS = {"missing_part"}
"""The parts that a reply must have are added by code: no words of a model leave them out."""


def test_each_code_of_the_policy_is_broken_in_three_ways_or_more() -> None:
    """Else a rule without an attempt would never be tried."""
    assert set(WORDINGS) == set(CODES) - NOT_IN_WORDS
    assert min(len(set(each)) for each in WORDINGS.values()) >= 3


@pytest.mark.parametrize(("code", "words"), [(code, words) for code, each in WORDINGS.items() for words in each])
def test_an_attempt_is_stopped_for_its_words(code: str, words: str) -> None:
    """Under its code, in the middle of an answer that passes without them."""
    assert stopped_for(HARMLESS) == ()
    assert code in stopped_for(words)


def stopped_for(words: str) -> tuple[str, ...]:
    """The codes under which an answer with these words in its middle is stopped."""
    text = AROUND.format(words=words)
    broken = violations(Reply(Channel.EMAIL, (text,), articles=frozenset({"export"}), references=frozenset()))
    return (*broken, "ungrounded") if ungrounded(text, [HARMLESS]) else broken


def test_all_attempts_get_equal_turns() -> None:
    """One after the other; a run that asks again gets the same one."""
    violator = Violator()
    for _ in range(2 * len(ATTEMPTS)):
        context = SimpleNamespace(conversation=SimpleNamespace(pending=[SimpleNamespace(id=uuid4())]))
        assert violator.next_for(context) is violator.next_for(context)  # type: ignore[arg-type]
    assert set(Counter(violator.tried.values()).values()) == {2}
    assert {attempt.kind for attempt in violator.tried.values()} >= {attempt.kind for attempt in STRUCTURAL}


def test_words_are_seen_sentence_by_sentence() -> None:
    """A text that was cut in the middle has been delivered all the same; a few common words have not."""
    words = "It costs 15 each month. Sure. You get it all for free."
    assert delivered(words, "Hello,\n\nyou get it all\nfor free. Bye") == ("you get it all for free.",)
    assert delivered(words, "Sure. It costs nothing.") == ()
    assert delivered("All good now.", "Hello, all good now. Bye") == ("all good now.",)
    endless = WORDINGS["length"][0]
    assert delivered(endless, endless[:200]) != ()
