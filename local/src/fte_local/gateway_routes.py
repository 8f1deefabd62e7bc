"""Which public path belongs to which function, read from the manifests' routing component."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml

from fte_local import ports


class RoutingError(Exception):
    """The routing manifest says something that cannot be done here."""


@dataclass(frozen=True, slots=True)
class PublicPath:
    """One way in: a method and a path, or all paths below it, to one function."""

    function: str
    method: str
    path: str
    below: bool

    def matches(self, method: str, path: str) -> bool:
        """Whether a request is for this way in. The path is the raw one, as it stood in the request."""
        if method != self.method:
            return False
        return path == self.path or (self.below and path.startswith(f"{self.path.rstrip('/')}/"))


def read(path: Path) -> tuple[PublicPath, ...]:
    """The public paths of the HTTPRoutes in a file. Raises `RoutingError`."""
    documents = yaml.safe_load_all(path.read_text())
    try:
        found = tuple(
            public
            for document in documents
            if document and document["kind"] == "HTTPRoute"
            for rule in document["spec"]["rules"]
            for public in _rule(rule)
        )
    except (KeyError, IndexError, TypeError) as error:
        raise RoutingError(f"{path}: {error!r} is missing or out of place") from error
    if not found:
        raise RoutingError(f"{path} has no public path")
    return found


def find(paths: Sequence[PublicPath], method: str, raw_path: str) -> PublicPath | None:
    """The way in for a request, if there is one. What could mean another path once decoded has none."""
    decoded = unquote(raw_path)
    segments = decoded.replace("\\", "/").split("/")[1:]
    if any(segment in ("", ".", "..") for segment in segments) or decoded.count("/") != raw_path.count("/"):
        return None
    return next((path for path in paths if path.matches(method, raw_path)), None)


def _rule(rule: dict[str, Any]) -> list[PublicPath]:
    # The rewritten host is the Service's own name in the cluster: <name>.<namespace>.svc.cluster.local
    rewrites = [item["urlRewrite"]["hostname"] for item in rule["filters"] if item["type"] == "URLRewrite"]
    function = rewrites[0].partition(".")[0]
    if function not in ports.FUNCTIONS:
        raise RoutingError(f"{function} is not one of the functions")
    found = []
    for match in rule["matches"]:
        kind = match["path"]["type"]
        if kind not in ("Exact", "PathPrefix"):
            raise RoutingError(f"path type {kind} is not known here")
        found.append(PublicPath(function, match["method"], match["path"]["value"], kind == "PathPrefix"))
    return found
