"""The environment that the platform's processes get."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from fte.settings import Settings
from fte_local import environment, ports, shell
from fte_local.errors import PlatformError
from fte_local.platform import Platform, write_json
from fte_local.units import Choice, chosen, needed_ports, plan


@pytest.fixture
def platform(tmp_path: Path) -> Platform:
    return Platform(tmp_path, 18_200)


@pytest.fixture
def class_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A plan without fetching Kafka."""
    monkeypatch.setattr("fte_local.kafka.class_path", lambda _memory: (tmp_path / "kafka.jar",))


def test_the_platforms_own_servers_are_not_taken_for_the_developers(platform: Platform) -> None:
    """A shell that has them from `./dev env` starts the platform anew as any other; also after a change of ports."""
    platform.prepare(least_free=0)
    platform.remember()
    own = environment.build(platform, {"PATH": "/bin"})
    moved = Platform(platform.state, 18_400)
    for now in (platform, moved):
        kept = environment.foreign(now, own)
        assert kept.keys() == own.keys() - {"DATABASE_URL", "KAFKA_BOOTSTRAP_SERVERS"}
    others = {"DATABASE_URL": "postgresql://db.example/fte", "KAFKA_BOOTSTRAP_SERVERS": "kafka.example:9092"}
    assert environment.foreign(platform, others) == others


def test_asking_for_the_developers_environment_makes_no_state(tmp_path: Path) -> None:
    nowhere = Platform(tmp_path / "nowhere")
    assert environment.foreign(nowhere, {"DATABASE_URL": "x"}) == {"DATABASE_URL": "x"}
    assert not nowhere.state.exists()


def test_a_shell_gets_the_settings_and_nothing_else(platform: Platform) -> None:
    """Above all not the platform's mark, by which `./dev down` would end what that shell runs."""
    outer = {"PATH": "/bin", "OPENAI_API_KEY": "real", "FTE_MODEL": "other"}
    names = {line.removeprefix("export ").partition("=")[0] for line in shell.lines(platform, outer)}
    known = {field.alias for field in Settings.model_fields.values()}
    assert names < known
    assert {"DATABASE_URL", "KAFKA_BOOTSTRAP_SERVERS", "FTE_PUBLIC_URL", "TWILIO_AUTH_TOKEN"} <= names
    # What the shell has already is not printed; the simulated model is no model for a key that comes later.
    assert names.isdisjoint({"OPENAI_API_KEY", "FTE_MODEL", "OPENAI_BASE_URL", "FTE_METRICS_PORT"})


def test_a_value_survives_the_shell(platform: Platform) -> None:
    lines = "\n".join(shell.lines(platform, {"FTE_OWN_ADDRESSES": ""}))
    program = f"{lines}\nenv -0"
    done = subprocess.run(["bash", "-c", program], env={"PATH": os.environ["PATH"]}, capture_output=True, check=True)
    seen = dict(item.split("=", 1) for item in done.stdout.decode().split("\0") if item)
    built = environment.build(platform, {})
    assert {name: seen[name] for name in ("DATABASE_URL", "FTE_OWN_ADDRESSES", "FTE_TWILIO_NUMBER")} == {
        name: built[name] for name in ("DATABASE_URL", "FTE_OWN_ADDRESSES", "FTE_TWILIO_NUMBER")
    }


def test_no_settings_of_what_does_not_run(platform: Platform) -> None:
    with pytest.raises(PlatformError, match="Nothing runs here"):
        shell.show(platform, {})


def test_a_database_that_only_the_other_shell_knew_is_asked_for(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform.prepare(least_free=0)
    monkeypatch.setattr("fte_local.processes.require_running", lambda _folder: None)
    write_json(platform.status_file, {"units": [{"name": "kafka"}]})
    with pytest.raises(PlatformError, match="DATABASE_URL of your own"):
        shell.show(platform, {})


def test_every_setting_of_the_suite_is_given(platform: Platform) -> None:
    """All but the ones that are a process's own, or whose default is meant."""
    model = {"OPENAI_API_KEY", "FTE_MODEL", "FTE_MODEL_API", "FTE_MODEL_PRICE_INPUT", "FTE_MODEL_PRICE_OUTPUT"}
    elsewhere = model | {"FTE_METRICS_PORT", "FTE_TWILIO_SECONDARY_AUTH_TOKEN"}
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
    only = chosen(platform, {}, Choice(database_alone=True))
    assert needed_ports(only, platform) == {"postgres": 18_212}


@pytest.mark.usefixtures("class_path")
def test_a_function_that_is_left_out_leaves_its_ports_to_the_developer(platform: Platform) -> None:
    all_ports = needed_ports(chosen(platform, {}), platform)
    without = needed_ports(chosen(platform, {}, Choice(without=("agent",))), platform)
    assert all_ports.keys() - without.keys() == {"agent", "agent's metrics"}


def test_no_secret_is_in_a_command_line_or_an_address(platform: Platform, class_path: None) -> None:
    secrets = environment.credentials(platform).values()
    for unit in plan(platform, {}):
        for text in (*unit.argv, unit.url, unit.probe):
            assert not any(secret in text for secret in secrets), unit.name
