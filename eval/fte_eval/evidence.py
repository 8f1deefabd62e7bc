"""All that was played, and what a conversation, a question and a text count as. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from fte_eval.always import VIOLATIONS
from fte_eval.identity import Solved
from fte_eval.mix import Ended
from fte_eval.playing import Played
from fte_eval.samples import Text
from fte_eval.scenario import listed

FIRST_RESPONSE: Final = ("outcome", "flags", "team", "topic", "says", "not_says", "one_outcome", *VIOLATIONS)
"""The checks that make a first response right."""

QUESTION: Final = ("outcome", "says", "one_outcome", *VIOLATIONS)
"""The checks that, with the right article, make the answer to a question right."""

ENDED: Final = ("outcome", "one_outcome")
"""The checks that tell whether a conversation ended as it should; what was said in it is counted elsewhere."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was played."""

    scenarios: Sequence[Played] = ()
    questions: Sequence[Played] = ()
    texts: Sequence[Played] = ()
    labels: Mapping[str, Text] | None = None
    attacked: Sequence[Played] = ()
    identities: Sequence[Solved] = ()

    @property
    def all(self) -> list[Played]:
        """Everything that the agent did without an adversary."""
        return [*self.scenarios, *self.questions, *self.texts]


def conversations(played: Sequence[Played]) -> list[list[Played]]:
    """The turns of each trial of each scenario."""
    return [list(turns) for _, turns in groupby(played, key=lambda each: (each.scenario.id, each.trial))]


def labelled(played: Sequence[Played], labels: Mapping[str, Text]) -> list[tuple[Text, Played]]:
    """Each text with what came of it."""
    return [(labels[each.scenario.id], each) for each in played]


def first_article(played: Played) -> bool:
    """Whether the first article has the topic that is expected."""
    return _has_topic(played, 1)


def in_three(played: Played) -> bool:
    """Whether one of the first three articles has it."""
    return _has_topic(played, 3)


def _has_topic(played: Played, among: int) -> bool:
    wanted = set(listed(played.turn.expect.topic))
    return any(topics & wanted for topics in played.observed.topics[:among])


def ended(evidence: Evidence) -> list[Ended]:
    """How each conversation ended, for the mix. Texts stand for the flags that they are labelled with."""
    found = [_ended(turns, question=False) for turns in conversations(evidence.scenarios)]
    found += [_ended([each], question=True) for each in evidence.questions]
    for text, played in labelled(evidence.texts, evidence.labels or {}):
        if text.flags:
            handed = played.observed.outcome == "escalated"
            found.append(Ended(False, frozenset(), frozenset(text.flags), frozenset({"text"}), handed, False, False))
    return found


def _ended(turns: Sequence[Played], *, question: bool) -> Ended:
    expects = [turn.turn.expect for turn in turns]
    handed_over = any(turn.observed.outcome == "escalated" for turn in turns)
    right = all(turn.holds(FIRST_RESPONSE) for turn in turns)
    if question:
        right = first_article(turns[0]) and turns[0].holds(QUESTION)
    return Ended(
        question=question,
        outcomes=frozenset(outcome for expect in expects for outcome in listed(expect.outcome)),
        flags=frozenset(flag for expect in expects for flag in expect.flags or ()),
        tags=frozenset(turns[0].scenario.tags),
        handed_over=handed_over,
        settled=not handed_over and all(turn.holds(ENDED) for turn in turns),
        right=right and not handed_over,
    )
