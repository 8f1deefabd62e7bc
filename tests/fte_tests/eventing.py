"""The eventing runner as a process, with a real Apache Kafka and functions that keep what they get."""

from __future__ import annotations

import asyncio
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


def until(true: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + patience
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


@dataclass(frozen=True)
class Said:
    """A function's answer: a status alone says nothing more."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass
class Function:
    """A function behind a real HTTP server; `answer` decides what it says to an event, given how often it came."""

    answer: Callable[[str, int], int | Said] = lambda _id, _times: 204
    seen: list[dict[str, str]] = field(default_factory=list)
    at_work: int = 0
    most_at_work: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ids(self) -> list[str]:
        with self.lock:
            return [headers["ce-id"] for headers in self.seen]

    def take(self, headers: dict[str, str]) -> Said:
        with self.lock:
            self.seen.append(headers)
            times = sum(other["ce-id"] == headers["ce-id"] for other in self.seen)
            self.at_work += 1
            self.most_at_work = max(self.most_at_work, self.at_work)
        try:
            said = self.answer(headers["ce-id"], times)
            return Said(said) if isinstance(said, int) else said
        finally:
            with self.lock:
                self.at_work -= 1


@contextmanager
def serving(function: Function, port: int) -> Iterator[None]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            said = function.take({name.lower(): value for name, value in self.headers.items()})
            self.send_response(said.status)
            for name, value in said.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(said.body)))
            self.end_headers()
            self.wfile.write(said.body)

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

    def manifests(self, *more: dict[str, Any], **spec: Any) -> None:
        """Write a KafkaSource to the agent, a sink for its dead letters, and `more` objects."""
        reference = {"kind": "KafkaSink", "name": "fte-dlq"}
        delivery = {"retry": 3, "backoffPolicy": "linear", "backoffDelay": "PT0.1S", "timeout": "PT60S"}
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
            *more,
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

    def counts(self, kind: str = "sources", name: str = "to-agent") -> dict[str, Any]:
        return dict(self.health()[kind][name])

    def send(self, ids: list[str], partition: int | None = None, **extensions: str) -> None:
        producer = KafkaProducer(bootstrap_servers=self.servers)
        for id_ in ids:
            attributes = {"specversion": "1.0", "id": id_, "source": "/fte/test", "type": "t", **extensions}
            event = Event(attributes, b"{}")
            value, headers = to_record(event)
            producer.send(self.topic, value, headers=headers, partition=partition)
        producer.flush()
        producer.close()

    def send_plain(self, value: bytes) -> None:
        """Put a record on the topic that carries no event."""
        producer = KafkaProducer(bootstrap_servers=self.servers)
        producer.send(self.topic, value)
        producer.flush()
        producer.close()

    def dead_letters(self, count: int) -> list[Event]:
        """The first events on the dead letter topic, as many as there come."""
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
