"""The template's name, and what is said when there is no database."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from fte.knowledge.entries import Entry
from fte_ops.__main__ import main
from fte_ops.dryrun.database import TEMPLATE, template_name

ENTRY = Entry(UUID(int=1), "export", "", 0, "Export", "how_to", ("export",), "Choose Export.", dt.date(2026, 1, 1))


def test_another_schema_text_or_model_is_another_template(tmp_path: Path) -> None:
    """The same of all three is the same template; a name is never longer than PostgreSQL allows."""
    (tmp_path / "0001_a.sql").write_text("SELECT 1")
    first = template_name(tmp_path, [ENTRY], "small")
    assert first == template_name(tmp_path, [ENTRY], "small")
    others = {
        template_name(tmp_path, [ENTRY], "large"),
        template_name(tmp_path, [replace(ENTRY, content="Choose Import.")], "small"),
        template_name(tmp_path, [], "small"),
    }
    (tmp_path / "0001_a.sql").write_text("SELECT 2")
    others.add(template_name(tmp_path, [ENTRY], "small"))
    (tmp_path / "0001_a.sql").rename(tmp_path / "0002_a.sql")
    others.add(template_name(tmp_path, [ENTRY], "small"))
    assert len(others - {first}) == 5
    assert first.startswith(TEMPLATE)
    assert len(first) < 63


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("", "settings: DATABASE_URL is not set"),
        ("nonsense", "DATABASE_URL is not the address of a database"),
        ("postgresql://fte:hidden@127.0.0.1:1/fte", "the database server of DATABASE_URL cannot be reached"),
    ],
)
@pytest.mark.parametrize("command", ["try", "identify"])
def test_no_database_is_said_in_one_sentence(
    command: str,
    address: str,
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Without the password, and with exit code 1."""
    monkeypatch.setenv("DATABASE_URL", address)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    (tmp_path / "lines").write_text('{"id": 1, "channel": "email", "text": "Hi", "contacts": []}\n')
    assert main([command, str(tmp_path / "lines")]) == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert sentence in err
    assert err.startswith("fte: ")
    assert len(err.splitlines()) == 1
    assert "hidden" not in err


def test_a_model_needs_a_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Said before a database is made."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://fte@127.0.0.1:1/fte")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    (tmp_path / "lines").write_text('{"id": 1, "channel": "email", "text": "Hi"}\n')
    assert main(["try", str(tmp_path / "lines"), "--model", "gpt-4o"]) == 1
    assert capfd.readouterr().err == "fte: --model gpt-4o needs OPENAI_API_KEY; --model offline needs nothing\n"
