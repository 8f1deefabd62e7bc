"""Watching sources: what counts as a change, and when."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fte_local.sources import Watch


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "module.py").write_text("one = 1\n")
    return tmp_path


def test_a_change_is_told_once_when_the_writing_is_over(folder: Path) -> None:
    watch = Watch([folder])
    module = folder / "package" / "module.py"
    assert watch.settled() == set()
    module.write_text("one = 1\ntwo = 2\n")
    assert watch.settled() == set()
    module.write_text("one = 1\ntwo = 2\nthree = 3\n")
    assert watch.settled() == set()
    assert watch.settled() == {folder}
    assert watch.settled() == set()


@pytest.mark.parametrize("change", ["touch", "add", "remove", "replace"])
def test_each_kind_of_change_counts(folder: Path, change: str) -> None:
    watch = Watch([folder])
    module = folder / "package" / "module.py"
    match change:
        case "touch":
            os.utime(module, (1, 1))
        case "add":
            (folder / "new.json").write_text("{}")
        case "remove":
            module.unlink()
        case _:
            (folder / ".module.py.swp").write_text("one = 3\n")
            (folder / ".module.py.swp").replace(module)
    watch.settled()
    assert watch.settled() == {folder}


@pytest.mark.parametrize("name", [".func/runs/8080/main.py", "__pycache__/module.pyc", "tests/test_x.py", "module.py~"])
def test_what_is_no_source_does_not_count(folder: Path, name: str) -> None:
    watch = Watch([folder])
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("")
    watch.settled()
    assert watch.settled() == set()


def test_only_the_folder_that_changed_is_told_and_one_may_be_missing(folder: Path, tmp_path: Path) -> None:
    other, missing = folder / "package", tmp_path / "missing"
    watch = Watch([other, missing])
    (other / "module.py").write_text("")
    watch.settled()
    assert watch.settled() == {other}
