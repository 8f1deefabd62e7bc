"""`fte kb check` as an editor runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fte_ops.__main__ import main

ARTICLE = """---
title: Boards
topics: [boards]
category: how_to
updated: 2026-11-02
---

{body}
"""
TABS = "home board list timeline calendar workload backlog files forms reports goals settings"
FILLING = "".join(
    f"Open the tab {tab} and choose the three dots beside its name to see what is there. " for tab in TABS.split()
)


def write(folder: Path, name: str, body: str) -> None:
    (folder / name).write_text(ARTICLE.format(body=body), encoding="utf-8")


def check(folder: Path, *options: str) -> int:
    return main(["kb", "check", "--dir", str(folder), *options])


def test_articles_without_findings_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The count is printed and the command ends well."""
    write(tmp_path, "boards.md", FILLING)
    assert check(tmp_path) == 0
    assert capsys.readouterr().out == "1 articles, 1 passages: no problems\n"


def test_every_finding_is_printed_in_order_and_the_command_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Short articles, dead links, repeated passages and uncovered topics are all named with file and line."""
    write(tmp_path, "boards.md", f"{FILLING}\n\nSee https://help.techcorp.example/gone.")
    write(tmp_path, "columns.md", "Drag a column by its head to another place on the board.")
    write(tmp_path, "heads.md", "Drag a column by its head to another place on the board.")
    (tmp_path / "topics.tsv").write_text("slug\ttopic\nboards\tBoards\ngantt\tTimeline\n", encoding="utf-8")
    assert check(tmp_path) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" ", 1)[0] for line in lines[:-1]] == [
        "boards.md:10:", "columns.md:1:", "heads.md:1:", "heads.md:8:", "topics.tsv:3:",
    ]  # fmt: skip
    assert lines[3] == "heads.md:8: says the same as columns.md:8"
    assert lines[-1] == "3 articles, 3 passages: 5 problems"


def test_repeated_passages_are_left_out_when_it_must_be_quick(tmp_path: Path) -> None:
    """Without them no model is loaded."""
    write(tmp_path, "boards.md", FILLING)
    write(tmp_path, "columns.md", FILLING)
    assert check(tmp_path, "--quick") == 0
    assert check(tmp_path) == 1


def test_topics_are_read_from_the_given_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A list that was asked for and is not there is a finding, not an omission."""
    write(tmp_path, "boards.md", FILLING)
    assert check(tmp_path, "--quick", "--topics", str(tmp_path / "gone.tsv")) == 1
    assert "there is no such list of topics" in capsys.readouterr().out


def test_what_cannot_be_loaded_is_named_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Broken front matter and empty articles end the command before anything else is looked at."""
    (tmp_path / "boards.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    write(tmp_path, "gantt.md", "")
    assert check(tmp_path) == 1
    error = capsys.readouterr().err
    assert "boards.md:" in error
    assert "gantt.md:7: has no text" in error
