"""A function's two doors, and the protocol between HTTP and CloudEvents, written once.

A function is a `Function`: routes, event handlers, health checks. `framework` makes it a functions-framework target,
`FuncApp` an ASGI app for func's middleware; both call `Function.dispatch`, so both answer alike.

Answers: 2xx with an empty body or JSON; 4xx for what can never succeed; 503 when something that we need cannot be
reached or does not answer in the time that a route has, or settings are missing. Bodies hold a short code, never the
text of an exception: Knative copies them into dead letters.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import signal
import threading
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import FrameType
from typing import Any, Final, Generic, Protocol, TypeVar
from urllib.parse import parse_qsl

from fte import ce
from fte.background import end
from fte.deadline import DATABASE_SECONDS, within
from fte.errors import SettingsError, SuiteError, Unavailable, Unprocessable, UnsupportedEvent
from fte.observability import configure_logging, log_context, trace_id

log = logging.getLogger(__name__)

JSON_TYPE: Final = "application/json"
LOOK_SECONDS: Final = 2.0
PING_PATH: Final = "/ping"
RETRY_AFTER_SECONDS: Final = 5


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request. Header names are lower case; `query` is the raw query string, `params` the path's."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def query_values(self) -> dict[str, str]:
        """The query's values; the last one of a repeated name."""
        return dict(parse_qsl(self.query, keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Response:
    """An HTTP answer."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def json_response(status: int, content: Any, headers: Mapping[str, str] | None = None) -> Response:
    """An answer with a JSON body."""
    body = json.dumps(content, default=str, ensure_ascii=False).encode()
    return Response(status, {"content-type": JSON_TYPE, **(headers or {})}, body)


NO_CONTENT: Final = Response(204)


class Resources(Protocol):
    """What a function opens on first use and closes at the end."""

    async def health(self) -> Mapping[str, bool]:
        """Which components this function needs, and whether each can be reached now."""

    async def close(self) -> None:
        """Finish what is in flight and close connections."""


D = TypeVar("D", bound=Resources)

EventHandler = Callable[[ce.Event, D], Awaitable[Response]]


class Route(Generic[D]):
    """A path of a function; `{name}` in the pattern matches one segment.

    Whoever calls it has an answer after `seconds`, if need be 503. A ping is an event in all but form: nobody waits
    for its end, and like that of an event it is for the work itself to bound.
    """

    def __init__(
        self,
        method: str,
        pattern: str,
        handler: Callable[[Request, D], Awaitable[Response]],
        *,
        seconds: float = DATABASE_SECONDS,
    ) -> None:
        self.method = method
        self._handler = handler
        self._seconds = None if pattern == PING_PATH else seconds
        self._path = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", pattern))

    def match(self, path: str) -> dict[str, str] | None:
        """The path's parameters, or None when this is another path."""
        found = self._path.fullmatch(path)
        return found.groupdict() if found else None

    async def answer(self, request: Request, resources: D) -> Response:
        """The handler's answer. Raises `Unavailable` when there is none in time."""
        answering = self._handler(request, resources)
        return await (answering if self._seconds is None else within(self._seconds, answering))


class Function(Generic[D]):
    """One function: what it answers on which path, and what it does with which event.

    `open_resources` runs on the first request, in the process that serves: a server may have forked since the import.
    `needs` names the components without which the function is not ready; the others may be away for a while.
    """

    def __init__(
        self,
        name: str,
        open_resources: Callable[[], Awaitable[D]],
        *,
        needs: Collection[str] = ("database",),
        routes: Sequence[Route[D]] = (),
        events: Mapping[str, EventHandler[D]] | None = None,
    ) -> None:
        self.name = name
        self._open = open_resources
        self._needs = frozenset(needs)
        self._routes = tuple(routes)
        self._events = dict(events or {})
        self._resources: D | None = None
        self._opening = asyncio.Lock()
        self._told: tuple[str, ...] = ()

    async def dispatch(self, request: Request) -> Response:
        """Answer `request`. Never raises: the tree in `fte.errors` is mapped to statuses here."""
        traceparent = request.headers.get("ce-traceparent") or request.headers.get("traceparent")
        with log_context(trace_id=trace_id(traceparent), event_id=request.headers.get("ce-id")):
            try:
                return await self._answer(request)
            except SettingsError as error:
                self._tell(error)
                return json_response(503, {"error": "settings"}, {"kne-reason": "settings"})
            except SuiteError as error:
                level = logging.ERROR if error.status >= 500 else logging.INFO
                log.log(level, "refused", extra={"code": error.code, "status": error.status, "why": str(error)})
                return _refusal(error)
            except Exception:  # the edge: whatever it is, the caller learns only that it failed
                log.exception("failed")
                return json_response(500, {"error": "internal"})

    async def _answer(self, request: Request) -> Response:
        if request.path == "/health/liveness":
            return json_response(200, {"status": "ok"})
        if request.path in ("/health", "/health/readiness"):
            return await self._health()
        resources = await self.resources()
        if self._events and request.path == "/" and request.method == "POST":
            return await self._on_event(request, resources)
        for route in self._routes:
            params = route.match(request.path)
            if params is not None and route.method == request.method:
                return await route.answer(replace(request, params=params), resources)
        return json_response(404, {"error": "not_found"})

    async def _on_event(self, request: Request, resources: D) -> Response:
        event = ce.decode(request.headers, request.body)
        handler = self._events.get(event.type)
        if handler is None:
            raise UnsupportedEvent(f"no handler for {event.type}")
        with log_context(trace_id=trace_id(event.attributes.get("traceparent")), event_id=event.id):
            return await handler(event, resources)

    async def _health(self) -> Response:
        try:
            components = await (await self.resources()).health()
        except Unavailable:
            components = {}
        names = {name: "ok" if well else "down" for name, well in components.items()}
        ready = all(well for name, well in components.items() if name in self._needs) and bool(components)
        status = "ok" if all(components.values()) else "degraded" if ready else "down"
        return json_response(200 if ready else 503, {"status": status, "components": names})

    async def resources(self) -> D:
        """The opened resources of this process."""
        if self._resources is None:
            async with self._opening:
                if self._resources is None:
                    self._resources = await self._open()
        return self._resources

    async def close(self) -> None:
        """Close what `open_resources` opened."""
        resources, self._resources = self._resources, None
        if resources is not None:
            await resources.close()

    def _tell(self, error: SettingsError) -> None:
        """Log what is wrong with the settings: all of it in one line, and once, not with every probe."""
        if error.problems != self._told:
            self._told = error.problems
            # The log is set up from the settings, so it is not set up yet.
            configure_logging(self.name, "INFO")
            log.error("settings_not_usable", extra={"problems": error.problems})


def _refusal(error: SuiteError) -> Response:
    content: dict[str, Any] = {"error": error.code}
    if isinstance(error, Unprocessable) and error.fields:
        content["fields"] = error.fields
    # On a dead letter Knative turns this header into the attribute `reason`.
    headers = {"kne-reason": error.code}
    if error.status == 503:
        headers["retry-after"] = str(RETRY_AFTER_SECONDS)
    return json_response(error.status, content, headers)


def _drain_on_sigterm(close: Callable[[], Awaitable[None]]) -> None:
    """Close before the server stops. uvicorn ends the process by the default handler: no `finally` would run."""
    if threading.current_thread() is not threading.main_thread():
        return
    server_handler = signal.getsignal(signal.SIGTERM)
    loop = asyncio.get_running_loop()
    draining: list[asyncio.Task[None]] = []

    async def drain(signum: int, frame: FrameType | None) -> None:
        await close()
        if callable(server_handler):
            server_handler(signum, frame)
        else:
            loop.stop()

    def on_signal(signum: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(lambda: draining.append(loop.create_task(drain(signum, frame))))

    signal.signal(signal.SIGTERM, on_signal)


def framework(function: Function[D], target: str) -> Callable[..., Any]:
    """`function` as a functions-framework target of signature `http`, named `target`.

    Not of signature `cloudevent`: that one answers 200 with a text body, which a Kafka Broker takes as a failure.
    """
    import functions_framework.aio
    from starlette.requests import Request as StarletteRequest
    from starlette.responses import Response as StarletteResponse

    drained = False

    async def serve(request: StarletteRequest) -> StarletteResponse:
        nonlocal drained
        if not drained:
            drained = True
            _drain_on_sigterm(function.close)
        answer = await function.dispatch(
            Request(
                method=request.method,
                path=request.url.path,
                query=request.scope["query_string"].decode("latin-1"),
                headers=dict(request.headers),
                body=await request.body(),
            )
        )
        return StarletteResponse(answer.body, answer.status, dict(answer.headers))

    # functions-framework keeps a registry by name for the whole process.
    serve.__name__ = target
    return functions_framework.aio.http(serve)  # type: ignore[no-any-return,unused-ignore]


class FuncApp:
    """`function` for func's middleware (`invoke: http`): an ASGI app that knows how it stands.

    The middleware answers the probes itself. It asks `ready` and does not await it, so how the function stands is
    looked at beside the requests, from `start` on. Of the signals it takes SIGINT as it takes SIGTERM.
    """

    def __init__(self, function: Function[Any]) -> None:
        self.function = function
        self._stands: Response | None = None
        self._work: list[asyncio.Task[None]] = []

    def start(self, _settings: Mapping[str, str]) -> None:
        """Open the function's resources; the middleware calls this inside the event loop, before any request."""
        loop = asyncio.get_running_loop()
        self._work.append(loop.create_task(self._look_for_ever()))
        loop.add_signal_handler(signal.SIGTERM, lambda: self._work.append(loop.create_task(self._drain())))

    def ready(self) -> tuple[bool, str]:
        """Whether the function is ready, and the body that `/health/readiness` has at the other door."""
        if self._stands is None:
            return False, "not looked at yet"
        return self._stands.status == 200, self._stands.body.decode()

    async def _look_for_ever(self) -> None:
        try:
            while True:
                self._stands = await self.function.dispatch(Request("GET", "/health/readiness", "", {}, b""))
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            await self.function.close()

    async def _drain(self) -> None:
        """Close before the server stops, as at the other door."""
        await end(self._work[0])
        signal.raise_signal(signal.SIGINT)

    async def handle(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve one ASGI request."""
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        answer = await self.function.dispatch(
            Request(
                method=scope["method"],
                path=scope["path"],
                query=scope.get("query_string", b"").decode("latin-1"),
                headers={name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]},
                body=body,
            )
        )
        headers = {"content-length": str(len(answer.body)), **answer.headers}
        raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": answer.status, "headers": raw})
        await send({"type": "http.response.body", "body": answer.body})
