"""Labels that were found against labels that are right: confusion, precision, recall. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often each right label was found as which."""

    labels: tuple[str, ...]
    counts: Mapping[tuple[str, str], int]

    @property
    def right(self) -> int:
        return sum(self.counts.get((label, label), 0) for label in self.labels)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def row(self, label: str) -> tuple[int, ...]:
        """How often `label` was found as each label."""
        return tuple(self.counts.get((label, found), 0) for found in self.labels)


def confusion(pairs: Iterable[tuple[str, str]], order: Sequence[str]) -> Confusion:
    """The table of (right, found) pairs; labels outside `order` come last."""
    counts = Counter(pairs)
    others = sorted({label for pair in counts for label in pair} - set(order))
    return Confusion((*order, *others), counts)


@dataclass(frozen=True, slots=True)
class Detection:
    """How well one flag is found."""

    found_right: int
    found: int
    there: int


def detections(pairs: Iterable[tuple[frozenset[str], frozenset[str]]], flags: Sequence[str]) -> dict[str, Detection]:
    """For each flag: over (right, found) sets."""
    known = list(pairs)
    return {
        flag: Detection(
            found_right=sum(flag in right and flag in found for right, found in known),
            found=sum(flag in found for _, found in known),
            there=sum(flag in right for right, _ in known),
        )
        for flag in flags
    }
