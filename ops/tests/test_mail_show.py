"""`fte mail show`: what we read in a mail, from the outside. No database is named."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from fte_ops.__main__ import main

MAIL = (
    "From: =?utf-8?q?J=C3=B6rg?= <joerg@example.com>\r\nReply-To: other@example.com\r\nSubject: Export\r\n"
    "Message-ID: <1@example.com>\r\nIn-Reply-To: <0@techcorp.example>\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n'
    "It stops.\r\n\r\nOn 3 May 2026, Ann wrote:\r\n> Does it work?\r\n"
    "--b\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename=shot.png\r\n\r\nabcd\r\n--b--\r\n"
)


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mail.eml"
    path.write_bytes(MAIL.encode())
    return path


def test_the_json_has_the_promised_shape(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exactly these fields, the same for a tool that reads them."""
    assert main(["mail", "show", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "classification": "customer",
        "reply": True,
        "text": "It stops.",
        "quoted": "On 3 May 2026, Ann wrote:\n> Does it work?",
        "subject": "Export",
        "from": "Jörg <joerg@example.com>",
        "reply_to": "other@example.com",
        "message_id": "<1@example.com>",
        "in_reply_to": "<0@techcorp.example>",
        "attachments": [{"name": "shot.png", "size": 4, "type": "image/png"}],
    }


def test_people_get_it_readable(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same, without braces."""
    assert main(["mail", "show", str(file)]) == 0
    out = capsys.readouterr().out
    for part in (
        "Jörg <joerg@example.com>",
        "customer, an answer is owed",
        "shot.png (image/png, 4 bytes)",
        "It stops.",
    ):
        assert part in out
    assert out.index("It stops.") < out.index("Quoted:") < out.index("> Does it work?")


@pytest.mark.parametrize(
    ("headers", "classification", "reply"),
    [
        ("From: a@b.example\r\nAuto-Submitted: no", "customer", True),
        ("From: undisclosed", "customer", False),
        ("From: a@b.example\r\nAuto-Submitted: auto-replied", "automatic", False),
        ("From: a@b.example\r\nX-Autoresponder: yes", "automatic", False),
        ("From: a@b.example\r\nSubject: =?utf-8?q?R=C3=A9ponse_automatique_=3A_absent?=", "automatic", False),
        ("From: No-Reply <no-reply@b.example>", "automatic", False),
        ("From: noreply@forms.example\r\nReply-To: ann@example.com", "customer", True),
        ("From: ann@example.com\r\nSubject: Re: Automatic reply: gone", "customer", True),
        ("From: ann@example.com\r\nSubject: Out of office does not sync", "customer", True),
        ("From: a@b.example\r\nList-Id: <news.b.example>", "list", False),
        ("From: Mail Delivery <mailer-daemon@b.example>", "bounce", False),
        ("From: support@techcorp.example", "own", False),
    ],
)
def test_only_a_person_is_owed_an_answer(
    headers: str, classification: str, reply: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A machine's mail is never answered; a form on a web site may write for a person."""
    path = tmp_path / "mail.eml"
    path.write_bytes(f"{headers}\r\n\r\nHello\r\n".encode())
    assert main(["mail", "show", str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["classification"], found["reply"]) == (classification, reply)
    assert found["in_reply_to"] is None


def test_a_mail_may_come_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`-` as in other commands."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(MAIL.encode())))
    assert main(["mail", "show", "-", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["subject"] == "Export"


@pytest.mark.parametrize("command", [["mail", "show"], ["try"], ["identify"]])
def test_a_missing_file_is_said_in_one_sentence(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is connected to."""
    missing = tmp_path / "nothing"
    assert main([*command, str(missing)]) == 1
    assert capsys.readouterr().err == f"fte: there is no file {missing}\n"
    assert main([*command, str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"fte: {tmp_path} cannot be read: Is a directory\n"
