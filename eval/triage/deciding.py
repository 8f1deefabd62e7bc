"""From scores to decisions: the thresholds of the flags, and how often the decisions are right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from composing import Message
from judging import Report
from numpy.typing import NDArray

from fte_agent.triage.encoder import open_session, open_tokenizer, scores_by
from fte_agent.triage.reading import read
from fte_agent.triage.scores import FLAGS, Scores, Thresholds
from fte_agent.triage.triggers import BY_FLAG, wording

MISS = 1.0
"""How much more a hand-over that is missed counts than one too many: a team that is paged for nothing stops looking."""
ALONE = 0.65
"""From which score on a flag needs no phrase. It is not searched for: on messages that are not learned from, all from
0.5 to 0.8 make as many mistakes, and among those of other writers the lower ones make more false alarms."""
OFTEN_LIKE_IT = {"HUMAN_REQUESTED": 0.7, "REPEAT_CONTACT": 0.8}
"""Instead of `ALONE` for the flags that many a message looks like: there lower ones bring alarms and hits no more."""
AS_GOOD = 0.003
"""Thresholds whose balance is so near to the best are as good; the lowest are taken, for a phrase is seldom there by
accident."""
VETO = np.arange(0.0, 0.5, 0.05)
PLAIN = np.array([0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3])


def thresholds_of(messages: Sequence[Message], scores: Sequence[Scores]) -> dict[str, Thresholds]:
    """The thresholds with the best balance of recall and precision over all flags; those of phrases are the same for
    each flag.

    `messages` must not be learned from. Thresholds of its own for each flag do worse on other messages: they rest on
    twenty or thirty messages that have the flag, and follow their accidents.
    """
    known = [(message, said) for message, said in zip(messages, scores, strict=True) if message.flags is not None]
    readings = [read(message.subject, message.text) for message, _ in known]
    truth = np.array([[flag in (message.flags or ()) for flag in FLAGS] for message, _ in known])
    said = np.array([[scores.flags[flag] for flag in FLAGS] for _, scores in known])
    worded = [[wording(BY_FLAG[flag], reading) for flag in FLAGS] for reading in readings]
    phrases = np.array([[each.phrase is not None for each in row] for row in worded])
    plain = np.array([[each.plain is not None for each in row] for row in worded])

    alone = np.array([OFTEN_LIKE_IT.get(flag, ALONE) for flag in FLAGS])

    def balance(at: tuple[float, float]) -> float:
        veto, least = at
        return _balance(truth, (said >= alone) | (phrases & (said >= veto)) | (plain & (said >= least)))

    choices = [(v, p) for v in VETO for p in PLAIN if p <= v]
    reached = {choice: balance(choice) for choice in choices}
    veto, plain_veto = min(choice for choice in choices if reached[choice] >= max(reached.values()) - AS_GOOD)
    return {
        flag: Thresholds(float(least), round(float(veto), 3), round(float(plain_veto), 3))
        for flag, least in zip(FLAGS, alone, strict=True)
    }


def scores_of(model: Path, messages: Sequence[Message]) -> list[Scores]:
    """What the encoder in `model` says of each of `messages`."""
    session, tokenizer = open_session(model), open_tokenizer()
    return [scores_by(session, tokenizer, read(message.subject, message.text)) for message in messages]


def judge_alone(messages: Sequence[Message], scores: Sequence[Scores], thresholds: dict[str, Thresholds]) -> Report:
    """What the encoder says of `messages` without any phrase."""
    report = Report()
    for message, said in zip(messages, scores, strict=True):
        flags = [flag for flag in FLAGS if said.flags[flag] >= thresholds[flag].alone]
        report.count(message, _likeliest(said.category), _likeliest(said.mood), flags)
    return report


def _balance(truth: NDArray[Any], fires: NDArray[Any]) -> float:
    """The weighted harmonic mean of recall and precision (F-beta, beta² = `MISS`)."""
    weighed = MISS * float(truth.sum()) + float(fires.sum())
    return (1 + MISS) * float((truth & fires).sum()) / max(1.0, weighed)


def _likeliest(probabilities: Any) -> str:
    return str(max(probabilities, key=lambda name: probabilities[name]))
