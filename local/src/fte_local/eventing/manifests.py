"""Reads the sources and sinks of the suite from the manifests that a cluster gets too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import yaml

from fte_local import ports
from fte_local.eventing.reactions import Retries

_DURATION = re.compile(
    r"P(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
# What Knative's controller takes when a source has no delivery at all.
_NO_DELIVERY: Mapping[str, Any] = {
    "retry": 10,
    "backoffPolicy": "exponential",
    "backoffDelay": "PT0.3S",
    "timeout": "PT600S",
}


class ManifestError(Exception):
    """A manifest says something that cannot be done; the text names the file and the object."""


@dataclass(frozen=True, slots=True)
class Sink:
    """A KafkaSink: events that are posted to it go to its topic."""

    name: str
    topic: str
    content_mode: str


@dataclass(frozen=True, slots=True)
class Source:
    """A KafkaSource: the events of its topics go to one address."""

    name: str
    namespace: str
    topics: tuple[str, ...]
    group: str
    ordered: bool
    initial_offset: str
    address: str
    retries: Retries
    timeout: timedelta
    dead_letters: str | None
    extensions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wiring:
    """Everything the runner has to do."""

    sources: tuple[Source, ...]
    sinks: Mapping[str, Sink]


def read(folder: Path, port_base: int = ports.DEFAULT_BASE) -> Wiring:
    """The wiring that the manifests in `folder` describe; Services get their local addresses. Raises `ManifestError`.

    Kinds that have no part in it, kustomizations and partial manifests (`*patch*.yaml`) are passed over.
    """
    objects = list(_objects(folder))
    sinks = {sink.name: sink for sink in (_sink(body) for _, body in objects if body["kind"] == "KafkaSink")}
    sources = []
    for path, body in objects:
        if body["kind"] != "KafkaSource":
            continue
        try:
            sources.append(_source(body, sinks, port_base))
        except (KeyError, TypeError, ValueError) as error:
            name = body.get("metadata", {}).get("name")
            raise ManifestError(f"{path}: KafkaSource {name}: {error}") from error
    if not sources:
        raise ManifestError(f"{folder} has no KafkaSource.")
    repeated = _repeated([source.name for source in sources]) or _repeated([source.group for source in sources])
    if repeated:
        raise ManifestError(f"{folder}: the name or consumer group {repeated} is used twice.")
    return Wiring(tuple(sources), sinks)


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


def _sink(body: Mapping[str, Any]) -> Sink:
    spec = body["spec"]
    return Sink(body["metadata"]["name"], spec["topic"], spec.get("contentMode", "binary"))


def _source(body: Mapping[str, Any], sinks: Mapping[str, Sink], port_base: int) -> Source:
    spec, name = body["spec"], body["metadata"]["name"]
    delivery = spec.get("delivery") or _NO_DELIVERY
    ordering = spec.get("ordering", "ordered")
    policy = delivery.get("backoffPolicy", "exponential")
    initial = spec.get("initialOffset", "latest")
    if ordering not in ("ordered", "unordered") or policy not in ("linear", "exponential"):
        raise ValueError(f"unknown ordering {ordering!r} or backoffPolicy {policy!r}")
    if initial not in ("earliest", "latest"):
        raise ValueError(f"unknown initialOffset {initial!r}")
    return Source(
        name=name,
        namespace=body["metadata"].get("namespace", "fte"),
        topics=tuple(spec["topics"]),
        group=spec["consumerGroup"],
        ordered=ordering == "ordered",
        initial_offset=initial,
        address=_address(spec["sink"], port_base),
        retries=Retries(
            int(delivery.get("retry", 0)), policy, duration(delivery.get("backoffDelay", _NO_DELIVERY["backoffDelay"]))
        ),
        timeout=duration(delivery.get("timeout", _NO_DELIVERY["timeout"])),
        dead_letters=_dead_letters(delivery, sinks),
        extensions=(spec.get("ceOverrides") or {}).get("extensions") or {},
    )


def _address(sink: Mapping[str, Any], port_base: int) -> str:
    reference = sink.get("ref")
    if reference is None:
        return str(sink["uri"])
    if reference["kind"] != "Service" or reference["name"] not in ports.FUNCTIONS:
        raise ValueError(f"{reference['kind']} {reference['name']} is not one of the functions")
    return urljoin(f"{ports.url(str(reference['name']), port_base)}/", str(sink.get("uri", "/")))


def _dead_letters(delivery: Mapping[str, Any], sinks: Mapping[str, Sink]) -> str | None:
    if "deadLetterSink" not in delivery:
        return None
    reference = delivery["deadLetterSink"]["ref"]
    if reference["kind"] != "KafkaSink" or reference["name"] not in sinks:
        raise ValueError(f"{reference['kind']} {reference['name']} is not one of the sinks here")
    return str(reference["name"])


def _repeated(names: Sequence[str]) -> str | None:
    return next((name for name in names if names.count(name) > 1), None)
