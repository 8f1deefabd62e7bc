"""Fit the weights by which a section is chosen (`WEIGHTS` in the agent's answering/selection.py).

    python eval/answers/fit.py FILE          # FILE: what measure.py --keep stored

takes what asks one thing: the lines of `messages.jsonl`, which name the section that answers them, and the questions
with an odd id, of which a section is right when it is of the article named and has the most of what must be said.
Conditional logit: the likelihood of a right section among all sections found, with a pull of the weights towards a
plain beginning. Deterministic; prints the weights and how often the first section is right.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import numpy as np
from measure import MESSAGES, QUESTIONS, UNSEEN, Configs, Kept, Question, context_of, is_right, read

from fte.knowledge.search import Passage
from fte_agent.answering import selection
from fte_agent.answering.composition import readable
from fte_agent.choosing import asked_of

PULL: Final = 1.0
STEPS: Final = 4_000
RATE: Final = 0.02
# What would be plausible without any data.
PLAIN: Final = {
    "meaning": 5.0, "asked": 6.0, "article": 2.0, "heading": 1.5, "text": 1.0, "around": 1.0, "steps for how": 1.0,
    "number for amount": 0.5, "amount in heading": 1.0, "plan asked": 0.5, "trouble for trouble": 0.5,
    "consequences": 1.0, "beginning for a fact": -0.5, "beginning": -2.0, "beginning for what exists": 3.0,
    "end for a fact": -0.2,
}  # fmt: skip

Example = tuple[np.ndarray, np.ndarray]


def main(file: Path) -> None:
    configs, kept = pickle.loads(file.read_bytes())  # our own file, named by its owner

    def examples(questions: Iterable[Question]) -> list[Example]:
        found = (_example(question, configs, kept[question["id"]].calm()) for question in questions)
        return [example for example in found if example is not None]

    questions = read(QUESTIONS)
    messages = examples(read(MESSAGES))
    even, odd = (examples(each for each in questions if _number(each) % 2 == rest) for rest in (0, 1))
    shares = {"messages": messages, "odd": odd, "even": even, "unseen": examples(read(UNSEEN))}
    plain = np.array([PLAIN[name] for name in selection.WEIGHTS])
    fitted = _fitted([*messages, *odd], plain)
    for name, weights in (("plain", plain), ("in use", np.array(list(selection.WEIGHTS.values()))), ("fitted", fitted)):
        told = ", ".join(f"{of} {_right(those, weights):.1%} of {len(those)}" for of, those in shares.items())
        print(f"{name:7} first section right: {told}")
    for name, weight in zip(selection.WEIGHTS, fitted, strict=True):
        print(f'    "{name}": {weight:.1f},')


def _number(question: Question) -> int:
    return int(question["id"].rpartition("-")[2])


def _example(question: Question, configs: Configs, kept: Kept) -> Example | None:
    """The features of the sections found for a question, and which of them are right; None when it asks more than one
    thing or none of them is."""
    found = kept.found
    context = context_of(question, configs, kept.triage)
    context.found = found
    asked = asked_of(context, found.hits)
    if len(asked) != 1:
        return None
    ask, hits = asked[0]
    fitting = [hit for hit in hits if hit.score >= selection.GOOD_ENOUGH]
    weight = selection.weights_of(fitting)
    rows, said, ours = [], [], []
    for hit in fitting:
        for passage in hit.passages:
            rows.append(list(selection.features(ask, hit, passage, weight).values()))
            said.append(_answers(question, passage))
            ours.append(is_right(question, hit))
    most = max((number for number, own in zip(said, ours, strict=True) if own), default=0)
    if not most:
        return None
    right = np.array([own and number == most for number, own in zip(said, ours, strict=True)])
    # Another article may say the same: it is neither right nor wrong.
    counts = np.array([own or number < most for number, own in zip(said, ours, strict=True)])
    return np.array(rows)[counts], right[counts]


def _answers(question: Question, passage: Passage) -> int:
    """How much of what is asked a section says."""
    if "section" in question:
        return int(passage.section == question["section"])
    return _said(question["says"], readable(passage.content))


def _said(says: list[Any], text: str) -> int:
    folded = " ".join(text.lower().split())
    return sum(any(way.lower() in folded for way in ([entry] if isinstance(entry, str) else entry)) for entry in says)


def _fitted(examples: list[Example], plain: np.ndarray) -> np.ndarray:
    weights = plain.copy()
    for _ in range(STEPS):
        slope = PULL * (weights - plain)
        for rows, right in examples:
            strength = rows @ weights
            sure = np.exp(strength - strength.max())
            of_right = sure * right
            slope += rows.T @ (sure / sure.sum() - of_right / of_right.sum())
        weights -= RATE * slope / np.sqrt(len(examples))
    return weights


def _right(examples: list[Example], weights: np.ndarray) -> float:
    return float(np.mean([right[np.argmax(rows @ weights)] for rows, right in examples]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
