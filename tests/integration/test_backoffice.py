"""Backoffice on a real PostgreSQL."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from fte.events import EventType, derived_id, new_traceparent, outgoing
from fte.runtime import Function, Request, Response
from fte.settings import Settings
from fte.store.outbox import Outbox
from fte.store.pool import Pool, fetch_all, open_pool, transaction
from fte.wiring import Core
from fte_backoffice.handler import FUNCTION
from fte_backoffice.wiring import Resources
from fte_tests.bus import RememberingBus

pytestmark = pytest.mark.anyio

TOKEN = "internal-token"
DAY = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


@dataclass
class Office:
    """The function with its database."""

    function: Function[Resources]
    pool: Pool

    async def call(
        self, method: str, path: str, *, headers: dict[str, str] | None = None, body: bytes = b"", token: str = TOKEN
    ) -> Response:
        path, _, query = path.partition("?")
        allowed = {"authorization": f"Bearer {token}"} if token else {}
        return await self.function.dispatch(Request(method, path, query, {**allowed, **(headers or {})}, body))

    async def get(self, path: str) -> Any:
        answer = await self.call("GET", path)
        assert answer.status == 200, answer
        return json.loads(answer.body)

    async def event(self, type_: EventType, data: dict[str, Any], thing: object = "thing", path: str = "/") -> Response:
        event = outgoing(type_, source="test", thing=thing, time=DAY, data=data, traceparent=new_traceparent())
        return await self.send(event["attributes"], json.dumps(event["data"]).encode(), path)

    async def send(self, attributes: dict[str, str], body: bytes, path: str = "/") -> Response:
        headers = {f"ce-{name}": value for name, value in {"specversion": "1.0", **attributes}.items()}
        return await self.call(
            "POST", path, headers={**headers, "content-type": "application/json"}, body=body, token=""
        )

    async def execute(self, query: str, *parameters: Any) -> None:
        async with transaction(self.pool) as connection:
            await connection.execute(query.encode(), parameters)

    async def rows(self, query: str, *parameters: Any) -> list[dict[str, Any]]:
        async with transaction(self.pool) as connection:
            return await fetch_all(connection, query, parameters)


@pytest.fixture
async def office(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    pool, bus = await open_pool(database_url), RememberingBus()
    core = Core(Settings.from_env({}), pool, bus, Outbox(pool, bus))  # type: ignore[arg-type]
    monkeypatch.setattr(FUNCTION, "_resources", Resources(core, TOKEN))
    yield Office(FUNCTION, pool)
    await core.close()


@dataclass(frozen=True)
class Case:
    """A customer with one conversation, one ticket and one escalated run."""

    customer: UUID
    conversation: UUID
    ticket: UUID
    escalation: UUID
    question: UUID
    reference: str = "TC-0123456789"


@pytest.fixture
async def case(office: Office) -> Case:
    case = Case(uuid4(), uuid4(), uuid4(), uuid4(), uuid4())
    first_run, last_run, answer = uuid4(), uuid4(), uuid4()
    await office.execute("INSERT INTO customers (id, name) VALUES (%s, 'Ana')", case.customer)
    for type_, value, level in (("email", "ana@customer.example", "channel"), ("phone", "+491701234567", "claimed")):
        await office.execute(
            "INSERT INTO customer_identifiers (customer_id, type, value, level, reason)"
            " VALUES (%s, %s, %s, %s, 'test')",
            *(case.customer, type_, value, level),
        )
    await office.execute(
        "INSERT INTO conversations (id, customer_id, channel, started_at) VALUES (%s, %s, 'email', %s)",
        *(case.conversation, case.customer, DAY),
    )
    await office.execute(
        "INSERT INTO tickets (id, reference, customer_id, conversation_id, channel, subject, status, category,"
        " priority, sentiment_score, sentiment_label, created_at)"
        " VALUES (%s, %s, %s, %s, 'email', 'Refund', 'escalated',"
        " 'billing', 'high', 0.2, 'negative', %s)",
        *(case.ticket, case.reference, case.customer, case.conversation, DAY),
    )
    await office.execute(
        "INSERT INTO messages (id, conversation_id, customer_id, ticket_id, direction, author, channel, content,"
        " outcome, received_at)"
        " VALUES (%s, %s, %s, %s, 'inbound', 'customer', 'email', 'I want a refund', 'escalated', %s)",
        *(case.question, case.conversation, case.customer, case.ticket, DAY),
    )
    await office.execute(
        "INSERT INTO messages (id, conversation_id, customer_id, ticket_id, direction, author, channel, content,"
        " answers, delivery_status, received_at)"
        " VALUES (%s, %s, %s, %s, 'outbound', 'agent', 'email', 'Our team …', %s, 'sent',"
        " %s)",
        *(answer, case.conversation, case.customer, case.ticket, case.question, DAY + timedelta(seconds=1)),
    )
    await office.execute(
        "INSERT INTO deliveries (id, message_id, part, body, status, sent_at) VALUES (%s, %s, 1, 'b', 'sent', %s)",
        *(uuid4(), answer, DAY + timedelta(seconds=2)),
    )
    await office.execute(
        "INSERT INTO escalations (id, ticket_id, conversation_id, customer_id, flag, flags, team, teams, severity,"
        " reason, summary, due_at, created_at) VALUES (%s, %s, %s, %s, 'REFUND_REQUEST', '{REFUND_REQUEST}', 'finance',"
        " '{finance,support-lead}', 'medium', 'wants money back', 'refund', %s, %s)",
        *(case.escalation, case.ticket, case.conversation, case.customer, DAY + timedelta(days=1), DAY),
    )
    for run, outcome, articles, tools, minutes in (
        (first_run, "answered", ["b", "a"], ["create_ticket"], 0),
        (last_run, "escalated", ["c", "a"], ["create_ticket", "send_response", "escalate_to_human"], 1),
    ):
        start = DAY + timedelta(minutes=minutes)
        await office.execute(
            "INSERT INTO agent_runs (id, conversation_id, ticket_id, message_ids, outcome, model, prompt_version,"
            " articles, started_at, finished_at) VALUES (%s, %s, %s, %s, %s, 'm', 'p', %s, %s, %s)",
            *(run, case.conversation, case.ticket, [case.question], outcome, articles),
            *(start, start + timedelta(milliseconds=250)),
        )
        for position, tool in enumerate(tools, start=1):
            await office.execute(
                "INSERT INTO tool_calls (run_id, position, tool, accepted) VALUES (%s, %s, %s, %s)",
                *(run, position, tool, tool != "send_response"),
            )
    return case


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


@pytest.mark.parametrize("body", [b"", b"\x00\xff", b'{"a": "\\u0000"}', b'{"a": NaN}', b'{"a":' * 5_000])
async def test_a_dead_letter_is_kept_whatever_it_holds(office: Office, body: bytes) -> None:
    for headers in ({}, {"ce-id": "x\udcff", "ce-type": "t\x00"}, {"content-type": "application/cloudevents+json"}):
        answer = await office.call("POST", "/dead-letters", headers=headers, body=body, token="")
        assert answer.status == 204
    assert len(await office.rows("SELECT FROM dead_letters")) == 3


async def test_without_a_database_a_dead_letter_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    pool, bus = await open_pool("postgresql://nobody@127.0.0.1:1/none"), RememberingBus()
    core = Core(Settings.from_env({}), pool, bus, Outbox(pool, bus))  # type: ignore[arg-type]
    monkeypatch.setattr(FUNCTION, "_resources", Resources(core, TOKEN))
    try:
        assert (await Office(FUNCTION, pool).call("POST", "/dead-letters", token="")).status == 503
    finally:
        await core.close()


@pytest.mark.parametrize(
    "path", ["/customers/lookup?email=a@b.example", f"/conversations/{uuid4()}", "/metrics/channels", "/activity"]
)
@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1]])
async def test_without_the_token_nothing_is_told(office: Office, path: str, token: str) -> None:
    answer = await office.call("GET", path, token=token)
    assert answer.status == 401
    assert json.loads(answer.body) == {"error": "unauthenticated"}


@pytest.mark.parametrize("query", ["email=ANA@customer.example", "phone=%2B491701234567", "phone=+49 170 1234567"])
async def test_a_customer_is_found(office: Office, case: Case, query: str) -> None:
    found = await office.get(f"/customers/lookup?{query}")
    assert found["customer"]["id"] == str(case.customer)
    assert found["customer"]["name"] == "Ana"
    assert found["identifiers"] == [
        {"type": "email", "value": "ana@customer.example", "level": "channel"},
        {"type": "phone", "value": "+491701234567", "level": "claimed"},
    ]
    (conversation,) = found["conversations"]
    assert conversation["id"] == str(case.conversation)
    assert datetime.fromisoformat(conversation["started_at"]) == DAY
    assert (conversation["channel"], conversation["status"]) == ("email", "open")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/customers/lookup?email=nobody@customer.example", 404),
        ("/customers/lookup?email=ana", 404),
        ("/customers/lookup?phone=+441", 404),
        ("/customers/lookup", 422),
        ("/customers/lookup?email=a@b.example&phone=1", 422),
        (f"/conversations/{UUID(int=0)}", 404),
        ("/conversations/7", 404),
        ("/metrics/channels?since=yesterday", 422),
        ("/activity?limit=0", 422),
        ("/escalations?status=lost", 422),
        ("/nothing", 404),
        ("/customers/lookup?email=%00", 422),
        ("/customers/lookup?phone=%00%ff", 404),
    ],
)
async def test_questions_without_an_answer(office: Office, case: Case, path: str, status: int) -> None:
    assert (await office.call("GET", path)).status == status


async def test_a_conversation_is_shown_with_its_tickets(office: Office, case: Case) -> None:
    shown = await office.get(f"/conversations/{case.conversation}")
    assert {name: shown[name] for name in ("id", "customer_id", "channel", "status")} == {
        "id": str(case.conversation),
        "customer_id": str(case.customer),
        "channel": "email",
        "status": "open",
    }
    assert [(message["direction"], message["delivery_status"]) for message in shown["messages"]] == [
        ("inbound", None),
        ("outbound", "sent"),
    ]
    assert datetime.fromisoformat(shown["messages"][0]["at"]) == DAY
    assert shown["tickets"] == [
        {
            "id": str(case.ticket),
            "reference": case.reference,
            "status": "escalated",
            "category": "billing",
            "priority": "high",
            "sentiment": {"score": 0.2, "label": "negative"},
            "escalation": {
                "flags": ["REFUND_REQUEST"],
                "team": "finance",
                "reason": "wants money back",
                "severity": "medium",
            },
            "articles": ["b", "a", "c"],
            "tools": ["create_ticket", "escalate_to_human"],
        }
    ]


async def test_a_ticket_without_a_run_has_empty_lists(office: Office, case: Case) -> None:
    await office.execute("DELETE FROM tool_calls")
    await office.execute("DELETE FROM agent_runs")
    await office.execute("DELETE FROM escalations")
    (ticket,) = (await office.get(f"/conversations/{case.conversation}"))["tickets"]
    assert (ticket["tools"], ticket["articles"], ticket["escalation"]) == ([], [], None)


async def test_each_channel_has_its_figures(office: Office, case: Case) -> None:
    figures = await office.get("/metrics/channels?since=2026-11-01T00:00:00Z")
    assert datetime.fromisoformat(figures["since"]) == datetime(2026, 11, 1, tzinfo=UTC)
    assert set(figures["channels"]) == {"email", "whatsapp", "webform"}
    mail = figures["channels"]["email"]
    assert (mail["received"], mail["answered"], mail["escalated"], mail["tickets"]) == (1, 0, 1, 1)
    assert mail["response_ms"] == {"p50": 2000.0, "p95": 2000.0, "p99": 2000.0}
    assert mail["delivery_failures"] == 0
    assert figures["channels"]["whatsapp"]["received"] == 0


async def test_figures_are_of_what_came_in_since_then(office: Office, case: Case) -> None:
    figures = await office.get("/metrics/channels?since=2026-11-02T00:00:00Z")
    assert figures["channels"]["email"]["received"] == 0
    assert figures["channels"]["email"]["response_ms"]["p50"] is None


async def test_failures_and_resolutions_are_counted(office: Office, case: Case) -> None:
    await office.execute("UPDATE messages SET delivery_status = 'failed' WHERE direction = 'outbound'")
    await office.execute("UPDATE tickets SET status = 'resolved', resolution = 'confirmed'")
    mail = (await office.get("/metrics/channels?since=2026-11-01"))["channels"]["email"]
    assert mail["delivery_failures"] == 1
    assert mail["resolved"] == {"total": 1, "confirmed": 1, "assumed": 0}
    assert mail["rates"]["resolved"] == 1.0


async def test_what_the_agent_did_newest_first(office: Office, case: Case) -> None:
    items = (await office.get("/activity"))["items"]
    assert [item["outcome"] for item in items] == ["escalated", "answered"]
    assert datetime.fromisoformat(items[0].pop("at")) == DAY + timedelta(minutes=1, milliseconds=250)
    assert items[0] == {
        "channel": "email",
        "reference": case.reference,
        "question": "I want a refund",
        "outcome": "escalated",
        "team": "finance",
        "flags": ["REFUND_REQUEST"],
        "articles": ["c", "a"],
        "tools": ["create_ticket", "escalate_to_human"],
        "ms": 250.0,
    }
    assert (items[1]["team"], items[1]["flags"]) == (None, [])
    assert len((await office.get("/activity?limit=1"))["items"]) == 1


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 1),
        ("?status=open&team=finance", 1),
        ("?team=support-lead", 1),
        ("?team=legal", 0),
        ("?team=%00legal", 0),
        ("?status=resolved", 0),
        ("?status=", 1),
    ],
)
async def test_escalations_by_status_and_team(office: Office, case: Case, query: str, count: int) -> None:
    items = (await office.get(f"/escalations{query}"))["items"]
    assert len(items) == count
    assert all(item["reference"] == case.reference and item["id"] == str(case.escalation) for item in items)


async def test_the_same_event_at_once(office: Office) -> None:
    answers = await asyncio.gather(*(office.event(EventType.METRIC_RECORDED, metric_data()) for _ in range(5)))
    assert {answer.status for answer in answers} == {204}
    assert len(await office.rows("SELECT FROM agent_metrics")) == 1
