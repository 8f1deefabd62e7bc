"""The door in front of the providers' endpoints that delays, refuses or drops calls as the fault board says."""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
from urllib.parse import unquote, unquote_plus

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fte_local.sim import refusals
from fte_local.sim.faults import FaultBoard, Provider

PREFIXES: tuple[tuple[str, Provider, bool], ...] = (
    ("/gmail-api/", "gmail", False),
    ("/google/", "gmail", True),
    ("/twilio/", "twilio", False),
    ("/openai/", "openai", False),
)


class FaultGate:
    """ASGI middleware; it must be the outermost, because dropping a connection needs the server's own `send`."""

    def __init__(self, app: ASGIApp, board: FaultBoard) -> None:
        self._app = app
        self._board = board

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        provider = _provider(scope) if scope["type"] == "http" and self._board else None
        if provider is None:
            await self._app(scope, receive, send)
            return
        body = await _read(receive)
        hits = self._board.take(provider[0], _searchable(scope, body), quiet=provider[1])
        await asyncio.sleep(sum(fault.latency_ms for fault in hits) / 1000)
        ending = next((fault for fault in hits if fault.kind != "latency"), None)
        again = _replay(body, receive)
        if ending is None:
            await self._app(scope, again, send)
        elif ending.kind == "status":
            refusal = refusals.injected(provider[0], ending.status, ending.code)
            headers = {} if ending.retry_after is None else {"Retry-After": str(ending.retry_after)}
            await JSONResponse(refusal.body, refusal.status, headers)(scope, again, send)
        else:
            if ending.kind == "accept_then_drop":
                await self._app(scope, again, _swallow)
            await _drop(send, receive)


def _provider(scope: Scope) -> tuple[Provider, bool] | None:
    """Whose call this is, and whether only a fault with a `match` may hit it."""
    path: str = scope["path"]
    return next(((name, quiet) for prefix, name, quiet in PREFIXES if path.startswith(prefix)), None)


async def _read(receive: Receive) -> bytes:
    parts: list[bytes] = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body once more, then whatever the server says."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return waiting.pop() if waiting else await receive()

    return again


def _searchable(scope: Scope, body: bytes) -> str:
    """Path and body as text, also decoded: a mail hides in base64, a WhatsApp text behind percent signs."""
    text = body.decode("utf-8", "replace")
    query = unquote(scope["query_string"].decode("latin-1"))
    return "\n".join((f"{scope['path']}?{query}", text, unquote_plus(text), _mail_in(text)))


def _mail_in(text: str) -> str:
    try:
        raw = json.loads(text)["raw"]
        return base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4)).decode("utf-8", "replace")
    except (ValueError, TypeError, KeyError, binascii.Error):
        return ""


async def _swallow(message: Message) -> None:
    """A `send` into nowhere: the effect happens, its answer is lost."""


async def _drop(send: Send, receive: Receive) -> None:
    """Close the TCP connection without an answer.

    ASGI has no such message, so the transport is taken from uvicorn's request cycle, of which `send` is a method;
    waiting for the disconnect keeps the server from filling the silence with a 500.
    """
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is None:
        raise ConnectionAbortedError
    transport.abort()
    while (await receive())["type"] != "http.disconnect":
        pass
