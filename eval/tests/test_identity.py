"""How puzzles of identity are read and judged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fte.errors import Unprocessable
from fte_eval.identity import Puzzle, Solved, identity_figures, page_of, read_puzzles
from fte_ops.dryrun.identifying import Identified

CONTACT: dict[str, Any] = {"channel": "email", "from": "ann@acme.example", "subject": "x", "body": "x"}


def puzzle(**changes: Any) -> Puzzle:
    fields = {"id": "one", "about": "Why.", "contacts": [CONTACT] * 3, "customers": [[0, 1], [2]]}
    return Puzzle.model_validate({**fields, **changes})


def found(*customers: list[int], level: str = "claimed", sees: frozenset[tuple[int, int]] = frozenset()) -> Identified:
    links = [{"contacts": group, "level": level, "reason": "x"} for group in customers if len(group) > 1]
    return Identified(list(customers), links, sees)


def figures(*solved: Solved) -> dict[str, tuple[float, float]]:
    return {figure.key: (figure.hits, figure.total) for figure in identity_figures(solved)}


def test_what_is_as_labelled_is_solved() -> None:
    """Whatever the order of the customers is."""
    right = Solved(puzzle(levels={"0-1": "claimed"}, sees=[]), found([2], [0, 1]))
    assert right.failed == ()
    assert figures(right) == {
        "identity": (1, 1),
        "identity_precision": (1, 1),
        "identity_recall": (1, 1),
        "identity_false_merges": (0, 2),
        "identity_shown": (0, 6),
    }


@pytest.mark.parametrize(
    ("got", "names"),
    [
        (found([0], [1], [2]), ["customers", "level of 0-1"]),
        (found([0, 1, 2]), ["customers"]),
        (found([0, 1], [2], level="channel"), ["level of 0-1"]),
        (found([0, 1], [2], sees=frozenset({(0, 1)})), ["sees"]),
        (found([0, 1]), ["customers"]),
    ],
)
def test_what_is_otherwise_is_not(got: Identified, names: list[str]) -> None:
    """Each check by its name, and the page shows it."""
    solved = Solved(puzzle(levels={"0-1": "claimed"}, sees=[]), got)
    assert [check.name for check in solved.failed] == names
    assert "## one" in page_of([solved])


def test_a_false_merge_is_counted_in_pairs() -> None:
    """One contact too many in a customer of two makes two wrong pairs."""
    counted = figures(Solved(puzzle(), found([0, 1, 2])))
    assert counted["identity_false_merges"] == (2, 2)
    assert counted["identity_precision"] == (1, 3)
    assert counted["identity_recall"] == (1, 1)


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("{id: One Two, about: x, contacts: [], customers: []}", "id"),
        ("{id: one, about: x, contacts: [], customers: [[0]]}", "not there"),
        ("{id: one, about: x, contacts: [{channel: pigeon}], customers: [[0]]}", "contacts.0"),
        ("{id: one, about: x, contacts: [], customers: [], colour: red}", "colour"),
        ("{id: one, about: x, contacts: [], customers: [], levels: {0: claimed}}", "levels"),
    ],
)
def test_a_mistake_stops_the_run(entry: str, problem: str, tmp_path: Path) -> None:
    """With file and id."""
    (tmp_path / "a.yaml").write_text(f"- {entry}\n- {{id: good, about: x, contacts: [], customers: []}}\n")
    with pytest.raises(Unprocessable, match=problem):
        read_puzzles(tmp_path)


def test_an_id_stands_once(tmp_path: Path) -> None:
    """Over all files."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text("- {id: one, about: x, contacts: [], customers: []}\n")
    with pytest.raises(Unprocessable, match="more than one place"):
        read_puzzles(tmp_path)
