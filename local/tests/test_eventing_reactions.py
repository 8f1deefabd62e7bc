"""What an answer means, when the next try comes, what a dead letter says."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest

from fte_local.eventing.event import Event
from fte_local.eventing.reactions import NOTHING, Answer, Content, Kind, Reaction, Retries, dead_letter, reaction

EVENT = Event({"specversion": "1.0", "id": "7", "source": "/fte/agent", "type": "t", "subject": "c"}, b"{}")
AGAIN = {404, 408, 409, 429, *range(500, 600)}
BINARY = {"ce-specversion": "1.0", "ce-id": "8", "ce-source": "/fte/x", "ce-type": "u", "content-type": "text/plain"}
STRUCTURED = {"content-type": "application/cloudevents+json; charset=utf-8"}
DOCUMENT = b'{"specversion":"1.0","id":"8","source":"/fte/x","type":"u"}'

CONTENTS = [
    ("nothing", {}, b"", Content.NOTHING),
    ("nothing of a type", {"content-type": "text/plain"}, b"", Content.NOTHING),
    ("a text", {"content-type": "text/plain"}, b"OK", Content.OTHER),
    ("JSON", {"content-type": "application/json"}, b"{}", Content.OTHER),
    ("an event in binary mode", BINARY, b"hi", Content.EVENT),
    ("an event without data", BINARY, b"", Content.EVENT),
    ("an event in structured mode", STRUCTURED, DOCUMENT, Content.EVENT),
    ("half an event", {"ce-specversion": "1.0", "ce-id": "8"}, b"", Content.OTHER),
    ("a broken document", STRUCTURED, b"{", Content.OTHER),
    ("a batch", {"content-type": "application/cloudevents-batch+json"}, b"[]", Content.OTHER),
]

DOCUMENTED: list[tuple[str, Answer, Reaction, Reaction]] = [
    # What came back, what a KafkaSource does, what a Trigger of a Kafka Broker does.
    ("no answer", NOTHING, Reaction.RETRY, Reaction.RETRY),
    *((f"{status} empty", Answer(status, {}), Reaction.DONE, Reaction.DONE) for status in range(200, 300)),
    *(
        (f"{status} with an event", Answer(status, BINARY, b"hi"), Reaction.DONE, Reaction.REPLY)
        for status in (200, 201, 202)
    ),
    *(
        (
            f"{status} with a text",
            Answer(status, {"content-type": "text/plain"}, b"OK"),
            Reaction.DONE,
            Reaction.REFUSED,
        )
        for status in (200, 202, 299)
    ),
    *(
        (f"{status} {what}", Answer(status, headers, body), expected, expected)
        for status in (*range(100, 200), *range(300, 600))
        for what, headers, body in (("empty", {}, b""), ("with an event", BINARY, b""), ("with a text", {}, b"no"))
        for expected in (Reaction.RETRY if status in AGAIN else Reaction.REFUSED,)
    ),
]


def test_every_answer_has_the_reaction_that_knative_gives_it() -> None:
    wrong = [
        (what, kind)
        for what, answer, source, trigger in DOCUMENTED
        for kind, expected in ((Kind.KAFKA_SOURCE, source), (Kind.TRIGGER, trigger))
        if reaction(kind, answer) is not expected
    ]
    assert wrong == []


@pytest.mark.parametrize(("headers", "body", "content"), [case[1:] for case in CONTENTS], ids=[c[0] for c in CONTENTS])
def test_an_answer_is_nothing_an_event_or_something_else(
    headers: dict[str, str], body: bytes, content: Content
) -> None:
    assert Answer(200, headers, body).content is content


@pytest.mark.parametrize(("policy", "seconds"), [("exponential", [2, 4, 8, None]), ("linear", [1, 2, 3, None])])
def test_waits_grow_by_the_policy_and_end_after_the_last_retry(policy: str, seconds: list[int | None]) -> None:
    retries = Retries(3, policy, timedelta(seconds=1))  # type: ignore[arg-type]
    expected = [None if second is None else timedelta(seconds=second) for second in seconds]
    assert [retries.before(attempt) for attempt in (1, 2, 3, 4)] == expected


def test_a_dead_letter_is_the_event_with_what_went_wrong() -> None:
    answer = Answer(
        422, {"kne-reason": "unsupported-type", "KNE-Other-1": "x", "kne-": "y", "date": "z"}, "ä".encode() * 1000
    )
    letter = dead_letter(EVENT, "http://agent/", answer)
    assert letter.data == EVENT.data
    assert {name: value for name, value in letter.attributes.items() if name not in EVENT.attributes} == {
        "knativeerrordest": "http://agent/",
        "knativeerrorcode": "422",
        "knativeerrordata": base64.b64encode(("ä" * 512).encode()).decode(),
        "reason": "unsupported-type",
        "other1": "x",
    }
    assert EVENT.attributes.items() <= letter.attributes.items()


def test_without_an_answer_a_dead_letter_names_the_destination_alone() -> None:
    letter = dead_letter(EVENT, "http://agent/", NOTHING)
    assert letter.attributes == {**EVENT.attributes, "knativeerrordest": "http://agent/"}
