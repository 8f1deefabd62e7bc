"""`./dev send`: the message that is sent, and how long its answer is waited for. The doors are replaced at the wire."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest

from fte_local import doors, send
from fte_local.errors import PlatformError
from fte_local.platform import Platform

REFERENCE = "TC-T5H7SSTX2K"


class Suite:
    """What the gateway, the simulators and the backoffice answer."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.door: tuple[int, dict[str, Any]] = (202, {"reference": REFERENCE})
        self.answers: list[tuple[float, str]] = []
        """When each answer was written, as seconds from the beginning, and its delivery status."""
        self.began = time.time()

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path
        if request.method == "POST":
            self.asked.append((path, json.loads(request.content)))
        if path == "/support/submit":
            return httpx2.Response(self.door[0], json=self.door[1])
        return httpx2.Response(200, json=self._content(path, dict(request.url.params)))

    def _content(self, path: str, query: dict[str, str]) -> dict[str, Any]:
        since = datetime.fromisoformat(query["since"]).timestamp() if "since" in query else 0.0
        match path:
            case "/sim/whatsapp":
                return {"sid": "SM1", "status": self.door[0]}
            case "/sim/gmail":
                return {"push_answers": [204] * (len(self.asked) + 1)}
            case "/sim/outbox":
                here = [at for at, _ in self.answers if self.began + at >= since]
                return {"messages": [{"text": f"answer of {at:g}"} for at in here]}
            case "/customers/lookup":
                return {"conversations": [{"id": "c1"}]}
            case "/activity":
                what = {"reference": REFERENCE, "outcome": "answered", "articles": ["roles"], "team": None, "flags": []}
                return {"items": [{"at": self._moment(at), **what} for at, _ in reversed(self.answers)]}
            case _:
                messages = [
                    {"direction": "outbound", "at": self._moment(at), "delivery_status": status}
                    for at, status in self.answers
                ]
                return {"messages": messages, "tickets": [{"reference": REFERENCE}]}

    def _moment(self, at: float) -> str:
        return datetime.fromtimestamp(self.began + at, UTC).isoformat()


@pytest.fixture
def suite(monkeypatch: pytest.MonkeyPatch) -> Suite:
    suite = Suite()
    make = httpx2.Client

    def client(**options: Any) -> httpx2.Client:
        return make(**options, transport=httpx2.MockTransport(suite))

    monkeypatch.setattr(doors.httpx2, "Client", client)
    return suite


Send = Callable[..., int]


@pytest.fixture
def run(suite: Suite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Send:
    """Run `./dev send` on a platform that seems to run."""

    @contextmanager
    def opened(platform: Platform) -> Any:
        platform.prepare(least_free=0)
        yield doors.Doors(platform)

    monkeypatch.setattr(send, "opened", opened)
    return lambda *argv: send.main(argv, Platform(tmp_path))


@pytest.mark.parametrize(
    ("argv", "path", "content"),
    [
        (["email", "Hello there"], "/sim/email",
         {"from": "Dana Customer <dana@customer.example>", "subject": "A question", "text": "Hello there"}),
        (["email", "Hello", "--from", "Ann Lee <ann@example.com>", "--subject", "Help"], "/sim/email",
         {"from": "Ann Lee <ann@example.com>", "subject": "Help", "text": "Hello"}),
        (["email", "Hello", "--from", "ann@example.com"], "/sim/email",
         {"from": "ann <ann@example.com>", "subject": "A question", "text": "Hello"}),
        (["whatsapp", "hi", "--from", "+4915112345678", "--name", "Uwe"], "/sim/whatsapp",
         {"from": "+4915112345678", "text": "hi", "name": "Uwe"}),
        (["form", "How do I?"], "/support/submit",
         {"name": "Dana Customer", "email": "dana@customer.example", "category": "general", "subject": "A question",
          "message": "How do I?"}),
    ],
)  # fmt: skip
def test_each_channel_has_its_door(
    run: Send, suite: Suite, argv: list[str], path: str, content: dict[str, Any]
) -> None:
    assert run(*argv, "--no-wait") == 0
    assert suite.asked == [(path, content)]


def test_a_dash_reads_the_text_from_standard_input(run: Send, suite: Suite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("two\nlines\n"))
    run("whatsapp", "-", "--no-wait")
    assert suite.asked[0][1]["text"] == "two\nlines"


def test_the_answer_is_shown_with_what_was_decided(run: Send, suite: Suite, capsys: pytest.CaptureFixture[str]) -> None:
    suite.answers = [(60, "sent")]
    assert run("form", "Which roles are there?") == 0
    said = capsys.readouterr().out
    assert f"the webhook answered 202. {REFERENCE}" in said
    assert f"{REFERENCE}: answered from roles" in said
    assert "  | answer of 60" in said
    assert f"./dev logs --trace {REFERENCE}" in said


def test_an_answer_of_yesterday_is_none(run: Send, suite: Suite, capsys: pytest.CaptureFixture[str]) -> None:
    """The same customer writes again and again."""
    suite.answers = [(-86_400, "sent")]
    assert run("form", "Which roles are there?", "--within", "0") == 1
    said = capsys.readouterr()
    assert "No answer within 0 s." in said.err
    assert "answer of" not in said.out


def test_an_answer_that_is_still_on_its_way_is_waited_for(run: Send, suite: Suite) -> None:
    suite.answers = [(60, "sending"), (61, "sent")]
    looks = iter(["sending", "sent"])

    def look(conversation: dict[str, Any], started: float) -> list[str]:
        return [next(looks)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(send, "answers_since", look)
        assert run("form", "Which roles are there?") == 0
    assert next(looks, None) is None


def test_an_answer_that_was_lost_is_said(run: Send, suite: Suite, capsys: pytest.CaptureFixture[str]) -> None:
    suite.answers = [(60, "failed")]
    run("whatsapp", "hi")
    assert "did not get through: failed" in capsys.readouterr().out


def test_a_refused_form_is_told_field_by_field(run: Send, suite: Suite, capsys: pytest.CaptureFixture[str]) -> None:
    suite.door = (422, {"error": "invalid", "fields": {"message": "Say more."}})
    assert run("form", "short") == 1
    assert "  message: Say more." in capsys.readouterr().out


def test_where_nothing_runs_the_remedy_is_said(tmp_path: Path) -> None:
    with pytest.raises(PlatformError, match="Start it"):
        send.main(["email", "Hello"], Platform(tmp_path / "state"))
    assert not (tmp_path / "state").exists()


def test_a_platform_that_stops_answering_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    platform = Platform(tmp_path, 1024)
    platform.prepare(least_free=0)
    monkeypatch.setattr(doors.processes, "require_running", lambda _folder: None)
    with pytest.raises(PlatformError, match="does not answer"), doors.opened(platform) as opened:
        opened.runs()
