"""What the pages for developers say is so."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from fte_local import ports
from fte_tests.folders import required_settings
from fte_tests.stack import REPOSITORY

HOW_TO = REPOSITORY / "docs" / "how-to" / "develop-one-function.md"
TUTORIAL = REPOSITORY / "docs" / "tutorial" / "first-quarter-hour.md"
SERVERS = {"DATABASE_URL", "KAFKA_BOOTSTRAP_SERVERS"}


@pytest.mark.parametrize("name", ports.FUNCTIONS)
def test_the_settings_that_a_function_needs_are_listed(name: str) -> None:
    """All that it says it lacks, in its row."""
    (row,) = re.findall(rf"^\| {name} \| ([^|]*(?:`|nothing)[^|]*) \|$", HOW_TO.read_text(), re.MULTILINE)
    listed = set() if row.startswith("nothing") else set(re.findall("`([A-Z_]+)`", row))
    assert listed == required_settings(name) - SERVERS


def test_the_ports_are_the_platforms() -> None:
    told = dict(re.findall(r"\| ([a-z-]+) \| (80\d\d) ", HOW_TO.read_text()))
    assert {name: int(port) for name, port in told.items()} == {name: ports.port(name) for name in ports.FUNCTIONS}


@pytest.mark.parametrize("page", [HOW_TO, TUTORIAL], ids=lambda page: page.name)
def test_links_and_files_exist(page: Path) -> None:
    """Also what the tutorial tells the reader to change is there to be changed."""
    text = page.read_text()
    for link in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (page.parent / link).exists(), link
    for path in re.findall(r"`((?:functions|knowledge|tests|shared)/[\w./-]+\.(?:py|md))`", text):
        assert (REPOSITORY / path).exists(), path


def test_what_the_tutorial_changes_is_there() -> None:
    text = TUTORIAL.read_text()
    assert "Google Authenticator" in (REPOSITORY / "knowledge" / "two-factor.md").read_text().split("\n## ")[0]
    (line,) = re.findall(r'^ +"finance": Expected.*$', text, re.MULTILINE)
    before = line.replace("2 * ", "").replace("two business days", "one business day")
    assert before in (REPOSITORY / "shared" / "src" / "fte" / "domain" / "teams.py").read_text()


@pytest.mark.parametrize("page", [HOW_TO, TUTORIAL], ids=lambda page: page.name)
def test_every_command_of_dev_is_one(page: Path) -> None:
    """By the command's own help."""
    known = subprocess.run([str(REPOSITORY / "dev"), "--help"], capture_output=True, text=True, check=True).stdout
    for command in set(re.findall(r"\./dev ([a-z]+)", page.read_text())):
        assert re.search(rf"^    {command}\s", known, re.MULTILINE), command
