"""What a platform consists of: services that stay and steps that are done once, each with what it needs first."""

from __future__ import annotations

import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from fte_local import kafka, ports, postgres
from fte_local.environment import DATABASE_NAME, DATABASE_USER
from fte_local.platform import REPOSITORY, Platform

DATABASE = "postgres"
"""The one service that other commands may need alone."""

_PYTHON = (sys.executable, "-m")


@dataclass(frozen=True, slots=True)
class Unit:
    """A process to run.

    A service has a `probe`, the address that answers when it is ready, and is restarted when it dies. A step has none:
    it is done when it ended with 0. Both begin when everything in `requires` is ready or done. Lower ranks stop first.
    When a folder of `sources` changes, it is out of date; `instead` is what to tell then, for what is not done unasked.
    """

    name: str
    argv: tuple[str, ...]
    requires: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)
    probe: str = ""
    url: str = ""
    rank: int = 0
    stop_signal: signal.Signals = signal.SIGTERM
    ready_within: float = 60.0
    stop_within: float = 10.0
    remedy: str = ""
    sources: tuple[Path, ...] = ()
    instead: str = ""

    @property
    def is_service(self) -> bool:
        return bool(self.probe)


@dataclass(frozen=True, slots=True)
class Choice:
    """What of a platform to run: all, the database alone, or all without some functions.

    With `reload`, units are done anew when their sources change.
    """

    database_alone: bool = False
    without: tuple[str, ...] = ()
    reload: bool = False

    def arguments(self) -> list[str]:
        """The choice as the supervisor's command line has it."""
        flags = [("--database-alone", self.database_alone), ("--reload", self.reload)]
        return [*(flag for flag, on in flags if on), *(f"--without={name}" for name in self.without)]


EVERYTHING = Choice()


def chosen(platform: Platform, outer: Mapping[str, str], choice: Choice = EVERYTHING) -> tuple[Unit, ...]:
    """The units to run."""
    if choice.database_alone:
        return (_database(platform),)
    return tuple(unit for unit in plan(platform, outer) if unit.name not in choice.without)


def plan(platform: Platform, outer: Mapping[str, str]) -> tuple[Unit, ...]:
    """All units of a platform. A database or a Kafka that the developer names is used, and then none is started."""
    own_database = not outer.get("DATABASE_URL")
    own_kafka = not outer.get("KAFKA_BOOTSTRAP_SERVERS")
    return (
        *((_database(platform),) if own_database else ()),
        *((_broker(platform),) if own_kafka else ()),
        replace(
            _step("migrate", ("fte_ops", "migrate"), (DATABASE,) if own_database else ()),
            sources=(REPOSITORY / "db" / "migrations",),
            instead="db/migrations changed: run ./dev fte migrate",
        ),
        replace(_step("knowledge", ("fte_ops", "kb", "sync"), ("migrate",)), sources=(REPOSITORY / "knowledge",)),
        _step("topics", ("fte_local.topics",), ("kafka",) if own_kafka else ()),
        *(_function(platform, name) for name in ports.FUNCTIONS),
        _eventing(platform),
        _app(platform, "simulators", "fte_local.sim.app:create", "/health"),
        _app(platform, "gateway", "fte_local.gateway:create", "/health/readiness"),
    )


def needed_ports(units: tuple[Unit, ...], platform: Platform) -> dict[str, int]:
    """Every port that the services listen on, by a name for messages."""
    listening = {unit.name: urlsplit(unit.probe).port for unit in units if unit.is_service}
    needed = {name: port for name, port in listening.items() if port is not None}
    if "kafka" in needed:
        needed["kafka-controller"] = platform.port("kafka-controller")
    functions = needed.keys() & set(ports.FUNCTIONS)
    return needed | {f"{name}'s metrics": ports.metrics_port(name, platform.port_base) for name in functions}


def _database(platform: Platform) -> Unit:
    address = f"127.0.0.1:{platform.port('postgres')}"
    return Unit(
        DATABASE,
        postgres.command(platform),
        probe=f"postgres://{address}",
        url=f"postgresql://{DATABASE_USER}@{address}/{DATABASE_NAME}",
        rank=3,
        # The fast shutdown: SIGTERM would wait for the last client to leave.
        stop_signal=signal.SIGINT,
        stop_within=20,
        remedy=f"If the database is damaged, start anew: rm -r {platform.state}",
    )


def _broker(platform: Platform) -> Unit:
    address = f"127.0.0.1:{platform.port('kafka')}"
    return Unit(
        "kafka",
        kafka.command(platform),
        probe=f"kafka://{address}",
        url=address,
        rank=2,
        ready_within=90,
        stop_within=20,
        remedy=f"If its storage is damaged, start anew: rm -r {platform.state}",
    )


def _step(name: str, module: tuple[str, ...], requires: tuple[str, ...]) -> Unit:
    return Unit(name, (*_PYTHON, *module), requires, ready_within=180)


def _function(platform: Platform, name: str) -> Unit:
    """One function under functions-framework. Its metrics port lies beside its own."""
    url = platform.url(name)
    env = {
        "FUNCTION_TARGET": name.replace("-", "_"),
        "FUNCTION_SOURCE": str(REPOSITORY / "functions" / name / "main.py"),
        "FTE_METRICS_PORT": str(ports.metrics_port(name, platform.port_base)),
    }
    argv = _uvicorn("fte_local.function_app:create", platform.port(name))
    sources = (REPOSITORY / "functions" / name, REPOSITORY / "shared" / "src" / "fte")
    return Unit(name, argv, ("migrate",), env, f"{url}/health/readiness", url, rank=1, sources=sources)


def _eventing(platform: Platform) -> Unit:
    url = platform.url("eventing")
    argv = (*_PYTHON, "fte_local.eventing", "--manifests", str(REPOSITORY / "knative" / "base"))
    return Unit("eventing", argv, ("topics",), {}, f"{url}/health", url, rank=1)


def _app(platform: Platform, name: str, factory: str, readiness: str) -> Unit:
    url = platform.url(name)
    return Unit(name, _uvicorn(factory, platform.port(name)), (), {}, url + readiness, url)


def _uvicorn(factory: str, port: int) -> tuple[str, ...]:
    listening = ("--host", "127.0.0.1", "--port", str(port), "--no-proxy-headers", "--no-access-log")
    serving = ("--loop", "uvloop", "--http", "httptools", "--timeout-graceful-shutdown", "5")
    return (*_PYTHON, "uvicorn", "--factory", factory, *listening, *serving)
