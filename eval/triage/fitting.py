"""From labelled messages to weights and thresholds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from composing import Message
from regression import Rows, fit, linear

from fte.knowledge.embedder import MiniLmEmbedder
from fte_agent.triage.features import WIDTH, features
from fte_agent.triage.reading import read
from fte_agent.triage.scores import CATEGORIES, FLAGS, MOODS, Thresholds, flag_probabilities
from fte_agent.triage.signs import hostile_phrase
from fte_agent.triage.triggers import BY_FLAG, phrase_of

PENALTY = 1e-4
WEIGHT_OF_MADE = 0.35
"""A message put together from sentences teaches less than one that somebody wrote."""

LEAST_FOR_A_PHRASE = 0.4
"""The share of the score needed without a phrase that is needed with one."""

Key = tuple[str, str]


class Seen:
    """The rows of messages, each computed once."""

    def __init__(self) -> None:
        self._embedder = MiniLmEmbedder()
        self.rows: dict[Key, Rows] = {}

    def of(self, message: Message) -> Rows:
        key = (message.subject, message.text)
        if key not in self.rows:
            self.rows[key] = features(self._embedder, read(*key)).rows
        return self.rows[key]


SEEN = Seen()


@dataclass(frozen=True, slots=True)
class Trained:
    """Weights of the three classifiers."""

    category: Rows
    mood: Rows
    flags: Rows


def flag_scores(weights: Rows, message: Message) -> dict[str, float]:
    """Each flag's probability."""
    return dict(zip(FLAGS, flag_probabilities(weights, SEEN.of(message)).tolist(), strict=True))


def fit_all(real: Sequence[Message], made: Sequence[Message]) -> Trained:
    """All three classifiers."""
    messages = [*real, *made]
    weight = _weight(real, made)
    whole = np.stack([SEEN.of(message)[0] for message in messages])

    def exclusive(names: Sequence[str], attribute: str) -> Rows:
        targets = np.full((len(messages), len(names)), np.nan, np.float32)
        for row, message in enumerate(messages):
            if getattr(message, attribute) in names:
                targets[row] = [name == getattr(message, attribute) for name in names]
        return fit(whole, targets, weight, penalty=PENALTY, multinomial=True, steps=200)

    return Trained(exclusive(CATEGORIES, "category"), exclusive(MOODS, "sentiment"), fit_flags(real, made))


def fit_flags(real: Sequence[Message], made: Sequence[Message]) -> Rows:
    """The flags' classifier, in two rounds: which sentence carries a flag is what the first round tells."""
    messages, weight = [*real, *made], _weight(real, made)
    return _fit_flags(messages, weight, _fit_flags(messages, weight, None))


def _weight(real: Sequence[Message], made: Sequence[Message]) -> Rows:
    return np.array([1.0] * len(real) + [WEIGHT_OF_MADE] * len(made), np.float32)


def _fit_flags(messages: Sequence[Message], weight: Rows, before: Rows | None) -> Rows:
    rows, targets, weights = [], [], []
    for message, counts in zip(messages, weight, strict=True):
        seen = SEEN.of(message)
        wanted = np.full(len(FLAGS), np.nan, np.float32)
        if message.flags is not None:
            wanted = np.array([flag in message.flags for flag in FLAGS], np.float32)
        labels = np.where(wanted == 1, np.nan, wanted)[None].repeat(len(seen), axis=0)
        labels[0] = wanted
        if before is not None and len(seen) > 1:
            strongest = linear(before, seen[1:]).argmax(axis=0) + 1
            for flag in np.flatnonzero(wanted == 1):
                labels[strongest[flag], flag] = 1
        rows.append(seen)
        targets.append(labels)
        weights += [float(counts)] * len(seen)
    return fit(
        np.concatenate(rows),
        np.concatenate(targets).astype(np.float32),
        np.array(weights, np.float32),
        penalty=PENALTY,
        multinomial=False,
        steps=150,
    )


def thresholds_of(messages: Sequence[Message], unseen: Sequence[Mapping[str, float]]) -> dict[str, Thresholds]:
    """For each flag the pair with the best balance of recall and precision on scores that were not learned from."""
    readings = [read(message.subject, message.text) for message in messages]
    found = {}
    for flag in FLAGS:
        labelled = [at for at, message in enumerate(messages) if message.flags is not None]
        truth = np.array([flag in (messages[at].flags or ()) for at in labelled])
        scores = np.array([unseen[at][flag] for at in labelled])
        phrases = np.array([_phrase(flag, readings[at]) for at in labelled])
        best, chosen = -1.0, Thresholds(0.9, 0.0)
        for alone in np.arange(0.1, 0.96, 0.05):
            # The phrases were written beside these messages, so they look better on them than they are.
            for veto in np.arange(LEAST_FOR_A_PHRASE * alone, alone, 0.025):
                fires = (scores >= alone) | (phrases & (scores >= veto))
                balance = 2 * (fires & truth).sum() / max(1, fires.sum() + truth.sum())
                if balance > best + 1e-9:
                    best, chosen = float(balance), Thresholds(round(float(alone), 3), round(float(veto), 3))
        found[flag] = chosen
    return found


def _phrase(flag: str, reading: Any) -> bool:
    if flag == "SENTIMENT_ESCALATION":
        return hostile_phrase(reading.line) is not None
    return phrase_of(BY_FLAG[flag], reading) is not None


def write(folder: Path, trained: Trained, thresholds: Mapping[str, Thresholds], learned: Mapping[str, Any]) -> None:
    """The files that the agent reads."""
    folder.mkdir(exist_ok=True)
    arrays: dict[str, Any] = {name: getattr(trained, name).astype(np.float16) for name in ("category", "mood", "flags")}
    np.savez_compressed(folder / "model.npz", **arrays)
    about = {
        "version": 1,
        "categories": list(CATEGORIES),
        "moods": list(MOODS),
        "flags": list(FLAGS),
        "width": WIDTH,
        "thresholds": {flag: asdict(pair) for flag, pair in thresholds.items()},
        "learned_from": dict(learned),
    }
    (folder / "model.json").write_text(json.dumps(about, indent=1) + "\n", "utf-8")
