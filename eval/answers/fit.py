"""Fit the weights by which a section is chosen (`WEIGHTS` in the agent's answering/selection.py).

    python eval/answers/fit.py FILE          # FILE: what measure.py --keep stored

takes the questions with an odd id whose message asks one thing. A section is right when it is of the article named
and has the most of what must be said. Conditional logit: the likelihood of a right section among all sections found,
with a pull of the weights towards a plain beginning. Deterministic; prints the weights and how often the first section
is right.
"""

from __future__ import annotations

import json
import pickle
import sys
from pathlib import Path
from typing import Any, Final

import numpy as np
from measure import QUESTIONS, Kept, context_of

from fte_agent.answering import selection
from fte_agent.answering.composition import readable
from fte_agent.choosing import asked_of

PULL: Final = 0.15
STEPS: Final = 4_000
RATE: Final = 0.02
# What would be plausible without any data.
PLAIN: Final = {
    "meaning": 5.0, "article": 2.0, "rank": -0.5, "heading": 1.5, "text": 1.0, "around": 1.0, "sentence": 1.0,
    "steps for how": 1.0, "number for amount": 0.5, "plans for amount": 0.5, "amount in heading": 1.0,
    "plan asked": 0.5, "trouble for trouble": 0.5, "trouble unasked": -1.0, "consequences": 1.0,
    "beginning for a fact": -0.5, "beginning": -2.0, "end for a fact": -0.2, "end": -0.8,
}  # fmt: skip

Example = tuple[np.ndarray, np.ndarray]


def main(file: Path) -> None:
    configs, kept = pickle.loads(file.read_bytes())  # our own file, named by its owner
    halves: tuple[list[Example], list[Example]] = ([], [])
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        example = _example(question, configs, kept[question["id"]].calm())
        if example is not None:
            halves[int(question["id"].rpartition("-")[2]) % 2].append(example)
    even, odd = halves
    plain = np.array([PLAIN[name] for name in selection.WEIGHTS])
    fitted = _fitted(odd, plain)
    for name, weights in (("plain", plain), ("in use", np.array(list(selection.WEIGHTS.values()))), ("fitted", fitted)):
        print(f"{name:7} first section right: odd {_right(odd, weights):.1%}, even {_right(even, weights):.1%}")
    for name, weight in zip(selection.WEIGHTS, fitted, strict=True):
        print(f'    "{name}": {weight:.1f},')


def _example(question: dict[str, Any], configs: Any, kept: Kept) -> Example | None:
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
    for rank, hit in enumerate(fitting):
        for passage in hit.passages:
            if passage.content:
                rows.append(list(selection.features(ask, hit, passage, rank, weight).values()))
                said.append(_said(question["says"], readable(passage.content)))
                ours.append(hit.slug == question["slug"])
    most = max((number for number, own in zip(said, ours, strict=True) if own), default=0)
    if not most:
        return None
    right = np.array([own and number == most for number, own in zip(said, ours, strict=True)])
    # Another article may say the same: it is neither right nor wrong.
    counts = np.array([own or number < most for number, own in zip(said, ours, strict=True)])
    return np.array(rows)[counts], right[counts]


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
