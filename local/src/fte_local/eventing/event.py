"""A CloudEvent as a data plane sees it: attributes and bytes, in Kafka records and in HTTP messages.

The data is never parsed, so that what passes through stays byte for byte what the producer wrote. An event that came
in structured form leaves in binary form, as Knative's dispatchers do it.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote_to_bytes

STRUCTURED = "application/cloudevents+json"
_REQUIRED = ("specversion", "id", "source", "type")
_NAME = re.compile(r"[a-z0-9]+")
_NOT_IN_NAME = re.compile(r"[^a-z0-9]")
_KEPT_IN_HEADER = frozenset(range(0x21, 0x7F)) - set(b'"%')


class NotAnEvent(ValueError):
    """The message is no valid CloudEvent."""


@dataclass(frozen=True, slots=True)
class Event:
    """Context attributes (extensions among them, `datacontenttype` too) and the data as it is."""

    attributes: Mapping[str, str]
    data: bytes = b""

    def __post_init__(self) -> None:
        missing = [name for name in _REQUIRED if not self.attributes.get(name)]
        illegal = [name for name in self.attributes if not _NAME.fullmatch(name)]
        if missing or illegal or self.attributes["specversion"] not in ("0.3", "1.0"):
            raise NotAnEvent(f"missing {missing}, illegal {illegal}, or an unknown specversion")
        if not _is_header_text(self.attributes.get("datacontenttype", "")):
            raise NotAnEvent("datacontenttype cannot stand in a header")

    @property
    def key(self) -> bytes | None:
        """The key of the record that carries this event."""
        key = self.attributes.get("partitionkey")
        return key.encode() if key else None

    def extended(self, extensions: Mapping[str, str]) -> Event:
        """The same event with more extensions; those given win."""
        return Event({**self.attributes, **extensions}, self.data)


@dataclass(frozen=True, slots=True)
class Record:
    """A Kafka record, apart from the client library that read it."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: int = 0
    key: bytes | None = None
    value: bytes | None = None
    headers: tuple[tuple[str, bytes], ...] = field(default=())


def from_record(record: Record, source_name: str, namespace: str = "fte") -> Event:
    """The event that a record carries; a record that carries none is wrapped in one, as KafkaSource does it."""
    return carried(record) or _wrapped(record, _headers(record), source_name, namespace)


def carried(record: Record) -> Event | None:
    """The event that a record carries, or None when it is a plain record."""
    headers, value = _headers(record), record.value or b""
    try:
        if _media_type(headers.get("content-type", b"").decode()) == STRUCTURED:
            return _from_structured(value)
        if "ce_specversion" in headers:
            attributes = {name[3:]: raw.decode() for name, raw in headers.items() if name.startswith("ce_")}
            if content_type := headers.get("content-type"):
                attributes["datacontenttype"] = content_type.decode()
            return Event(attributes, value)
    except ValueError:
        return None
    return None


def is_encoded(headers: Mapping[str, str]) -> bool:
    """Whether a message with these (lower-case) headers claims to be an event, in binary or in structured form."""
    return "ce-specversion" in headers or _media_type(headers.get("content-type", "")) == STRUCTURED


def from_http(headers: Mapping[str, str], body: bytes) -> Event:
    """The event in a request with these (lower-case) headers. Raises `NotAnEvent`."""
    content_type = headers.get("content-type", "")
    try:
        if _media_type(content_type) == STRUCTURED:
            return _from_structured(body)
        attributes = {
            name[3:]: unquote_to_bytes(value).decode() for name, value in headers.items() if name.startswith("ce-")
        }
    except UnicodeDecodeError as error:
        raise NotAnEvent("an attribute is not UTF-8") from error
    if content_type:
        attributes["datacontenttype"] = content_type
    return Event(attributes, body)


def to_http(event: Event) -> tuple[dict[str, str], bytes]:
    """Headers and body of the request that carries the event in binary mode."""
    headers = {f"ce-{name}": _percent(value) for name, value in event.attributes.items() if name != "datacontenttype"}
    if content_type := event.attributes.get("datacontenttype"):
        headers["content-type"] = content_type
    return headers, event.data


def to_record(event: Event, mode: str = "binary") -> tuple[bytes, list[tuple[str, bytes]]]:
    """Value and headers of the record that carries the event, in the content mode of a KafkaSink."""
    if mode == "structured":
        return _structured(event), [("content-type", f"{STRUCTURED}; charset=UTF-8".encode())]
    headers = [(f"ce_{name}", value.encode()) for name, value in event.attributes.items() if name != "datacontenttype"]
    if content_type := event.attributes.get("datacontenttype"):
        headers.append(("content-type", content_type.encode()))
    return event.data, headers


def extension_name(header: str) -> str:
    """The attribute name nearest to a header's name: lower case, letters and digits only."""
    return _NOT_IN_NAME.sub("", header.lower())


def _headers(record: Record) -> dict[str, bytes]:
    return {name.lower(): value for name, value in record.headers}


def _media_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _percent(value: str) -> str:
    return "".join(chr(byte) if byte in _KEPT_IN_HEADER else f"%{byte:02X}" for byte in value.encode())


def _from_structured(body: bytes) -> Event:
    try:
        document = json.loads(body)
        if not isinstance(document, dict):
            raise NotAnEvent("the document is not an object")
        data = _document_data(document)
    except (UnicodeDecodeError, json.JSONDecodeError, binascii.Error) as error:
        raise NotAnEvent("the document is not readable") from error
    attributes = {
        name: _text(value)
        for name, value in document.items()
        if name not in ("data", "data_base64") and value is not None
    }
    if data and "datacontenttype" not in attributes:
        attributes["datacontenttype"] = "application/json"
    return Event(attributes, data)


def _document_data(document: Mapping[str, Any]) -> bytes:
    if "data_base64" in document:
        return base64.b64decode(str(document["data_base64"]), validate=True)
    data = document.get("data")
    if data is None:
        return b""
    if isinstance(data, str) and not _is_json(str(document.get("datacontenttype") or "application/json")):
        return data.encode()
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _structured(event: Event) -> bytes:
    document: dict[str, Any] = dict(event.attributes)
    if event.data:
        try:
            if not _is_json(event.attributes.get("datacontenttype", "application/json")):
                raise NotAnEvent("not JSON")
            document["data"] = json.loads(event.data)
        except ValueError:
            document["data_base64"] = base64.b64encode(event.data).decode()
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _is_json(content_type: str) -> bool:
    media = _media_type(content_type)
    return media in ("application/json", "text/json") or media.endswith("+json")


def _is_header_text(value: str) -> bool:
    return value.isascii() and value.isprintable()


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _wrapped(record: Record, headers: Mapping[str, bytes], source_name: str, namespace: str) -> Event:
    attributes = {
        "specversion": "1.0",
        "type": "dev.knative.kafka.event",
        "source": f"/apis/v1/namespaces/{namespace}/kafkasources/{source_name}#{record.topic}",
        "id": f"partition:{record.partition}/offset:{record.offset}",
        "subject": f"partition:{record.partition}#{record.offset}",
        "time": datetime.fromtimestamp(record.timestamp_ms / 1000, UTC).isoformat(timespec="milliseconds"),
    }
    if record.key is not None:
        attributes["key"] = attributes["partitionkey"] = record.key.decode(errors="replace")
    attributes.update(_header_extensions(headers.items()))
    content_type = headers.get("content-type", b"").decode(errors="replace")
    if content_type and _is_header_text(content_type):
        attributes["datacontenttype"] = content_type
    return Event(attributes, record.value or b"")


def _header_extensions(headers: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    return {
        f"kafkaheader{extension_name(name)}": value.decode(errors="replace")
        for name, value in headers
        if name != "content-type"
    }
