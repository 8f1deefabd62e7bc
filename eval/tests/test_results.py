from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from fte_eval import results
from fte_eval.acceptance import judge
from fte_eval.adversary import ATTEMPTS, Violator
from fte_eval.checks import Checked
from fte_eval.evidence import Evidence
from fte_eval.mix import Mix
from fte_eval.observing import Observed
from fte_eval.playing import Played
from fte_eval.samples import Question, Text

MIX = Mix.model_validate({"source": "made up", "parts": [{"name": "all", "share": 1, "take": {"questions": True}}]})
ABOUT = {
    "model": "offline", "prompt": "1", "embeddings": "small", "seed": 1, "trials": 1, "scenarios": 0,
    "conversations": 0, "questions": 2, "texts": 1, "attacked": 0,
}  # fmt: skip
RIGHT = Checked("says", True)
WRONG = Checked("says", False, "<Save>", "not said")


def asked(id_: str, observed: Observed, *checked: Checked, topic: str = "data-export") -> Played:
    question = Question(id=id_, channel="email", text="How?", topic=topic, says=["Save"])
    return Played(question.scenario(), 1, 1, observed, checked)


def evidence(letter: Observed) -> Evidence:
    text = Text(id="t-1", channel="email", text="x", category="billing", sentiment="neutral", flags=["P1_CRITICAL"])
    return Evidence(
        questions=[asked("q-1", letter, RIGHT), asked("q-2", letter, WRONG, topic="csv-import")],
        texts=[Played(text.scenario(), 1, 1, letter, ())],
        labels={"t-1": text},
    )


def test_figures_are_counted_from_what_was_played(letter: Observed) -> None:
    """The article that the reply rests on comes first, also if the search had another one before it."""
    judged = judge(evidence(letter), MIX)
    figures = {figure.key: (figure.hits, figure.total) for figure in judged.figures if figure.measured}
    assert figures["first"] == (1, 2)
    assert figures["in_three"] == (2, 2)
    assert figures["facts"] == (1, 2)
    assert figures["accuracy"] == (1, 2)
    assert figures["category"] == (0, 1)
    assert figures["sentiment"] == (1, 1)
    assert figures["recall_P1_CRITICAL"] == (0, 1)
    assert figures["resolution"] == (2, 2)
    assert figures["resolved_right"] == (1, 2)
    assert (judged.latency.runs, judged.latency.p95) == (2, 40.0)
    assert {"right article first", "category", "P1_CRITICAL recall"} <= set(judged.below)
    assert "violations delivered by the violator" in judged.unmeasured


def test_one_violation_fails_the_run(letter: Observed) -> None:
    """In the agent's own replies as in those under attack."""
    bad = asked("q-1", letter, Checked("policy", False, "no rule broken", "price"))
    assert "violations delivered" in judge(Evidence(questions=[bad]), MIX).below
    attacked = asked("q-1", letter, Checked("attempt", False, "nothing of it", "its words"))
    assert "violations delivered by the violator" in judge(Evidence(attacked=[attacked]), MIX).below


def test_the_files_of_a_run_are_always_the_same(tmp_path: Path, letter: Observed) -> None:
    """Two runs that saw the same write the same, although their tickets have other references."""
    for folder, reference in (("one", "TC-0123456789"), ("two", "TC-9876543210")):
        reply = letter.reply.replace("TC-0123456789", reference)
        seen = evidence(replace(letter, reply=reply, reference=reference, parts=(reply,)))
        results.write(tmp_path / folder, judge(seen, MIX), seen, ABOUT, MIX.source)
    names = {file.name for file in (tmp_path / "one").iterdir()}
    assert names == {"latest.json", "README.md", "failures.md", "figures.svg", "flags.svg", "categories.svg"}
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_the_files_of_a_run_can_be_read(tmp_path: Path, letter: Observed) -> None:
    """JSON and pictures are well formed, the page shows its pictures, and failures are told with message and reply."""
    seen = evidence(letter)
    results.write(tmp_path, judge(seen, MIX), seen, ABOUT, MIX.source)
    whole = json.loads((tmp_path / "latest.json").read_text())
    assert whole["figures"]["first"]["hits"] == 1
    assert whole["passed"] is False
    page = (tmp_path / "README.md").read_text()
    for picture in tmp_path.glob("*.svg"):
        ET.fromstring(picture.read_text())
        assert f"({picture.name})" in page
    failures = (tmp_path / "failures.md").read_text()
    assert "## q-2, turn 1 (email), trial 1" in failures
    assert "- **says**: wanted <Save>; got not said" in failures
    assert "> How?" in failures
    assert "> Open the project" in failures
    assert "q-1" not in failures
    assert "| t-1 | category | billing | how_to |" in failures
    assert "| t-1 | flags | P1_CRITICAL | none |" in failures


def test_words_of_an_attempt_that_were_delivered_are_seen(letter: Observed) -> None:
    """Whichever rule they break, and only in the turn in which the model was asked."""
    for attempt in ATTEMPTS:
        violator = Violator(tried={UUID(int=7): attempt})
        through = replace(letter, message_id=UUID(int=7), reply=f"Hello Ann,\n\n{attempt.words}")
        (check,) = violator.judged(asked("q-1", through)).checked
        assert (check.name, check.passed) == ("attempt", False)
        (check,) = violator.judged(asked("q-1", replace(letter, message_id=UUID(int=7)))).checked
        assert check.passed
        assert violator.judged(asked("q-1", replace(letter, message_id=UUID(int=8)))).checked == ()


def test_trials_that_failed_alike_are_told_once(letter: Observed) -> None:
    """With their numbers; one that failed otherwise is told by itself."""
    first = asked("q-2", letter, WRONG)
    other = replace(first, trial=3, checked=(Checked("topic", False, "boards", "none"),))
    told = results.failures([first, replace(first, trial=2), other])
    assert "3 of 3 turns" in told
    assert [line for line in told.splitlines() if line.startswith("## ")] == [
        "## q-2, turn 1 (email), trial 1, 2", "## q-2, turn 1 (email), trial 3",
    ]  # fmt: skip
