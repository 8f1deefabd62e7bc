"""A crowd of customers who write on all channels at once and count what they receive."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import uuid4

import httpx2

from fte_tests.stack import Stack

QUESTION = "How do I reset my password?"
PATIENCE = 60.0


@dataclass(frozen=True)
class Customer:
    """Who writes, by which channel, under which id: a customer who gets no answer from us tries the same again."""

    channel: str
    address: str
    id: str


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
        return
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(httpx2.TransportError):
            if _accepted(stack, customer):
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


def answers(stack: Stack, people: list[Customer]) -> dict[Customer, int]:
    """How many answers each has got: parts of one WhatsApp answer count once."""
    received: dict[Customer, int] = {}
    for customer in people:
        texts = [message["text"] for message in stack.outbox(customer.address)]
        beginnings = [text for text in texts if text.startswith(("Hi", "Hello"))]
        received[customer] = len(beginnings)
    return received


def everyone_is_answered_once(stack: Stack, people: list[Customer], late: float = 6.0) -> None:
    """Wait until each has an answer, and a while longer for any that comes too late or too often."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and min(answers(stack, people).values()) == 0:
        time.sleep(0.5)
    time.sleep(late)
    wrong = {customer: number for customer, number in answers(stack, people).items() if number != 1}
    assert not wrong, wrong
