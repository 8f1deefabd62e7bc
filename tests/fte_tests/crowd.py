"""A crowd of customers who write on all channels at once and count what they receive."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx2

from fte_deliver.records import LEASE_SECONDS
from fte_tests.stack import Stack

QUESTION = "How do I reset my password?"
PATIENCE = 60.0
"""Seconds in which a message is answered, from the moment in which it was taken."""

LATER = LEASE_SECONDS + 6.0
"""Seconds in which one more answer would show: what a dead process had in hand is due after its lease, and looked for
every five seconds."""


@dataclass(eq=False)
class Customer:
    """Who writes, by which channel, under which id: a customer who gets no answer from us tries the same again."""

    channel: str
    address: str
    id: str
    taken_at: datetime | None = None
    """When the message was taken: from then on an answer is owed."""


def crowd(each: int) -> list[Customer]:
    """`each` customers per channel."""
    return [make(uuid4().hex) for _ in range(each) for make in (_mailer, _chatter, _form_filler)]


def _mailer(mark: str) -> Customer:
    return Customer("email", f"{mark[:12]}@customer.example", mark)


def _chatter(mark: str) -> Customer:
    return Customer("whatsapp", f"+1415{int(mark[:8], 16) % 10_000_000:07d}", f"SM{mark}")


def _form_filler(mark: str) -> Customer:
    return Customer("webform", f"{mark[:12]}@customer.example", mark)


def write(stack: Stack, customer: Customer) -> None:
    """Write one message. A form is sent again with its key, and a chat message redelivered, until it is accepted."""
    if customer.channel == "email":
        mail = {"from": customer.address, "subject": "Password", "text": QUESTION}
        httpx2.post(f"{stack.simulators}/sim/email", json=mail, timeout=30).raise_for_status()
        customer.taken_at = datetime.now(UTC)
        return
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(httpx2.TransportError):
            if _accepted(stack, customer):
                customer.taken_at = datetime.now(UTC)
                return
        time.sleep(0.5)
    raise AssertionError(f"nobody took the message of {customer}")


def _accepted(stack: Stack, customer: Customer) -> bool:
    if customer.channel == "whatsapp":
        line = {"from": customer.address, "text": QUESTION, "sid": customer.id}
        answer = httpx2.post(f"{stack.simulators}/sim/whatsapp", json=line, timeout=40)
        return answer.json()["status"] == 200
    form = {
        "name": "Ann Lee",
        "email": customer.address,
        "category": "general",
        "subject": "Password",
        "message": QUESTION,
    }
    answer = httpx2.post(
        f"{stack.public}/support/submit", json=form, headers={"Idempotency-Key": customer.id}, timeout=40
    )
    return answer.status_code == 202


@contextlib.contextmanager
def writing(stack: Stack, people: list[Customer]) -> Iterator[None]:
    """All of them write while the body runs; at its end every message has been taken."""
    with ThreadPoolExecutor(12) as pool:
        written = [pool.submit(write, stack, customer) for customer in people]
        yield
        for future in written:
            future.result()


def answers(stack: Stack, people: list[Customer]) -> dict[Customer, list[datetime]]:
    """When each has got answers: parts of one WhatsApp answer count once."""
    return {
        customer: [
            datetime.fromisoformat(message["at"])
            for message in stack.outbox(customer.address)
            if message["text"].startswith(("Hi", "Hello"))
        ]
        for customer in people
    }


def everyone_is_answered_once(stack: Stack, people: list[Customer]) -> None:
    """Each has one answer within a minute of the message, and none later."""
    last = max(_due(customer) for customer in people)
    while datetime.now(UTC) < last and not all(answers(stack, people).values()):
        time.sleep(0.5)
    time.sleep(LATER)
    wrong = {
        (customer.channel, customer.address): [str(at - _due(customer)) for at in got]
        for customer, got in answers(stack, people).items()
        if len(got) != 1 or got[0] > _due(customer)
    }
    assert not wrong, wrong


def _due(customer: Customer) -> datetime:
    assert customer.taken_at is not None
    return customer.taken_at + timedelta(seconds=PATIENCE)
