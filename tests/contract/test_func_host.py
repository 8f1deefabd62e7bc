"""`func run --builder=host` in each function's folder: what func does there, against a running platform's servers."""

from __future__ import annotations

import asyncio
import json
import os
import shlex
import subprocess
from collections.abc import Iterator, Mapping
from typing import Any

import httpx2
import pytest

from fte.domain.channels import Channel
from fte.events import EventType, derived_id
from fte_local.ports import FUNCTIONS
from fte_tests.agent_fixtures import Rows, Write
from fte_tests.folders import required_settings
from fte_tests.func_host import Host, NotInstalled, free_port, installed
from fte_tests.stack import REPOSITORY, Stack

pytestmark = [pytest.mark.full, pytest.mark.anyio]

NOTHING_NAMED = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
UNPUBLISHED = "SELECT id FROM outbox WHERE published_at IS NULL AND attributes->>'source' = '/fte/agent'"
FORM = {
    "name": "Hannah Host",
    "email": "hannah@customer.example",
    "category": "general",
    "subject": "Invitations",
    "message": "How can I invite a new team member to our workspace?",
}


@pytest.fixture
def port() -> int:
    """A port for the function."""
    return free_port()


@pytest.fixture
def host(request: pytest.FixtureRequest, port: int) -> Iterator[Host]:
    """The function of this test, installed as func does it."""
    try:
        with installed(request.param, port) as host:
            yield host
    except NotInstalled as refused:
        if refused.registry_is_away:
            pytest.skip("the package registry cannot be reached")
        raise


@pytest.fixture
def settings(stack: Stack) -> dict[str, str]:
    """What `./dev env` gives to a shell."""
    script = f'eval "$(./dev env --state {shlex.quote(str(stack.platform.state))})" && env -0'
    done = subprocess.run(
        ("bash", "-c", script), cwd=REPOSITORY, env=NOTHING_NAMED, capture_output=True, text=True, check=True
    )
    return dict(line.split("=", 1) for line in done.stdout.split("\0") if line)


@pytest.mark.parametrize(("host", "name"), [(name, name) for name in FUNCTIONS], indirect=["host"], ids=FUNCTIONS)
async def test_it_starts_says_what_it_lacks_and_answers(
    host: Host, name: str, port: int, settings: dict[str, str]
) -> None:
    """Without settings: not ready, one line with all that is missing. With them: ready, and it ends when asked to."""
    with host.running({}, port) as run:
        assert run.readiness(500).json() == {"error": "settings"}
        refused = httpx2.get(f"{run.url}/health")
        assert (refused.status_code, refused.json()) == (503, {"error": "settings"})
        assert run.stop() == 0
        told = [line for line in _lines(run.log.read_text()) if line["event"] == "settings_not_usable"]
        missing = {f"{setting} is not set" for setting in required_settings(name)}
        assert [set(line["problems"]) for line in told] == [missing]
        assert "Traceback" not in run.log.read_text()
    with host.running(settings, port) as run:
        assert run.readiness(200).json()["components"]["database"] == "ok"
        assert httpx2.get(f"{run.url}/health/liveness").status_code == 200
        unknown = httpx2.post(run.url, json={}, headers=_event("com.other.v1"))
        assert unknown.status_code == (422 if name in ("agent", "deliver", "backoffice") else 404)
        assert run.stop() == 0


@pytest.mark.parametrize("host", ["intake-webform"], indirect=True)
async def test_a_form_that_the_hosted_intake_takes_is_answered_by_the_platform(
    host: Host, port: int, settings: dict[str, str], stack: Stack
) -> None:
    """Its events, made by the newer CloudEvents SDK, are understood by the functions under functions-framework."""
    with host.running(settings, port) as run:
        run.readiness(200)
        accepted = httpx2.post(f"{run.url}/support/submit", json=FORM)
        assert accepted.status_code == 202
        reference = accepted.json()["reference"]
        async with asyncio.timeout(30):
            while not (received := stack.outbox(FORM["email"])):
                await asyncio.sleep(0.1)
    assert reference in received[0]["text"]


@pytest.mark.parametrize("host", ["agent"], indirect=True)
async def test_the_hosted_agent_answers_an_event(
    host: Host, port: int, settings: dict[str, str], database_url: str, write: Write, rows: Rows
) -> None:
    """On a database of its own, so that no other agent answers; its events reach Kafka."""
    conversation_id = await write("How can I invite a new team member?", Channel.EMAIL)
    (message,) = await rows("SELECT id, customer_id FROM messages WHERE conversation_id = %s", conversation_id)
    data = {
        "message_id": str(message["id"]),
        "customer_id": str(message["customer_id"]),
        "conversation_id": str(conversation_id),
        "provider_message_id": "m1",
        "text": "How can I invite a new team member?",
        "received_at": "2026-01-01T00:00:00Z",
        "channel": "email",
        "reference": "TC-0000000000",
    }
    with host.running({**settings, "DATABASE_URL": database_url}, port) as run:
        run.readiness(200)
        answer = httpx2.post(run.url, json=data, headers=_event(EventType.TICKET_INCOMING), timeout=20)
        assert (answer.status_code, answer.content) == (204, b"")
        (after,) = await rows("SELECT outcome FROM messages WHERE id = %s", message["id"])
        assert after["outcome"] is not None
        async with asyncio.timeout(30):
            while await rows(UNPUBLISHED):
                await asyncio.sleep(0.1)
        assert run.stop() == 0


def _event(type_: str) -> Mapping[str, str]:
    attributes = {"specversion": "1.0", "id": str(derived_id("test", type_)), "source": "/fte/test", "type": type_}
    return {f"ce-{name}": value for name, value in attributes.items()}


def _lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]
