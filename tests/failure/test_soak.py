"""Many messages on all channels, a third of them delivered again, a tenth amid faults: each stored once, each answered
once, and the conversations in order."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from random import Random
from typing import Any, Final

import pytest

from fte_tests.soak import Person, Writers, drawn
from fte_tests.stack import Stack

SECONDS_FOR_EACH: Final = 4
"""How long a message may take at worst, so that a soak that hangs ends; nothing is said here about how fast it is."""

IN: Final = """
SELECT m.id, m.seq, m.channel, m.customer_id, m.conversation_id, m.outcome,
       CASE m.channel WHEN 'email' THEN m.rfc_message_id WHEN 'webform' THEN m.reference
                      ELSE m.provider_message_id END AS stored_as
  FROM messages AS m WHERE m.direction = 'inbound' AND m.sender = ANY(%s) ORDER BY m.seq
"""
RUNS: Final = """
SELECT r.message_ids, r.outcome, r.conversation_id, m.seq, m.answers
  FROM agent_runs AS r JOIN messages AS m ON m.id = r.reply_id WHERE r.conversation_id = ANY(%s) ORDER BY m.seq
"""
PARTS: Final = """
SELECT d.message_id, d.part, d.status, d.sent_at, m.channel, m.recipient, d.provider_message_id
  FROM deliveries AS d JOIN messages AS m ON m.id = d.message_id
 WHERE m.conversation_id = ANY(%s) ORDER BY d.message_id, d.part
"""


@pytest.fixture
def writers(stack: Stack) -> Iterator[Writers]:
    writers = Writers(stack)
    yield writers
    writers.as_usual()


@pytest.mark.parametrize("messages", [200, pytest.param(2_000, marks=pytest.mark.full)])
def test_f10_soak_each_message_is_stored_once_and_answered_once_in_order(
    stack: Stack, writers: Writers, messages: int
) -> None:
    """The seed is the number of messages."""
    end = time.monotonic() + 300 + SECONDS_FOR_EACH * messages
    people = drawn(Random(messages), messages)
    writers.write(people)
    writers.as_usual()
    while problem := unfinished(stack, people):
        assert time.monotonic() < end, problem
        print(f"soak: {problem}", flush=True)
        time.sleep(2)
    stored = inbound(stack, people)
    each_is_stored_once(people, stored)
    runs = each_has_one_outcome(stack, stored)
    conversations_are_in_order(people, stored, runs)
    each_reply_arrived_once(stack, writers, people, stored)


def addresses(people: list[Person]) -> list[str]:
    """As they stand in the rows."""
    found = {person.lines[0].address for person in people}
    return sorted(f"whatsapp:{address}" if address.startswith("+") else address for address in found)


def inbound(stack: Stack, people: list[Person]) -> list[dict[str, Any]]:
    names = ("id", "seq", "channel", "customer", "conversation", "outcome", "stored_as")
    return [dict(zip(names, row, strict=True)) for row in stack.rows(IN, addresses(people))]


def conversations(stored: list[dict[str, Any]]) -> list[Any]:
    return sorted({row["conversation"] for row in stored})


def unfinished(stack: Stack, people: list[Person]) -> str:
    """What is still under way; nothing when all is done."""
    wanted = {str(line.stored_as) for person in people for line in person.lines}
    stored = inbound(stack, people)
    missing = len(wanted - {row["stored_as"] for row in stored})
    owed = sum(row["outcome"] is None for row in stored)
    parts = stack.rows(PARTS, conversations(stored))
    waiting = sum(not _has_arrived(channel, status) for _, _, status, _, channel, *_ in parts)
    counts = f"{missing} not stored, {owed} without an outcome, {waiting} of {len(parts)} parts under way"
    return counts if missing or owed or waiting else ""


def _has_arrived(channel: str, status: str) -> bool:
    """Of a mail nobody reports more than that it was sent; whatever order WhatsApp's reports came in, it arrived."""
    return status in (("delivered", "read") if channel == "whatsapp" else ("sent",))


def each_is_stored_once(people: list[Person], stored: list[dict[str, Any]]) -> None:
    wanted = Counter(str(line.stored_as) for person in people for line in person.lines)
    assert Counter(row["stored_as"] for row in stored) == wanted
    assert set(wanted.values()) == {1}


def each_has_one_outcome(stack: Stack, stored: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """One run gave each message its outcome; where nothing is said there is none."""
    runs = stack.rows(RUNS, conversations(stored))
    given: dict[Any, list[str]] = defaultdict(list)
    for ids, outcome, *_ in runs:
        for id_ in ids:
            given[id_].append(outcome)
    expected = {row["id"]: [] if row["outcome"] == "silent" else [row["outcome"]] for row in stored}
    assert {row["id"]: given[row["id"]] for row in stored} == expected
    assert not set(given) - set(expected), "a run answered what nobody wrote"
    print(f"soak: {dict(Counter(row['outcome'] for row in stored))} in {len(runs)} runs", flush=True)
    return runs


def conversations_are_in_order(people: list[Person], stored: list[dict[str, Any]], runs: list[tuple[Any, ...]]) -> None:
    """Each person has one conversation, in the order of writing; a reply comes after what it answers, and says what
    that is; what came first is answered first."""
    by_key = {row["stored_as"]: row for row in stored}
    for person in people:
        rows = [by_key[line.stored_as] for line in person.lines]
        assert len({row["conversation"] for row in rows}) == 1, person.lines
        for channel in {row["channel"] for row in rows}:
            order = [row["seq"] for row in rows if row["channel"] == channel]
            assert order == sorted(order), person.lines
    seq = {row["id"]: row["seq"] for row in stored}
    answered: dict[Any, list[list[int]]] = defaultdict(list)
    for ids, _, conversation, reply, answers in runs:
        batch = sorted(seq[id_] for id_ in ids)
        assert batch[-1] == seq[answers]
        assert batch[-1] < reply
        answered[conversation].append(batch)
    for batches in answered.values():
        assert all(earlier[-1] < later[0] for earlier, later in pairwise(batches)), batches


def each_reply_arrived_once(stack: Stack, writers: Writers, people: list[Person], stored: list[dict[str, Any]]) -> None:
    """Every part is at its customer, once, and the parts of an answer in their order."""
    parts = stack.rows(PARTS, conversations(stored))
    to = set(addresses(people))
    received = Counter(message["to"] for message in writers.received() if message["to"] in to)
    assert received == Counter(recipient for *_, recipient, _ in parts)
    ids = [provider_id for *_, provider_id in parts]
    assert len(set(ids)) == len(ids)
    for (one, _, _, sent, *_), (other, _, _, later, *_) in pairwise(parts):
        assert one != other or sent <= later
