"""Puzzles of identity: contacts in the order in which they come, and who of them is one customer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Annotated, Any, Final

import yaml
from pydantic import AfterValidator, Field, ValidationError, model_validator

from fte.domain.identity import Level
from fte.errors import Unprocessable
from fte.settings import Settings
from fte.store.pool import Pool
from fte_eval.checks import Checked
from fte_eval.figures import NONE, Bar, Figure
from fte_eval.loading import problems_of
from fte_eval.scenario import Strict, Words
from fte_ops.dryrun.identifying import Identified, identified
from fte_ops.dryrun.inputs import Contact

Pair = tuple[int, int]

TAG: Final = "identity"
_SURENESS: Final[tuple[Level, ...]] = ("claimed", "channel", "verified")
_PAIR: Final = re.compile(r"(\d+)-(\d+)")


def _pair(text: str) -> str:
    if not _PAIR.fullmatch(text):
        raise ValueError("a pair of contacts is written as 0-1")
    return text


class Puzzle(Strict):
    """A puzzle: `customers` are the contacts of each customer. Without `levels` and `sees` those are not checked.

    `levels`: how sure the link between two contacts is. `sees`: every pair of which the answer to the first may show
    what the second says; all others must not.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    about: Words
    contacts: list[Contact]
    customers: list[list[int]]
    levels: dict[Annotated[str, AfterValidator(_pair)], Level] = Field(default={})
    sees: list[list[int]] | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Puzzle:
        named = [index for group in self.customers for index in group]
        named += [int(index) for pair in self.levels for index in pair.split("-")]
        named += [index for pair in self.sees or () for index in pair]
        if any(not 0 <= index < len(self.contacts) for index in named):
            raise ValueError("it names a contact that is not there")
        if len({index for group in self.customers for index in group}) < sum(map(len, self.customers)):
            raise ValueError("a contact is two customers'")
        return self

    @property
    def tags(self) -> tuple[str, ...]:
        return (TAG,)


@dataclass(frozen=True, slots=True)
class Solved:
    """A puzzle with what was found."""

    puzzle: Puzzle
    found: Identified

    @property
    def failed(self) -> tuple[Checked, ...]:
        """What is not as it is labelled."""
        return tuple(check for check in _checks(self.puzzle, self.found) if not check.passed)


def read_puzzles(folder: Path) -> tuple[Puzzle, ...]:
    """All puzzles of the YAML files in `folder`. Raises `Unprocessable`, which names every problem."""
    found: dict[str, Puzzle] = {}
    problems: list[str] = []
    for file in sorted(folder.glob("*.yaml")):
        for number, entry in enumerate(yaml.safe_load(file.read_text(encoding="utf-8")), start=1):
            name = entry.get("id", number) if isinstance(entry, dict) else number
            try:
                puzzle = Puzzle.model_validate(entry)
            except ValidationError as error:
                problems += [f"{file.name}: {name}: {problem}" for problem in problems_of(error)]
                continue
            if puzzle.id in found:
                problems.append(f"{file.name}: {name}: this id stands in more than one place")
            found[puzzle.id] = puzzle
    if problems:
        raise Unprocessable("puzzles that cannot be read:\n  " + "\n  ".join(problems))
    return tuple(found.values())


async def solve(pool: Pool, settings: Settings, puzzles: Iterable[Puzzle], done: Callable[[], Any]) -> list[Solved]:
    """What the intakes' own code and transaction make of each puzzle; nothing of it stays."""
    solved = []
    async with pool.connection() as connection:
        for puzzle in puzzles:
            solved.append(Solved(puzzle, await identified(connection, settings, puzzle.contacts)))
            done()
    return solved


def identity_figures(solved: Sequence[Solved]) -> tuple[Figure, ...]:
    """How many puzzles are solved, and how good the pairs are that were joined."""
    failed = sum(bool(each.failed) for each in solved)
    together = joined = right = shown = wrongly_shown = apart = 0
    for each in solved:
        wanted, found = _pairs(each.puzzle.customers), _pairs(each.found.customers)
        together, joined, right = together + len(wanted), joined + len(found), right + len(wanted & found)
        apart += len(list(combinations(range(len(each.puzzle.contacts)), 2))) - len(wanted)
        may_see = {tuple(pair) for pair in each.puzzle.sees or ()}
        if each.puzzle.sees is not None:
            shown += len(each.puzzle.contacts) * (len(each.puzzle.contacts) - 1) - len(may_see)
            wrongly_shown += len(each.found.sees - may_see)
    return (
        Figure("identity", "identity puzzles solved", len(solved) - failed, len(solved), Bar(">", 0.95)),
        Figure("identity_precision", "identity: joined rightly", right, joined),
        Figure("identity_recall", "identity: found of those to join", right, together),
        Figure("identity_false_merges", "identity: false merges", joined - right, apart, NONE),
        Figure("identity_shown", "identity: shown to whom it must not be", wrongly_shown, shown, NONE),
    )


def page_of(solved: Sequence[Solved]) -> str:
    """Every puzzle that was not solved, for people."""
    failed = [each for each in solved if each.failed]
    lines = ["# Identity", "", f"{len(failed)} of {len(solved)} puzzles were not solved."]
    for each in failed:
        lines += ["", f"## {each.puzzle.id}", "", each.puzzle.about, ""]
        lines += [f"- **{check.name}**: wanted {check.wanted}; got {check.got}" for check in each.failed]
    return "\n".join(lines) + "\n" if solved else ""


def _checks(puzzle: Puzzle, found: Identified) -> Iterable[Checked]:
    wanted, got = sorted(map(sorted, puzzle.customers)), sorted(map(sorted, found.customers))
    yield Checked("customers", wanted == got, str(wanted), str(got))
    levels = _levels(found.links)
    for name, level in puzzle.levels.items():
        one, other = map(int, name.split("-"))
        seen = levels.get((one, other), "none")
        yield Checked(f"level of {name}", seen == level, level, seen)
    if puzzle.sees is not None:
        shown = sorted(found.sees)
        yield Checked("sees", shown == sorted(map(tuple, puzzle.sees)), str(sorted(puzzle.sees)), str(shown))


def _pairs(groups: Sequence[Sequence[int]]) -> set[Pair]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def _levels(links: Sequence[Mapping[str, Any]]) -> dict[Pair, Level]:
    """The surest link between two contacts, for those that have one."""
    found: dict[Pair, Level] = {}
    for link in links:
        for pair in combinations(link["contacts"], 2):
            found[pair] = max(link["level"], found.get(pair, "claimed"), key=_SURENESS.index)
    return found
