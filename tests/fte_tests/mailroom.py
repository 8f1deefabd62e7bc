"""intake-gmail beside Google's simulator, on a real PostgreSQL: what its tests share."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from fte.providers.gmail import GmailClient
from fte.runtime import Function, Request, Response
from fte.settings import Settings
from fte.store.outbox import Outbox
from fte.store.pool import Pool
from fte.wiring import Core
from fte_intake_gmail import mailbox, trouble
from fte_intake_gmail.handler import ROUTES
from fte_intake_gmail.wiring import Resources
from fte_local.sim.stage import Stage, staged
from fte_tests.bus import RememberingBus

Rows = Callable[..., Awaitable[list[dict[str, Any]]]]
Contents = Callable[[], Awaitable[list[str]]]
ANA = "ana@customer.example"


@dataclass
class Desk:
    """The function beside the simulator. Pushes are the simulator's own, carried over from its recording door."""

    function: Function[Resources]
    resources: Resources
    stage: Stage

    async def dispatch(self, path: str, headers: dict[str, str], body: bytes) -> Response:
        return await self.function.dispatch(Request("POST", path, "", headers, body))

    async def push(self, token: str = "valid", history_id: int | None = None) -> Response:
        """A push as Pub/Sub sends it, with a good or a bad token."""
        self.stage.door.clear()
        asked = {"token": token} | ({} if history_id is None else {"history_id": history_id})
        self.stage.control.post("/sim/gmail/push", json=asked).raise_for_status()
        (visit,) = [visit for visit in self.stage.door.visits if visit.path == "/webhooks/gmail"]
        return await self.dispatch(visit.path, visit.headers, visit.body)

    async def looked(self) -> None:
        """Wait until what was to be tried again has been."""
        await self.resources.mailbox.retried()

    async def ping(self) -> Response:
        return await self.dispatch("/ping", {"content-type": "application/json"}, b"{}")

    def arrives(self, text: str = "How do I export?", **mail: Any) -> dict[str, str]:
        asked = {"from": f"Ana <{ANA}>", "subject": "Export", "text": text} | mail
        answer = self.stage.control.post("/sim/email", json=asked)
        assert answer.status_code == 201, answer.text
        self.stage.until(lambda: not self.switch()["pending_pushes"])
        found: dict[str, str] = answer.json()
        return found

    def switch(self, **changes: Any) -> dict[str, Any]:
        found: dict[str, Any] = self.stage.control.post("/sim/gmail", json=changes).json()
        return found

    def fault(self, match: str, **fault: Any) -> None:
        asked = {"provider": "gmail", "kind": "status", "status": 500, "match": match} | fault
        assert self.stage.control.post("/sim/faults", json=asked).status_code == 201


@pytest.fixture(scope="module")
def simulators() -> Iterator[Stage]:
    """Google for all tests of a module."""
    with staged() as stage:
        yield stage


@pytest.fixture
def stage(simulators: Stage) -> Stage:
    """Google with an empty mailbox, and well."""
    simulators.clean()
    simulators.control.delete("/sim/faults")
    simulators.control.post("/sim/gmail", json={"revoked": False, "muted": False}).raise_for_status()
    return simulators


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No long waits, and the signal handler as it was."""
    handler = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(mailbox, "AGAIN_SECONDS", 0.01)
    monkeypatch.setattr(mailbox, "MAX_WAIT_SECONDS", 0.05)
    monkeypatch.setattr(trouble, "FIRST_SECONDS", 0.01)
    yield
    signal.signal(signal.SIGTERM, handler)


def desk_on(stage: Stage, pool: Pool, bus: RememberingBus) -> Desk:
    """One more process of the function."""
    settings = Settings.from_env(
        {
            **stage.env,
            "FTE_GMAIL_API_URL": f"{stage.url}/gmail-api",
            "FTE_GOOGLE_TOKEN_URL": f"{stage.url}/google/token",
            "FTE_GOOGLE_JWKS_URL": f"{stage.url}/google/certs",
            "FTE_GMAIL_WATCH_TOPIC": "projects/techcorp/topics/gmail",
        }
    )
    core = Core(settings, pool, bus, Outbox(pool, bus))  # type: ignore[arg-type]  # a bus is a publisher
    resources = Resources.around(core, GmailClient.from_settings(settings))

    async def opened() -> Resources:
        return resources

    return Desk(Function[Resources]("intake-gmail", opened, routes=ROUTES), resources, stage)


async def closed(desk: Desk) -> None:
    """End this process."""
    desk.resources.beginning.cancel()
    await asyncio.gather(desk.resources.beginning, return_exceptions=True)
    await desk.resources.mailbox.close()
    await desk.resources.core.outbox.close()


@pytest.fixture
async def starting(impatient: None, stage: Stage, pool: Pool, bus: RememberingBus) -> AsyncIterator[Desk]:
    """The function just after its start, before it has looked into the mailbox."""
    desk = desk_on(stage, pool, bus)
    yield desk
    await closed(desk)


@pytest.fixture
async def desk(starting: Desk) -> Desk:
    """The function with its first look behind it, and an empty mailbox."""
    await asyncio.wait_for(starting.resources.beginning, 10)
    return starting


@pytest.fixture
def contents(rows: Rows) -> Contents:
    """What customers said, in order."""

    async def contents() -> list[str]:
        """Let calls fail that match."""
        """Change how Google behaves; returns how it stands."""
        """A mail is in the mailbox, and its own push has been recorded."""
        """A ping as a PingSource sends it."""
        """Call the function."""
        return [row["content"] for row in await rows("SELECT content FROM messages ORDER BY seq")]

    return contents
