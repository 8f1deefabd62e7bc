"""What a developer does beside a running platform: write as a customer, follow the message, take its settings."""

from __future__ import annotations

import re
import time
from uuid import uuid4

from fte_tests.stack import Stack

REFERENCE = re.compile(r"TC-[0-9A-Z]{10}")


def test_a_message_is_sent_and_its_way_followed_through_every_function(stack: Stack) -> None:
    """One trace: intake, agent, deliver, backoffice; and every event of it carries the trace."""
    customer = f"rita-{uuid4().hex[:8]}@customer.example"
    sent = stack.dev("send", "form", "I would like a refund for last month, please.", "--from", f"Rita <{customer}>")
    assert sent.returncode == 0, sent.stdout + sent.stderr
    assert "handed over to finance (REFUND_REQUEST)" in sent.stdout
    assert stack.outbox(customer)[0]["text"].splitlines()[0] in sent.stdout
    (reference,) = set(REFERENCE.findall(sent.stdout))

    ((trace,),) = stack.rows(
        "SELECT split_part(details->>'traceparent', '-', 2) FROM messages"
        " WHERE reference = %s AND direction = 'inbound'",
        reference,
    )
    # Each service writes its own log, and one may be behind another.
    wanted = {
        ("agent", "answered"),
        ("deliver", "sent"),
        ("backoffice", "escalation_acknowledged"),
        ("backoffice", "metric_recorded"),
    }
    way, steps = "", list[tuple[str, ...]]()
    end = time.monotonic() + 30
    while "metric=delivery_ms" not in way or not wanted <= set(steps):
        assert time.monotonic() < end, way
        way = stack.dev("logs", "--trace", trace).stdout
        steps = [tuple(line.split()[1:3]) for line in way.splitlines()]
    assert steps[0] == ("intake-webform", "received")
    assert way.splitlines()[0] in stack.dev("logs", "--trace", reference).stdout
    # No customer's words, and nobody's address.
    assert "refund for last month" not in way
    assert customer not in way

    types = stack.rows(
        "SELECT DISTINCT split_part(attributes->>'type', '.', 4) || '.' || split_part(attributes->>'type', '.', 5)"
        " FROM outbox WHERE split_part(attributes->>'traceparent', '-', 2) = %s",
        trace,
    )
    assert {type_ for (type_,) in types} == {
        "webform.received",
        "ticket.incoming",
        "response.ready",
        "escalation.raised",
        "metric.recorded",
    }


def test_a_chat_and_a_mail_are_answered_as_well(stack: Stack) -> None:
    """With what was decided."""
    number = f"+4915{uuid4().int % 10**9:09d}"
    chat = stack.dev("send", "whatsapp", "how do i export all my tasks to csv?", "--from", number)
    mail = stack.dev("send", "email", "How do I reset my password?", "--from", f"{uuid4().hex[:8]}@customer.example")
    assert (chat.returncode, mail.returncode) == (0, 0), chat.stdout + chat.stderr + mail.stdout + mail.stderr
    assert "answered from data-export" in chat.stdout
    assert "answered from password-reset" in mail.stdout


def test_an_unknown_trace_is_one_sentence(stack: Stack) -> None:
    asked = stack.dev("logs", "--trace", "f" * 32)
    assert asked.returncode == 1
    assert "No log line tells of" in asked.stderr
    assert "Traceback" not in asked.stderr


def test_the_settings_are_those_of_this_platform(stack: Stack) -> None:
    printed = stack.dev("env").stdout
    assert f"export FTE_PUBLIC_URL=http://localhost:{stack.platform.port('gateway')}" in printed.splitlines()
    assert f"export DATABASE_URL={stack.environment['DATABASE_URL']}" in printed.splitlines()
