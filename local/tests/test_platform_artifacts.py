"""Kafka's files are used only if their checksums are the committed ones."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import requests

from fte_local import artifacts
from fte_local.errors import ArtifactError


@pytest.fixture
def jar(tmp_path: Path) -> Path:
    path = tmp_path / "kafka-1.jar"
    path.write_bytes(b"classes")
    return path


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, str]:
    checksum = hashlib.sha256(b"classes").hexdigest()
    listing = tmp_path / "known.sha256"
    listing.write_text(f"# a comment\n\n{checksum}  org.example:kafka:1\n")
    monkeypatch.setattr(artifacts, "known_checksums", lambda: _parse(listing))
    return {"kafka-1.jar": checksum}


_parse = artifacts.known_checksums


def test_the_committed_list_names_all_files_once() -> None:
    lines = [line for line in artifacts.CHECKSUMS.read_text().splitlines() if not line.startswith("#")]
    known = artifacts.known_checksums()
    assert len(known) == len(lines) == 46
    assert {"kafka_2.13-4.1.1.jar", "kafka-clients-4.1.1.jar", "slf4j-simple-1.7.36.jar"} <= known.keys()
    assert all(len(checksum) == 64 for checksum in known.values())


def test_the_known_files_pass(jar: Path, known: dict[str, str]) -> None:
    artifacts.verify((jar,), known)


@pytest.mark.parametrize("spoil", ["changed", "missing", "more"])
def test_any_other_set_of_files_is_refused(jar: Path, known: dict[str, str], spoil: str) -> None:
    more = jar.with_name("more-1.jar")
    more.write_bytes(b"")
    if spoil == "changed":
        jar.write_bytes(b"classez")
    files = {"changed": (jar,), "missing": (), "more": (jar, more)}[spoil]
    with pytest.raises(ArtifactError, match=r"more-1\.jar" if spoil == "more" else r"kafka-1\.jar"):
        artifacts.verify(files, known)


@pytest.mark.usefixtures("known")
def test_verified_files_are_not_fetched_again_while_they_are_there(
    jar: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[int] = []

    def fetch() -> tuple[Path, ...]:
        fetched.append(1)
        return (jar,)

    monkeypatch.setattr(artifacts, "fetch", fetch)
    memory = tmp_path / "class-path.json"
    assert artifacts.class_path(memory) == (jar,)
    assert artifacts.class_path(memory) == (jar,)
    assert len(fetched) == 1
    jar.write_bytes(b"classes and more")
    with pytest.raises(ArtifactError):
        artifacts.class_path(memory)
    assert len(fetched) == 2


def test_no_registry_is_said_in_a_sentence_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(_endpoint: str) -> None:
        raise requests.ConnectionError

    monkeypatch.setattr("jgo.build", unreachable)
    with pytest.raises(ArtifactError) as caught:
        artifacts.fetch()
    assert "could not be fetched" in caught.value.problem
    assert "HTTPS_PROXY" in caught.value.remedy
