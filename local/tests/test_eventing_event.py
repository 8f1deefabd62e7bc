"""CloudEvents in Kafka records and HTTP messages, as a data plane handles them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fte_local.eventing.event import Event, NotAnEvent, Record, from_http, from_record, to_http, to_record

ATTRIBUTES = {"specversion": "1.0", "id": "7", "source": "/fte/agent", "type": "com.techcorp.fte.response.ready.v1"}


def record(value: bytes | None, *headers: tuple[str, bytes], key: bytes | None = None) -> Record:
    return Record("fte.responses", 3, 42, 1_795_000_000_123, key, value, headers)


def test_a_binary_record_reaches_the_function_unchanged() -> None:
    written = record(
        b'{"a": 1}',
        ("ce_specversion", b"1.0"),
        ("ce_id", b"7"),
        ("ce_source", b"/fte/agent"),
        ("ce_type", b"com.techcorp.fte.response.ready.v1"),
        ("ce_partitionkey", b"customer"),
        ("content-type", b"application/json"),
    )
    headers, body = to_http(from_record(written, "responses-to-deliver"))
    assert body == b'{"a": 1}'
    assert headers == {
        "ce-specversion": "1.0",
        "ce-id": "7",
        "ce-source": "/fte/agent",
        "ce-type": "com.techcorp.fte.response.ready.v1",
        "ce-partitionkey": "customer",
        "content-type": "application/json",
    }


@pytest.mark.parametrize(
    ("members", "content_type", "body"),
    [
        ({"data": {"a": "é"}}, "application/json", '{"a":"é"}'.encode()),
        ({"data": "plain", "datacontenttype": "text/plain"}, "text/plain", b"plain"),
        (
            {"data_base64": "AAH/", "datacontenttype": "application/octet-stream"},
            "application/octet-stream",
            b"\0\1\xff",
        ),
        ({}, None, b""),
    ],
)
def test_a_structured_record_leaves_in_binary_form(
    members: dict[str, object], content_type: str | None, body: bytes
) -> None:
    document = json.dumps({**ATTRIBUTES, **members, "priority": 3, "urgent": True, "nothing": None}).encode()
    written = record(document, ("Content-Type", b"application/cloudevents+json; charset=utf-8"))
    headers, sent = to_http(from_record(written, "responses-to-deliver"))
    assert sent == body
    assert headers.get("content-type") == content_type
    assert (headers["ce-id"], headers["ce-priority"], headers["ce-urgent"]) == ("7", "3", "true")
    assert "ce-nothing" not in headers


@pytest.mark.parametrize(
    "plain",
    [
        record(b"hello", ("X-Trace", b"t"), ("content-type", b"text/plain"), key=b"customer"),
        record(b"hello", ("ce_specversion", b"1.0"), ("ce_id", b"7"), key=b"customer"),
        record(b"no json", ("content-type", b"application/cloudevents+json"), key=b"customer"),
        record(b"hello", ("content-type", b"text/\xff"), key=b"customer"),
    ],
    ids=["plain", "attributes missing", "broken structured", "undecodable header"],
)
def test_a_record_that_is_no_event_is_wrapped_as_knative_does_it(plain: Record) -> None:
    event = from_record(plain, "responses-to-deliver")
    said = event.attributes
    assert said["type"] == "dev.knative.kafka.event"
    assert said["source"] == "/apis/v1/namespaces/fte/kafkasources/responses-to-deliver#fte.responses"
    assert (said["id"], said["subject"]) == ("partition:3/offset:42", "partition:3#42")
    assert (said["key"], said["partitionkey"]) == ("customer", "customer")
    assert said["time"] == "2026-11-18T11:06:40.123+00:00"
    assert event.data == plain.value


def test_headers_of_a_plain_record_become_extensions() -> None:
    event = from_record(record(None, ("X-Trace", b"t"), ("content-type", b"text/plain")), "any")
    assert event.attributes["kafkaheaderxtrace"] == "t"
    assert event.attributes["datacontenttype"] == "text/plain"
    assert event.data == b""


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, b"x"),
        ({"ce-id": "7", "ce-type": "t", "ce-source": "s"}, b"x"),
        ({"ce-specversion": "2.0", "ce-id": "7", "ce-type": "t", "ce-source": "s"}, b"x"),
        ({"ce-specversion": "1.0", "ce-id": "%ff", "ce-type": "t", "ce-source": "s"}, b"x"),
        ({"content-type": "application/cloudevents+json"}, b"[]"),
        ({"content-type": "application/cloudevents+json"}, b"{"),
        ({"content-type": "application/cloudevents+json"}, json.dumps({**ATTRIBUTES, "data_base64": "*"}).encode()),
    ],
)
def test_a_request_that_is_no_event_is_refused(headers: dict[str, str], body: bytes) -> None:
    with pytest.raises(NotAnEvent):
        from_http(headers, body)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_attribute_value_survives_the_way_through_a_header(value: str) -> None:
    headers, body = to_http(Event({**ATTRIBUTES, "subject": value}, b"{}"))
    assert headers["ce-subject"].isascii()
    assert from_http(headers, body).attributes["subject"] == value


@pytest.mark.parametrize("mode", ["binary", "structured"])
@pytest.mark.parametrize(
    ("content_type", "data"), [("application/json", b'{"a":1}'), ("application/octet-stream", b"\0\xff")]
)
def test_what_a_sink_writes_reads_back_as_the_same_event(mode: str, content_type: str, data: bytes) -> None:
    event = Event({**ATTRIBUTES, "partitionkey": "customer", "datacontenttype": content_type}, data)
    value, headers = to_record(event, mode)
    assert from_record(record(value, *headers, key=event.key), "any") == event
