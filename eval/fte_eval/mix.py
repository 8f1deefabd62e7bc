"""The mix: of what kinds of conversations a day is made. Rates over all of them depend on it, so it is stated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import Field, ValidationError, model_validator

from fte.errors import Unprocessable
from fte_eval.intervals import effective
from fte_eval.loading import problems_of
from fte_eval.scenario import Flag, Outcome, Strict, Words


class Take(Strict):
    """Which conversations stand for a part: the unseen questions that the agent answers, or scenarios and texts by what
    is expected.
    """

    questions: bool = False
    outcomes: list[Outcome] = Field(default=[])
    flags: list[Flag] = Field(default=[])
    without_tags: list[Words] = Field(default=[])


class Part(Strict):
    """A kind of conversation and its share of all."""

    name: Words
    share: float = Field(gt=0, le=1)
    take: Take


class Mix(Strict):
    """All parts; `source` says where the shares come from."""

    source: Words
    parts: list[Part] = Field(min_length=1)

    @model_validator(mode="after")
    def _whole(self) -> Mix:
        total = sum(part.share for part in self.parts)
        if abs(total - 1) > 1e-9:
            raise ValueError(f"the shares make {total:g}, not 1")
        return self


def read_mix(file: Path) -> Mix:
    """The mix in `file`. Raises `Unprocessable`."""
    try:
        return Mix.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        raise Unprocessable(f"{file.name}: {' '.join(str(error).split())}") from error
    except ValidationError as error:
        raise Unprocessable(f"{file.name}: {'; '.join(problems_of(error))}") from error


@dataclass(frozen=True, slots=True)
class Ended:
    """How a conversation ended: what it stands for, whether people had to take over, whether it was settled without
    them, and whether everything in it was right besides.
    """

    question: bool
    outcomes: frozenset[str]
    flags: frozenset[str]
    tags: frozenset[str]
    handed_over: bool
    settled: bool
    right: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """A part with the conversations that stand for it."""

    name: str
    share: float
    conversations: int
    handed_over: int
    settled: int
    right: int


@dataclass(frozen=True, slots=True)
class Rates:
    """Over the whole mix: shares, what sample they are worth, and the parts behind them."""

    handed_over: float
    settled: float
    right: float
    worth: float
    parts: tuple[Drawn, ...]
    missing: tuple[str, ...]


def rates(mix: Mix, ended: Sequence[Ended]) -> Rates:
    """The rates over `mix`. While nothing stands for one of its parts they are worth nothing, and the part is named."""
    drawn: list[Drawn] = []
    for part in mix.parts:
        chosen = [each for each in ended if stands_for(part.take, each)]
        counts = [(each.handed_over, each.settled, each.right) for each in chosen]
        drawn.append(Drawn(part.name, part.share, len(chosen), *(sum(each[at] for each in counts) for at in range(3))))
    missing = tuple(part.name for part in drawn if not part.conversations)
    if missing:
        return Rates(0.0, 0.0, 0.0, 0.0, tuple(drawn), missing)
    weights = [part.share / part.conversations for part in drawn for _ in range(part.conversations)]
    return Rates(
        handed_over=sum(part.share * part.handed_over / part.conversations for part in drawn),
        settled=sum(part.share * part.settled / part.conversations for part in drawn),
        right=sum(part.share * part.right / part.conversations for part in drawn),
        worth=effective(weights),
        parts=tuple(drawn),
        missing=(),
    )


def stands_for(take: Take, ended: Ended) -> bool:
    """Whether this conversation is one of those that a part takes."""
    if take.questions or ended.question:
        # Some topics are for people whatever the article says: prices, an incident.
        return take.questions and ended.question and "escalated" not in ended.outcomes
    if set(take.without_tags) & ended.tags:
        return False
    if take.flags:
        return bool(set(take.flags) & ended.flags)
    return bool(ended.outcomes) and ended.outcomes <= set(take.outcomes)
