"""The agent's two doors answer alike: functions-framework's and func's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from fte.events import EventType
from fte_agent.handler import FUNCTION
from fte_tests.doors import DOORS, NOBODY, opened

INCOMING = {
    "message_id": str(UUID(int=1)),
    "customer_id": str(UUID(int=2)),
    "conversation_id": str(UUID(int=3)),
    "provider_message_id": "SM1",
    "text": "Hello",
    "received_at": "2026-01-01T00:00:00Z",
    "channel": "whatsapp",
    "reference": "TC-0000000000",
}


def binary(data: Any = INCOMING, type_: str = EventType.TICKET_INCOMING, **changes: Any) -> dict[str, Any]:
    attributes = {"specversion": "1.0", "id": "e1", "source": "/fte/test", "type": type_, **changes}
    headers = {f"ce-{name}": value for name, value in attributes.items() if value is not None}
    return {"content": json.dumps(data), "headers": {"content-type": "application/json", **headers}}


def structured(content_type: str) -> dict[str, Any]:
    event = {"specversion": "1.0", "id": "e1", "source": "/x", "type": EventType.TICKET_INCOMING, "data": INCOMING}
    return {"content": json.dumps(event), "headers": {"content-type": content_type}}


FORM = {**INCOMING, "name": "Ann", "email": "ann@example.com", "category": "general"}

CASES: list[tuple[str, str, str, dict[str, Any], int, Any]] = [
    ("alive", "GET", "/health/liveness", {}, 200, {"status": "ok"}),
    ("of a conversation that is not here", "POST", "/", binary(), 204, None),
    ("in structured mode", "POST", "/", structured("application/cloudevents+json; charset=utf-8"), 204, None),
    ("a channel's own event", "POST", "/", binary(FORM, EventType.WEBFORM_RECEIVED), 204, None),
    ("another type", "POST", "/", binary(type_="com.other.v1"), 422, {"error": "unsupported-type"}),
    ("a plain record, as Knative wraps it", "POST", "/", binary(type_="dev.knative.kafka.event"), 422,
     {"error": "unsupported-type"}),
    ("wrong data", "POST", "/", binary({"message_id": "1"}), 400, {"error": "malformed"}),
    ("no object", "POST", "/", binary([1]), 400, {"error": "malformed"}),
    ("no id", "POST", "/", binary(id=None), 400, {"error": "malformed"}),
    ("no event", "POST", "/", {"content": "hello"}, 400, {"error": "malformed"}),
    ("a ping", "POST", "/ping", {}, 204, None),
    ("no such path", "POST", "/elsewhere", binary(), 404, {"error": "not_found"}),
]  # fmt: skip


@pytest.fixture(params=DOORS)
def door(request: pytest.FixtureRequest, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    with opened(request.param, FUNCTION, {"DATABASE_URL": database_url}, monkeypatch) as client:
        yield client


def test_each_request_has_its_answer(door: TestClient) -> None:
    """The same table at both doors."""
    for name, method, path, request, status, body in CASES:
        answer = door.request(method, path, **request)
        assert answer.status_code == status, name
        assert (answer.json() if answer.content else None) == body, name
        assert ("kne-reason" in answer.headers) is (status in (400, 422)), name


@pytest.mark.parametrize("path", ["/health", "/health/readiness"])
def test_ready_without_kafka(door: TestClient, path: str) -> None:
    """What is to be said waits in the outbox; without a key no model can fail."""
    answer = door.get(path)
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "degraded",
        "components": {"database": "ok", "outbox": "ok", "kafka": "down", "sweep": "ok", "model": "ok"},
    }


def test_not_ready_without_a_database(door: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """503 with a short code: the bus delivers again."""
    monkeypatch.setenv("DATABASE_URL", f"postgresql://nobody@{NOBODY}/none")
    assert door.get("/health/readiness").status_code == 503
    refused = door.post("/", **binary())
    assert (refused.status_code, refused.json()) == (503, {"error": "unavailable"})
