"""The commands' options, and what a developer sees when something is wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fte_local import cli, logs, processes, report
from fte_local.platform import Platform, write_json


def test_what_follows_fte_is_not_ours() -> None:
    options, rest = cli._parse(["--state", "test", "fte", "try", "FILE", "--state", "x", "--json"])
    assert (options.command, options.state) == ("fte", Path("test"))
    assert rest == ["try", "FILE", "--state", "x", "--json"]


def test_demo_shares_its_options_with_us() -> None:
    options, rest = cli._parse(["demo", "--json", "--state", "x", "--port-base", "9000"])
    assert (options.state, options.port_base, rest) == (Path("x"), 9000, ["--json"])


def test_send_keeps_its_words_and_its_options() -> None:
    argv = ["send", "email", "How do I?", "--state", "x", "--from", "a@b.example", "--no-wait"]
    options, rest = cli._parse(argv)
    assert options.state == Path("x")
    assert rest == ["email", "How do I?", "--from", "a@b.example", "--no-wait"]


def test_a_reader_that_has_gone_is_no_error(tmp_path: Path) -> None:
    """`./dev logs | head`."""
    (tmp_path / "logs").mkdir()
    with logs.opened(tmp_path / "logs", "agent") as file:
        file.write(b"a line\n" * 20_000)
    program = f"{sys.executable} -m fte_local logs agent -n 20000 --state {tmp_path} | head -n 1"
    done = subprocess.run(["bash", "-c", program], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("a line\n", "")


@pytest.mark.parametrize("argv", [["--state", "x", "up"], ["up", "--state", "x"]])
def test_options_may_stand_before_and_behind_the_command(argv: list[str]) -> None:
    assert cli._parse(argv)[0].state == Path("x")


def test_an_unknown_option_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["up", "--prot-base", "9000"])
    assert caught.value.code == 2
    assert "--prot-base" in capsys.readouterr().err


def test_a_problem_is_a_sentence_and_its_remedy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "state").write_text("")
    assert cli.main(["up", "--state", str(tmp_path / "state")]) == 1
    said = capsys.readouterr().err
    assert "a file in its place" in said
    assert "Choose another folder" in said
    assert "Traceback" not in said


def test_down_works_on_a_damaged_state(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "platform.json").write_text("{")
    assert cli.main(["down", "--state", str(tmp_path)]) == 0
    assert "Nothing runs here" in capsys.readouterr().out


def test_status_of_nothing_is_3_and_still_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["status", "--json", "--state", str(tmp_path)]) == report.NOT_RUNNING
    assert json.loads(capsys.readouterr().out) == {"services": []}


def test_status_names_services_and_not_steps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """This process stands for a supervisor; nobody answers at the service's address."""
    platform = Platform(tmp_path)
    platform.prepare(least_free=0)
    ourselves = processes.identify(processes.SUPERVISOR, os.getpid())
    assert ourselves is not None
    processes.record(platform.run, ourselves)
    unit = {"state": "ready", "pid": 1, "restarts": 0, "probe": "http://127.0.0.1:9/", "url": "http://127.0.0.1:9"}
    units = [{"name": "agent", "service": True, **unit}, {"name": "migrate", "service": False, **unit}]
    write_json(platform.status_file, {"phase": "ready", "failure": None, "units": units})
    assert report.status(platform, as_json=True) == report.SOME_NOT_READY
    assert json.loads(capsys.readouterr().out) == {
        "services": [{"name": "agent", "pid": 1, "url": "http://127.0.0.1:9", "ready": False}]
    }
