"""The environment that the platform's processes get."""

from __future__ import annotations

from pathlib import Path

import pytest

from fte.settings import Settings
from fte_local import environment, ports
from fte_local.platform import Platform
from fte_local.units import chosen, needed_ports, plan


@pytest.fixture
def platform(tmp_path: Path) -> Platform:
    return Platform(tmp_path, 18_200)


@pytest.fixture
def class_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A plan without fetching Kafka."""
    monkeypatch.setattr("fte_local.kafka.class_path", lambda _memory: (tmp_path / "kafka.jar",))


def test_every_setting_of_the_suite_is_given(platform: Platform) -> None:
    """All but the ones that are a process's own, or whose default is meant."""
    elsewhere = {"FTE_METRICS_PORT", "OPENAI_API_KEY", "FTE_MODEL", "FTE_MODEL_API"}
    known = {field.alias for field in Settings.model_fields.values()}
    assert known - environment.build(platform, {}).keys() == elsewhere


def test_the_settings_are_valid(platform: Platform) -> None:
    settings = Settings.from_env(environment.build(platform, {}), require=("database_url", "twilio_auth_token"))
    assert settings.twilio_api_url == "http://127.0.0.1:18210/twilio"
    assert settings.pubsub_audience == "http://localhost:18200/webhooks/gmail"


def test_real_credentials_never_meet_the_simulators(platform: Platform) -> None:
    built = environment.build(platform, {"TWILIO_AUTH_TOKEN": "real", "FTE_GMAIL_REFRESH_TOKEN": "real"})
    assert "real" not in built.values()


def test_without_a_key_the_offline_model_answers(platform: Platform) -> None:
    built = environment.build(platform, {"PATH": "/bin"})
    assert "OPENAI_API_KEY" not in built
    assert built["OPENAI_BASE_URL"] == "http://127.0.0.1:18210/openai/v1"
    assert built["PATH"] == "/bin"


def test_a_developers_key_and_model_are_passed_on(platform: Platform) -> None:
    built = environment.build(platform, {"OPENAI_API_KEY": "key", "FTE_MODEL": "other"})
    assert (built["OPENAI_API_KEY"], built["FTE_MODEL"]) == ("key", "other")
    assert "OPENAI_BASE_URL" not in built


@pytest.mark.usefixtures("class_path")
def test_a_named_database_and_kafka_are_used_and_none_is_started(platform: Platform) -> None:
    outer = {"DATABASE_URL": "postgresql://db.example/fte", "KAFKA_BOOTSTRAP_SERVERS": "kafka.example:9092"}
    built = environment.build(platform, outer)
    units = plan(platform, outer)
    assert built["DATABASE_URL"] == outer["DATABASE_URL"]
    assert built["KAFKA_BOOTSTRAP_SERVERS"] == outer["KAFKA_BOOTSTRAP_SERVERS"]
    assert not {"postgres", "kafka"} & {unit.name for unit in units}
    assert all({"postgres", "kafka"}.isdisjoint(unit.requires) for unit in units)


@pytest.mark.usefixtures("class_path")
def test_every_requirement_is_a_unit_that_comes_before(platform: Platform) -> None:
    known: set[str] = set()
    for unit in plan(platform, {}):
        assert known.issuperset(unit.requires), unit.name
        known.add(unit.name)


@pytest.mark.usefixtures("class_path")
def test_all_ports_are_needed_once(platform: Platform) -> None:
    needed = needed_ports(plan(platform, {}), platform)
    assert len(set(needed.values())) == len(needed)
    assert set(needed.values()) == {ports.port(name, 18_200) for name in ports.PORTS} | {
        ports.metrics_port(name, 18_200) for name in ports.FUNCTIONS
    }


def test_the_database_alone_needs_its_port_alone(platform: Platform) -> None:
    only = chosen(platform, {}, ("postgres",))
    assert needed_ports(only, platform) == {"postgres": 18_212}


def test_no_secret_is_in_a_command_line_or_an_address(platform: Platform, class_path: None) -> None:
    secrets = environment.credentials(platform).values()
    for unit in plan(platform, {}):
        for text in (*unit.argv, unit.url, unit.probe):
            assert not any(secret in text for secret in secrets), unit.name
