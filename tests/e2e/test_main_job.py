"""The main job, seen from outside: real messages on every channel, repeated, forged and malformed."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from fte_tests.stack import Stack

ANSWERED_WITHIN = 30.0


def wait_for(what: Callable[[], Any], seconds: float = ANSWERED_WITHIN) -> Any:
    """What `what` says as soon as it says something; its last word otherwise."""
    end = time.monotonic() + seconds
    while not (said := what()) and time.monotonic() < end:
        time.sleep(0.1)
    return said


def settled(what: Callable[[], Any], seconds: float = 3.0) -> Any:
    """What `what` says after nothing has moved for a while: late second answers would show."""
    said, since = what(), time.monotonic()
    while time.monotonic() - since < seconds:
        time.sleep(0.2)
        if (now := what()) != said:
            said, since = now, time.monotonic()
    return said


def mail_address() -> str:
    return f"{uuid4().hex[:10]}@customer.example"


def phone_number() -> str:
    return f"+1415555{uuid4().int % 10_000:04d}"


def form(email: str, **changes: str) -> dict[str, str]:
    return {
        "name": "Ann Lee",
        "email": email,
        "category": "general",
        "subject": "Inviting",
        "message": "How can I invite a colleague to our workspace?",
        **changes,
    }


def test_the_demo_goes_right(stack: Stack) -> None:
    """Three channels answered and one refund handed over, with everything that the demo checks."""
    done = stack.dev("demo", "--json")
    report = json.loads(done.stdout)
    assert [case["checks"] for case in report["cases"] if not case["ok"]] == []
    assert report["ok"]
    assert done.returncode == 0
    assert len(report["cases"]) == 4
    assert all(case["ms"].keys() == {"accepted", "answered", "received"} for case in report["cases"])


def test_one_mail_five_times_is_answered_once(stack: Stack) -> None:
    """Five pushes at once and another one later: one message, one ticket, one answer in the thread."""
    customer = mail_address()
    mail = {"from": customer, "subject": "Password", "text": "How do I reset my password?"}
    sent = httpx2.post(f"{stack.simulators}/sim/email", json=mail).raise_for_status().json()
    push = f"{stack.simulators}/sim/gmail/push"
    statuses = httpx2.post(push, json={"times": 5}, timeout=30).json()["statuses"]
    assert set(statuses) == {204}
    assert wait_for(lambda: stack.outbox(customer))
    httpx2.post(push, json={"times": 1}, timeout=30)
    answers = settled(lambda: stack.outbox(customer))
    assert len(answers) == 1
    assert answers[0]["thread_id"] == sent["thread_id"]
    headers = {name.lower(): value for name, value in answers[0]["headers"].items()}
    assert headers["in-reply-to"] == sent["message_id"]
    assert headers["auto-submitted"] == "auto-replied"
    assert once(stack, customer)


def test_one_whatsapp_message_five_times_is_answered_once(stack: Stack) -> None:
    """Five deliveries of one SID at once and another one later; every one is acknowledged."""
    customer = phone_number()
    line = {"from": customer, "text": "how do i export my tasks to csv?", "sid": f"SM{uuid4().hex}"}

    def deliver(_: int) -> int:
        return int(httpx2.post(f"{stack.simulators}/sim/whatsapp", json=line, timeout=30).json()["status"])

    with ThreadPoolExecutor(5) as pool:
        assert set(pool.map(deliver, range(5))) == {200}
    assert wait_for(lambda: stack.outbox(customer))
    assert deliver(0) == 200
    answers = settled(lambda: stack.outbox(customer))
    assert 1 <= len(answers) <= 3
    assert all(0 < len(answer["text"]) < 300 for answer in answers)
    assert once(stack, f"whatsapp:{customer}")


def test_one_form_five_times_is_answered_once(stack: Stack) -> None:
    """The same idempotency key is the same submission: one reference, one answer by e-mail with it."""
    customer, key = mail_address(), uuid4().hex

    def submit(_: int) -> tuple[int, str]:
        answer = httpx2.post(
            f"{stack.public}/support/submit", json=form(customer), headers={"Idempotency-Key": key}, timeout=30
        )
        return answer.status_code, answer.json()["reference"]

    with ThreadPoolExecutor(5) as pool:
        answers = set(pool.map(submit, range(5)))
    assert len(answers) == 1
    status, reference = answers.pop()
    assert status == 202
    assert wait_for(lambda: stack.outbox(customer))
    assert submit(0) == (202, reference)
    mails = settled(lambda: stack.outbox(customer))
    assert len(mails) == 1
    assert reference in mails[0]["text"]
    assert once(stack, customer)
    ticket = httpx2.get(f"{stack.public}/support/ticket/{reference}").json()
    assert ticket.keys() == {"reference", "status", "updated_at", "channel"}
    assert (ticket["status"], ticket["channel"]) == ("answered", "webform")


def once(stack: Stack, sender: str) -> bool:
    """One message, one ticket, one reply of this customer in the database."""
    inbound = "SELECT conversation_id FROM messages WHERE direction = 'inbound' AND sender = %s"
    conversations = stack.rows(inbound, sender)
    assert len(conversations) == 1
    (conversation,) = conversations[0]
    assert len(stack.rows("SELECT id FROM tickets WHERE conversation_id = %s", conversation)) == 1
    replies = stack.rows("SELECT id FROM messages WHERE direction = 'outbound' AND conversation_id = %s", conversation)
    assert len(replies) == 1
    return True


def count(stack: Stack) -> int:
    return int(stack.rows("SELECT count(*) FROM messages WHERE direction = 'inbound'")[0][0])


@pytest.mark.parametrize(
    ("token", "status"),
    [("expired", 401), ("unsigned", 401), ("wrong_key", 401), ("wrong_audience", 403), ("wrong_email", 403)],
)
def test_a_push_with_a_bad_token_is_refused(stack: Stack, token: str, status: int) -> None:
    """Nothing is read and no row is written."""
    before = count(stack)
    answer = httpx2.post(f"{stack.simulators}/sim/gmail/push", json={"times": 1, "token": token}, timeout=30)
    assert answer.json()["statuses"] == [status]
    assert count(stack) == before


def test_a_push_without_a_token_is_refused(stack: Stack) -> None:
    """401 with a short code."""
    answer = httpx2.post(f"{stack.public}/webhooks/gmail", json={"message": {}})
    assert answer.status_code == 401
    assert answer.json() == {"error": "unauthenticated"}


@pytest.mark.parametrize("signature", [{}, {"X-Twilio-Signature": "bm90IGEgc2lnbmF0dXJl"}])
def test_a_webhook_with_a_wrong_signature_is_refused(stack: Stack, signature: dict[str, str]) -> None:
    """403 with a short code, no row."""
    before = count(stack)
    data = {"MessageSid": "SM1", "From": "whatsapp:+14155550199", "To": "whatsapp:+14155550100", "Body": "hello"}
    answer = httpx2.post(f"{stack.public}/webhooks/whatsapp", data=data, headers=signature)
    assert answer.status_code == 403
    assert answer.json() == {"error": "forbidden"}
    assert count(stack) == before


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": "not an address"}, "email"),
        ({"name": "A"}, "name"),
        ({"message": "short"}, "message"),
        ({"category": "weather"}, "category"),
        ({"subject": "x" * 201}, "subject"),
    ],
)
def test_a_malformed_form_is_refused_at_the_field(stack: Stack, changes: dict[str, str], field: str) -> None:
    """422 names the field; nothing is stored."""
    before = count(stack)
    answer = httpx2.post(f"{stack.public}/support/submit", json={**form(mail_address()), **changes})
    assert answer.status_code == 422
    assert answer.json()["error"] == "invalid"
    assert set(answer.json()["fields"]) == {field}
    assert count(stack) == before


@pytest.mark.parametrize(
    "path",
    ["/conversations/x", "/customers/lookup?email=a@b.example", "/metrics/channels", "/metrics", "/activity", "/ping",
     "/dead-letters", "/webhooks/gmail/../ping", "//conversations/x"],
)  # fmt: skip
def test_internal_paths_are_not_there_by_the_public_door(stack: Stack, path: str) -> None:
    """404, also with the team's token."""
    answer = httpx2.get(f"{stack.public}{path}", headers=stack.authorization)
    assert answer.status_code == 404


def test_events_cannot_be_posted_by_the_public_door(stack: Stack) -> None:
    """A forged event reaches no function."""
    headers = {"ce-id": "1", "ce-type": "x", "ce-source": "/x", "ce-specversion": "1.0"}
    for path in ("/", "/support/submit"):
        answer = httpx2.post(f"{stack.public}{path}", json={}, headers=headers)
        assert answer.status_code in (404, 405, 422)


def test_the_backoffice_asks_for_the_token(stack: Stack) -> None:
    """401 without it; the unknown is 404 with it."""
    for headers, status in (({}, 401), ({"authorization": "Bearer x"}, 401), (stack.authorization, 404)):
        answer = httpx2.get(f"{stack.backoffice}/conversations/{uuid4()}", headers=headers)
        assert answer.status_code == status


def test_everything_reports_well(stack: Stack) -> None:
    """The summed-up health, and the status command for tools."""
    health = httpx2.get(f"{stack.public}/health")
    assert health.status_code == 200
    assert set(health.json()["components"].values()) == {"ok"}
    services = json.loads(stack.dev("status", "--json").stdout)["services"]
    assert all(service["ready"] for service in services)
    assert {"agent", "deliver", "backoffice", "intake-gmail"} <= {service["name"] for service in services}
