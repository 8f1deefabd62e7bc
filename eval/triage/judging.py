"""The triage's decisions against the labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from composing import Message

from fte.domain.channels import Channel
from fte_agent.triage import Encoder, triage
from fte_agent.triage.scores import CATEGORIES, FLAGS, MOODS

ALL_FLAGS = (*FLAGS, "WHATSAPP_ESCALATION")


@dataclass(slots=True)
class Report:
    """Counts of right and wrong."""

    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    moods: Counter[tuple[str, str]] = field(default_factory=Counter)
    hits: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)

    def count(self, message: Message, category: str, mood: str, flags: Sequence[str]) -> None:
        """Add a decision; where a label is missing, nothing is counted."""
        if message.category in CATEGORIES:
            self.confusion[message.category, category] += 1
        if message.sentiment in MOODS:
            self.moods[message.sentiment, mood] += 1
        for flag in ALL_FLAGS if message.flags is not None else ():
            wanted, given = flag in (message.flags or ()), flag in flags
            self.hits[flag] += wanted and given
            self.missed[flag] += wanted and not given
            self.false[flag] += given and not wanted

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


def judge(messages: Sequence[Message], encoder: Encoder) -> Report:
    """What the whole triage, phrases included, says of `messages`."""
    report = Report()
    for message in messages:
        result = triage(message.subject, message.text, Channel(message.channel), encoder)
        report.count(message, result.category, result.sentiment.label, result.flags)
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
