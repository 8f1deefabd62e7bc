"""What the suite reports is kept once, and dead letters whatever they hold, on a real PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest

from fte.events import EventType, derived_id
from fte_tests.office import DAY, Case, Office, opened, seed

pytestmark = pytest.mark.anyio


@pytest.fixture
async def office(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    async with opened(database_url, monkeypatch) as office:
        yield office


@pytest.fixture
async def case(office: Office) -> Case:
    return await seed(office)


def escalation_data(case: Case, **changes: Any) -> dict[str, Any]:
    return {
        "escalation_id": str(case.escalation),
        "ticket_id": str(case.ticket),
        "reference": case.reference,
        "customer_id": str(case.customer),
        "conversation_id": str(case.conversation),
        "channel": "email",
        "flag": "REFUND_REQUEST",
        "flags": ["REFUND_REQUEST"],
        "team": "finance",
        "teams": ["finance"],
        "severity": "medium",
        "reason": "wants money back",
        "due_at": DAY.isoformat(),
        **changes,
    }


def metric_data(**changes: Any) -> dict[str, Any]:
    return {
        "name": "delivery_ms",
        "value": 812.5,
        "unit": "ms",
        "channel": "whatsapp",
        "labels": {"status": "sent"},
        "recorded_at": DAY.isoformat(),
        **changes,
    }


async def test_an_escalation_is_acknowledged_once(office: Office, case: Case) -> None:
    acknowledged = []
    for _ in range(2):
        assert (await office.event(EventType.ESCALATION_RAISED, escalation_data(case))).status == 204
        acknowledged += await office.rows("SELECT acknowledged_at FROM escalations")
    assert acknowledged[0]["acknowledged_at"] is not None
    assert acknowledged[0] == acknowledged[1]


async def test_an_escalation_without_a_row_is_no_error(office: Office, case: Case) -> None:
    answer = await office.event(EventType.ESCALATION_RAISED, escalation_data(case, escalation_id=str(uuid4())))
    assert answer.status == 204


async def test_a_metric_is_kept_once(office: Office) -> None:
    for thing in ("a", "a", "b"):
        assert (await office.event(EventType.METRIC_RECORDED, metric_data(), thing)).status == 204
    rows = await office.rows("SELECT * FROM agent_metrics ORDER BY id")
    assert {row["id"] for row in rows} == {derived_id(EventType.METRIC_RECORDED, thing) for thing in ("a", "b")}
    assert rows[0]["name"] == "delivery_ms"
    assert rows[0]["value"] == 812.5
    assert rows[0]["labels"] == {"status": "sent"}
    assert rows[0]["recorded_at"] == DAY


@pytest.mark.parametrize(
    ("type_", "data", "status"),
    [
        (EventType.METRIC_RECORDED, {"name": "x"}, 400),
        (EventType.ESCALATION_RAISED, {}, 400),
        (EventType.RESPONSE_READY, {}, 422),
    ],
)
async def test_what_can_never_be_handled_is_refused(
    office: Office, type_: EventType, data: dict[str, Any], status: int
) -> None:
    answer = await office.event(type_, data)
    assert answer.status == status
    assert "kne-reason" in answer.headers


async def test_a_dead_letter_is_kept_once_for_each_consumer(office: Office) -> None:
    attributes = {"id": "e1", "type": "t", "source": "/fte/agent", "subject": "c", "knativeerrorcode": "500"}
    for destination in ("http://agent/", "http://deliver/", "http://agent/"):
        answer = await office.send({**attributes, "knativeerrordest": destination}, b'{"a": 1}', "/dead-letters")
        assert (answer.status, answer.body) == (204, b"")
    rows = await office.rows("SELECT * FROM dead_letters ORDER BY destination")
    assert [row["destination"] for row in rows] == ["http://agent/", "http://deliver/"]
    assert (rows[0]["event_id"], rows[0]["error_code"], rows[0]["data"]) == ("e1", "500", {"a": 1})
    assert rows[0]["attributes"]["knativeerrordest"] == "http://agent/"
    assert rows[0]["status"] == "open"


async def test_a_replayed_letter_that_fails_again_is_open_again(office: Office) -> None:
    attributes = {"id": "e1", "type": "t", "source": "/fte/agent", "knativeerrordest": "http://agent/"}
    for status, after in (("replayed", "open"), ("discarded", "discarded")):
        await office.send({**attributes, "knativeerrorcode": "500"}, b'{"a": 1}', "/dead-letters")
        await office.execute(f"UPDATE dead_letters SET status = '{status}'")
        await office.send({**attributes, "knativeerrorcode": "422"}, b'{"a": 1}', "/dead-letters")
        (row,) = await office.rows("SELECT status, error_code FROM dead_letters")
        assert (row["status"], row["error_code"]) == (after, "422")


@pytest.mark.parametrize("body", [b"", b"\x00\xff", b'{"a": "\\u0000"}', b'{"a": NaN}', b'{"a":' * 5_000])
async def test_a_dead_letter_is_kept_whatever_it_holds(office: Office, body: bytes) -> None:
    for headers in ({}, {"ce-id": "x\udcff", "ce-type": "t\x00"}, {"content-type": "application/cloudevents+json"}):
        answer = await office.call("POST", "/dead-letters", headers=headers, body=body, token="")
        assert answer.status == 204
    assert len(await office.rows("SELECT FROM dead_letters")) == 3


async def test_without_a_database_a_dead_letter_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened("postgresql://nobody@127.0.0.1:1/none", monkeypatch) as office:
        assert (await office.call("POST", "/dead-letters", token="")).status == 503


async def test_the_same_event_at_once(office: Office) -> None:
    answers = await asyncio.gather(*(office.event(EventType.METRIC_RECORDED, metric_data()) for _ in range(5)))
    assert {answer.status for answer in answers} == {204}
    assert len(await office.rows("SELECT FROM agent_metrics")) == 1
