"""A function's two doors, opened in this process: functions-framework's and func's."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from functions_framework.aio import create_asgi_app
from starlette.testclient import TestClient

from fte.runtime import Function
from fte_tests.bus import RememberingBus

FUNCTIONS = Path(__file__).resolve().parents[2] / "functions"

NOBODY = "127.0.0.1:1"
"""An address where nothing listens."""


class BusAway(RememberingBus):
    """A Kafka that cannot be reached."""

    connected = False


def by_functions_framework(name: str) -> Any:
    """The app that functions-framework makes of the function's `main.py`."""
    return create_asgi_app(name.replace("-", "_"), str(FUNCTIONS / name / "main.py"))


def by_func(name: str) -> Any:
    """The app that func's middleware makes of the function's package `function`."""
    path = FUNCTIONS / name / "function" / "__init__.py"
    spec = importlib.util.spec_from_file_location(f"function_{name.replace('-', '_')}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    door = module.new()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await door.handle(scope, receive, send)
            return
        while (message := await receive())["type"] != "lifespan.shutdown":
            await send({"type": f"{message['type']}.complete"})
        await send({"type": "lifespan.shutdown.complete"})

    return app


DOORS: list[Callable[[str], Any]] = [by_functions_framework, by_func]


@contextmanager
def opened(
    make: Callable[[str], Any],
    function: Function[Any],
    settings: Mapping[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[TestClient]:
    """A client at one door of `function`, with these settings, without Kafka."""
    for name, value in {"KAFKA_BOOTSTRAP_SERVERS": NOBODY, **settings}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("FTE_METRICS_PORT", raising=False)
    monkeypatch.setattr("fte.wiring.KafkaPublisher", lambda _: BusAway())
    # The log of a process is set up once; here it is pytest's.
    monkeypatch.setattr("fte.wiring.configure_logging", lambda *_: None)
    with TestClient(make(function.name)) as client:
        yield client
        assert client.portal is not None
        client.portal.call(function.close)
