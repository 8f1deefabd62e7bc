"""Servers and providers that are away, slow or unsure: nothing is lost, nobody is answered twice."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import httpx2
import psutil
import pytest

from fte_tests.crowd import answers, crowd, everyone_is_answered_once, write, writing
from fte_tests.stack import Stack


@pytest.fixture(autouse=True)
def no_faults_left(stack: Stack) -> Iterator[None]:
    yield
    httpx2.delete(f"{stack.simulators}/sim/faults").raise_for_status()


def fault(stack: Stack, **fields: Any) -> None:
    httpx2.post(f"{stack.simulators}/sim/faults", json=fields).raise_for_status()


@contextmanager
def suspended(stack: Stack, name: str) -> Iterator[None]:
    """The server hangs: connections stay open, and nothing answers."""
    server = psutil.Process(stack.pid(name))
    # PostgreSQL's workers lead process groups of their own.
    processes = [server, *server.children(recursive=True)]
    for process in processes:
        process.suspend()
    try:
        yield
    finally:
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.resume()


def test_without_kafka_everything_is_accepted_and_answered_later(stack: Stack) -> None:
    """The commit is the promise: intakes accept while Kafka hangs, and all is answered when it is back (B5)."""
    people = crowd(4)
    with suspended(stack, "kafka"):
        with writing(stack, people):
            pass
        time.sleep(2)
    everyone_is_answered_once(stack, people)


def test_while_the_database_hangs_nothing_is_promised(stack: Stack) -> None:
    """503 instead of a promise; after that the same submission is stored once (W4)."""
    form = {
        "name": "Ann Lee",
        "email": f"{uuid4().hex[:10]}@customer.example",
        "category": "general",
        "subject": "Password",
        "message": "How do I reset my password?",
    }
    key = {"Idempotency-Key": uuid4().hex}
    with suspended(stack, "postgres"):
        refused = [
            httpx2.post(f"{stack.public}/support/submit", json=form, headers=key, timeout=10),
            httpx2.get(f"{stack.public}/support/ticket/TC-0123456789", timeout=10),
            httpx2.get(f"{stack.backoffice}/escalations", headers=stack.authorization, timeout=10),
        ]
    assert [(answer.status_code, answer.json()) for answer in refused] == [(503, {"error": "unavailable"})] * 3
    end = time.monotonic() + 30
    while (accepted := httpx2.post(f"{stack.public}/support/submit", json=form, headers=key)).status_code != 202:
        assert time.monotonic() < end, accepted.text
        time.sleep(0.2)
    stored = stack.rows("SELECT id FROM messages WHERE sender = %s AND direction = 'inbound'", form["email"])
    assert len(stored) == 1


@pytest.mark.parametrize(("provider", "match"), [("gmail", "/messages/send"), ("twilio", "Messages.json")])
def test_a_provider_that_accepts_and_drops_twenty_times(stack: Stack, provider: str, match: str) -> None:
    """The outcome is unknown each time: the provider is asked before anything is sent again (B13)."""
    channel = "email" if provider == "gmail" else "whatsapp"
    people = [customer for customer in crowd(20) if customer.channel == channel]
    fault(stack, provider=provider, kind="accept_then_drop", count=20, match=match)
    with writing(stack, people):
        pass
    everyone_is_answered_once(stack, people)


@pytest.mark.parametrize(
    ("count", "fields"),
    [
        pytest.param(3, {"kind": "status", "status": 500}, id="error 500"),
        pytest.param(3, {"kind": "status", "status": 503}, id="error 503"),
        pytest.param(3, {"kind": "status", "status": 429}, id="too many"),
        pytest.param(3, {"kind": "drop"}, id="connection lost"),
        pytest.param(1, {"kind": "latency", "latency_ms": 12_000}, id="slower than we wait"),
    ],
)
def test_providers_in_trouble_are_tried_again(stack: Stack, count: int, fields: dict[str, Any]) -> None:
    """Failures in a row cost a while, and no answer."""
    people = [customer for customer in crowd(1) if customer.channel != "webform"]
    fault(stack, provider="gmail", match="/messages/send", count=count, **fields)
    fault(stack, provider="twilio", match="Messages.json", count=count, **fields)
    for customer in people:
        write(stack, customer)
    everyone_is_answered_once(stack, people)


def test_a_refused_answer_is_visible(stack: Stack) -> None:
    """A number that Twilio refuses: failed, with its code, and not tried for ever."""
    (customer,) = (customer for customer in crowd(1) if customer.channel == "whatsapp")
    fault(stack, provider="twilio", kind="status", status=400, code=21211, match="Messages.json")
    write(stack, customer)
    query = (
        "SELECT d.status, d.error_code FROM deliveries AS d JOIN messages AS m ON m.id = d.message_id"
        " WHERE m.recipient = %s ORDER BY d.part"
    )
    end = time.monotonic() + 30
    while not (rows := stack.rows(query, f"whatsapp:{customer.address}")) or rows[0][0] != "failed":
        assert time.monotonic() < end, rows
        time.sleep(0.2)
    assert rows[0] == ("failed", "21211")
    assert answers(stack, [customer]) == {customer: []}
