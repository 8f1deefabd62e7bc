"""Twilio's signed form posts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qsl

from twilio.request_validator import RequestValidator  # type: ignore[import-untyped,unused-ignore]

from fte.errors import Forbidden
from fte.runtime import Request

_MAX_FIELDS: Final = 300


class Form:
    """The fields of a form post, each with all its values, exactly as they were signed."""

    def __init__(self, body: bytes) -> None:
        text = body.decode("utf-8", "replace")
        self._values: dict[str, list[str]] = {}
        for name, value in parse_qsl(text, keep_blank_values=True, errors="replace", max_num_fields=_MAX_FIELDS):
            self._values.setdefault(name, []).append(value)

    def get(self, name: str) -> str:
        """The first value of a field, "" when there is none."""
        return self._values.get(name, [""])[0]

    # What Twilio's validator asks a multi-valued form for.
    def getall(self, name: str) -> list[str]:
        """All values of a field."""
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def signed_form(request: Request, validator: RequestValidator, public_url: str) -> Form:
    """The form in `request`, which Twilio has signed. Raises `Forbidden` when it has not.

    The signature covers the public address that Twilio was given, not what a proxy makes of it, with the query as it
    was written.
    """
    try:
        form = Form(request.body)
    except ValueError as error:
        raise Forbidden("too many fields") from error
    url = public_url.rstrip("/") + request.path + (f"?{request.query}" if request.query else "")
    signature = request.headers.get("x-twilio-signature", "")
    if not signature or not validator.validate(url, form, signature):
        raise Forbidden("no valid signature")
    return form
