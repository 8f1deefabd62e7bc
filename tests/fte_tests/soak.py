"""A long day: customers who write on all channels, providers that deliver twice, and calls that fail.

What happens is drawn from a seed; only when it happens is the machine's business.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain, cycle
from random import Random
from typing import Any, Final, Literal

import httpx2

from fte_tests.stack import Stack

Channel = Literal["email", "whatsapp", "webform"]
Repeat = Literal["at once", "later"]
Trouble = tuple[str, dict[str, Any]]
"""A switch of the simulators: where it is, and how it is set."""

REPEATED, FAULTY = 0.30, 0.10
MOST_LINES: Final = 5
"""Of one person: fewer than anybody may write in an hour."""

AT_ONCE: Final = 16
PATIENCE: Final = 120.0
"""Seconds in which a message is taken, however often the sender has to come again."""

TEXTS: Final = (
    "How do I reset my password?",
    "Where can I export my tasks to a CSV file?",
    "How do I invite a colleague to my project?",
    "The reset mail does not arrive, what can I do?",
    "Can I change the language of my account?",
    "How do I connect our calendar?",
    "Which browsers do you support?",
    "I want a refund for last month, please.",
    "The board is slow since this morning.",
    "How can I turn off notifications on my phone?",
    "I would like to talk to a person.",
    "How do I delete a project that we do not need any more?",
    "Thanks, that worked!",
    "How do I set up two-factor authentication?",
    "It would be great if the board had a dark mode.",
    "Why can I not upload a file of 300 MB?",
    "We were charged twice on our last invoice.",
    "Where do I find my API key?",
)


def _failing(provider: str) -> tuple[Trouble, ...]:
    """How the provider fails when it is to send something to the one who wrote."""
    kinds: tuple[dict[str, Any], ...] = (
        {"kind": "accept_then_drop"},
        {"kind": "status", "status": 500},
        {"kind": "drop"},
        {"kind": "status", "status": 503},
    )
    return tuple(("/sim/faults", {"provider": provider, "count": 1, **kind}) for kind in kinds)


TROUBLES: Final[dict[Channel, tuple[Trouble, ...]]] = {
    "email": (
        ("/sim/gmail", {"drop_pushes": 1}),
        *_failing("gmail")[:2],
        ("/sim/gmail", {"late": 1}),
        ("/sim/gmail", {"repeat_pushes": 2}),
        ("/sim/faults", {"provider": "gmail", "kind": "status", "status": 500, "match": "/history", "count": 1}),
        *_failing("gmail")[2:],
        ("/sim/gmail", {"repeat_pushes": 0}),
    ),
    "whatsapp": (
        ("/sim/twilio", {"callbacks": ["delivered", "sent", "queued"]}),
        *_failing("twilio")[:2],
        ("/sim/twilio", {"callbacks": ["sent", "delivered", "sent", "delivered"], "early": True}),
        *_failing("twilio")[2:],
        ("/sim/twilio", {"callbacks": ["read", "queued", "delivered", "sent"], "early": False}),
    ),
    "webform": _failing("gmail"),
}
"""What may happen around a message. A fault is met by the answer to it, and a switch by what comes next."""

AS_USUAL: Final[tuple[Trouble, ...]] = (
    ("/sim/gmail", {"drop_pushes": 0, "repeat_pushes": 0, "late": 0}),
    ("/sim/twilio", {"callbacks": ["queued", "sent", "delivered"], "early": False}),
)

OUTCOMES: Final = """
SELECT count(*) FROM messages WHERE direction = 'inbound' AND outcome IS NOT NULL
   AND (rfc_message_id = ANY(%s) OR provider_message_id = ANY(%s) OR reference = ANY(%s))
"""


@dataclass(eq=False)
class Line:
    """One message, and what happens to it. `stored_as` is by what its row is known, once somebody took it."""

    channel: Channel
    address: str
    text: str
    key: str
    reply: bool
    """A mail in the thread of the one before."""
    repeat: Repeat | None = None
    trouble: Trouble | None = None
    """Set before the message is written."""
    stored_as: str | None = None


@dataclass(eq=False)
class Person:
    """Who writes these lines, in this order. On two channels it is by one e-mail address.

    Who `waits` for an answer goes on after it; others do not wait.
    """

    waits: bool
    lines: list[Line] = field(default_factory=list)


def drawn(random: Random, messages: int) -> list[Person]:
    """People who write so many messages together; a share is repeated, a share meets a fault."""
    people: list[Person] = []
    left = messages
    while left:
        number, count = len(people), min(left, random.randint(1, MOST_LINES))
        left -= count
        chat = random.random() < 0.36
        # Numbers and addresses tell apart soaks of different length on one platform.
        address = f"+1628{messages % 1_000:03d}{number:04d}" if chat else f"p{number}@soak-{messages}.example"
        mostly: Channel = "whatsapp" if chat else random.choice(["email", "webform"])
        person = Person(waits=random.random() < 0.5)
        for text in random.sample(TEXTS, count):
            other: Channel = mostly if chat or random.random() < 0.8 else random.choice(["email", "webform"])
            key = f"{random.getrandbits(128):032x}"
            person.lines.append(Line(other, address, text, key, random.random() < 0.5))
        people.append(person)
    lines = [line for person in people for line in person.lines]
    for line in random.sample(lines, round(messages * REPEATED)):
        line.repeat = random.choice(["at once", "later"])
    # By turns, so that few messages meet each kind as well.
    turns = {channel: cycle(troubles) for channel, troubles in TROUBLES.items()}
    for line in random.sample(lines, round(messages * FAULTY)):
        path, switch = next(turns[line.channel])
        if path == "/sim/faults" and "match" not in switch:
            switch = switch | {"match": line.address.removeprefix("+")}
        line.trouble = path, switch
    return people


class Writers:
    """Lets people write to a platform."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._http = httpx2.Client(timeout=60)
        self._turn = {"email": self._mail, "whatsapp": self._chat, "webform": self._form}

    def write(self, people: Sequence[Person]) -> None:
        """All write: one or two lines each, then the next ones. What comes again later comes after the round."""
        lines = [line for person in people for line in person.lines]
        repeated, faulty = (
            sum(line.repeat is not None for line in lines),
            sum(line.trouble is not None for line in lines),
        )
        print(
            f"soak: {len(lines)} messages of {len(people)} people, {repeated} repeated, {faulty} amid faults",
            flush=True,
        )
        waiting = dict.fromkeys(people, 0)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while waiting:
                visits = [(person, person.lines[done : done + 1 + done % 2]) for person, done in waiting.items()]
                list(pool.map(lambda visit: self._visit(*visit), visits))
                lines = list(chain.from_iterable(lines for _, lines in visits))
                list(pool.map(self._again, [line for line in lines if line.repeat == "later"]))
                waiting = {
                    person: waiting[person] + len(lines)
                    for person, lines in visits
                    if waiting[person] + len(lines) < len(person.lines)
                }
                print(f"soak: {len(lines)} messages written, {len(waiting)} people have more to say", flush=True)

    def as_usual(self) -> None:
        """No more faults."""
        self._http.delete(f"{self._stack.simulators}/sim/faults").raise_for_status()
        for path, switch in AS_USUAL:
            self._simulators(path, switch)

    def received(self) -> list[dict[str, Any]]:
        """What all customers got."""
        answer = self._http.get(f"{self._stack.simulators}/sim/outbox").raise_for_status()
        messages: list[dict[str, Any]] = answer.json()["messages"]
        return messages

    def _visit(self, person: Person, lines: Sequence[Line]) -> None:
        for line in lines:
            before = person.lines[: person.lines.index(line)]
            if person.waits and before:
                self._wait_for_an_answer(before)
            if line.trouble:
                self._simulators(*line.trouble)
            self._say(line, before)

    def _wait_for_an_answer(self, lines: Sequence[Line]) -> None:
        """Until all of these have an outcome, or the customer has waited long enough."""
        end = time.monotonic() + PATIENCE
        keys = [str(line.stored_as) for line in lines]
        while self._stack.rows(OUTCOMES, keys, keys, keys)[0][0] < len(keys) and time.monotonic() < end:
            time.sleep(0.5)

    def _say(self, line: Line, before: Sequence[Line]) -> None:
        if line.repeat != "at once" or line.channel == "email":
            line.stored_as = self._turn[line.channel](line, before)
            if line.repeat == "at once":
                self._again(line)
            return
        with ThreadPoolExecutor(2) as two:
            first, second = two.map(lambda _: self._turn[line.channel](line, before), range(2))
        assert first == second, "a repeated message is another one"
        line.stored_as = first

    def _again(self, line: Line) -> None:
        """A mail comes again as a push, or as a copy that went to another of our addresses."""
        if line.channel == "email" and int(line.key, 16) % 2:
            self._simulators("/sim/gmail/push", {"times": 2})
        else:
            assert self._turn[line.channel](line, ()) == line.stored_as, "a repeated message is another one"

    def _mail(self, line: Line, before: Sequence[Line]) -> str:
        mine = f"<{line.key}@{line.address.partition('@')[2]}>"
        mail: dict[str, Any] = {"from": line.address, "subject": line.text[:40], "text": line.text}
        mail["headers"] = {"Message-ID": mine}
        thread = [str(other.stored_as) for other in before if other.channel == "email"] if line.reply else []
        if thread:
            mail |= {"in_reply_to": thread[-1], "references": thread}
        return str(self._simulators("/sim/email", mail)["message_id"])

    def _chat(self, line: Line, _: Sequence[Line]) -> str:
        sid = f"SM{line.key}"
        chat = {"from": line.address, "text": line.text, "sid": sid}
        self._until(lambda: self._simulators("/sim/whatsapp", chat)["status"] == 200)
        return sid

    def _form(self, line: Line, _: Sequence[Line]) -> str:
        form = {"name": "Ann Lee", "email": line.address, "category": "general", "subject": line.text[:40]}
        form["message"] = line.text
        references: list[str] = []

        def post() -> bool:
            answer = self._http.post(
                f"{self._stack.public}/support/submit", json=form, headers={"Idempotency-Key": line.key}
            )
            assert answer.status_code in (202, 429, 503), answer.text
            references.extend([answer.json()["reference"]] if answer.status_code == 202 else [])
            return bool(references)

        self._until(post)
        return references[0]

    def _simulators(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer: dict[str, Any] = self._http.post(self._stack.simulators + path, json=body).raise_for_status().json()
        return answer

    def _until(self, accepted: Any) -> None:
        end = time.monotonic() + PATIENCE
        while not accepted():
            assert time.monotonic() < end, "nobody took the message"
            time.sleep(0.5)
