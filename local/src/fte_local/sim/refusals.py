"""The providers' error answers, each in its provider's shape.

`Refusal` is raised anywhere in a simulator and answered as it stands by the application.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

GOOGLE_STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ABORTED",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}


class Refusal(Exception):
    """A request that the provider answers with an error."""

    def __init__(self, status: int, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> None:
        super().__init__(f"refused with status {status}")
        self.status = status
        self.body = dict(body)
        self.headers = dict(headers or {})


def google(status: int, reason: str, message: str) -> Refusal:
    """Google's error envelope, which the client library turns into `HttpError`."""
    item = {"message": message, "domain": "global", "reason": reason}
    name = GOOGLE_STATUS.get(status, "UNKNOWN")
    return Refusal(status, {"error": {"code": status, "message": message, "errors": [item], "status": name}})


def twilio(status: int, code: int, message: str) -> Refusal:
    """Twilio's error body, which the client library turns into `TwilioRestException`."""
    more = f"https://www.twilio.com/docs/errors/{code}"
    return Refusal(status, {"code": code, "message": message, "more_info": more, "status": status})


def openai(status: int, code: str | None, message: str, kind: str = "invalid_request_error") -> Refusal:
    """OpenAI's error envelope, which the client library turns into an `APIStatusError`."""
    return Refusal(status, {"error": {"message": message, "type": kind, "param": None, "code": code}})


def control(status: int, message: str, **details: Any) -> Refusal:
    """The control API's own errors: a short sentence."""
    return Refusal(status, {"error": message, **details})


def injected(provider: str, status: int, code: int | None = None) -> Refusal:
    """The answer of a provider that a test has told to fail."""
    if provider == "twilio":
        return twilio(status, code or 20000 + status, "Injected fault")
    if provider == "openai":
        kind = "server_error" if status >= 500 else "invalid_request_error"
        return openai(status, "rate_limit_exceeded" if status == 429 else None, "Injected fault", kind)
    return google(status, "rateLimitExceeded" if status == 429 else "backendError", "Injected fault")
