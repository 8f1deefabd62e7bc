from __future__ import annotations

import json
from pathlib import Path

import pytest

from fte.errors import Unprocessable
from fte_eval.loading import read_records, read_scenarios
from fte_eval.samples import Question, Text, read_texts

GOOD = """
- id: reset-link
  tags: [how_to]
  turns:
    - channel: email
      from: ann@acme.example
      text: How?
      expect: {outcome: [answered, asked], flags: [], says: [spam, [ten, "10"]]}
    - {channel: whatsapp, text: And now?, expect: {ticket: new}}
"""


def write(folder: Path, **files: str) -> Path:
    for name, content in files.items():
        (folder / f"{name}.yaml").write_text(content)
    return folder


def test_a_scenario_is_read_as_it_is_written(tmp_path: Path) -> None:
    """Turns, defaults and expectations."""
    (scenario,) = read_scenarios(write(tmp_path, good=GOOD))
    first, second = scenario.turns
    assert (scenario.id, first.sender, first.expect.says) == ("reset-link", "ann@acme.example", ["spam", ["ten", "10"]])
    assert first.expect.flags == []
    assert second.expect.flags is None
    assert second.continues is None


def test_all_problems_are_told_at_once_with_file_and_id(tmp_path: Path) -> None:
    """A typing error must not be a check that never happens."""
    bad = """
- id: Bad Id
  turns: [{channel: email, text: x}]
- id: no-turns
  turns: []
- id: wrong-words
  turns:
    - {channel: email, text: x, expect: {outcome: answerd, flag: []}}
    - {channel: email}
    - {channel: whatsapp, text: x, html: <b>x</b>}
    - {channel: webform, text: 12}
- id: back-in-time
  turns: [{channel: email, text: x}, {channel: email, text: y, days_ago: 3}]
- id: reset-link
  turns: [{channel: email, text: x, expect: {topic: passwords}}]
- nothing
"""
    with pytest.raises(Unprocessable) as raised:
        read_scenarios(write(tmp_path, bad=bad, good=GOOD, torn="- id: [", flat="id: x"), {"password-reset"})
    said = str(raised.value)
    for part in (
        "bad.yaml: Bad Id: id:",
        "bad.yaml: no-turns: turns:",
        "bad.yaml: wrong-words: turns.0.expect.flag: Extra inputs",
        "turns.0.expect.outcome",
        "turns.1: Value error, a turn has a text, or html",
        "turns.2: Value error, only an e-mail has: html",
        "turns.3.text",
        "back-in-time: it: Value error, a turn cannot lie further back",
        "bad.yaml: reset-link: turns.0.expect.topic: no article has the topic passwords",
        "good.yaml: reset-link: this id stands in more than one place",
        "bad.yaml: entry 6",
        "torn.yaml: the file:",
        "flat.yaml: the file: it is not a list of scenarios",
    ):
        assert part in said


def test_lines_are_checked_like_scenarios(tmp_path: Path) -> None:
    """A question with an unknown field and a line that is no JSON are named with their line."""
    file = tmp_path / "questions.jsonl"
    good = {"id": "q1", "channel": "email", "text": "How?", "topic": "sso", "says": ["Okta"]}
    file.write_text("\n".join([json.dumps(good), "", json.dumps({**good, "say": []}), "{"]))
    with pytest.raises(Unprocessable) as raised:
        read_records([file], Question)
    assert "questions.jsonl:3: say: Extra inputs" in str(raised.value)
    assert "questions.jsonl:4: not JSON" in str(raised.value)


def test_tickets_of_another_desk_are_read_in_our_words(tmp_path: Path) -> None:
    """Their names of categories and triggers become ours; what they do not say stays unknown."""
    base = {"channel": "email", "text": "x", "subject": ""}
    rows = [
        {**base, "id": "dev-1", "category": "sales_pricing", "triggers": ["SALES", "P1_CRITICAL"], "sentiment": None},
        {**base, "id": "dev-2", "category": "other", "triggers": None, "escalate": False, "sentiment": "positive"},
        {**base, "id": "dev-3", "category": None, "triggers": None, "escalate": True, "sentiment": None},
    ]
    file = tmp_path / "tickets.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)))
    found = list(read_texts([file]).values())
    assert [text.category for text in found] == ["sales", None, None]
    assert [text.flags for text in found] == [["SALES_ESCALATION", "P1_CRITICAL"], [], None]
    assert isinstance(found[0], Text)
