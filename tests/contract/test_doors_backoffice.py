"""Backoffice's two doors answer alike: functions-framework's and func's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from fte.events import EventType
from fte_backoffice.handler import FUNCTION
from fte_tests.doors import DOORS, NOBODY, opened

TOKEN = "internal-token"
METRIC = {"name": "delivery_ms", "value": 1.0, "unit": "ms", "recorded_at": "2026-11-02T12:00:00Z"}


def binary(data: Any = METRIC, type_: str = EventType.METRIC_RECORDED, **changes: Any) -> dict[str, Any]:
    attributes = {"specversion": "1.0", "id": "e1", "source": "/fte/deliver", "type": type_, **changes}
    headers = {f"ce-{name}": value for name, value in attributes.items() if value is not None}
    return {"content": json.dumps(data), "headers": {"content-type": "application/json", **headers}}


def asked(token: str = TOKEN) -> dict[str, Any]:
    return {"headers": {"authorization": f"Bearer {token}"}}


def acted(token: str = TOKEN, by: str = "dana") -> dict[str, Any]:
    return {**asked(token), "json": {"by": by}}


EMPTY: dict[str, Any] = {"items": []}
CASES: list[tuple[str, str, str, dict[str, Any], int, Any]] = [
    ("alive", "GET", "/health/liveness", {}, 200, {"status": "ok"}),
    ("a metric", "POST", "/", binary(), 204, None),
    ("the same metric", "POST", "/", binary(), 204, None),
    ("another type", "POST", "/", binary(type_="com.other.v1"), 422, {"error": "unsupported-type"}),
    ("wrong data", "POST", "/", binary({}), 400, {"error": "malformed"}),
    ("a dead letter", "POST", "/dead-letters", binary({"a": 1}, "com.other.v1"), 204, None),
    ("a dead letter that is no event", "POST", "/dead-letters", {"content": b"\xff"}, 204, None),
    ("a dead letter without anything", "POST", "/dead-letters", {}, 204, None),
    ("activity", "GET", "/activity", asked(), 200, EMPTY),
    ("escalations", "GET", "/escalations?status=open&team=finance", asked(), 200, EMPTY),
    ("nobody", "GET", "/customers/lookup?email=a@b.example", asked(), 404, {"error": "not_found"}),
    ("no id", "GET", "/conversations/7", asked(), 404, {"error": "not_found"}),
    ("dead letters", "GET", "/dead-letters?status=replayed", asked(), 200, EMPTY),
    ("no dead letter", "GET", "/dead-letters/7", asked(), 404, {"error": "not_found"}),
    ("a ping", "POST", "/ping", {}, 204, None),
    ("no case", "POST", "/tickets/TC-0123456789/resolve", acted(), 404, {"error": "not_found"}),
    ("no body", "POST", "/tickets/TC-0123456789/reply", asked(), 400, {"error": "malformed"}),
    (
        "nobody acts",
        *("POST", "/tickets/TC-0123456789/hand-back", acted(by=""), 422),
        {"error": "invalid", "fields": {"by": "is missing: whose action this is"}},
    ),
    ("no token to act", "POST", "/tickets/TC-0123456789/resolve", acted("no"), 401, {"error": "unauthenticated"}),
    ("wrong token", "GET", "/activity", asked("wrong"), 401, {"error": "unauthenticated"}),
    ("no token", "GET", "/metrics/channels", {}, 401, {"error": "unauthenticated"}),
    (
        "a bad time",
        *("GET", "/metrics/channels?since=x", asked(), 422),
        {"error": "invalid", "fields": {"since": "must be an ISO 8601 time"}},
    ),
    ("no such path", "GET", "/elsewhere", asked(), 404, {"error": "not_found"}),
]


@pytest.fixture(params=DOORS)
def door(request: pytest.FixtureRequest, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    settings = {
        "DATABASE_URL": database_url,
        "FTE_INTERNAL_TOKEN": TOKEN,
    }
    with opened(request.param, FUNCTION, settings, monkeypatch) as client:
        yield client


def test_each_request_has_its_answer(door: TestClient) -> None:
    for name, method, path, request, status, body in CASES:
        answer = door.request(method, path, **request)
        assert answer.status_code == status, name
        assert (answer.json() if answer.content else None) == body, name


@pytest.mark.parametrize("path", ["/health", "/health/readiness"])
def test_ready_without_kafka(door: TestClient, path: str) -> None:
    """The rows are there to be asked about all the same."""
    answer = door.get(path)
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "degraded",
        "components": {"database": "ok", "outbox": "ok", "kafka": "down", "sweep": "ok"},
    }


def test_not_ready_without_a_database(door: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://nobody@{NOBODY}/none")
    answer = door.get("/health/readiness")
    assert answer.status_code == 503
    assert answer.json()["components"]["database"] == "down"
    refused = door.post("/", **binary())
    assert (refused.status_code, refused.json()) == (503, {"error": "unavailable"})
