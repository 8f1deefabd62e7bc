"""The runner as a process, with a real Apache Kafka and functions that keep what they get."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest
import yaml
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer

from fte_local import kafka, ports, probes
from fte_local.eventing.event import Event, Record, from_record, to_record
from fte_local.platform import Platform

PATIENCE = 60
PARTITIONS = 3


def until(true: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"{what} did not come about"
        time.sleep(0.02)


def free_base() -> int:
    """A port base of which the ports that are used here are free."""
    # Apart from those that another run of these tests would look at first.
    first = 20_000 + os.getpid() % 100 * 40
    for base in range(first, 30_000, 40):
        try:
            for offset in ("agent", "eventing", "kafka", "kafka-controller"):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", ports.port(offset, base)))
        except OSError:
            continue
        return base
    raise AssertionError("no ports are free")


@dataclass
class Function:
    """A function behind a real HTTP server; `answer` decides the status for an event, given how often it came."""

    answer: Callable[[str, int], int] = lambda _id, _times: 204
    seen: list[dict[str, str]] = field(default_factory=list)
    at_work: int = 0
    most_at_work: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ids(self) -> list[str]:
        with self.lock:
            return [headers["ce-id"] for headers in self.seen]

    def take(self, headers: dict[str, str]) -> int:
        with self.lock:
            self.seen.append(headers)
            times = sum(other["ce-id"] == headers["ce-id"] for other in self.seen)
            self.at_work += 1
            self.most_at_work = max(self.most_at_work, self.at_work)
        try:
            return self.answer(headers["ce-id"], times)
        finally:
            with self.lock:
                self.at_work -= 1


@contextmanager
def serving(function: Function, port: int) -> Iterator[None]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            status = function.take({name.lower(): value for name, value in self.headers.items()})
            self.send_response(status)
            if status == 422:
                self.send_header("kne-reason", "unsupported-type")
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 256

    server = Server(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Stage:
    """A broker, and what one test needs beside it: topics, manifests and group of its own."""

    servers: str
    base: int
    folder: Path
    topic: str
    letters: str
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def manifests(self, **spec: Any) -> None:
        reference = {"kind": "KafkaSink", "name": "fte-dlq"}
        delivery = {"retry": 3, "backoffPolicy": "linear", "backoffDelay": "PT0.1S", "timeout": "PT10S"}
        source = {
            "topics": [self.topic],
            "consumerGroup": f"fte.{self.topic}",
            "initialOffset": "earliest",
            "ordering": "unordered",
            "delivery": {**delivery, "deadLetterSink": {"ref": reference}},
            "sink": {"ref": {"kind": "Service", "name": "agent"}},
            **spec,
        }
        sink = {"topic": self.letters, "bootstrapServers": ["kafka:9092"]}
        objects = [
            {"kind": "KafkaSource", "metadata": {"name": "to-agent"}, "spec": source},
            {"kind": "KafkaSink", "metadata": {"name": "fte-dlq"}, "spec": sink},
        ]
        (self.folder / "eventing.yaml").write_text(yaml.safe_dump_all(objects))

    def start(self) -> subprocess.Popen[bytes]:
        env = {
            **os.environ,
            "KAFKA_BOOTSTRAP_SERVERS": self.servers,
            "FTE_LOCAL_PORT_BASE": str(self.base),
            "FTE_EVENTING_PORT": str(ports.port("eventing", self.base)),
        }
        argv = (sys.executable, "-m", "fte_local.eventing", "--manifests", str(self.folder))
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(argv, env=env, stderr=log)
        self.processes.append(process)
        until(lambda: self.health().get("status") == "ok", "membership of the group")
        return process

    def health(self) -> dict[str, Any]:
        try:
            answer = httpx2.get(f"{ports.url('eventing', self.base)}/health", trust_env=False)
        except httpx2.TransportError:
            return {}
        return dict(answer.json())

    def counts(self) -> dict[str, Any]:
        return dict(self.health()["sources"]["to-agent"])

    def send(self, ids: list[str], partition: int | None = None) -> None:
        producer = KafkaProducer(bootstrap_servers=self.servers)
        for id_ in ids:
            event = Event({"specversion": "1.0", "id": id_, "source": "/fte/test", "type": "t"}, b"{}")
            value, headers = to_record(event)
            producer.send(self.topic, value, headers=headers, partition=partition)
        producer.flush()
        producer.close()

    def dead_letters(self, count: int) -> list[Event]:
        consumer = KafkaConsumer(
            self.letters, bootstrap_servers=self.servers, auto_offset_reset="earliest", consumer_timeout_ms=20_000
        )
        found: list[Event] = []
        for one in consumer:
            headers = tuple((name, value or b"") for name, value in one.headers)
            found.append(from_record(Record(one.topic, one.partition, one.offset, 0, one.key, one.value, headers), "x"))
            if len(found) == count:
                break
        consumer.close()
        return found


@pytest.fixture(scope="module")
def broker() -> Iterator[str]:
    """The address of a broker: `KAFKA_BOOTSTRAP_SERVERS` if it is set, else one that is started for these tests."""
    if os.environ.get("KAFKA_BOOTSTRAP_SERVERS"):
        yield os.environ["KAFKA_BOOTSTRAP_SERVERS"]
        return
    folder = Path(tempfile.mkdtemp(prefix="fte-tests-kafka-"))
    platform = Platform(folder, free_base())
    kafka.prepare(platform)
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(kafka.command(platform), stdout=log, stderr=log)
    address = f"127.0.0.1:{platform.port('kafka')}"
    try:
        until(lambda: asyncio.run(probes.answers(f"kafka://{address}")), "the broker")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def stage(broker: str, tmp_path: Path) -> Iterator[Stage]:
    name = uuid4().hex[:10]
    stage = Stage(broker, free_base(), tmp_path, f"test.{name}", f"test.{name}.dlq")
    admin = KafkaAdminClient(bootstrap_servers=broker)
    admin.create_topics(
        {topic: {"num_partitions": PARTITIONS, "replication_factor": 1} for topic in (stage.topic, stage.letters)}
    )
    admin.close()
    stage.manifests()
    yield stage
    for process in stage.processes:
        if process.poll() is None:
            process.kill()
        process.wait()


@pytest.fixture
def function(stage: Stage) -> Iterator[Function]:
    function = Function()
    with serving(function, ports.port("agent", stage.base)):
        yield function


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
    statuses = {"refused": 422, "never": 503}
    function.answer = lambda id_, _times: statuses.get(id_, 204)
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
