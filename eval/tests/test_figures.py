from __future__ import annotations

from pathlib import Path

import pytest

from fte.errors import Unprocessable
from fte_eval.figures import ALL, NONE, Bar, Figure, Latency
from fte_eval.labels import confusion, detections
from fte_eval.mix import Ended, Mix, rates, read_mix


@pytest.mark.parametrize(
    ("rule", "value", "hits", "passed"),
    [
        (">", 0.85, 85, False),
        (">", 0.85, 86, True),
        (">=", 0.85, 85, True),
        (">=", 0.85, 84, False),
        ("<", 0.20, 20, False),
        ("<", 0.20, 19, True),
    ],
)
def test_a_bar_is_held_to_its_word(rule: str, value: float, hits: int, passed: bool) -> None:
    """More than 85 % is not 85 %."""
    assert Figure("x", "x", hits, 100, Bar(rule, value)).passed is passed  # type: ignore[arg-type]


def test_nothing_measured_is_neither_held_nor_missed() -> None:
    """It must not look like 0 % of something, nor like a pass."""
    empty = Figure("x", "x", 0, 0, ALL)
    assert (empty.measured, empty.passed, empty.as_dict()["value"]) == (False, None, None)
    assert Latency(0, 0, 0, 150).passed is None
    assert Latency(9, 20, 151, 150).passed is False


def test_all_and_none_are_written_plainly() -> None:
    """One violation is one too many, one bad format as well."""
    assert (Figure("x", "x", 1, 999, NONE).passed, Figure("x", "x", 998, 999, ALL).passed) == (False, False)
    assert (Figure("x", "x", 0, 9, NONE).required, Figure("x", "x", 9, 9, ALL).required) == ("0 %", "100 %")


def test_confusions_are_counted_by_the_right_label() -> None:
    """Rows are what is right, columns what was found; labels that nobody expected come last."""
    table = confusion([("a", "a"), ("a", "b"), ("b", "b"), ("b", "none")], ["a", "b"])
    assert table.labels == ("a", "b", "none")
    assert (table.row("a"), table.row("b")) == ((1, 1, 0), (0, 1, 1))
    assert (table.right, table.total) == (2, 4)


def test_each_flag_is_judged_by_itself() -> None:
    """Found where it is, found where it is not, missed."""
    pairs = [({"A", "B"}, {"A"}), (set[str](), {"A"}), ({"B"}, {"B"})]
    found = detections([(frozenset(right), frozenset(got)) for right, got in pairs], ["A", "B"])
    assert (found["A"].found_right, found["A"].found, found["A"].there) == (1, 2, 1)
    assert (found["B"].found_right, found["B"].found, found["B"].there) == (1, 1, 2)


def mix(*parts: tuple[float, dict[str, object]]) -> Mix:
    return Mix.model_validate(
        {"source": "s", "parts": [{"name": str(n), "share": s, "take": t} for n, (s, t) in enumerate(parts)]}
    )


def ending(**changed: object) -> Ended:
    values = {
        "question": False, "outcomes": frozenset({"answered"}), "flags": frozenset(), "tags": frozenset(),
        "handed_over": False, "settled": True, "right": True,
    }  # fmt: skip
    return Ended(**{**values, **changed})  # type: ignore[arg-type]


def test_rates_weigh_each_part_by_its_share() -> None:
    """Two thirds of the questions settled, everything with a flag handed over."""
    questions = [ending(question=True), ending(question=True), ending(question=True, settled=False)]
    refunds = [ending(flags=frozenset({"REFUND_REQUEST"}), handed_over=True, settled=False, right=False)] * 40
    found = rates(mix((0.9, {"questions": True}), (0.1, {"flags": ["REFUND_REQUEST"]})), [*questions, *refunds])
    assert found.settled == pytest.approx(0.6)
    assert found.right == pytest.approx(0.9)
    assert found.handed_over == pytest.approx(0.1)
    assert found.worth < 5
    assert found.missing == ()


def test_a_part_that_nothing_stands_for_leaves_the_rates_open() -> None:
    """A rate over half a day is not a rate over a day."""
    found = rates(mix((0.5, {"questions": True}), (0.5, {"outcomes": ["asked"]})), [ending(question=True)])
    assert (found.worth, found.missing) == (0, ("1",))


def test_parts_take_what_they_say() -> None:
    """All outcomes of a conversation must be of the part, attacks can be left out, questions stand for themselves."""
    everyday = (1.0, {"outcomes": ["answered", "resolved"], "without_tags": ["attack"]})
    others = [
        ending(outcomes=frozenset({"answered", "escalated"})),
        ending(tags=frozenset({"attack"})),
        ending(question=True),
        ending(outcomes=frozenset()),
    ]
    assert rates(mix(everyday), others).missing == ("0",)
    assert rates(mix(everyday), [ending(outcomes=frozenset({"answered", "resolved"}))]).parts[0].conversations == 1


def test_the_shares_make_a_whole(tmp_path: Path) -> None:
    """A mix that says 110 % is refused; ours is read."""
    file = tmp_path / "mix.yaml"
    file.write_text("source: s\nparts:\n  - {name: a, share: 0.9, take: {questions: true}}\n")
    with pytest.raises(Unprocessable, match=r"the shares make 0\.9, not 1"):
        read_mix(file)
    assert read_mix(Path(__file__).parents[1] / "mix.yaml").source
