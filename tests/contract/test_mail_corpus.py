"""Mails as they really come, each with what is to be read in it: `tests/corpus/mail`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from fte.providers.mail import Mail, classify, owes_reply, read_mail, shows_signs

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "mail"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((CORPUS / "expected.yaml").read_text(encoding="utf-8"))
OWN = ("support@techcorp.example", "@techcorp.example")


def read(name: str) -> Mail:
    return read_mail((CORPUS / f"{name}.eml").read_bytes())


def found(mail: Mail, key: str) -> Any:
    """What we read, in the words of the expectations."""
    match key:
        case "from":
            return mail.sender
        case "name":
            return mail.sender_name
        case "message_id":
            return "derived" if mail.message_id.endswith("@derived.invalid>") else mail.message_id
        case "references":
            return list(mail.references)
        case "classification":
            return classify(mail, OWN)
        case "reply":
            return owes_reply(mail, OWN)
        case "doubtful":
            return mail.doubtful_sender
        case "signs":
            return shows_signs(mail)
        case "attachments":
            return [{"name": file.name, "size": file.size, "type": file.type} for file in mail.attachments]
        case "attachments_types":
            return [file.type for file in mail.attachments]
    return getattr(mail, key)


def check(mail: Mail, key: str, expected: Any) -> None:
    match key:
        case "says" | "quoted_says" | "signature_says":
            text = {"says": mail.text, "quoted_says": mail.quoted, "signature_says": mail.signature}[key]
            assert [piece for piece in expected if piece not in text] == [], text
        case "never":
            everything = f"{mail.text}\n{mail.full_text}\n{mail.subject}"
            assert [piece for piece in expected if piece in everything] == [], everything
        case "report":
            told = {"outcome": mail.report.outcome, "status": mail.report.status, "recipient": mail.report.recipient}
            told["first_id"] = mail.report.message_ids[0] if mail.report.message_ids else ""
            assert {name: told[name] for name in expected} == expected
        case "names":
            assert expected in mail.report.message_ids
        case _:
            assert found(mail, key) == expected


def test_g09_every_mail_has_its_expectation() -> None:
    assert {path.stem for path in CORPUS.glob("*.eml")} == set(EXPECTED)
    assert len(EXPECTED) >= 70


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_g09_a_mail_is_read_as_expected(name: str) -> None:
    mail = read(name)
    for key, expected in EXPECTED[name].items():
        check(mail, key, expected)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_g09_f32_whatever_is_read_can_be_stored(name: str) -> None:
    mail = read(name)
    texts = [mail.text, mail.quoted, mail.signature, mail.full_text, mail.subject, mail.sender_name, mail.message_id]
    texts += [file.name for file in mail.attachments] + list(mail.headers.values())
    for text in texts:
        text.encode()
        assert "\x00" not in text


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_g09_f31_no_word_is_lost_by_cutting(name: str) -> None:
    mail = read(name)
    kept = set(f"{mail.text}\n{mail.quoted}\n{mail.signature}".split())
    lost = {word for word in mail.full_text.split() if word.strip("_")} - kept
    assert lost == set()
    assert bool(mail.text) == bool(mail.full_text)
