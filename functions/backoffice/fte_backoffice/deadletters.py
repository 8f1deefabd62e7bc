"""Events that nobody could handle. After this there is nobody left to keep them, so everything is kept."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from psycopg.types.json import Jsonb

from fte import ce
from fte.errors import Malformed
from fte.events import derived_id
from fte.runtime import NO_CONTENT, Request, Response
from fte.store.pool import autocommit
from fte_backoffice.wiring import Resources

DEEPEST: Final = 64

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An event as it arrived. `data` is its JSON, or `{"body_base64": …}` when it has none that can be kept."""

    attributes: Mapping[str, str]
    data: Any

    @property
    def event_id(self) -> str:
        return self.attributes.get("id") or self.digest

    @property
    def digest(self) -> str:
        """What tells an event without an id from another."""
        content = json.dumps([dict(self.attributes), self.data], sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()

    @property
    def destination(self) -> str | None:
        """Which consumer could not handle it: the same event may fail at two."""
        return self.attributes.get("knativeerrordest")

    @property
    def reason(self) -> str | None:
        """The code that the consumer answered with."""
        return self.attributes.get("reason") or _answered_code(self.attributes.get("knativeerrordata", ""))


async def keep(request: Request, resources: Resources) -> Response:
    """Keep a dead letter, once for each consumer that could not handle it. Never answers 4xx."""
    letter = read(request.headers, request.body)
    async with autocommit(resources.pool) as connection:
        await connection.execute(
            "INSERT INTO dead_letters (id, event_id, type, source, subject, attributes, data, error_code, reason,"
            "  destination) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
            # One that was sent again and failed again is to be looked at again.
            " ON CONFLICT (id) DO UPDATE SET status = 'open', attributes = excluded.attributes, data = excluded.data,"
            "  error_code = excluded.error_code, reason = excluded.reason, received_at = now()"
            " WHERE dead_letters.status = 'replayed'",
            [
                derived_id("dead-letter", letter.attributes.get("source"), letter.event_id, letter.destination),
                letter.event_id,
                letter.attributes.get("type", "unknown"),
                letter.attributes.get("source", "unknown"),
                letter.attributes.get("subject"),
                Jsonb(dict(letter.attributes)),
                Jsonb(letter.data),
                letter.attributes.get("knativeerrorcode"),
                letter.reason,
                letter.destination,
            ],
        )
    return NO_CONTENT


def read(headers: Mapping[str, str], body: bytes) -> DeadLetter:
    """The dead letter in a request, whatever it is."""
    try:
        event = ce.decode(headers, body)
    except Malformed:
        attributes = {name[3:]: value for name, value in headers.items() if name.startswith("ce-")}
        if "content-type" in headers:
            attributes["datacontenttype"] = headers["content-type"]
        return DeadLetter(_texts(attributes), _raw(body))
    data = dict(event.data)
    return DeadLetter(_texts(event.attributes), data if _can_be_kept(data) else _raw(body))


def _texts(attributes: Mapping[str, str]) -> dict[str, str]:
    return {_plain(name): _plain(value) for name, value in attributes.items()}


def _plain(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text).replace("\x00", "\ufffd")


def _raw(body: bytes) -> dict[str, str]:
    return {"body_base64": base64.b64encode(body).decode()}


def _can_be_kept(value: Any, depth: int = 0) -> bool:
    """Whether PostgreSQL can hold this JSON as it is."""
    if depth > DEEPEST:
        return False
    if isinstance(value, str):
        return "\x00" not in value and not _SURROGATE.search(value)
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, dict):
        return all(_can_be_kept(part, depth + 1) for pair in value.items() for part in pair)
    if isinstance(value, list):
        return all(_can_be_kept(item, depth + 1) for item in value)
    return True


def _answered_code(error_data: str) -> str | None:
    """The code in the answer's body, which Knative hands on cut off and in base64."""
    try:
        answer = json.loads(base64.b64decode(error_data, validate=True))
    except (ValueError, binascii.Error, RecursionError):
        return None
    code = answer.get("error") if isinstance(answer, dict) else None
    return _plain(code)[:200] if isinstance(code, str) else None
