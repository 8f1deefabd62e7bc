"""The public door, over real sockets: a gateway and a function that tells what it got."""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from fte_local import gateway, gateway_routes, ports

NOT_FOUND = (404, {"error": "not_found"})


@contextmanager
def serving(app: Any, port: int) -> Iterator[None]:
    # The gateway is the outermost door, so its server must not believe what a client says of earlier ones either.
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", access_log=False, proxy_headers=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    end = time.monotonic() + 20
    while not server.started:
        assert thread.is_alive()
        assert time.monotonic() < end
        time.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(20)


async def tell(request: Request) -> Response:
    body = await request.body()
    told = {
        "method": request.method,
        "path": request.scope["raw_path"].decode(),
        "query": request.scope["query_string"].decode("latin-1"),
        "headers": [[name.decode(), value.decode("latin-1")] for name, value in request.scope["headers"]],
        "length": len(body),
    }
    answer = JSONResponse(told, 418, headers={"x-mark": "kept", "keep-alive": "timeout=5"})
    answer.raw_headers += [(b"set-cookie", b"a=1"), (b"set-cookie", b"b=2")]
    return answer


async def healthy(_: Request) -> Response:
    return JSONResponse({"status": "ok", "database": "somewhere"})


TELLER = Starlette(routes=[Route("/health", healthy), Route("/{path:path}", tell, methods=["GET", "POST"])])


def free_base() -> int:
    first = 30_000 + os.getpid() % 50 * 40
    for base in range(first, 32_700, 40):
        try:
            for name in ("gateway", *ports.FUNCTIONS):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", ports.port(name, base)))
        except OSError:
            continue
        return base
    raise AssertionError("no ports are free")


@dataclass
class Door:
    """A gateway that runs."""

    base: int

    def answer(
        self, method: str, target: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Any, http.client.HTTPResponse]:
        connection = http.client.HTTPConnection("127.0.0.1", ports.port("gateway", self.base), timeout=20)
        try:
            connection.request(method, target, body, headers or {}, encode_chunked=not isinstance(body, bytes))
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        is_json = (response.getheader("content-type") or "").startswith("application/json")
        return response.status, json.loads(content) if is_json and content else content, response

    def ask(self, method: str, target: str, body: Any = None, headers: dict[str, str] | None = None) -> tuple[int, Any]:
        return self.answer(method, target, body, headers)[:2]


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("form")
    (folder / "index.html").write_text("<h1>Support</h1>")
    (folder / "built").mkdir()
    (folder / "built" / "form.css").write_text("h1 {}")
    return folder


@pytest.fixture(scope="module")
def door(form: Path) -> Iterator[Door]:
    """A gateway with intake-whatsapp and intake-webform behind it; the other functions are down."""
    base = free_base()
    app = gateway.build(gateway_routes.read(gateway.ROUTES), form / "index.html", form / "built", base)
    with (
        serving(TELLER, ports.port("intake-whatsapp", base)),
        serving(TELLER, ports.port("intake-webform", base)),
        serving(app, ports.port("gateway", base)),
    ):
        yield Door(base)


def test_a_request_reaches_the_function_as_it_was_sent(door: Door) -> None:
    target = "/webhooks/whatsapp?b=%2B1&a=x%20y&a=&b=%C3%A9+z"
    status, told = door.ask("POST", target, b"Body=Hi", {"X-Twilio-Signature": "s=", "Connection": "close, X-Hop"})
    assert status == 418
    assert (told["method"], told["length"]) == ("POST", 7)
    assert f"{told['path'].partition('?')[0]}?{told['query']}" == target
    headers = dict(told["headers"])
    assert headers["x-twilio-signature"] == "s="
    assert headers["x-forwarded-host"] == f"127.0.0.1:{ports.port('gateway', door.base)}"
    assert (headers["x-forwarded-for"], headers["x-forwarded-proto"]) == ("127.0.0.1", "http")


def test_headers_of_the_connection_and_hearsay_stay_outside(door: Door) -> None:
    sent = {"Connection": "X-Hop", "X-Hop": "1", "TE": "trailers", "X-Forwarded-For": "6.6.6.6", "Forwarded": "for=6"}
    _, told = door.ask("POST", "/webhooks/whatsapp", b"", sent)
    names = [name for name, _ in told["headers"]]
    assert not {"x-hop", "te", "forwarded"} & set(names)
    assert [value for name, value in told["headers"] if name == "x-forwarded-for"] == ["127.0.0.1"]
    assert "accept-encoding" not in {name for name, value in told["headers"] if "gzip" in value}


def test_the_answer_comes_back_as_it_was_given(door: Door) -> None:
    status, _, response = door.answer("POST", "/support/submit", b"{}")
    assert (status, response.getheader("x-mark")) == (418, "kept")
    assert response.headers.get_all("set-cookie") == ["a=1", "b=2"]
    assert response.getheader("keep-alive") is None
    assert [len(response.headers.get_all(name, [])) for name in ("date", "server")] == [1, 1]


def test_paths_below_a_prefix_are_public(door: Door) -> None:
    status, told = door.ask("GET", "/support/ticket/TC-0123456789")
    assert (status, told["path"]) == (418, "/support/ticket/TC-0123456789")


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("GET", "/webhooks/whatsapp"),
        ("DELETE", "/support/submit"),
        ("POST", "/"),
        ("POST", "/webhooks/whatsapp/"),
        ("POST", "/webhooks/whatsapp/other"),
        ("POST", "//webhooks/whatsapp"),
        ("POST", "/WEBHOOKS/whatsapp"),
        ("GET", "/support/ticketing"),
        ("GET", "/support/ticket/../../customers/lookup"),
        ("GET", "/support/ticket/%2e%2e/health"),
        ("GET", "/support/ticket/..%2fhealth"),
        ("GET", "/support/ticket/..%5chealth"),
        ("GET", "/customers/lookup?email=a@b.example"),
        ("GET", "/conversations/1"),
        ("GET", "/metrics"),
        ("GET", "/metrics/channels"),
        ("GET", "/escalations"),
        ("GET", "/assets/nothing.js"),
        ("GET", "/assets/../index.html"),
        ("GET", "/assets/../gateway.py"),
    ],
)
def test_everything_else_is_not_there(door: Door, method: str, target: str) -> None:
    assert door.ask(method, target) == NOT_FOUND


def test_a_function_that_is_down_is_said_to_be_unavailable(door: Door) -> None:
    assert door.ask("POST", "/webhooks/gmail", b"{}") == (503, {"error": "unavailable"})


def test_f4_a_browser_without_script_gets_a_page_when_a_function_is_down(door: Door) -> None:
    status, said, response = door.answer("POST", "/webhooks/gmail", b"", {"Accept": "text/html,*/*;q=0.8"})
    assert (status, response.getheader("content-type")) == (503, "text/html; charset=utf-8")
    assert b"what you wrote is still there" in said


def test_a_body_up_to_the_limit_is_taken(door: Door) -> None:
    status, told = door.ask("POST", "/support/submit", bytes(gateway.MOST_BODY_BYTES))
    assert (status, told["length"]) == (418, gateway.MOST_BODY_BYTES)


def test_a_body_that_says_it_is_too_large_is_refused_before_it_is_read(door: Door) -> None:
    sent = {"content-length": str(gateway.MOST_BODY_BYTES + 1)}
    assert door.ask("POST", "/support/submit", b"", sent) == (413, {"error": "too_large"})


def test_a_body_of_unknown_length_is_counted(door: Door) -> None:
    pieces = (bytes(64 * 1024) for _ in range(gateway.MOST_BODY_BYTES // (64 * 1024) + 1))
    sent = {"transfer-encoding": "chunked"}
    try:
        status, said = door.ask("POST", "/support/submit", pieces, sent)
    except (BrokenPipeError, ConnectionResetError):
        return  # the refusal came while we were still sending, and closed the connection
    assert (status, said) == (413, {"error": "too_large"})


def test_health_sums_up_the_functions_and_says_nothing_more(door: Door) -> None:
    status, said = door.ask("GET", "/health")
    up = {"intake-whatsapp", "intake-webform"}
    assert status == 503
    assert said == {"status": "down", "components": {f: "ok" if f in up else "down" for f in ports.FUNCTIONS}}


def test_health_is_ok_when_all_functions_are(form: Path) -> None:
    base = free_base()
    app = gateway.build(gateway_routes.read(gateway.ROUTES), form / "index.html", form / "built", base)
    with ExitStack() as stack:
        for name in ports.FUNCTIONS:
            stack.enter_context(serving(TELLER, ports.port(name, base)))
        stack.enter_context(serving(app, ports.port("gateway", base)))
        status, said = Door(base).ask("GET", "/health")
    assert (status, said["status"]) == (200, "ok")


def test_readiness_does_not_depend_on_the_functions(door: Door) -> None:
    assert door.ask("GET", "/health/readiness") == (200, {"status": "ok"})


def test_the_form_is_served_with_its_assets(door: Door) -> None:
    assert door.ask("GET", "/") == (200, b"<h1>Support</h1>")
    assert door.ask("GET", "/assets/form.css") == (200, b"h1 {}")


def test_what_the_form_asks_for_is_there() -> None:
    asked = re.findall(r'(?:src|href)="/assets/([^"]+)"', gateway.FORM.read_text(encoding="utf-8"))
    assert sorted(asked) == ["support-form.css", "support-form.js"]
    assert all((gateway.ASSETS / name).is_file() for name in asked)


def test_the_manifest_names_the_public_paths_and_no_others() -> None:
    found = {(one.method, one.path, one.below, one.function) for one in gateway_routes.read(gateway.ROUTES)}
    assert found == {
        ("POST", "/webhooks/gmail", False, "intake-gmail"),
        ("POST", "/webhooks/whatsapp", False, "intake-whatsapp"),
        ("POST", "/webhooks/whatsapp/status", False, "intake-whatsapp"),
        ("POST", "/support/submit", False, "intake-webform"),
        ("OPTIONS", "/support/submit", False, "intake-webform"),
        ("GET", "/support/ticket", True, "intake-webform"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "kind: Service",
        "{kind: HTTPRoute, spec: {}}",
        "{kind: HTTPRoute, spec: {rules: [{matches: [], filters: []}]}}",
        "{kind: HTTPRoute, spec: {rules: [{matches: [], filters: [{type: URLRewrite, urlRewrite: {hostname: x.y}}]}]}}",
    ],
)
def test_a_manifest_without_public_paths_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "route.yaml"
    path.write_text(text)
    with pytest.raises(gateway_routes.RoutingError):
        gateway_routes.read(path)
