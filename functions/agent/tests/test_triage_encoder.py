"""The trained encoder, and how its scores and the phrases decide together."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from fte_agent.triage import decisive
from fte_agent.triage.encoder import FOLDER, TAIL, TOKENS, Encoder, load_thresholds, open_tokenizer, token_ids
from fte_agent.triage.reading import read
from fte_agent.triage.scores import CATEGORIES, FLAGS, MOODS, Thresholds


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def test_every_class_has_a_probability(encoder: Encoder) -> None:
    scores = encoder.scores(read("Invoice", "Where can I download the invoice of last month?"))
    assert tuple(scores.category) == CATEGORIES
    assert tuple(scores.mood) == MOODS
    assert tuple(scores.flags) == FLAGS
    assert sum(scores.category.values()) == pytest.approx(1, abs=1e-4)
    assert sum(scores.mood.values()) == pytest.approx(1, abs=1e-4)
    assert all(0 <= score <= 1 for score in scores.flags.values())
    assert max(scores.category, key=lambda name: scores.category[name]) == "billing"


def test_the_same_message_gets_the_same_scores(encoder: Encoder) -> None:
    reading = read("", "nobody in our office can open any board, all of us see a white page")
    assert encoder.scores(reading) == encoder.scores(reading) == Encoder().scores(reading)


@pytest.mark.parametrize("text", ["", "\u200b", "😀", "я" * 5_000, "word " * 40_000])
def test_any_text_is_judged(encoder: Encoder, text: str) -> None:
    assert set(encoder.scores(read("", text)).category) == set(CATEGORIES)


def test_of_a_long_text_the_beginning_and_the_end_are_read() -> None:
    tokenizer = open_tokenizer()
    long = token_ids(tokenizer, "money " + "word " * 500 + "lawyer")
    assert len(long) == TOKENS
    assert tokenizer.token_to_id("money") in long[:3]
    assert tokenizer.token_to_id("lawyer") in long[-TAIL:]


def test_faces_are_told_apart() -> None:
    tokenizer = open_tokenizer()
    assert token_ids(tokenizer, "great 😀") != token_ids(tokenizer, "great 😡")


def test_a_model_of_other_classes_is_refused(tmp_path: Path) -> None:
    shutil.copyfile(FOLDER / "encoder.json", tmp_path / "encoder.json")
    assert set(load_thresholds(tmp_path)) == set(FLAGS)
    about = json.loads((tmp_path / "encoder.json").read_text("utf-8"))
    (tmp_path / "encoder.json").write_text(json.dumps({**about, "moods": ["glad", "sad"]}), "utf-8")
    with pytest.raises(ValueError, match="does not fit"):
        load_thresholds(tmp_path)


def test_the_model_says_what_it_learned_from_and_how_good_it_is() -> None:
    """So that nobody has to guess which files made it."""
    about = json.loads((FOLDER / "encoder.json").read_text("utf-8"))
    assert len(about["learned_from"]["sha256"]) == 64
    assert set(about["heldout"]["flags"]) >= set(FLAGS)


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
    assert decisive(plain, phrase, score, Thresholds(alone=0.8, veto=0.2, plain=0.03)) == decided
