"""What the runner has to do, as values: which events go where, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from fte_local.eventing.filters import Filter, everything
from fte_local.eventing.reactions import Kind, Retries
from fte_local.eventing.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Sink:
    """A KafkaSink, or the entrance of a Broker: events that are posted to it go to its topic."""

    name: str
    topic: str
    content_mode: str = "binary"


@dataclass(frozen=True, slots=True)
class Source:
    """A KafkaSource, or a Trigger of a Broker: the events of its topics that it wants go to one address.

    `replies` is where a Trigger puts answers that are events; a KafkaSource ignores them.
    """

    kind: Kind
    name: str
    namespace: str
    topics: tuple[str, ...]
    group: str
    ordered: bool
    initial_offset: str
    address: str
    retries: Retries
    timeout: timedelta
    dead_letters: Sink | None
    extensions: Mapping[str, str]
    wants: Filter = everything
    replies: Sink | None = None


@dataclass(frozen=True, slots=True)
class Ping:
    """A PingSource: an event to one address at the times of a schedule."""

    name: str
    namespace: str
    schedule: Schedule
    address: str
    content_type: str
    data: bytes
    extensions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wiring:
    """Everything the runner has to do. Sinks and brokers are by name."""

    sources: tuple[Source, ...]
    pings: tuple[Ping, ...]
    sinks: Mapping[str, Sink]
    brokers: Mapping[str, Sink]
