"""The runner as a process, with a real Apache Kafka and functions that keep what they get."""

from __future__ import annotations

import json
import threading
import time

import httpx2

from fte_local import ports
from fte_local.eventing.event import Event
from fte_tests.eventing import (
    PARTITIONS,
    PATIENCE,
    Function,
    Said,
    Stage,
    broker,
    free_base,
    function,
    serving,
    stage,
    until,
)

__all__ = ["broker", "function", "stage"]


def test_every_event_of_the_topic_reaches_the_function_once(stage: Stage, function: Function) -> None:
    ids = [f"event-{n}" for n in range(200)]
    stage.send(ids[:100])
    stage.start()
    stage.send(ids[100:])
    until(lambda: len(function.ids()) >= 200, "delivery")
    assert sorted(function.ids()) == sorted(ids)
    until(lambda: stage.counts()["lag"] == 0, "an empty backlog")
    assert (stage.counts()["delivered"], stage.counts()["dead_lettered"]) == (200, 0)


def test_a_slow_event_holds_up_no_other_of_an_unordered_source(stage: Stage, function: Function) -> None:
    gate = threading.Event()
    function.answer = lambda id_, _times: 204 if id_ != "slow" or gate.wait(PATIENCE) else 500
    stage.start()
    stage.send(["slow", *(f"quick-{n}" for n in range(30))], partition=0)
    until(lambda: stage.counts()["delivered"] == 30, "delivery of the others")
    gate.set()
    until(lambda: stage.counts()["delivered"] == 31, "delivery of the slow one")


def test_more_events_than_may_be_under_way_are_all_delivered_once(stage: Stage, function: Function) -> None:
    gate = threading.Event()
    function.answer = lambda _id, _times: 204 if gate.wait(PATIENCE) else 500
    ids = [f"event-{n}" for n in range(1_200)]
    stage.send(ids)
    stage.start()
    until(lambda: stage.counts()["outstanding"] == 1_000, "a full source")
    until(lambda: stage.counts()["joined"], "membership of a full source")
    gate.set()
    until(lambda: stage.counts()["delivered"] == 1_200, "delivery of all")
    assert sorted(function.ids()) == sorted(ids)


def test_an_ordered_source_has_one_event_of_a_partition_under_way(stage: Stage, function: Function) -> None:
    stage.manifests(ordering="ordered")
    ids = [f"event-{n}" for n in range(50)]
    function.answer = lambda id_, times: 503 if id_ == "event-10" and times == 1 else 204
    stage.start()
    stage.send(ids[:25], partition=1)
    stage.send(ids[25:], partition=1)
    until(lambda: stage.counts()["delivered"] == 50, "delivery")
    assert function.ids() == [*ids[:11], "event-10", *ids[11:]]
    assert function.most_at_work == 1


def test_what_the_function_refuses_or_never_takes_lies_on_the_dead_letter_topic(
    stage: Stage, function: Function
) -> None:
    answers = {"refused": Said(422, {"kne-reason": "unsupported-type"}), "never": Said(503)}
    function.answer = lambda id_, _times: answers.get(id_, 204)
    stage.start()
    stage.send(["refused", "never", "fine"])
    letters = {letter.attributes["id"]: letter.attributes for letter in stage.dead_letters(2)}
    assert {id_: said["knativeerrorcode"] for id_, said in letters.items()} == {"refused": "422", "never": "503"}
    assert letters["refused"]["reason"] == "unsupported-type"
    assert letters["never"]["knativeerrordest"] == f"{ports.url('agent', stage.base)}/"
    until(lambda: stage.counts()["delivered"] == 1, "delivery of the third")
    assert (function.ids().count("refused"), function.ids().count("never")) == (1, 4)


def test_a_stop_lets_requests_finish_and_nothing_that_finished_comes_again(stage: Stage, function: Function) -> None:
    under_way = threading.Event()

    def slowly(_id: str, _times: int) -> int:
        under_way.set()
        time.sleep(0.5)
        return 204

    function.answer = slowly
    runner = stage.start()
    ids = [f"event-{n}" for n in range(150)]
    stage.send(ids)
    assert under_way.wait(PATIENCE)
    runner.terminate()
    runner.wait(PATIENCE)
    before = function.ids()
    assert 0 < len(before) < 150
    function.answer = lambda _id, _times: 204
    stage.start()
    until(lambda: set(function.ids()) == set(ids) and stage.counts()["lag"] == 0, "delivery of the rest")
    assert sorted(function.ids()) == sorted(ids)


def test_a_killed_runner_loses_nothing(stage: Stage, function: Function) -> None:
    under_way, gate = threading.Event(), threading.Event()

    def held(_id: str, _times: int) -> int:
        under_way.set()
        gate.wait(PATIENCE)
        return 204

    function.answer = held
    runner = stage.start()
    ids = [f"event-{n}" for n in range(100)]
    stage.send(ids)
    assert under_way.wait(PATIENCE)
    runner.kill()
    runner.wait(PATIENCE)
    gate.set()
    function.seen.clear()
    stage.start()
    until(lambda: set(function.ids()) == set(ids), "delivery of all")


def test_two_runners_share_the_partitions_and_lose_nothing(stage: Stage, function: Function) -> None:
    stage.start()
    ids = [f"event-{n}" for n in range(300)]
    stage.send(ids[:100])
    second = Stage(stage.servers, free_base(), stage.folder, stage.topic, stage.letters, stage.processes)
    with serving(function, ports.port("agent", second.base)):
        second.start()
        stage.send(ids[100:200])
        until(lambda: 0 < second.counts()["partitions"] < PARTITIONS, "a share for the second")
        until(lambda: stage.counts()["partitions"] + second.counts()["partitions"] == PARTITIONS, "a share for both")
        stage.processes[-1].terminate()
        stage.processes[-1].wait(PATIENCE)
        stage.send(ids[200:])
        until(lambda: set(function.ids()) == set(ids), "delivery of all")


def test_the_sink_s_entrance_puts_events_on_its_topic(stage: Stage) -> None:
    stage.start()
    url = f"{ports.url('eventing', stage.base)}/sinks"
    attributes = {"specversion": "1.0", "id": "7", "source": "/s", "type": "t", "partitionkey": "customer"}
    headers = {f"ce-{name}": value for name, value in attributes.items()} | {"content-type": "application/json"}
    binary = httpx2.post(f"{url}/fte-dlq", content=b'{"a":1}', headers=headers)
    structured = httpx2.post(
        f"{url}/fte-dlq",
        content=json.dumps({**attributes, "data": {"a": 1}}),
        headers={"content-type": "application/cloudevents+json"},
    )
    refused = httpx2.post(f"{url}/fte-dlq", content=b"{}", headers={"content-type": "application/json"})
    unknown = httpx2.post(f"{url}/other", content=b"{}", headers=headers)
    assert [one.status_code for one in (binary, structured, refused, unknown)] == [202, 202, 400, 404]
    expected = Event({**attributes, "datacontenttype": "application/json"}, b'{"a":1}')
    assert stage.dead_letters(2) == [expected, expected]
