"""Reads what the runner has to do from the manifests that a cluster gets too."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urljoin

import yaml

from fte_local import ports
from fte_local.eventing import filters
from fte_local.eventing.reactions import Kind, Retries
from fte_local.eventing.schedule import Schedule
from fte_local.eventing.wiring import Ping, Sink, Source, Wiring

__all__ = ["ManifestError", "duration", "read"]

_DURATION = re.compile(
    r"P(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
# What Knative's controller takes when there is no delivery at all.
_NO_DELIVERY: Mapping[str, Any] = {
    "retry": 10,
    "backoffPolicy": "exponential",
    "backoffDelay": "PT0.3S",
    "timeout": "PT600S",
}
_TOPIC = "kafka.eventing.knative.dev/external.topic"
_ORDER = "kafka.eventing.knative.dev/delivery.order"
_CLASS = "eventing.knative.dev/broker.class"
# What an object may say here. Something else would be done on a cluster and not here, and nobody would notice.
_FIELDS: Mapping[str, frozenset[str]] = {
    "KafkaSink": frozenset({"topic", "bootstrapServers", "contentMode", "auth"}),
    "Broker": frozenset({"config", "delivery"}),
    "KafkaSource": frozenset({
        "bootstrapServers", "consumerGroup", "topics", "initialOffset", "ordering", "consumers", "delivery", "sink",
        "ceOverrides", "net",
    }),
    "Trigger": frozenset({"broker", "filter", "filters", "subscriber", "delivery"}),
    "PingSource": frozenset({"schedule", "timezone", "contentType", "data", "dataBase64", "sink", "ceOverrides"}),
    "delivery": frozenset({"retry", "backoffPolicy", "backoffDelay", "timeout", "deadLetterSink"}),
}  # fmt: skip
Body = Mapping[str, Any]
T = TypeVar("T")


class ManifestError(Exception):
    """A manifest says something that cannot be done; the text names the file and the object."""


def read(folder: Path, port_base: int = ports.DEFAULT_BASE) -> Wiring:
    """The wiring that the manifests in `folder` describe; Services get their local addresses. Raises `ManifestError`.

    Kinds that have no part in it, kustomizations and partial manifests (`*patch*.yaml`) are passed over.
    """
    objects = list(_objects(folder))

    def each(kind: str, make: Callable[[Body], T]) -> list[T]:
        return [_made(path, body, make) for path, body in objects if body["kind"] == kind]

    sinks = {sink.name: sink for sink in each("KafkaSink", _sink)}
    brokers = {body["metadata"]["name"]: body for body in each("Broker", lambda body: body)}
    topics = {broker.name: broker for broker in each("Broker", _broker)}
    sources = each("KafkaSource", lambda body: _source(body, sinks, port_base))
    sources += each("Trigger", lambda body: _trigger(body, brokers, topics, sinks, port_base))
    pings = each("PingSource", lambda body: _ping(body, port_base))
    if not sources:
        raise ManifestError(f"{folder} has no KafkaSource and no Trigger.")
    repeated = _repeated([source.name for source in sources]) or _repeated([source.group for source in sources])
    if repeated:
        raise ManifestError(f"{folder}: the name or consumer group {repeated} is used twice.")
    return Wiring(tuple(sources), tuple(pings), sinks, topics)


def duration(text: str) -> timedelta:
    """An ISO 8601 duration without months and years. Raises `ValueError`."""
    match = _DURATION.fullmatch(text)
    found = {unit: float(value) for unit, value in match.groupdict().items() if value} if match else {}
    if not found:
        raise ValueError(f"{text!r} is no ISO 8601 duration")
    return timedelta(**found)


def _objects(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted(folder.rglob("*.yaml")):
        if "patch" in path.name:
            continue
        try:
            documents = list(yaml.safe_load_all(path.read_text()))
        except yaml.YAMLError as error:
            raise ManifestError(f"{path} is not YAML: {error}") from error
        for document in documents:
            if isinstance(document, dict) and "kind" in document:
                yield path, document


def _made(path: Path, body: Body, make: Callable[[Body], T]) -> T:
    try:
        _only(body["spec"], _FIELDS[body["kind"]])
        return make(body)
    except (KeyError, TypeError, ValueError) as error:
        name = body.get("metadata", {}).get("name")
        raise ManifestError(f"{path}: {body['kind']} {name}: {error}") from error


def _only(spec: Body, known: Collection[str]) -> None:
    if unknown := sorted(set(spec) - set(known)):
        raise ValueError(f"{', '.join(unknown)} is not done here")


def _sink(body: Body) -> Sink:
    spec = body["spec"]
    return Sink(body["metadata"]["name"], spec["topic"], spec.get("contentMode", "binary"))


def _broker(body: Body) -> Sink:
    annotations = body["metadata"].get("annotations", {})
    if annotations.get(_CLASS) != "Kafka" or not annotations.get(_TOPIC):
        raise ValueError(f"only brokers with {_CLASS}: Kafka and {_TOPIC} are done here")
    return Sink(body["metadata"]["name"], annotations[_TOPIC])


def _source(body: Body, sinks: Mapping[str, Sink], port_base: int) -> Source:
    spec = body["spec"]
    ordering, initial = spec.get("ordering", "ordered"), spec.get("initialOffset", "latest")
    if ordering not in ("ordered", "unordered") or initial not in ("earliest", "latest"):
        raise ValueError(f"unknown ordering {ordering!r} or initialOffset {initial!r}")
    retries, timeout, dead_letters = _delivery(spec.get("delivery"), sinks)
    return Source(
        kind=Kind.KAFKA_SOURCE,
        name=body["metadata"]["name"],
        namespace=_namespace(body),
        topics=tuple(spec["topics"]),
        group=spec["consumerGroup"],
        ordered=ordering == "ordered",
        initial_offset=initial,
        address=_address(spec["sink"], port_base),
        retries=retries,
        timeout=timeout,
        dead_letters=dead_letters,
        extensions=_extensions(spec),
    )


def _trigger(
    body: Body, brokers: Mapping[str, Body], topics: Mapping[str, Sink], sinks: Mapping[str, Sink], port_base: int
) -> Source:
    spec, name = body["spec"], body["metadata"]["name"]
    if spec["broker"] not in brokers:
        raise ValueError(f"Broker {spec['broker']} is not here")
    broker, topic = brokers[spec["broker"]], topics[spec["broker"]]
    order = body["metadata"].get("annotations", {}).get(_ORDER, "unordered")
    if order not in ("ordered", "unordered"):
        raise ValueError(f"unknown {_ORDER} {order!r}")
    retries, timeout, dead_letters = _delivery(spec.get("delivery") or broker["spec"].get("delivery"), sinks)
    return Source(
        kind=Kind.TRIGGER,
        name=name,
        namespace=_namespace(body),
        topics=(topic.topic,),
        group=f"knative-trigger-{_namespace(body)}-{name}",
        ordered=order == "ordered",
        # On a cluster the data plane's own setting decides; here nothing from before the first start is lost.
        initial_offset="earliest",
        address=_address(spec["subscriber"], port_base),
        retries=retries,
        timeout=timeout,
        dead_letters=dead_letters,
        extensions={},
        wants=filters.of_trigger(spec),
        replies=topic,
    )


def _ping(body: Body, port_base: int) -> Ping:
    spec = body["spec"]
    if spec.get("timezone", "UTC") not in ("UTC", "Etc/UTC"):
        raise ValueError(f"timezone {spec['timezone']} is not done here, only UTC")
    if "data" in spec and "dataBase64" in spec:
        raise ValueError("data and dataBase64 exclude each other")
    encoded = spec.get("dataBase64")
    return Ping(
        name=body["metadata"]["name"],
        namespace=_namespace(body),
        schedule=Schedule.parse(spec["schedule"]),
        address=_address(spec["sink"], port_base),
        content_type=spec.get("contentType", "application/json"),
        data=base64.b64decode(encoded, validate=True) if encoded else str(spec.get("data", "")).encode(),
        extensions=_extensions(spec),
    )


def _delivery(given: Body | None, sinks: Mapping[str, Sink]) -> tuple[Retries, timedelta, Sink | None]:
    delivery = given or _NO_DELIVERY
    _only(delivery, _FIELDS["delivery"])
    policy = delivery.get("backoffPolicy", "exponential")
    if policy not in ("linear", "exponential"):
        raise ValueError(f"unknown backoffPolicy {policy!r}")
    delay = duration(delivery.get("backoffDelay", _NO_DELIVERY["backoffDelay"]))
    timeout = duration(delivery.get("timeout", _NO_DELIVERY["timeout"]))
    return Retries(int(delivery.get("retry", 0)), policy, delay), timeout, _dead_letters(delivery, sinks)


def _dead_letters(delivery: Body, sinks: Mapping[str, Sink]) -> Sink | None:
    if "deadLetterSink" not in delivery:
        return None
    reference = delivery["deadLetterSink"]["ref"]
    if reference["kind"] != "KafkaSink" or reference["name"] not in sinks:
        raise ValueError(f"{reference['kind']} {reference['name']} is not one of the sinks here")
    return sinks[reference["name"]]


def _address(sink: Body, port_base: int) -> str:
    reference = sink.get("ref")
    if reference is None:
        return str(sink["uri"])
    if reference["kind"] != "Service" or reference["name"] not in ports.FUNCTIONS:
        raise ValueError(f"{reference['kind']} {reference['name']} is not one of the functions")
    return urljoin(f"{ports.url(str(reference['name']), port_base)}/", str(sink.get("uri", "/")))


def _namespace(body: Body) -> str:
    return str(body["metadata"].get("namespace", "fte"))


def _extensions(spec: Body) -> Mapping[str, str]:
    return (spec.get("ceOverrides") or {}).get("extensions") or {}


def _repeated(names: Sequence[str]) -> str | None:
    return next((name for name in names if names.count(name) > 1), None)
