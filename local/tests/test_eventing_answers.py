"""Every kind of answer to a KafkaSource and to a Trigger, on a real Kafka: what happens is what Knative documents."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest

from fte_local import ports
from fte_local.eventing.event import Event
from fte_tests.eventing import PATIENCE, Function, Said, Stage, broker, function, serving, stage, until

__all__ = ["broker", "function", "stage"]

RETRY = 2
TRIES = RETRY + 1
REPLY = {"ce-specversion": "1.0", "ce-source": "/fte/crm", "ce-type": "reply", "content-type": "application/json"}
JUNK = {"content-type": "text/plain"}


@dataclass(frozen=True)
class Documented:
    """How often an event is tried, and whether it becomes a dead letter, by who brings it."""

    said: Said
    tries: int = 1
    source_buries: bool = False
    trigger_buries: bool = False
    replies: int = 0


def done(status: int, headers: dict[str, str] | None = None, body: bytes = b"") -> Documented:
    return Documented(Said(status, headers or {}, body))


def refused(status: int) -> Documented:
    return Documented(Said(status, JUNK, b"no"), 1, True, True)


def again(status: int) -> Documented:
    return Documented(Said(status, JUNK, b"later"), TRIES, True, True)


ANSWERS: dict[str, Documented] = {
    "200-empty": done(200),
    "202-empty": done(202),
    "204-empty": done(204),
    "200-binary": Documented(Said(200, {**REPLY, "ce-id": "reply-1"}, b"{}"), replies=1),
    "200-structured": Documented(
        Said(
            200,
            {"content-type": "application/cloudevents+json"},
            json.dumps({"specversion": "1.0", "id": "reply-2", "source": "/fte/crm", "type": "reply"}).encode(),
        ),
        replies=1,
    ),
    "200-text": Documented(Said(200, JUNK, b"OK"), trigger_buries=True),
    "200-json": Documented(Said(200, {"content-type": "application/json"}, b"{}"), trigger_buries=True),
    "202-text": Documented(Said(202, JUNK, b"OK"), trigger_buries=True),
    "200-half-an-event": Documented(Said(200, {"ce-specversion": "1.0"}, b"{}"), trigger_buries=True),
    # No body: it would be taken for the start of the answer to the next request (RFC 9110, 15.4.5).
    "304": Documented(Said(304), 1, True, True),
    **{str(status): refused(status) for status in (301, 400, 401, 402, 403, 405, 406, 410, 413, 415, 422, 451)},
    **{str(status): again(status) for status in (404, 408, 409, 429, 500, 501, 502, 503, 504, 599)},
}
BROKER = "events"


def objects(stage: Stage) -> list[dict[str, Any]]:
    annotations = {
        "eventing.knative.dev/broker.class": "Kafka",
        "kafka.eventing.knative.dev/external.topic": stage.topic,
    }
    trigger = {
        "broker": BROKER,
        "filters": [{"not": {"exact": {"type": "reply"}}}, {"cesql": "NOT EXISTS team OR team = 'sales'"}],
        "delivery": delivery(),
        "subscriber": {"ref": {"kind": "Service", "name": "deliver"}, "uri": "/escalations"},
    }
    return [
        {"kind": "Broker", "metadata": {"name": BROKER, "annotations": annotations}, "spec": {}},
        {"kind": "Trigger", "metadata": {"name": f"all-{stage.topic}"}, "spec": trigger},
    ]


def delivery(timeout: str = "PT30S") -> dict[str, Any]:
    sink = {"ref": {"kind": "KafkaSink", "name": "fte-dlq"}}
    schedule = {"retry": RETRY, "backoffPolicy": "linear", "backoffDelay": "PT0.05S", "timeout": timeout}
    return {**schedule, "deadLetterSink": sink}


@pytest.fixture
def subscriber(stage: Stage) -> Iterator[Function]:
    """The function behind the Trigger; `function` is the one behind the KafkaSource."""
    stage.manifests(*objects(stage), delivery=delivery())
    subscriber = Function()
    with serving(subscriber, ports.port("deliver", stage.base)):
        yield subscriber


def trigger_counts(stage: Stage) -> dict[str, Any]:
    return stage.counts("triggers", f"all-{stage.topic}")


def settled(stage: Stage, source: int, trigger: int) -> bool:
    """Whether both have come to the end of so many events."""
    over = ("delivered", "dead_lettered", "dropped", "passed_over")
    done = [sum(counts[name] for name in over) for counts in (stage.counts(), trigger_counts(stage))]
    return done == [source, trigger]


def test_every_answer_is_taken_as_documented(stage: Stage, function: Function, subscriber: Function) -> None:
    # A reply comes by the same topic, to both: the source's function takes it, the Trigger passes it over.
    function.answer = subscriber.answer = lambda id_, _times: ANSWERS[id_].said if id_ in ANSWERS else Said(204)
    stage.start()
    stage.send(list(ANSWERS))
    replies = {"reply-1", "reply-2"}
    everything = len(ANSWERS) + len(replies)
    until(lambda: settled(stage, everything, everything), "the end of all events")

    expected = {id_: documented.tries for id_, documented in ANSWERS.items()}
    assert tries(subscriber) == expected
    assert tries(function) == expected | dict.fromkeys(replies, 1)
    assert trigger_counts(stage)["replied"] == sum(one.replies for one in ANSWERS.values()) == len(replies)
    assert stage.counts()["replied"] == 0

    by_source = {id_ for id_, one in ANSWERS.items() if one.source_buries}
    by_trigger = {id_ for id_, one in ANSWERS.items() if one.trigger_buries}
    letters = stage.dead_letters(len(by_source) + len(by_trigger))
    base = ports.url("deliver", stage.base)
    assert sorted(ids(letters, f"{ports.url('agent', stage.base)}/")) == sorted(by_source)
    assert sorted(ids(letters, f"{base}/escalations")) == sorted(by_trigger)
    assert {one.attributes["knativeerrorcode"] for one in letters} == {
        str(ANSWERS[id_].said.status) for id_ in by_trigger
    }


def tries(function: Function) -> dict[str, int]:
    came = function.ids()
    return {id_: came.count(id_) for id_ in came}


def ids(letters: list[Event], destination: str) -> list[str]:
    return [one.attributes["id"] for one in letters if one.attributes["knativeerrordest"] == destination]


def test_no_answer_in_time_is_tried_again_and_ends_as_a_dead_letter(
    stage: Stage, function: Function, subscriber: Function
) -> None:
    gate = threading.Event()
    stage.manifests(*objects(stage), delivery=delivery("PT2S"))
    function.answer = lambda _id, _times: 204 if gate.wait(PATIENCE) else 500
    stage.start()
    stage.send(["slow"])
    (letter,) = stage.dead_letters(1)
    until(lambda: settled(stage, 1, 1), "the end of the event")
    gate.set()
    assert (tries(function), tries(subscriber)) == ({"slow": TRIES}, {"slow": 1})
    assert "knativeerrorcode" not in letter.attributes


def test_a_connection_that_is_refused_is_tried_again_and_ends_as_a_dead_letter(
    stage: Stage, function: Function
) -> None:
    stage.manifests(*objects(stage), delivery=delivery())  # and nobody listens where the Trigger's function would
    stage.start()
    stage.send(["lost"])
    (letter,) = stage.dead_letters(1)
    until(lambda: settled(stage, 1, 1), "the end of the event")
    assert letter.attributes["knativeerrordest"] == f"{ports.url('deliver', stage.base)}/escalations"
    assert "knativeerrorcode" not in letter.attributes
    counts = trigger_counts(stage)
    assert (counts["repeated"], counts["dead_lettered"], stage.counts()["delivered"]) == (RETRY, 1, 1)


def test_a_trigger_passes_over_what_it_does_not_want_and_what_is_no_event(
    stage: Stage, function: Function, subscriber: Function
) -> None:
    stage.start()
    stage.send(["security"], team="security")
    stage.send(["sales"], team="sales")
    stage.send(["none"])
    stage.send_plain(b"no event")
    until(lambda: settled(stage, 4, 4), "the end of all records")
    assert sorted(subscriber.ids()) == ["none", "sales"]
    assert {"none", "sales", "security"} < set(function.ids())
    assert trigger_counts(stage)["passed_over"] == 2
    until(lambda: trigger_counts(stage)["lag"] == 0, "an empty backlog")


def test_a_trigger_goes_on_where_it_stopped(stage: Stage, function: Function, subscriber: Function) -> None:
    runner = stage.start()
    stage.send(["first"])
    until(lambda: settled(stage, 1, 1), "the first event")
    runner.terminate()
    runner.wait(PATIENCE)
    stage.send(["second"])
    stage.start()
    until(lambda: settled(stage, 1, 1), "the second event")
    assert (subscriber.ids(), function.ids()) == (["first", "second"], ["first", "second"])


def test_the_broker_s_entrance_puts_events_on_its_topic(stage: Stage, function: Function, subscriber: Function) -> None:
    stage.start()
    url = f"{ports.url('eventing', stage.base)}/brokers"
    taken = httpx2.post(f"{url}/{BROKER}", content=b"{}", headers={**REPLY, "ce-id": "posted", "ce-type": "other"})
    junk = httpx2.post(f"{url}/{BROKER}", content=b"{}")
    unknown = httpx2.post(f"{url}/other", content=b"{}", headers={**REPLY, "ce-id": "posted"})
    assert [one.status_code for one in (taken, junk, unknown)] == [202, 400, 404]
    until(lambda: subscriber.ids() == function.ids() == ["posted"], "delivery")


def test_a_ping_comes_with_its_minute(stage: Stage, function: Function) -> None:
    ping = {"schedule": "* * * * *", "timezone": "UTC", "sink": {"ref": {"kind": "Service", "name": "agent"}}}
    stage.manifests({"kind": "PingSource", "metadata": {"name": "every-minute"}, "spec": ping})
    started = time.time()
    stage.start()
    until(lambda: function.ids(), "a ping", patience=90)
    (seen,) = function.seen
    assert seen["ce-type"] == "dev.knative.sources.ping"
    assert seen["ce-source"] == "/apis/v1/namespaces/fte/pingsources/every-minute"
    assert time.time() // 60 > started // 60
    until(lambda: stage.counts("pings", "every-minute")["sent"] == 1, "the count")
