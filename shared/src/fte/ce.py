"""CloudEvents over HTTP and Kafka, on either generation of the SDK.

functions-framework needs cloudevents 1.x, func's middleware 2.x; they cannot share an environment, so this module is
the only one that imports the SDK.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

try:
    from cloudevents.v1.http import CloudEvent, from_http  # type: ignore[import-not-found,unused-ignore]
    from cloudevents.v1.kafka import to_binary  # type: ignore[import-not-found,unused-ignore]
except ModuleNotFoundError:
    from cloudevents.http import CloudEvent, from_http
    from cloudevents.kafka import to_binary

from fte.errors import Malformed

_REQUIRED = ("id", "source", "type")


@dataclass(frozen=True, slots=True)
class Event:
    """A CloudEvent: its context attributes (extensions among them) and its JSON data."""

    attributes: Mapping[str, str]
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.attributes["id"]

    @property
    def type(self) -> str:
        return self.attributes["type"]

    @property
    def source(self) -> str:
        return self.attributes["source"]


def decode(headers: Mapping[str, str], body: bytes) -> Event:
    """The event in a request, binary or structured. Raises `Malformed`."""
    try:
        event = from_http(dict(headers), body)
        attributes = {name: str(value) for name, value in event.get_attributes().items() if value is not None}
        data = event.data
    except Exception as error:  # the SDK raises a dozen unrelated types on bad input
        raise Malformed("not a CloudEvent") from error
    if any(not attributes.get(name) for name in _REQUIRED):
        raise Malformed("a required attribute is missing")
    if not isinstance(data, dict):
        raise Malformed("the data is not a JSON object")
    return Event(attributes, data)


def to_kafka(event: Event, key: str) -> tuple[bytes, bytes, list[tuple[str, bytes]]]:
    """Key, value and headers of the Kafka record that carries `event` in binary mode."""
    attributes = {"specversion": "1.0", "datacontenttype": "application/json", **event.attributes}
    message = to_binary(CloudEvent(attributes, dict(event.data)), key_mapper=lambda _: key)
    value = message.value.encode() if isinstance(message.value, str) else message.value
    headers = dict(message.headers)
    # The SDK moves this attribute into the key; a Broker orders by the attribute, so it stays in the event as well.
    headers["ce_partitionkey"] = key.encode()
    return key.encode(), value, list(headers.items())
