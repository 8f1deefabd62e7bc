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
from fte_agent.triage.reading import Reading, read
from fte_agent.triage.scores import FLAGS, Scores, Thresholds
from fte_agent.triage.signs import hostile_phrase
from fte_agent.triage.triggers import BY_FLAG, phrase_of, plain_phrase_of

MISS = 1.0
"""How much more a hand-over that is missed counts than one too many: a team that is paged for nothing stops looking."""
ALONE = 0.7
"""From which score on a flag needs no phrase. It is not searched for: on messages that are not learned from, all from
0.5 to 0.8 make as many mistakes, and among those of other writers the lower ones make more false alarms."""
VETO = np.arange(0.0, 0.5, 0.05)
PLAIN = np.array([0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3])


def thresholds_of(messages: Sequence[Message], scores: Sequence[Scores]) -> dict[str, Thresholds]:
    """The thresholds with the best balance of recall and precision over all flags, the same for each flag.

    `messages` must not be learned from. Thresholds of its own for each flag do worse on other messages: they rest on
    twenty or thirty messages that have the flag, and follow their accidents.
    """
    known = [(message, said) for message, said in zip(messages, scores, strict=True) if message.flags is not None]
    readings = [read(message.subject, message.text) for message, _ in known]
    truth = np.array([[flag in (message.flags or ()) for flag in FLAGS] for message, _ in known])
    said = np.array([[scores.flags[flag] for flag in FLAGS] for _, scores in known])
    phrases = np.array([[_phrase(flag, reading) for flag in FLAGS] for reading in readings])
    plain = np.array([[plain_phrase_of(BY_FLAG[flag], reading) is not None for flag in FLAGS] for reading in readings])

    def balance(at: tuple[float, float]) -> float:
        veto, least = at
        return _balance(truth, (said >= ALONE) | (phrases & (said >= veto)) | (plain & (said >= least)))

    choices = [(v, p) for v in VETO for p in PLAIN if p <= v]
    best = Thresholds(ALONE, *(round(float(value), 3) for value in max(choices, key=balance)))
    return dict.fromkeys(FLAGS, best)


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


def _phrase(flag: str, reading: Reading) -> bool:
    if flag == "SENTIMENT_ESCALATION":
        return hostile_phrase(reading.line) is not None
    return phrase_of(BY_FLAG[flag], reading) is not None
