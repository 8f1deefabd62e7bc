"""Twilio's signed posts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import parse_qs, parse_qsl

from twilio.request_validator import RequestValidator  # type: ignore[import-untyped,unused-ignore]

from fte.errors import Forbidden, Unprocessable
from fte.runtime import Request

_MAX_FIELDS: Final = 300
_BODY_HASH: Final = "bodySHA256"


class Form:
    """The fields of a form post, each with all its values, exactly as they were signed."""

    def __init__(self, body: bytes) -> None:
        text = body.decode("utf-8", "replace")
        self._body = body
        self._values: dict[str, list[str]] = {}
        for name, value in parse_qsl(text, keep_blank_values=True, errors="replace", max_num_fields=_MAX_FIELDS):
            self._values.setdefault(name, []).append(value)

    @classmethod
    def from_json(cls, body: str) -> Form:
        """The fields of a JSON object: texts and numbers. Raises `Unprocessable` when it is none."""
        try:
            given = json.loads(body)
        except ValueError as error:
            raise Unprocessable("not JSON") from error
        if not isinstance(given, dict):
            raise Unprocessable("not an object of fields")
        form = cls(b"")
        form._values = {
            name: [value if isinstance(value, str) else str(value)]
            for name, value in given.items()
            if isinstance(value, str | int | float) and not isinstance(value, bool)
        }
        return form

    def get(self, name: str) -> str:
        """The first value of a field, "" when there is none."""
        return self._values.get(name, [""])[0]

    def encoded(self, name: str) -> str:
        """The first value of a field as it came, with its percent signs: all of it can be stored."""
        prefix = f"{name}=".encode()
        fields = (field for field in self._body.split(b"&") if field.startswith(prefix))
        return next(fields, b"").removeprefix(prefix).decode("ascii", "replace")

    # What Twilio's validator asks a multi-valued form for.
    def getall(self, name: str) -> list[str]:
        """All values of a field."""
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def signed_form(request: Request, validators: Sequence[RequestValidator], public_url: str) -> Form:
    """The fields in `request`, which Twilio has signed with one of our tokens. Raises `Forbidden` when it has not.

    The signature covers the public address that Twilio was given, not what a proxy makes of it, with the query as it
    was written; a body that is no form is covered by its hash in the query.
    """
    url = public_url.rstrip("/") + request.path + (f"?{request.query}" if request.query else "")
    signature = request.headers.get("x-twilio-signature", "")
    is_json = request.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"
    if is_json and _BODY_HASH not in parse_qs(request.query):
        raise Forbidden("no hash of the body")
    try:
        signed = request.body.decode() if is_json else Form(request.body)
    except ValueError as error:
        raise Forbidden("no form that Twilio sends") from error
    if not signature or not any(validator.validate(url, signed, signature) for validator in validators):
        raise Forbidden("no valid signature")
    # Only now: what a stranger wrote is not parsed.
    return signed if isinstance(signed, Form) else Form.from_json(signed)
