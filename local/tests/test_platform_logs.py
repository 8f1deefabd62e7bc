"""Log files and reading them."""

from __future__ import annotations

from pathlib import Path

import pytest

from fte_local import logs
from fte_local.errors import PlatformError


def _write(folder: Path, name: str, text: str) -> None:
    with logs.opened(folder, name) as file:
        file.write(text.encode())


def test_a_restarted_process_goes_on_in_its_log(tmp_path: Path) -> None:
    _write(tmp_path, "agent", "one\n")
    _write(tmp_path, "agent", "two\n")
    assert logs.tail(tmp_path / "agent.log", 10) == ["one", "two"]


def test_a_large_log_is_put_aside(tmp_path: Path) -> None:
    _write(tmp_path, "agent", "x" * 100)
    with logs.opened(tmp_path, "agent", most=99) as file:
        file.write(b"new\n")
    assert logs.tail(tmp_path / "agent.log", 10) == ["new"]
    assert (tmp_path / "agent.log.1").stat().st_size == 100


def test_a_new_run_begins_with_empty_logs_and_keeps_the_last_ones(tmp_path: Path) -> None:
    _write(tmp_path, "agent", "old\n")
    logs.begin_anew(tmp_path)
    assert logs.names(tmp_path) == []
    assert (tmp_path / "agent.log.1").read_text() == "old\n"


def test_all_logs_are_shown_with_their_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(tmp_path, "agent", "one\ntwo\n")
    _write(tmp_path, "kafka", "three\n")
    assert logs.show(tmp_path, None, lines=1, follow=False) == 0
    assert capsys.readouterr().out == "agent | two\nkafka | three\n"


def test_one_log_is_shown_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(tmp_path, "agent", "one\ntwo\n")
    logs.show(tmp_path, "agent", lines=5, follow=False)
    assert capsys.readouterr().out == "one\ntwo\n"


def test_a_log_that_is_not_there_is_said_with_those_that_are(tmp_path: Path) -> None:
    _write(tmp_path, "kafka", "")
    with pytest.raises(PlatformError, match="There are: kafka"):
        logs.show(tmp_path, "agent", lines=5, follow=False)


def test_following_gives_whole_lines_and_notices_a_new_file(tmp_path: Path) -> None:
    _write(tmp_path, "agent", "seen\nhalf")
    follower = logs.Follower(tmp_path / "agent.log", position=5)
    assert follower.fresh() == []
    _write(tmp_path, "agent", " done\n")
    assert follower.fresh() == ["half done"]
    logs.begin_anew(tmp_path)
    _write(tmp_path, "agent", "new\n")
    assert follower.fresh() == ["new"]
