"""The team's questions, on a real PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from fte_tests.office import DAY, TOKEN, Case, Office, opened, seed

pytestmark = pytest.mark.anyio


@pytest.fixture
async def office(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    async with opened(database_url, monkeypatch) as office:
        yield office


@pytest.fixture
async def case(office: Office) -> Case:
    return await seed(office)


@pytest.mark.parametrize(
    "path", ["/customers/lookup?email=a@b.example", f"/conversations/{UUID(int=1)}", "/metrics/channels", "/activity"]
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
            "links": [],
        }
    ]


async def test_files_and_linked_tickets_are_shown(office: Office, case: Case) -> None:
    """A file by its name, size and type; a ticket that has to do with another from both sides."""
    file = {"name": "invoice.pdf", "size": 48_213, "type": "application/pdf"}
    await office.execute(
        "UPDATE messages SET details = details || jsonb_build_object('attachments', jsonb_build_array(%s::jsonb))"
        " WHERE direction = 'inbound'",
        json.dumps(file),
    )
    await office.execute(
        "WITH other AS (INSERT INTO tickets (reference, customer_id, conversation_id, channel, subject, status,"
        "  category, priority, sentiment_score, sentiment_label) SELECT 'TC-0000000001', customer_id, conversation_id,"
        "  channel, subject, status, category, priority, sentiment_score, sentiment_label"
        "  FROM tickets WHERE id = %s RETURNING id)"
        " INSERT INTO ticket_links (ticket_id, other_id, reason) SELECT id, %s, 'written into its thread' FROM other",
        case.ticket,
        case.ticket,
    )
    shown = await office.get(f"/conversations/{case.conversation}")
    assert [message["attachments"] for message in shown["messages"]] == [[file], []]
    links = {ticket["reference"]: ticket["links"] for ticket in shown["tickets"]}
    reason = "written into its thread"
    assert links == {
        case.reference: [{"reference": "TC-0000000001", "reason": reason}],
        "TC-0000000001": [{"reference": case.reference, "reason": reason}],
    }


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
