"""The triage's decisions against the labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from composing import Message

from fte.domain.channels import Channel
from fte_agent.triage import triage
from fte_agent.triage.scores import CATEGORIES, FLAGS, MOODS, Classifiers

ALL_FLAGS = (*FLAGS, "WHATSAPP_ESCALATION")


@dataclass(slots=True)
class Report:
    """Counts of right and wrong."""

    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    moods: Counter[tuple[str, str]] = field(default_factory=Counter)
    hits: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)

    def __iadd__(self, other: Report) -> Report:
        for name in ("confusion", "moods", "hits", "missed", "false"):
            getattr(self, name).update(getattr(other, name))
        return self

    def as_json(self) -> dict[str, Any]:
        """Shares with the counts they come from."""
        return {
            "category": _share(self.confusion),
            "confusion": {
                name: {to: self.confusion[name, to] for to in CATEGORIES if self.confusion[name, to]}
                for name in CATEGORIES
            },
            "sentiment": _share(self.moods),
            "sentiment_confusion": {
                name: {to: self.moods[name, to] for to in MOODS if self.moods[name, to]} for name in MOODS
            },
            "flags": {
                flag: {
                    "count": self.hits[flag] + self.missed[flag],
                    "recall": _ratio(self.hits[flag], self.hits[flag] + self.missed[flag]),
                    "precision": _ratio(self.hits[flag], self.hits[flag] + self.false[flag]),
                }
                for flag in ALL_FLAGS
            },
        }


def judge_all(messages: Sequence[Message]) -> Report:
    """What the triage says of `messages`, with the weights in the agent's package."""
    report, judges = Report(), Classifiers()
    for message in messages:
        result = triage(message.subject, message.text, Channel(message.channel), judges)
        if message.category in CATEGORIES:
            report.confusion[message.category, result.category] += 1
        if message.sentiment in MOODS:
            report.moods[message.sentiment, result.sentiment.label] += 1
        if message.flags is not None:
            for flag in ALL_FLAGS:
                match (flag in message.flags, flag in result.flags):
                    case (True, True):
                        report.hits[flag] += 1
                    case (True, False):
                        report.missed[flag] += 1
                    case (False, True):
                        report.false[flag] += 1
    return report


def show(title: str, report: Report) -> None:
    """Print a report."""
    told = report.as_json()
    print(f"\n{title}\n  category {told['category']}  sentiment {told['sentiment']}")
    for name in CATEGORIES:
        print("  " + f"{name:16}" + " ".join(f"{report.confusion[name, to]:4}" for to in CATEGORIES))
    for flag, figures in told["flags"].items():
        print(f"  {flag:22} n {figures['count']:4} recall {figures['recall']} precision {figures['precision']}")


def _share(pairs: Counter[tuple[str, str]]) -> dict[str, Any]:
    right = sum(count for (is_, said), count in pairs.items() if is_ == said)
    return {"right": right, "of": pairs.total(), "share": _ratio(right, pairs.total())}


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None
