"""The shipped weights, and how scores and phrases decide together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fte_agent.triage import decisive
from fte_agent.triage.features import WIDTH, excerpt
from fte_agent.triage.scores import CATEGORIES, FLAGS, FOLDER, MOODS, Thresholds, load_weights


def test_the_weights_fit_the_code() -> None:
    """One row per class, one column per feature and the bias; small enough for the image."""
    weights = load_weights(FOLDER)
    assert weights.category.shape == (len(CATEGORIES), WIDTH + 1)
    assert weights.mood.shape == (len(MOODS), WIDTH + 1)
    assert weights.flags.shape == (len(FLAGS), WIDTH + 1)
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 300_000


def test_the_weights_say_what_they_learned_from_and_how_good_they_are() -> None:
    """So that nobody has to guess which files made them."""
    about = json.loads((FOLDER / "model.json").read_text("utf-8"))
    assert len(about["learned_from"]["sha256"]) == 64
    assert set(about["heldout"]["flags"]) >= set(FLAGS)


def test_weights_of_other_classes_are_refused(tmp_path: Path) -> None:
    """A file that was made for other code judges nonsense."""
    about = json.loads((FOLDER / "model.json").read_text("utf-8"))
    (tmp_path / "model.json").write_text(json.dumps({**about, "width": WIDTH + 1}), "utf-8")
    with pytest.raises(ValueError, match="do not fit"):
        load_weights(tmp_path)


@pytest.mark.parametrize(
    ("plain", "phrase", "score", "decided"),
    [
        (None, "paid back", 0.5, "paid back"),
        (None, "paid back", 0.1, None),
        ("a refund", "paid back", 0.1, "a refund"),
        ("a refund", "paid back", 0.01, None),
        (None, None, 0.5, None),
        (None, None, 0.9, "score 0.90"),
    ],
)
def test_a_phrase_decides_unless_the_score_speaks_against_it(
    plain: str | None, phrase: str | None, score: float, decided: str | None
) -> None:
    """A high score fires alone, a low one vetoes; the plainest words give way to hardly any."""
    assert decisive(plain, phrase, score, Thresholds(alone=0.8, veto=0.2)) == decided


def test_a_long_text_is_embedded_by_its_ends() -> None:
    """The model's time grows with the words it reads."""
    text = excerpt("begin " + "middle " * 500 + "end")
    assert text.startswith("begin")
    assert text.endswith("end")
    assert len(text.split()) < 80
