"""An answer as a mail."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fte_deliver.mail import MAX_REFERENCES, Reply, Undeliverable, as_html, build, reply_subject

OURS = "<6f1c.1@techcorp.example>"


def reply(**changes: Any) -> Reply:
    row = {
        "sender": "support@techcorp.example",
        "recipient": "ana@customer.example",
        "subject": "Re: Export fails",
        "body": "Hello Ana,\n\nopen Settings.",
        "message_id": OURS,
        "details": {"in_reply_to": "<q1@customer.example>", "references": ["<q0@customer.example>"]},
    }
    return Reply.from_row(**{**row, **changes})


def read(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=default)


def text(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_a_reply_goes_into_its_thread() -> None:
    mail = read(build(reply()))
    assert mail["From"] == "TechCorp Support <support@techcorp.example>"
    assert mail["To"] == "ana@customer.example"
    assert mail["Subject"] == "Re: Export fails"
    assert mail["Message-ID"] == OURS
    assert mail["In-Reply-To"] == "<q1@customer.example>"
    assert mail["References"] == "<q0@customer.example> <q1@customer.example>"


def test_f17_machines_are_asked_not_to_answer() -> None:
    mail = read(build(reply()))
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["X-Auto-Response-Suppress"] == "All"


def test_a_persons_reply_is_no_automatic_one() -> None:
    """Whoever is away may say so to the person who wrote."""
    mail = read(build(reply(author="human")))
    assert mail["Auto-Submitted"] is None
    assert mail["X-Auto-Response-Suppress"] is None
    assert mail["In-Reply-To"] == "<q1@customer.example>"


def test_the_answer_is_there_as_text_and_as_html() -> None:
    mail = read(build(reply(body="Grüße,\n\nsee https://help.techcorp.example/export?a=1&b=2.\nOne < two")))
    assert text(mail, "plain").rstrip("\n") == "Grüße,\n\nsee https://help.techcorp.example/export?a=1&b=2.\nOne < two"
    page = text(mail, "html")
    address = "https://help.techcorp.example/export?a=1&amp;b=2"
    assert f'<a href="{address}">{address}</a>.<br>\nOne &lt; two</p>' in page


def test_html_of_the_row_is_used_when_there_is_some() -> None:
    mail = read(build(reply(details={"html": "<p>rich</p>"})))
    assert text(mail, "html").strip() == "<p>rich</p>"


def test_an_answer_to_the_form_opens_a_thread() -> None:
    mail = read(build(reply(subject="Your request TC-0123456789", details={})))
    assert mail["Subject"] == "Your request TC-0123456789"
    assert mail["In-Reply-To"] is None
    assert mail["References"] is None


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("Export", "Re: Export"),
        ("Re: Export", "Re: Export"),
        ("RE : Export", "RE : Export"),
        ("", "Re:"),
        ("Regarding export", "Re: Regarding export"),
    ],
)
def test_the_subject_of_a_reply(given_: str, expected: str) -> None:
    assert reply_subject(given_) == expected


def test_f23_the_subject_that_was_answered_counts() -> None:
    details = {"in_reply_to": "<q1@customer.example>", "reply_to_subject": "Export fails"}
    assert read(build(reply(subject="Export", details=details)))["Subject"] == "Re: Export fails"


def test_long_ids_stay_ids() -> None:
    """The library would fold them into encoded words, which break every mail program's threads."""
    long = f"<{'x' * 180}@eurprd03.prod.example>"
    raw = build(reply(details={"in_reply_to": long, "references": ["<a@b.example>", long]}))
    assert f"\r\nIn-Reply-To: {long}\r\n".encode() in raw
    assert f"\r\nReferences: <a@b.example>\r\n {long}\r\n".encode() in raw


def test_a_long_thread_keeps_its_first_and_latest_ids() -> None:
    ids = [f"<{n}@customer.example>" for n in range(100)]
    mail = read(build(reply(details={"in_reply_to": ids[-1], "references": ids})))
    kept = str(mail["References"]).split()
    assert kept == [ids[0], *ids[-(MAX_REFERENCES - 1) :]]


@pytest.mark.parametrize("nasty", ["a\r\nBcc: all@customer.example", "a\nBcc: all@customer.example", "\x00a\udcff"])
def test_a_subject_cannot_add_headers(nasty: str) -> None:
    mail = read(build(reply(subject=nasty, body=nasty)))
    assert mail["Bcc"] is None
    assert str(mail["Subject"]).startswith("Re: ")


@pytest.mark.parametrize(
    "recipient", ["", "nobody", "a@b@c", "ana@customer.example\r\nBcc: x@y.example", "jörg@customer.example", "a b@c.d"]
)
def test_what_is_no_address_is_refused(recipient: str) -> None:
    with pytest.raises(Undeliverable):
        build(reply(recipient=recipient))


words = st.text(max_size=300)


@settings(deadline=None)
@given(words, words, st.lists(words, max_size=4), words)
def test_whatever_customers_wrote_the_headers_are_ours(
    subject: str, body: str, references: list[str], in_reply_to: str
) -> None:
    mail = read(
        build(reply(subject=subject, body=body, details={"references": references, "in_reply_to": in_reply_to}))
    )
    allowed = {
        *("message-id", "in-reply-to", "references", "from", "to", "subject", "date", "auto-submitted"),
        *("x-auto-response-suppress", "mime-version", "content-type"),
    }
    assert {name.lower() for name in mail} <= allowed
    assert mail["Message-ID"] == OURS
    assert not mail.defects


@settings(deadline=None)
@given(words)
def test_html_holds_no_markup_of_the_text(body: str) -> None:
    page = as_html(body)
    inner = page.partition("<body>")[2].rpartition("</body>")[0]
    for tag in ("<p>", "</p>", "<br>", "</a>"):
        inner = inner.replace(tag, "")
    assert "<" not in inner.replace('<a href="http', "")
