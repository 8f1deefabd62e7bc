"""The public door of the local platform: the suite's public paths, the summed-up health, and the web form.

Which path leads to which function stands in the manifests' routing component, so that the same door is built on a
cluster. Nothing else of the suite can be reached through it.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from fte_local import gateway_routes, ports
from fte_local.gateway_routes import PublicPath

REPOSITORY = Path(__file__).resolve().parents[3]
ROUTES = REPOSITORY / "knative" / "components" / "routing" / "route.yaml"
FORM = REPOSITORY / "webform" / "plain" / "index.html"
ASSETS = REPOSITORY / "webform" / "dist"
MOST_BODY_BYTES = 12 * 1024 * 1024

# A function that does not take the connection is down; one that works on a request may take its time.
_TIMEOUT = httpx2.Timeout(60.0, connect=2.0)
_HEALTH_TIMEOUT = 3.0
_HOP_BY_HOP = frozenset(
    ("connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding")
) | {"upgrade", "proxy-connection"}
_UNAVAILABLE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>We cannot be reached just now</title><style>:root { color-scheme: light dark; font: 1rem/1.6 sans-serif }</style>
<main><h1>We cannot be reached just now</h1>
<p>Go back to the form: what you wrote is still there. Please send it again in a minute.</p></main>
"""
_SAID_BY_OUR_SERVER = frozenset(("date", "server"))
_SAID_BY_US = frozenset(
    ("host", "content-length", "forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto")
)


class _TooLarge(Exception):
    """The request's body is larger than any of the functions would take."""


class Gateway:
    """Hands requests on to the functions of one platform."""

    def __init__(self, paths: tuple[PublicPath, ...], port_base: int) -> None:
        self._paths = paths
        self._base = port_base
        self._client: httpx2.AsyncClient | None = None

    @asynccontextmanager
    async def running(self, _: Starlette) -> AsyncIterator[None]:
        """The connections to the functions live inside."""
        async with httpx2.AsyncClient(timeout=_TIMEOUT, trust_env=False) as client:
            self._client = client
            yield

    @property
    def client(self) -> httpx2.AsyncClient:
        if self._client is None:
            raise RuntimeError("the gateway has not been started")
        return self._client

    async def forward(self, request: Request) -> Response:
        """Hand a request on to its function and the answer back, both as they are."""
        raw_path = request.scope["raw_path"].decode("ascii", errors="replace").partition("?")[0]
        public = gateway_routes.find(self._paths, request.method, raw_path)
        if public is None:
            return _not_found()
        try:
            body = await _limited_body(request)
        except _TooLarge:
            return JSONResponse({"error": "too_large"}, 413, headers={"connection": "close"})
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is there to read it
        outgoing = httpx2.Request(
            request.method,
            _address(ports.url(public.function, self._base), raw_path, request.scope["query_string"]),
            headers=_handed_on(request),
            content=body or None,
            extensions={"timeout": _TIMEOUT.as_dict()},
        )
        try:
            answer = await self.client.send(outgoing, stream=True)
        except httpx2.RequestError:
            return _unavailable(request)
        response = StreamingResponse(_chunks(answer), answer.status_code)
        response.raw_headers = [
            (name.lower().encode("latin-1"), value.encode("latin-1"))
            for name, value in answer.headers.multi_items()
            if name.lower() not in _HOP_BY_HOP | _SAID_BY_OUR_SERVER
        ]
        return response

    async def health(self, _: Request) -> Response:
        """All functions in one: `down`, and 503, if one of them is. Names and states, and nothing more."""
        states = await asyncio.gather(*(self._state(name) for name in ports.FUNCTIONS))
        down = "down" in states
        body = {"status": "down" if down else "ok", "components": dict(zip(ports.FUNCTIONS, states, strict=True))}
        return JSONResponse(body, 503 if down else 200)

    async def _state(self, function: str) -> str:
        try:
            answer = await self.client.get(f"{ports.url(function, self._base)}/health", timeout=_HEALTH_TIMEOUT)
        except httpx2.RequestError:
            return "down"
        return "ok" if answer.status_code == 200 else "down"


def create(env: Mapping[str, str] = os.environ) -> Starlette:
    """The application. Its settings: `FTE_LOCAL_PORT_BASE`."""
    base = int(env.get("FTE_LOCAL_PORT_BASE") or ports.DEFAULT_BASE)
    return build(gateway_routes.read(ROUTES), FORM, ASSETS, base)


def build(paths: tuple[PublicPath, ...], form: Path, assets: Path, port_base: int) -> Starlette:
    """The application for these public paths, this page of the web form with its built assets, and these functions."""
    gateway = Gateway(paths, port_base)

    async def alive(_: Request) -> Response:
        return JSONResponse({"status": "ok"})

    def page(_: Request) -> Response:
        return FileResponse(form) if form.is_file() else _not_found()

    return Starlette(
        routes=[
            Route("/", page),
            Route("/health", gateway.health),
            Route("/health/readiness", alive),
            Route("/health/liveness", alive),
            Mount("/assets", StaticFiles(directory=assets, check_dir=False)),
            Route("/{path:path}", gateway.forward, methods=sorted({path.method for path in paths})),
        ],
        exception_handlers={HTTPException: _refused},
        lifespan=gateway.running,
    )


async def _refused(_: Request, error: Exception) -> Response:
    """What the router refuses is not said to exist: a wrong method is a path that is not there."""
    return _not_found()


async def _limited_body(request: Request) -> bytes:
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > MOST_BODY_BYTES:
        raise _TooLarge
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BODY_BYTES:
            raise _TooLarge
    return bytes(body)


def _address(base: str, raw_path: str, query: bytes) -> httpx2.URL:
    """The same path and query at another address, byte for byte: a signature may cover them."""
    return httpx2.URL(base).copy_with(raw_path=raw_path.encode("ascii") + (b"?" + query if query else b""))


async def _chunks(answer: httpx2.Response) -> AsyncIterator[bytes]:
    try:
        async for chunk in answer.aiter_raw():
            yield chunk
    finally:
        await answer.aclose()


def _handed_on(request: Request) -> list[tuple[str, str]]:
    """The request's headers without those of the connection, and with where it came from."""
    named = {name.strip().lower() for name in request.headers.get("connection", "").split(",")}
    dropped = _HOP_BY_HOP | _SAID_BY_US | named
    headers: Headers = request.headers
    kept = [(name, value) for name, value in headers.items() if name not in dropped]
    # This is the outermost door, so what a client says of earlier ones is not believed.
    said = [
        ("x-forwarded-for", request.client.host if request.client else "unknown"),
        ("x-forwarded-host", headers.get("host", "")),
        ("x-forwarded-proto", request.url.scheme),
    ]
    return kept + said


def _not_found() -> Response:
    return JSONResponse({"error": "not_found"}, 404)


def _unavailable(request: Request) -> Response:
    # A browser without JavaScript that has posted the form shows what it gets.
    if "text/html" in request.headers.get("accept", ""):
        return HTMLResponse(_UNAVAILABLE, 503)
    return JSONResponse({"error": "unavailable"}, 503)
