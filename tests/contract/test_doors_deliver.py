"""Deliver's two doors answer alike: functions-framework's and func's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from fte.events import EventType
from fte_deliver.handler import FUNCTION
from fte_tests.doors import DOORS, NOBODY, opened

READY = {
    "message_id": str(UUID(int=1)),
    "customer_id": str(UUID(int=2)),
    "conversation_id": str(UUID(int=3)),
    "ticket_id": str(UUID(int=4)),
    "channel": "email",
    "parts": 1,
}


def binary(data: Any = READY, type_: str = EventType.RESPONSE_READY, **changes: Any) -> dict[str, Any]:
    attributes = {"specversion": "1.0", "id": "e1", "source": "/fte/agent", "type": type_, **changes}
    headers = {f"ce-{name}": value for name, value in attributes.items() if value is not None}
    return {"content": json.dumps(data), "headers": {"content-type": "application/json", **headers}}


def structured(content_type: str) -> dict[str, Any]:
    event = {"specversion": "1.0", "id": "e1", "source": "/fte/agent", "type": EventType.RESPONSE_READY, "data": READY}
    return {"content": json.dumps(event), "headers": {"content-type": content_type}}


CASES: list[tuple[str, str, str, dict[str, Any], int, Any]] = [
    ("alive", "GET", "/health/liveness", {}, 200, {"status": "ok"}),
    ("an event in binary mode", "POST", "/", binary(), 204, None),
    ("an event in structured mode", "POST", "/", structured("application/cloudevents+json"), 204, None),
    ("with a charset", "POST", "/", structured("application/cloudevents+json; charset=utf-8"), 204, None),
    ("another type", "POST", "/", binary(type_="com.other.v1"), 422, {"error": "unsupported-type"}),
    ("wrong data", "POST", "/", binary({"message_id": "1"}), 400, {"error": "malformed"}),
    ("no object", "POST", "/", binary([1]), 400, {"error": "malformed"}),
    ("no id", "POST", "/", binary(id=None), 400, {"error": "malformed"}),
    ("no event", "POST", "/", {"content": "hello"}, 400, {"error": "malformed"}),
    ("nothing", "POST", "/", {}, 400, {"error": "malformed"}),
    ("a ping", "POST", "/ping", {}, 204, None),
    ("no such method", "GET", "/", {}, 404, {"error": "not_found"}),
    ("no such path", "POST", "/elsewhere", binary(), 404, {"error": "not_found"}),
]


@pytest.fixture(params=DOORS)
def door(request: pytest.FixtureRequest, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    settings = {
        "DATABASE_URL": database_url,
        "FTE_PUBLIC_URL": "https://support.techcorp.example",
        "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "TWILIO_AUTH_TOKEN": "token",
        "FTE_TWILIO_NUMBER": "whatsapp:+14155550100",
        "FTE_TWILIO_API_URL": f"http://{NOBODY}",
        "FTE_GMAIL_CLIENT_ID": "client",
        "FTE_GMAIL_CLIENT_SECRET": "secret",
        "FTE_GMAIL_REFRESH_TOKEN": "refresh",
        "FTE_GMAIL_API_URL": f"http://{NOBODY}",
        "FTE_GOOGLE_TOKEN_URL": f"http://{NOBODY}/token",
    }
    with opened(request.param, FUNCTION, settings, monkeypatch) as client:
        yield client


def test_each_request_has_its_answer(door: TestClient) -> None:
    for name, method, path, request, status, body in CASES:
        answer = door.request(method, path, **request)
        assert answer.status_code == status, name
        assert (answer.json() if answer.content else None) == body, name
        assert ("kne-reason" in answer.headers) is (status in (400, 422)), name


@pytest.mark.parametrize("path", ["/health", "/health/readiness"])
def test_ready_without_kafka(door: TestClient, path: str) -> None:
    """What cannot be published waits in the outbox: answers go out all the same."""
    answer = door.get(path)
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "degraded",
        "components": {
            **dict.fromkeys(("database", "outbox", "sweep", "gmail", "twilio"), "ok"),
            "kafka": "down",
        },
    }


def test_not_ready_without_a_database(door: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://nobody@{NOBODY}/none")
    answer = door.get("/health/readiness")
    assert answer.status_code == 503
    assert answer.json()["components"]["database"] == "down"
    refused = door.post("/", **binary())
    assert (refused.status_code, refused.json()) == (503, {"error": "unavailable"})
