"""The two doors of each intake answer the same requests alike: functions-framework's and func's."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any
from urllib.parse import urlencode

import pytest
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped,unused-ignore]

from fte_tests.doors import DOORS, NOBODY, opened

NOWHERE = f"http://{NOBODY}"
ENV = {
    "FTE_PUBLIC_URL": "https://support.techcorp.example",
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "12345",
    "FTE_TWILIO_NUMBER": "whatsapp:+14155550100",
    "FTE_TWILIO_API_URL": NOWHERE,
    "FTE_GMAIL_API_URL": NOWHERE,
    "FTE_GOOGLE_TOKEN_URL": NOWHERE,
    "FTE_GOOGLE_JWKS_URL": f"{NOWHERE}/certs",
    "FTE_GMAIL_CLIENT_ID": "client",
    "FTE_GMAIL_CLIENT_SECRET": "client-secret",
    "FTE_GMAIL_REFRESH_TOKEN": "refresh-token",
    "FTE_GMAIL_WATCH_TOPIC": "projects/techcorp/topics/gmail",
    "FTE_PUBSUB_SERVICE_ACCOUNT": "gmail-push@techcorp.iam.gserviceaccount.example",
}


@dataclass(frozen=True)
class Call:
    """One request and the status that both doors must give it."""

    status: int
    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def signed(path: str, fields: dict[str, str], query: str = "") -> Call:
    url = ENV["FTE_PUBLIC_URL"] + path + query
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-twilio-signature": RequestValidator(ENV["TWILIO_AUTH_TOKEN"]).compute_signature(url, fields),
    }
    return Call(204 if path.endswith("status") else 200, "POST", path + query, headers, urlencode(fields).encode())


MESSAGE = {"MessageSid": "SM1", "From": "whatsapp:+14155550123", "Body": "Grüße 😀 + &"}
FORM = {
    "name": "Ana",
    "email": "ana@customer.example",
    "category": "general",
    "subject": "Grüße",
    "message": "Where is it? 😀 Please tell me.",
}
JSON = {"content-type": "application/json"}
COMMON = [
    Call(404, "GET", "/"),
    Call(404, "POST", "/", JSON, b"{}"),
    Call(404, "GET", "/nowhere"),
]
CALLS: dict[str, list[Call]] = {
    "intake-whatsapp": [
        *COMMON,
        signed("/webhooks/whatsapp", MESSAGE),
        signed("/webhooks/whatsapp", MESSAGE | {"MessageSid": "SM2"}, "?b=2&a=%7e1"),
        signed("/webhooks/whatsapp/status", {"MessageSid": "SM9", "MessageStatus": "sent"}),
        Call(403, "POST", "/webhooks/whatsapp", {}, urlencode(MESSAGE).encode()),
        Call(403, "POST", "/webhooks/whatsapp/status"),
        Call(204, "POST", "/ping", JSON, b""),
        Call(404, "GET", "/webhooks/whatsapp"),
    ],
    "intake-gmail": [
        *COMMON,
        Call(401, "POST", "/webhooks/gmail", JSON, b"{}"),
        Call(401, "POST", "/webhooks/gmail", {"authorization": "Bearer nonsense"}, b"{}"),
        Call(204, "POST", "/ping", JSON, b"{}"),
        Call(404, "GET", "/webhooks/gmail"),
    ],
    "intake-webform": [
        *COMMON,
        Call(202, "POST", "/support/submit", JSON, json.dumps(FORM).encode()),
        Call(202, "POST", "/support/submit", JSON | {"accept": "text/html"}, json.dumps(FORM).encode()),
        Call(202, "POST", "/support/submit", JSON | {"idempotency-key": "k"}, json.dumps(FORM).encode()),
        Call(422, "POST", "/support/submit", JSON, b"{}"),
        Call(422, "POST", "/support/submit", JSON, b"{broken"),
        Call(413, "POST", "/support/submit", JSON, b"x" * 70_000),
        Call(404, "GET", "/support/ticket/TC-0000000000"),
        Call(404, "GET", "/support/ticket/"),
        Call(404, "GET", "/support/submit"),
    ],
}  # fmt: skip


HEALTH = ("/health", "/health/readiness", "/health/liveness")


@pytest.mark.parametrize("name", CALLS)
def test_both_doors_answer_alike(name: str, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    function = import_module(f"fte_{name.replace('-', '_')}.handler").FUNCTION
    answers: list[list[tuple[int, str, bytes]]] = []
    for door in DOORS:
        with opened(door, function, ENV | {"DATABASE_URL": database_url}, monkeypatch) as client:
            assert [client.get(path).status_code for path in HEALTH] == [200, 200, 200]
            given = [client.request(c.method, c.path, headers=c.headers, content=c.body) for c in CALLS[name]]
        answers.append([(one.status_code, one.headers.get("content-type", ""), one.content) for one in given])
    assert [status for status, _, _ in answers[0]] == [call.status for call in CALLS[name]]
    assert answers[0] == answers[1]


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("door", DOORS)
def test_without_the_database_a_function_is_not_ready(
    name: str, door: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    function = import_module(f"fte_{name.replace('-', '_')}.handler").FUNCTION
    with opened(door, function, ENV | {"DATABASE_URL": f"postgresql://x@{NOBODY}/x"}, monkeypatch) as client:
        assert [client.get(path).status_code for path in HEALTH] == [503, 503, 200]
