"""Twilio's own library against a server that speaks its wire protocol, well or badly."""

from __future__ import annotations

import json
import socket
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from fte.providers import twilio
from fte.providers.errors import OutcomeUnknown, Rejected, TryLater
from fte.providers.twilio import SentMessage, TwilioMessenger

ACCOUNT = "AC" + "0" * 32
US, CUSTOMER = "whatsapp:+14155550100", "whatsapp:+491701234567"
CALLBACK = "https://fte.example/webhooks/whatsapp/status"
SENT_AT = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.anyio


class Server(ThreadingHTTPServer):
    """Answers each call with `status` and `content`, or hangs up when `status` is None. Keeps the calls."""

    daemon_threads = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status: int | None = 201
        self.content: bytes = json.dumps(message()).encode()
        self.headers: dict[str, str] = {}
        self.silent = threading.Event()
        self.silent.set()
        self.calls: list[tuple[str, str, dict[str, list[str]]]] = []
        self.tokens: list[str] = []
        self.good_token: str | None = None


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        url = urlsplit(self.path)
        self.server.calls.append((self.command, url.path, parse_qs(body or url.query)))
        self.server.tokens.append(b64decode(self.headers["Authorization"].removeprefix("Basic ")).decode()[35:])
        self.server.silent.wait()
        self.close_connection = True
        if self.server.status is None:
            return
        if self.server.good_token not in (None, self.server.tokens[-1]):
            refusal = problem(20003, 401)
            self.send_response(401)
            self.send_header("Content-Length", str(len(refusal)))
            self.end_headers()
            self.wfile.write(refusal)
            return
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(self.server.content)))
        self.end_headers()
        self.wfile.write(self.server.content)

    def log_message(self, format: str, *args: Any) -> None:
        pass


def message(**changes: Any) -> dict[str, Any]:
    at = format_datetime(SENT_AT)
    return {
        "sid": "SM1",
        "account_sid": ACCOUNT,
        "to": CUSTOMER,
        "from": US,
        "body": "Hello",
        "status": "queued",
        "date_created": at,
        "date_sent": None,
        "date_updated": at,
        **changes,
    }


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.silent.set()
        running.shutdown()
        thread.join()


@pytest.fixture
def messenger(server: Server) -> Iterator[TwilioMessenger]:
    yield from opened(f"http://127.0.0.1:{server.server_port}/twilio")


def opened(url: str) -> Iterator[TwilioMessenger]:
    messenger = TwilioMessenger(account_sid=ACCOUNT, auth_token="token", number=US, api_url=url)
    yield messenger
    messenger.close()


def problem(code: int, status: int) -> bytes:
    return json.dumps({"code": code, "message": "no", "more_info": "", "status": status}).encode()


async def test_a_message_is_sent_from_our_number(server: Server, messenger: TwilioMessenger) -> None:
    assert await messenger.send(CUSTOMER, "Hällo 👋", CALLBACK) == "SM1"
    assert server.calls == [
        (
            "POST",
            f"/twilio/2010-04-01/Accounts/{ACCOUNT}/Messages.json",
            {"To": [CUSTOMER], "From": [US], "Body": ["Hällo 👋"], "StatusCallback": [CALLBACK]},
        )
    ]


@pytest.mark.parametrize(("status", "code"), [(400, 21211), (400, 63016), (400, 21610), (404, 20404), (403, 20403)])
async def test_what_twilio_refuses_is_rejected_with_its_code(
    server: Server, messenger: TwilioMessenger, status: int, code: int
) -> None:
    server.status, server.content = status, problem(code, status)
    with pytest.raises(Rejected) as caught:
        await messenger.send(CUSTOMER, "Hello", CALLBACK)
    assert caught.value.code == str(code)


@pytest.mark.parametrize("status", [429, 503])
async def test_too_much_for_twilio_is_tried_later_when_it_says(
    server: Server, messenger: TwilioMessenger, status: int
) -> None:
    server.status, server.content, server.headers = status, problem(20429, status), {"Retry-After": "7"}
    with pytest.raises(TryLater) as caught:
        await messenger.send(CUSTOMER, "Hello", CALLBACK)
    assert caught.value.retry_after == 7


async def test_refused_credentials_lose_no_message(server: Server, messenger: TwilioMessenger) -> None:
    """They are ours to repair; the answer waits."""
    server.status, server.content = 401, problem(20003, 401)
    with pytest.raises(TryLater):
        await messenger.send(CUSTOMER, "Hello", CALLBACK)


@pytest.mark.parametrize("status", [500, 502, 504])
async def test_a_broken_server_may_have_sent_it(server: Server, messenger: TwilioMessenger, status: int) -> None:
    server.status, server.content = status, b"oops"
    with pytest.raises(OutcomeUnknown):
        await messenger.send(CUSTOMER, "Hello", CALLBACK)


async def test_a_dropped_connection_may_have_sent_it(server: Server, messenger: TwilioMessenger) -> None:
    """And the call is made once: the library repeats nothing on its own."""
    server.status = None
    with pytest.raises(OutcomeUnknown):
        await messenger.send(CUSTOMER, "Hello", CALLBACK)
    assert len(server.calls) == 1


async def test_silence_may_have_sent_it(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(twilio, "TIMEOUT_SECONDS", 0.2)
    server.silent.clear()
    for messenger in opened(f"http://127.0.0.1:{server.server_port}"):
        with pytest.raises(OutcomeUnknown):
            await messenger.send(CUSTOMER, "Hello", CALLBACK)


async def test_an_answer_that_cannot_be_read_may_have_sent_it(server: Server, messenger: TwilioMessenger) -> None:
    server.content = b"<html>"
    with pytest.raises(OutcomeUnknown):
        await messenger.send(CUSTOMER, "Hello", CALLBACK)


async def test_without_a_connection_nothing_was_sent() -> None:
    with closing(socket.socket()) as bound:
        bound.bind(("127.0.0.1", 0))  # bound and not listening: the port is ours and refuses
        for messenger in opened(f"http://127.0.0.1:{bound.getsockname()[1]}"):
            with pytest.raises(TryLater):
                await messenger.send(CUSTOMER, "Hello", CALLBACK)


async def test_an_unknown_host_took_nothing() -> None:
    for messenger in opened("http://twilio.invalid"):
        with pytest.raises(TryLater):
            await messenger.send(CUSTOMER, "Hello", CALLBACK)


async def test_recent_messages_to_a_number(server: Server, messenger: TwilioMessenger) -> None:
    """By the time they were made: one that waits at Twilio has not been sent yet."""
    old = format_datetime(SENT_AT - timedelta(minutes=5))
    server.status = 200
    server.content = json.dumps(
        {"messages": [message(sid="SM2"), message(sid="SM0", date_created=old)], "next_page_uri": None, "page": 0}
    ).encode()
    assert await messenger.recent(CUSTOMER, SENT_AT + timedelta(seconds=20)) == [
        SentMessage("SM2", CUSTOMER, "Hello", SENT_AT, "queued")
    ]
    (method, path, query) = server.calls[0]
    assert (method, path) == ("GET", f"/twilio/2010-04-01/Accounts/{ACCOUNT}/Messages.json")
    assert (query["To"], query["From"]) == ([CUSTOMER], [US])


@pytest.mark.parametrize(("status", "content"), [(500, b"oops"), (None, b""), (200, b"<html>"), (200, b"[]")])
async def test_a_listing_can_always_be_asked_for_again(
    server: Server, messenger: TwilioMessenger, status: int | None, content: bytes
) -> None:
    server.status, server.content = status, content
    with pytest.raises(TryLater):
        await messenger.recent(CUSTOMER, SENT_AT)


async def test_f35_a_template_carries_the_answer_as_its_variable(server: Server, messenger: TwilioMessenger) -> None:
    template = "HX" + "a" * 32
    assert await messenger.send_template(CUSTOMER, template, "Hällo 👋", CALLBACK) == "SM1"
    ((_, _, fields),) = server.calls
    assert (fields["ContentSid"], fields["To"]) == ([template], [CUSTOMER])
    assert json.loads(fields["ContentVariables"][0]) == {"1": "Hällo 👋"}
    assert "Body" not in fields


@pytest.mark.parametrize("code", [20429, 63018, 30001, 14107, 30022])
async def test_b13_too_many_at_once_is_tried_later_whatever_its_status(
    server: Server, messenger: TwilioMessenger, code: int
) -> None:
    server.status, server.content = 400, problem(code, 400)
    with pytest.raises(TryLater):
        await messenger.send(CUSTOMER, "Hello", CALLBACK)


@pytest.mark.parametrize(
    ("wait", "least", "most"),
    [("120", 120, 120), ("until", 50, 60), ("past", 0, 0)],
)
async def test_b13_retry_after_is_seconds_or_a_time(
    server: Server, messenger: TwilioMessenger, wait: str, least: float, most: float
) -> None:
    moments = {"until": timedelta(seconds=60), "past": timedelta(days=-1)}
    asked = format_datetime(datetime.now(UTC) + moments[wait], usegmt=True) if wait in moments else wait
    server.status, server.content, server.headers = 429, problem(20429, 429), {"Retry-After": asked}
    with pytest.raises(TryLater) as caught:
        await messenger.send(CUSTOMER, "Hello", CALLBACK)
    assert caught.value.retry_after is not None
    assert least <= caught.value.retry_after <= most


@pytest.mark.parametrize("wait", ["soon", "", "-5"])
async def test_b13_a_retry_after_that_says_nothing_is_none(
    server: Server, messenger: TwilioMessenger, wait: str
) -> None:
    server.status, server.content, server.headers = 429, problem(20429, 429), {"Retry-After": wait}
    with pytest.raises(TryLater) as caught:
        await messenger.send(CUSTOMER, "Hello", CALLBACK)
    assert caught.value.retry_after is None


@pytest.mark.parametrize("good", ["old", "new"])
async def test_b18_while_tokens_are_changed_the_one_that_is_good_is_used(server: Server, good: str) -> None:
    server.good_token = good
    messenger = TwilioMessenger(
        account_sid=ACCOUNT,
        auth_token="old",
        other_tokens=["new"],
        number=US,
        api_url=f"http://127.0.0.1:{server.server_port}",
    )
    for _ in range(2):
        assert await messenger.send(CUSTOMER, "Hello", CALLBACK) == "SM1"
    assert server.tokens == (["old", "old"] if good == "old" else ["old", "new", "new"])
    server.good_token = "neither"
    with pytest.raises(TryLater):
        await messenger.send(CUSTOMER, "Hello", CALLBACK)
    messenger.close()
