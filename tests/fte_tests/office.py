"""Backoffice with its database, and a case to ask it about."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from fte.events import EventType, new_traceparent, outgoing
from fte.runtime import Function, Request, Response
from fte.settings import Settings
from fte.store.outbox import Outbox
from fte.store.pool import Pool, fetch_all, transaction
from fte.wiring import Core
from fte_backoffice.handler import FUNCTION
from fte_backoffice.wiring import Resources
from fte_tests.bus import RememberingBus
from fte_tests.pools import patient_pool

TOKEN = "internal-token"
DAY = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


@dataclass
class Office:
    """The function with its database."""

    function: Function[Resources]
    pool: Pool
    resources: Resources
    bus: RememberingBus

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

    async def post(self, path: str, content: Any, key: str = "") -> tuple[int, Any]:
        """What a tool of the team sends; the status and content of the answer."""
        headers = {"idempotency-key": key} if key else {}
        answer = await self.call("POST", path, headers=headers, body=json.dumps(content).encode())
        return answer.status, json.loads(answer.body)

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


@asynccontextmanager
async def opened(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    """The function on this database, with a bus that remembers."""
    pool, bus = await patient_pool(database_url), RememberingBus()
    core = Core(Settings.from_env({}), pool, bus, Outbox(pool, bus))  # type: ignore[arg-type]
    resources = Resources(core, TOKEN)
    monkeypatch.setattr(FUNCTION, "_resources", resources)
    try:
        yield Office(FUNCTION, pool, resources, bus)
    finally:
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


async def seed(office: Office) -> Case:
    """Write a case into the database."""
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
