"""What a person of the team may put into a call, read strictly."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Final

from fte.errors import Malformed, Unprocessable
from fte.providers.plain_text import storable
from fte.runtime import Request

MAX_TEXT: Final = 10_000
MAX_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class Said:
    """What a person wants the customer to be told, and whether that settles the matter."""

    text: str
    by: str
    resolve: bool = False

    @property
    def content_hash(self) -> str:
        """What tells a repetition from another reply."""
        return hashlib.sha256(json.dumps([self.text, self.by, self.resolve]).encode()).hexdigest()


def read_reply(request: Request) -> Said:
    """The reply in a call. Raises `Malformed`, or `Unprocessable` with every field that is wrong."""
    content = _object(request.body)
    said = Said(_text(content, "text"), _text(content, "by"), content.get("resolve") is True)
    problems = _problems_of_name(said.by)
    if not said.text:
        problems["text"] = "is missing"
    elif len(said.text) > MAX_TEXT:
        problems["text"] = f"must have at most {MAX_TEXT} characters"
    if not isinstance(content.get("resolve", False), bool):
        problems["resolve"] = "must be true or false"
    if problems:
        raise Unprocessable("a bad reply", fields=problems)
    return said


def read_name(request: Request) -> str:
    """Who calls. Raises `Malformed`, `Unprocessable`."""
    name = _text(_object(request.body), "by")
    problems = _problems_of_name(name)
    if problems:
        raise Unprocessable("no name", fields=problems)
    return name


def read_fields(request: Request) -> dict[str, Any]:
    """The fields of a call, as they are. Raises `Malformed`."""
    return _object(request.body)


def read_key(request: Request) -> str | None:
    """The header `Idempotency-Key`, if there is one. Raises `Unprocessable`."""
    key = request.headers.get("idempotency-key")
    if key is not None and not (1 <= len(key) <= 200 and key.isascii() and key.isprintable()):
        raise Unprocessable("a bad key", fields={"Idempotency-Key": "must be 1 to 200 printable ASCII characters"})
    return key


def _object(body: bytes) -> dict[str, Any]:
    try:
        content = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Malformed("not JSON") from error
    if not isinstance(content, dict):
        raise Malformed("not a JSON object")
    return content


def _text(content: dict[str, Any], name: str) -> str:
    value = content.get(name)
    return storable(value).strip() if isinstance(value, str) else ""


def _problems_of_name(name: str) -> dict[str, str]:
    if not name:
        return {"by": "is missing: whose action this is"}
    if len(name) > MAX_NAME or not name.isprintable():
        return {"by": f"must be one line of at most {MAX_NAME} characters"}
    return {}
