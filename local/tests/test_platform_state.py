"""The state folder: what it remembers, and what is said when it cannot be used."""

from __future__ import annotations

import shutil
import stat
import sys
from pathlib import Path

import pytest

from fte_local import environment, kafka, postgres
from fte_local.errors import StateError
from fte_local.platform import HIGHEST_BASE, Platform, locate, read_json, write_json


def test_the_state_remembers_its_port_base(tmp_path: Path) -> None:
    platform = locate(tmp_path, 18_200)
    platform.remember()
    assert locate(tmp_path, None) == platform


def test_a_new_state_has_the_default_port_base(tmp_path: Path) -> None:
    assert locate(tmp_path / "new", None).port_base == 8080


@pytest.mark.parametrize("base", [0, 80, HIGHEST_BASE + 1])
def test_a_port_base_that_leaves_no_room_is_refused(tmp_path: Path, base: int) -> None:
    with pytest.raises(StateError, match="no port base"):
        locate(tmp_path, base)


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    place = tmp_path / "state"
    place.write_text("")
    with pytest.raises(StateError) as caught:
        locate(place, None)
    assert "a file in its place" in caught.value.problem
    assert "--state" in caught.value.remedy


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("")
    with pytest.raises(StateError, match="cannot be used"):
        Platform(place / "state").prepare()


def test_too_little_disk_is_said_with_the_figures(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free
    with pytest.raises(StateError) as caught:
        Platform(tmp_path / "state").prepare(least_free=free * 2)
    assert f"{free * 2 // 1_000_000} MB" in caught.value.problem


def test_enough_disk_makes_the_folders(tmp_path: Path) -> None:
    platform = Platform(tmp_path / "deep" / "state")
    platform.prepare(least_free=0)
    assert platform.run.is_dir()
    assert platform.logs.is_dir()


@pytest.mark.parametrize("text", ['{"port', "[]", "\x00"])
def test_an_unreadable_file_is_damage_with_a_remedy(tmp_path: Path, text: str) -> None:
    (tmp_path / "platform.json").write_text(text)
    with pytest.raises(StateError) as caught:
        locate(tmp_path, None)
    assert f"rm -r {tmp_path}" in caught.value.remedy


def test_a_file_is_replaced_whole_and_leaves_no_other(tmp_path: Path) -> None:
    path = tmp_path / "status.json"
    write_json(path, {"phase": "starting"})
    write_json(path, {"phase": "ready"})
    assert read_json(path) == {"phase": "ready"}
    assert list(tmp_path.iterdir()) == [path]


def test_secrets_are_made_once_and_only_the_owner_reads_them(tmp_path: Path) -> None:
    platform = Platform(tmp_path)
    made = environment.credentials(platform)
    assert environment.credentials(platform) == made
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


def test_every_state_has_secrets_of_its_own(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    one, two = (environment.credentials(Platform(tmp_path / name)) for name in ("one", "two"))
    assert not set(one.values()) & set(two.values())


def test_lost_secrets_of_an_existing_database_are_said(tmp_path: Path) -> None:
    (tmp_path / "postgres" / "data").mkdir(parents=True)
    with pytest.raises(StateError, match=r"secrets\.json is missing"):
        environment.credentials(Platform(tmp_path))


def test_a_database_without_a_version_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "postgres" / "data").mkdir(parents=True)
    with pytest.raises(StateError, match="damaged"):
        postgres.prepare(Platform(tmp_path), "secret")


def test_a_database_of_another_version_is_not_touched(tmp_path: Path) -> None:
    data = tmp_path / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("15\n")
    with pytest.raises(StateError, match="PostgreSQL 15, not 16"):
        postgres.prepare(Platform(tmp_path), "secret")


def test_kafka_storage_without_its_properties_is_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kafka, "class_path", lambda _memory: (Path(sys.executable),))
    (tmp_path / "kafka" / "data").mkdir(parents=True)
    with pytest.raises(StateError, match="damaged"):
        kafka.prepare(Platform(tmp_path))
