"""The events: schemas and page are those of the code, and what is published fits its schema."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from uuid import uuid4

import jsonschema
import pytest

from fte.ce import Event, decode, to_kafka
from fte.errors import Malformed
from fte.events import DATA, EventType, derived_id, outgoing
from fte_local.reference import pages, schema, schema_file


@pytest.mark.parametrize("type_", list(EventType))
def test_the_schema_beside_the_code_is_current(type_: EventType) -> None:
    """`python -m fte_local.reference` writes them anew."""
    assert schema_file(type_).read_text() == schema(type_)


@pytest.mark.parametrize("type_", list(EventType))
def test_data_may_gain_fields_that_this_version_does_not_know(type_: EventType) -> None:
    """Old and new versions run side by side: no schema forbids additional fields."""
    assert json.loads(schema(type_)).get("additionalProperties", True) is True
    assert DATA[type_].model_config.get("extra") == "ignore"


def test_the_reference_pages_are_current() -> None:
    """Generated, never edited: `python -m fte_local.reference` writes them anew."""
    assert {path: path.read_text() for path in pages()} == pages()


def test_an_event_survives_kafka_and_http() -> None:
    """Written as a Kafka record in binary mode, delivered as HTTP headers: the same event."""
    attributes = {
        "id": "1",
        "type": str(EventType.TICKET_INCOMING),
        "source": "/fte/test",
        "subject": "conversation",
        "time": "2026-01-01T00:00:00+00:00",
        "channel": "email",
        "traceparent": f"00-{'a' * 32}-{'b' * 16}-01",
        "partitionkey": "customer",
    }
    key, value, headers = to_kafka(Event(attributes, {"text": "ü ✓"}), "customer")
    assert key == b"customer"
    over_http = {
        name.replace("ce_", "ce-") if name != "content-type" else name: text.decode() for name, text in headers
    }
    event = decode(over_http, value)
    assert event.data == {"text": "ü ✓"}
    assert {name: event.attributes[name] for name in attributes} == attributes


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, b"{}"),
        ({"ce-id": "1"}, b"{}"),
        ({"ce-id": "1", "ce-type": "t", "ce-source": "/x", "ce-specversion": "1.0"}, b"not json"),
        ({"ce-id": "1", "ce-type": "t", "ce-source": "/x", "ce-specversion": "1.0"}, b"[]"),
        ({"content-type": "application/cloudevents+json"}, b"{}"),
        ({"content-type": "application/cloudevents+json; charset=utf-8"}, b"\xff\xfe"),
    ],
)
def test_what_is_no_event_is_malformed(headers: dict[str, str], body: bytes) -> None:
    """One error for all the ways to be wrong."""
    with pytest.raises(Malformed):
        decode(headers, body)


def test_ids_come_from_the_thing() -> None:
    """The same message gives the same event; another type or another message another one."""

    def make(thing: str, type_: EventType = EventType.TICKET_INCOMING) -> str:
        event = outgoing(type_, source="x", thing=thing, time=datetime.now(UTC), data={}, traceparent="")
        return str(event["id"])

    assert make("whatsapp:SM1") == make("whatsapp:SM1")
    assert make("whatsapp:SM1") != make("whatsapp:SM2")
    assert make("whatsapp:SM1") != make("whatsapp:SM1", EventType.WHATSAPP_RECEIVED)
    assert derived_id("a", "b") != derived_id("a", "b", "c")


def test_what_the_intake_publishes_fits_its_schema() -> None:
    """The data that the database completes is what the schema asks for."""
    data = {
        "message_id": str(uuid4()),
        "customer_id": str(uuid4()),
        "conversation_id": str(uuid4()),
        "provider_message_id": "SM1",
        "text": "Hello",
        "received_at": datetime.now(UTC).isoformat(),
        "channel": "whatsapp",
        "reference": "TC-0000000000",
    }
    jsonschema.validate(data, json.loads(schema(EventType.TICKET_INCOMING)))
