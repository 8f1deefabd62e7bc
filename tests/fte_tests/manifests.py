"""The manifests as objects."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
KNATIVE = REPOSITORY / "knative"
BASE = KNATIVE / "base"
ROUTE = KNATIVE / "components" / "routing" / "route.yaml"
TEAM_TRIGGERS = KNATIVE / "components" / "team-triggers" / "teams.yaml"
SETTINGS = "fte-config"

Object = dict[str, Any]


def documents(path: Path) -> list[Object]:
    return [document for document in yaml.safe_load_all(path.read_text()) if document]


def files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*.yaml")) if "patch" not in path.name]


@cache
def base() -> list[Object]:
    return [one for path in files(BASE) for one in documents(path) if one["kind"] != "Kustomization"]


@cache
def team_triggers() -> list[Object]:
    return documents(TEAM_TRIGGERS)


def settings_of_all() -> Object:
    (found,) = (one for one in of("ConfigMap") if one["metadata"]["name"] == SETTINGS)
    return found


def receiver(one: Object) -> Object:
    """Where a source or a Trigger brings its events."""
    found = one["spec"].get("sink") or one["spec"]["subscriber"]
    assert isinstance(found, dict)
    return found


def references(value: Any) -> Iterator[Object]:
    """Every reference to another object, wherever it stands."""
    if isinstance(value, list):
        for one in value:
            yield from references(one)
    elif isinstance(value, dict):
        if {"apiVersion", "kind", "name"} <= value.keys():
            yield value
        for one in value.values():
            yield from references(one)


def of(kind: str) -> list[Object]:
    return [one for one in base() if one["kind"] == kind]


def service(name: str) -> Object:
    (found,) = (one for one in of("Service") if one["metadata"]["name"] == name)
    return found


def container(name: str) -> Object:
    (found,) = service(name)["spec"]["template"]["spec"]["containers"]
    assert isinstance(found, dict)
    return found


def name(one: Object) -> str:
    return f"{one['kind']}/{one['metadata']['name']}"
