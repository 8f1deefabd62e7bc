"""PostgreSQL hangs or is away: whoever asks is told so, and when it is back everything goes on by itself."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped,unused-ignore]

import fte_backoffice.handler
import fte_intake_gmail.handler
import fte_intake_webform.handler
import fte_intake_whatsapp.handler
from fte.providers.gmail import GmailClient
from fte.runtime import Function, Request, Response
from fte.settings import Settings
from fte.store.outbox import Outbox
from fte.store.pool import Pool, open_pool, reachable
from fte.wiring import Core
from fte_backoffice.wiring import Resources as Backoffice
from fte_intake_gmail.wiring import Resources as Gmail
from fte_intake_webform.wiring import Resources as Webform
from fte_intake_whatsapp.wiring import Resources as WhatsApp
from fte_local.sim.stage import Stage, staged
from fte_tests.bus import RememberingBus
from fte_tests.fault_proxy import FaultProxy

pytestmark = pytest.mark.anyio

FORM = {
    "name": "Ann Lee",
    "email": "ann@customer.example",
    "category": "general",
    "subject": "Password",
    "message": "How do I reset my password?",
}
LINE = {"MessageSid": "SM1", "From": "whatsapp:+14155550123", "Body": "How do I reset my password?", "NumMedia": "0"}
REPORT = {"MessageSid": "SM9", "MessageStatus": "delivered"}
TICKET = "TC-0123456789"
PATIENCE = 60
"""Seconds after which a test is not slow but hangs."""


@pytest.fixture(scope="module")
def simulators() -> Iterator[Stage]:
    with staged() as stage:
        yield stage


@pytest.fixture
async def proxy(database_url: str) -> AsyncIterator[FaultProxy]:
    target = conninfo_to_dict(database_url)
    async with FaultProxy(str(target["host"]), int(str(target["port"]))) as proxy:
        yield proxy


@dataclass(frozen=True)
class Suite:
    """The functions that somebody waits for, all on one database, and what is asked of them."""

    functions: Mapping[str, Function[Any]]
    requests: Mapping[str, tuple[str, Request, int]]
    """By name: the function, the request, and the status of its answer when all is well."""

    async def ask(self, name: str) -> Response:
        function, request, _ = self.requests[name]
        return await self.functions[function].dispatch(request)

    async def ask_all(self) -> dict[str, Response]:
        """Everything at once."""
        async with asyncio.timeout(PATIENCE):
            answers = await asyncio.gather(*map(self.ask, self.requests))
        return dict(zip(self.requests, answers, strict=True))


def posted(path: str, body: bytes, **headers: str) -> Request:
    return Request("POST", path, "", {name.replace("_", "-"): value for name, value in headers.items()}, body)


def signed(stage: Stage, path: str, fields: dict[str, str]) -> Request:
    validator = RequestValidator(stage.env["TWILIO_AUTH_TOKEN"])
    signature = validator.compute_signature(stage.env["FTE_PUBLIC_URL"] + path, fields)
    return posted(path, urlencode(fields).encode(), x_twilio_signature=signature)


def push(stage: Stage) -> Request:
    """A push as Pub/Sub sends it, of something that we do not have yet."""
    stage.door.clear()
    stage.control.post("/sim/gmail/push", json={"token": "valid", "history_id": 10**9}).raise_for_status()
    (visit,) = [visit for visit in stage.door.visits if visit.path == "/webhooks/gmail"]
    return Request("POST", visit.path, "", visit.headers, visit.body)


def questions(stage: Stage) -> dict[str, tuple[str, Request, int]]:
    team = {"authorization": f"Bearer {stage.env['FTE_INTERNAL_TOKEN']}"}
    acted = json.dumps({"by": "dana", "text": "Hello"}).encode()
    asked: dict[str, tuple[str, Request, int]] = {
        "form": ("webform", posted("/support/submit", json.dumps(FORM).encode(), content_type="application/json"), 202),
        "ticket": ("webform", Request("GET", f"/support/ticket/{TICKET}", "", {}, b""), 404),
        "whatsapp": ("whatsapp", signed(stage, "/webhooks/whatsapp", LINE), 200),
        "report": ("whatsapp", signed(stage, "/webhooks/whatsapp/status", REPORT), 204),
        "push": ("gmail", push(stage), 204),
        "dead letter": ("backoffice", posted("/dead-letters", b"{}"), 204),
        **{
            action: ("backoffice", posted(f"/tickets/{TICKET}/{action}", acted, **team), 404)
            for action in ("reply", "resolve", "hand-back")
        },
        **{
            path: ("backoffice", Request("GET", *path.partition("?")[::2], team, b""), status)
            for path, status in (
                ("/escalations?status=open", 200),
                ("/dead-letters", 200),
                ("/activity", 200),
                ("/metrics/channels", 200),
                ("/customers/lookup?email=a@b.example", 404),
                ("/conversations/8f14e45f-ceea-467f-a0e6-5a2a1d1f1e11", 404),
            )
        },
        **{
            f"readiness of {name}": (name, Request("GET", "/health/readiness", "", {}, b""), 200)
            for name in ("webform", "whatsapp", "gmail", "backoffice")
        },
    }
    return asked


@pytest.fixture
async def suite(simulators: Stage, database_url: str, proxy: FaultProxy) -> AsyncIterator[Suite]:
    """Each function with a pool of its own, as in its own process, warm, behind the proxy."""
    simulators.clean()
    settings = Settings.from_env(
        {
            **simulators.env,
            "FTE_GMAIL_API_URL": f"{simulators.url}/gmail-api",
            "FTE_GOOGLE_TOKEN_URL": f"{simulators.url}/google/token",
            "FTE_GOOGLE_JWKS_URL": f"{simulators.url}/google/certs",
            "FTE_GMAIL_WATCH_TOPIC": "projects/techcorp/topics/gmail",
        }
    )
    async with AsyncExitStack() as stack:

        async def core() -> Core:
            pool, bus = (
                await open_pool(make_conninfo(database_url, host="127.0.0.1", port=proxy.port)),
                RememberingBus(),
            )
            assert await reachable(pool)
            return Core(settings, pool, bus, Outbox(pool, bus))  # type: ignore[arg-type]  # a bus is a publisher

        def function(routes: Any, resources: Any) -> Function[Any]:
            async def opened() -> Any:
                return resources

            stack.push_async_callback(resources.close)
            return Function("test", opened, routes=routes)

        gmail = Gmail.around(await core(), GmailClient.from_settings(settings))
        team = Backoffice(await core(), simulators.env["FTE_INTERNAL_TOKEN"])
        functions = {
            "webform": function(fte_intake_webform.handler.ROUTES, Webform.around(await core())),
            "whatsapp": function(fte_intake_whatsapp.handler.ROUTES, WhatsApp.around(await core())),
            "gmail": function(fte_intake_gmail.handler.ROUTES, gmail),
            "backoffice": function(fte_backoffice.handler.FUNCTION._routes, team),
        }
        stack.callback(proxy.listen)
        yield Suite(functions, questions(simulators))


async def hang(proxy: FaultProxy) -> None:
    proxy.turn_deaf()


async def go_on(proxy: FaultProxy) -> None:
    proxy.listen()


FAULTS = [
    pytest.param(hang, go_on, id="hangs"),
    pytest.param(FaultProxy.stop, FaultProxy.start, id="is away"),
]


@pytest.mark.parametrize(("begin", "end"), FAULTS)
async def test_everybody_is_told_and_then_served(
    begin: Callable[[FaultProxy], Awaitable[None]],
    end: Callable[[FaultProxy], Awaitable[None]],
    suite: Suite,
    proxy: FaultProxy,
) -> None:
    """503 for every request while the database does not answer, also when all come at once and again; afterwards
    each request has its usual answer without a restart."""
    await begin(proxy)
    for _ in range(2):
        answers = await suite.ask_all()
        assert {name: answer.status for name, answer in answers.items()} == dict.fromkeys(suite.requests, 503)
        for name, answer in answers.items():
            if not name.startswith("readiness"):
                assert answer.body == b'{"error": "unavailable"}', name
                assert answer.headers["retry-after"], name
    await end(proxy)
    wanted = {name: status for name, (_, _, status) in suite.requests.items()}
    async with asyncio.timeout(PATIENCE):
        while {name: answer.status for name, answer in (await suite.ask_all()).items()} != wanted:
            await asyncio.sleep(0.2)


async def test_connections_notice_a_server_that_is_gone(database_url: str) -> None:
    """Whose machine vanished never says so: the connection asks for signs of life."""
    pool: Pool = await open_pool(database_url)
    try:
        async with pool.connection() as connection, connection.transaction():
            with socket.socket(fileno=socket.dup(connection.fileno())) as line:
                assert line.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
                assert 0 < line.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) <= 10
                assert 0 < line.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) <= 15_000
    finally:
        await pool.close()
