"""The simulators and a recording public door, served on free ports in threads, for tests of what meets them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx2
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from fte_local.sim.app import create

PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Visit:
    """One request that the public door saw."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class Door:
    """Stands where the gateway would: keeps every request and answers `statuses` one by one, then 204."""

    visits: list[Visit] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    def clear(self) -> None:
        """Forget the requests and the answers to give."""
        self.visits.clear()
        self.statuses.clear()

    def app(self) -> ASGIApp:
        """The door as an application."""

        async def anything(request: Request) -> Response:
            self.visits.append(Visit(request.url.path, dict(request.headers), await request.body()))
            return Response(status_code=self.statuses.pop(0) if self.statuses else 204)

        return Starlette(routes=[Route("/{path:path}", anything, methods=["GET", "POST"])])


@dataclass(frozen=True, slots=True)
class Stage:
    """A running set of simulators, with a client for their control API."""

    url: str
    env: dict[str, str]
    door: Door
    control: httpx2.Client

    def clean(self) -> None:
        """Start again with nothing, after what earlier tests left on its way has arrived."""
        self.door.statuses.clear()
        self.until(lambda: not self.control.get("/sim/gmail").json()["pending_pushes"])
        self.control.post("/sim/reset").raise_for_status()
        self.control.post("/sim/gmail", json={"watch_expired": False}).raise_for_status()
        self.door.clear()

    def until(self, condition: Callable[[], object]) -> None:
        """Wait until `condition` holds; raises `TimeoutError` if it never does."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError
            time.sleep(0.01)


def environment(door_url: str) -> dict[str, str]:
    """Settings that both sides share. The public address differs from the door's, as behind any proxy."""
    return {
        "FTE_PUBLIC_URL": "https://support.techcorp.example",
        "FTE_SIM_WEBHOOK_BASE": door_url,
        "FTE_SIM_BACKOFFICE_URL": door_url,
        "FTE_INTERNAL_TOKEN": "internal-token",
        "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "TWILIO_AUTH_TOKEN": "twilio-token",
        "FTE_TWILIO_NUMBER": "whatsapp:+14155550100",
        "FTE_GMAIL_CLIENT_ID": "client",
        "FTE_GMAIL_CLIENT_SECRET": "client-secret",
        "FTE_GMAIL_REFRESH_TOKEN": "refresh-token",
        "FTE_PUBSUB_SERVICE_ACCOUNT": "gmail-push@techcorp.iam.gserviceaccount.example",
    }


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Serve `app` on a free port of this machine; gives its address."""
    config = uvicorn.Config(
        app, host="127.0.0.1", port=0, log_level="critical", access_log=False, timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + PATIENCE
    while not server.started:
        if time.monotonic() > end or not thread.is_alive():
            raise TimeoutError
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


@contextmanager
def staged() -> Iterator[Stage]:
    """The simulators in front of a recording door."""
    door = Door()
    with served(door.app()) as door_url:
        env = environment(door_url)
        with served(create(env)) as url, httpx2.Client(base_url=url, trust_env=False, timeout=20) as control:
            yield Stage(url, env, door, control)
