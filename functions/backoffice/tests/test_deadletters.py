"""A dead letter is kept, whatever it is."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fte_backoffice.deadletters import DeadLetter, read

BINARY = {
    "content-type": "application/json",
    "ce-specversion": "1.0",
    "ce-id": "e1",
    "ce-type": "com.techcorp.fte.response.ready.v1",
    "ce-source": "/fte/agent",
    "ce-subject": "c1",
    "ce-knativeerrordest": "http://deliver.fte.svc/",
    "ce-knativeerrorcode": "422",
    "ce-knativeerrordata": base64.b64encode(b'{"error": "invalid"}').decode(),
}


def test_an_event_is_kept_with_what_went_wrong() -> None:
    letter = read(BINARY, b'{"text": "hello"}')
    assert letter.data == {"text": "hello"}
    assert (letter.event_id, letter.attributes["type"]) == ("e1", "com.techcorp.fte.response.ready.v1")
    assert (letter.reason, letter.destination) == ("invalid", "http://deliver.fte.svc/")


def test_the_reason_header_of_the_answer_counts_first() -> None:
    assert read({**BINARY, "ce-reason": "unsupported-type"}, b"{}").reason == "unsupported-type"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"not json", id="no JSON"),
        pytest.param(b"[1]", id="no object"),
        pytest.param(b'{"a": "\\u0000"}', id="NUL"),
        pytest.param(b'{"a\\u0000": 1}', id="NUL in a name"),
        pytest.param(b'{"a": ["\\ud800"]}', id="half a character"),
        pytest.param(b'{"a": NaN}', id="no number"),
        pytest.param(b'{"a": 1e999}', id="infinite"),
        pytest.param(b'{"a":' * 200 + b"1" + b"}" * 200, id="deep"),
        pytest.param(b'{"a":' * 100_000, id="deeper"),
        pytest.param(b"\xff\xfe", id="no text"),
    ],
)
def test_what_is_no_json_that_we_can_hold_is_kept_as_it_came(body: bytes) -> None:
    letter = read(BINARY, body)
    assert base64.b64decode(letter.data["body_base64"]) == body
    assert letter.event_id == "e1"


def test_what_is_no_event_is_kept_too() -> None:
    letter = read({"content-type": "text/plain"}, b"hello")
    assert letter.attributes == {"datacontenttype": "text/plain"}
    assert letter.event_id == read({"content-type": "text/plain"}, b"hello").event_id
    assert letter.event_id != read({"content-type": "text/plain"}, b"hello!").event_id


@pytest.mark.parametrize("error_data", ["", "%%%", base64.b64encode(b'{"error": "inv').decode(), "bnVsbA=="])
def test_an_answer_that_is_cut_off_gives_no_reason(error_data: str) -> None:
    assert DeadLetter({"knativeerrordata": error_data}, {}).reason is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.text(), json_values, max_size=3))
def test_what_is_kept_as_json_is_what_came(data: dict[str, Any]) -> None:
    letter = read(BINARY, json.dumps(data).encode())
    kept = letter.data if "body_base64" not in letter.data else json.loads(base64.b64decode(letter.data["body_base64"]))
    assert json.dumps(kept) == json.dumps(data)
    assert "\\u0000" not in json.dumps(letter.data) or "\\\\u0000" in json.dumps(letter.data)


@given(st.dictionaries(st.text(), st.text(), max_size=4), st.binary(max_size=200))
def test_reading_never_fails(headers: dict[str, str], body: bytes) -> None:
    letter = read({f"ce-{name}": value for name, value in headers.items()}, body)
    assert letter.event_id
    json.dumps([dict(letter.attributes), letter.data]).encode()
