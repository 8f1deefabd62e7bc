"""Apache Kafka's jar files: fetched by jgo from Maven coordinates, used only if their checksums are known."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from fte_local.errors import ArtifactError
from fte_local.platform import REPOSITORY, read_json, write_json

# slf4j-simple is what makes Kafka's own warnings visible: without a binding it logs nothing.
COORDINATES = ("org.apache.kafka:kafka_2.13:4.1.1", "org.slf4j:slf4j-simple:1.7.36")
CHECKSUMS = REPOSITORY / "local" / "kafka-artifacts.sha256"


def known_checksums(path: Path = CHECKSUMS) -> dict[str, str]:
    """File name to SHA-256, from lines of `<sha256>  <group>:<artifact>:<version>`."""
    known = {}
    for line in path.read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            checksum, coordinate = line.split()
            _group, artifact, version = coordinate.split(":")
            known[f"{artifact}-{version}.jar"] = checksum
    return known


def class_path(memory: Path) -> tuple[Path, ...]:
    """The verified jar files of Kafka.

    They are fetched and verified once for a state; `memory` keeps their paths and sizes, and while the files are there
    with these sizes and the list of checksums is the same, they are not read again.
    """
    known = known_checksums()
    remembered = read_json(memory)
    sizes = {Path(name): size for name, size in remembered.get("files", {}).items()}
    if sizes and remembered.get("checksums") == known and all(_size(path) == size for path, size in sizes.items()):
        return tuple(sizes)
    jars = fetch()
    verify(jars, known)
    write_json(memory, {"checksums": known, "files": {str(path): path.stat().st_size for path in jars}})
    return jars


def fetch() -> tuple[Path, ...]:
    """Resolve and download the jar files, or find them in jgo's cache."""
    import jgo
    import requests

    try:
        environment = jgo.build("+".join(COORDINATES))
    except (requests.RequestException, OSError, ValueError, RuntimeError) as error:
        raise ArtifactError(
            "Apache Kafka could not be fetched from the Maven registry.",
            "Check the network and the proxy (HTTPS_PROXY), or name a Kafka of yours: KAFKA_BOOTSTRAP_SERVERS.",
        ) from error
    return tuple(sorted(environment.path.glob("*/*.jar")))


def verify(jars: tuple[Path, ...], known: Mapping[str, str]) -> None:
    """Raise `ArtifactError` unless the files are exactly the known ones."""
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in jars}
    wrong = sorted(name for name in known.keys() | found.keys() if known.get(name) != found.get(name))
    if wrong:
        raise ArtifactError(
            f"Kafka's files are not the ones that {CHECKSUMS.name} knows: {', '.join(wrong[:5])}.",
            "Remove them from jgo's cache (~/.cache/jgo and ~/.m2/repository) and run ./dev up again.",
        )


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else -1
