"""What may stand in the form, and what it becomes."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fte.errors import Unprocessable
from fte.events import WebformReceived
from fte_intake_webform.form import SENTENCES, SupportForm, inbound_message, read_form

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
OWN = ("support@techcorp.example", "@techcorp.example")
GOOD = {
    "name": "Ana Lima",
    "email": "Ana@Customer.Example",
    "phone": "+44 20 7946 0000",
    "category": "technical",
    "priority": "high",
    "subject": "Export fails",
    "message": "The export stops at 50 %.",
}


def read(**changes: Any) -> SupportForm:
    fields = {name: value for name, value in (GOOD | changes).items() if value is not ...}
    return read_form("application/json; charset=utf-8", json.dumps(fields).encode(), OWN)


def refused_fields(**changes: Any) -> set[str]:
    with pytest.raises(Unprocessable) as refused:
        read(**changes)
    assert all(SENTENCES[name] == sentence for name, sentence in refused.value.fields.items())
    return set(refused.value.fields)


def test_a_good_form_is_read_from_json_and_from_form_fields_alike() -> None:
    posted = read_form("application/x-www-form-urlencoded", urlencode(GOOD).encode(), OWN)
    assert posted == read()
    assert (posted.email, posted.category, posted.priority) == ("ana@customer.example", "technical", "high")


@pytest.mark.parametrize(
    "left_out", [{"phone": ...}, {"phone": None}, {"phone": ""}, {"priority": ...}, {"priority": None}]
)
def test_phone_and_priority_may_be_left_out(left_out: dict[str, Any]) -> None:
    form = read(**left_out)
    assert all(getattr(form, name) == "" for name in left_out)


@pytest.mark.parametrize("category", ["general", "bug_report", "Bug-Report", "how_to", "security", " billing "])
def test_the_forms_categories_and_our_own_are_taken(category: str) -> None:
    assert read(category=category).category == category.strip().lower().replace("-", "_")


BAD: list[tuple[str, Any]] = [
    ("name", "A"), ("name", "A" * 101), ("name", ""), ("name", 5), ("name", None), ("name", ...), ("name", " \x00 "),
    ("email", "ana"), ("email", "ana@localhost"), ("email", "a b@c.example"), ("email", "a@b..example"), ("email", ...),
    ("email", "a@b.example, c@d.example"), ("email", "<a@b.example>"), ("email", "a" * 300 + "@b.example"),
    ("email", "other@techcorp.example"), ("email", "Support@TechCorp.example"), ("email", ["a@b.example"]),
    ("phone", "call me"), ("phone", "1" * 41), ("phone", 4915112345), ("category", "other"), ("category", ...),
    ("category", 1), ("priority", "asap"), ("priority", 1), ("subject", ""), ("subject", "s" * 201), ("subject", ...),
    ("message", "too short"), ("message", "m" * 5_001), ("message", " " * 50), ("message", ...), ("message", {}),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), BAD, ids=lambda part: str(part)[:20])
def test_a_field_that_is_not_right_is_named_with_a_sentence(field: str, value: Any) -> None:
    assert refused_fields(**{field: value}) == {field}


def test_all_fields_that_are_not_right_are_named_at_once() -> None:
    assert refused_fields(name="A", email="x", category="y", subject="", message="z", priority="q") == set(
        SENTENCES
    ) - {"phone"}


def test_the_limits_belong_to_the_form() -> None:
    form = read(name="Ab", subject="s" * 200, message="m" * 5_000)
    assert (len(form.name), len(form.subject), len(form.message)) == (2, 200, 5_000)
    assert len(read(name="N" * 100, message="m" * 10).name) == 100


FILES = b"".join(
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="%d.exe"\r\n\r\nMZ\r\n' % number
    for number in range(20)
)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{not json"),
        ("application/json", b"[]"),
        ("application/json", b"null"),
        ("application/json", b'"text"'),
        ("application/json", b"\xff\xfe"),
        ("application/json", b"[" * 100_000),
        ("application/json", b""),
        ("application/x-www-form-urlencoded", b"\xff"),
        ("application/x-www-form-urlencoded", b"a=1&" * 200),
        ("multipart/form-data; boundary=x", b"--x--"),
        ("multipart/form-data; boundary=x", FILES),
        ("application/json", gzip.compress(b"0" * 10_000_000)),
        ("application/zip", gzip.compress(json.dumps(GOOD).encode())),
        ("text/html", b"<form>"),
        ("", b"name=Ana"),
    ],
    ids=range(15),
)
def test_f2_what_is_no_form_at_all_is_refused(kind: str, body: bytes) -> None:
    with pytest.raises(Unprocessable) as refused:
        read_form(kind, body, OWN)
    assert list(refused.value.fields) == ["body"]


def test_f2_line_ends_in_single_lines_are_neutralised_and_those_of_the_message_kept() -> None:
    form = read(name="Ana\r\nBcc: x@y.example", subject="Hi\nTo: all\x00\u2028!", message="line one\r\nline two\x00")
    assert form.name == "Ana Bcc: x@y.example"
    assert form.subject == "Hi To: all !"
    assert form.message == "line one\nline two"


@given(st.text(), st.text())
def test_whatever_is_taken_can_be_stored(name: str, text: str) -> None:
    try:
        form = read(name=name, message=text)
    except Unprocessable:
        return
    stored = form.name + form.message
    assert "\x00" not in stored
    stored.encode()
    assert "\n" not in form.name


def test_the_same_content_on_the_same_day_is_the_same_message() -> None:
    first = inbound_message(read(), None, NOW)
    assert inbound_message(read(email="ana@customer.example"), None, NOW + timedelta(hours=3)).id == first.id
    assert inbound_message(read(), None, NOW + timedelta(days=1)).id != first.id
    assert inbound_message(read(message="Another question."), None, NOW).id != first.id


def test_f1_a_key_is_its_customers_own() -> None:
    first = inbound_message(read(), "key-1", NOW)
    assert inbound_message(read(message="Another question."), "key-1", NOW + timedelta(days=9)).id == first.id
    assert inbound_message(read(email="bo@customer.example"), "key-1", NOW).id != first.id
    assert inbound_message(read(), "key-2", NOW).id != first.id
    assert inbound_message(read(), None, NOW).id != first.id


@pytest.mark.parametrize(
    ("signs", "suspicion"),
    [
        ({}, None),
        ({"website": ""}, None),
        ({"website": " \n "}, None),
        ({"website": None}, None),
        ({"website": "https://pills.example"}, "honeypot"),
        ({"website": "x" * 10_000}, "honeypot"),
        ({"elapsed_ms": 1_999}, "too_fast"),
        ({"elapsed_ms": 0}, "too_fast"),
        ({"elapsed_ms": 2_000}, None),
        ({"elapsed_ms": "1999"}, "too_fast"),
        ({"elapsed_ms": "86400000"}, None),
        ({"elapsed_ms": ""}, None),
        ({"elapsed_ms": -1}, None),
        ({"elapsed_ms": "fast"}, None),
        ({"elapsed_ms": True}, None),
        ({"elapsed_ms": 1e300}, None),
        ({"elapsed_ms": []}, None),
        ({"elapsed_ms": 10**30}, None),
        ({"elapsed_ms": 5, "website": "x"}, "honeypot"),
    ],
    ids=str,
)
def test_f2_a_hidden_field_and_the_time_tell_a_machine(signs: dict[str, Any], suspicion: str | None) -> None:
    form = read(**signs)
    assert form.suspicion == suspicion
    assert form.fingerprint == read().fingerprint


@pytest.mark.parametrize("field", ["name", "phone", "category", "priority", "subject", "message"])
def test_another_value_in_any_field_is_another_content(field: str) -> None:
    other = {
        "name": "Ana B", "phone": "", "category": "billing", "priority": "low", "subject": "x", "message": "x" * 20,
    }  # fmt: skip
    first, second = inbound_message(read(), "k", NOW), inbound_message(read(**{field: other[field]}), "k", NOW)
    assert first.id == second.id
    assert first.content_hash != second.content_hash


def test_what_somebody_typed_is_only_claimed() -> None:
    found = [(item.type, item.value, item.level) for item in inbound_message(read(), None, NOW).identifiers]
    assert found == [("email", "ana@customer.example", "claimed"), ("phone", "+442079460000", "claimed")]
    assert len(inbound_message(read(phone="0171 123456"), None, NOW).identifiers) == 1


def test_the_channels_event_can_be_made_of_it() -> None:
    ids = dict.fromkeys(("message_id", "customer_id", "conversation_id"), "6f1c9c0e-0000-4000-8000-000000000000")
    common = {"provider_message_id": "k", "text": "x", "received_at": NOW, "reference": "TC-0123456789"}
    event = WebformReceived.model_validate(ids | common | inbound_message(read(), "k", NOW).received)
    assert (event.email, event.category, event.priority) == ("ana@customer.example", "technical", "high")
