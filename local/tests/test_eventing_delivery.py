"""One event to one function: tries, waits, dead letters, replies. The network is replaced at its lowest seam."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from fte_local.eventing import filters, manifests
from fte_local.eventing.delivery import Abandoned, Counts, Delivery
from fte_local.eventing.event import Event, Record, to_http, to_record
from fte_local.eventing.producer import SinkUnavailable
from fte_local.eventing.reactions import Kind, Retries
from fte_local.eventing.wiring import Sink, Source

BASE = Path(__file__).resolve().parents[2] / "knative" / "base"
EVENT = Event({"specversion": "1.0", "id": "7", "source": "/fte/agent", "type": "t"}, b"{}")
BROKER = Sink("fte-escalations", "fte.escalations")
AT_ONCE = Retries(3, "linear", timedelta(0))
Function = Callable[[httpx2.Request], httpx2.Response]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@dataclass
class KeptLetters:
    """The dead letters and replies, in memory; publishing fails as often as it is told to."""

    failures: int = 0
    letters: list[Event] = field(default_factory=list)
    replies: list[Event] = field(default_factory=list)

    async def publish(self, sink: Sink, event: Event) -> None:
        if self.failures:
            self.failures -= 1
            raise SinkUnavailable(sink.name)
        {"fte.dlq": self.letters, BROKER.topic: self.replies}[sink.topic].append(event)


def record(event: Event) -> Record:
    value, headers = to_record(event)
    return Record("topic", 0, 1, value=value, headers=tuple(headers))


def source(**changes: object) -> Source:
    (ours,) = (one for one in manifests.read(BASE).sources if one.name == "tickets-to-agent")
    return replace(ours, retries=AT_ONCE, **changes)  # type: ignore[arg-type]


def delivery(
    function: Function, sink: KeptLetters, stopping: asyncio.Event | None = None, **changes: object
) -> Delivery:
    client = httpx2.AsyncClient(transport=httpx2.MockTransport(function))
    return Delivery(source(**changes), client, sink, stopping or asyncio.Event())


class Answers:
    """A function that gives one answer after another, the last one for ever."""

    def __init__(self, *answers: int | Exception) -> None:
        self.answers = list(answers)
        self.requests: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        if answer < 300:
            return httpx2.Response(answer)
        return httpx2.Response(answer, content=b"code", headers={"kne-reason": "why"})


@pytest.mark.anyio
@pytest.mark.parametrize("status", [200, 202, 204])
async def test_a_success_ends_it(status: int) -> None:
    function, sink = Answers(status), KeptLetters()
    ours = delivery(function, sink)
    await ours.deliver(EVENT)
    assert (len(function.requests), ours.counts, sink.letters) == (1, Counts(delivered=1), [])


@pytest.mark.anyio
async def test_the_event_is_posted_in_binary_mode() -> None:
    function = Answers(204)
    await delivery(function, KeptLetters()).deliver(EVENT)
    (request,) = function.requests
    assert (request.method, request.content, request.headers["ce-id"]) == ("POST", b"{}", "7")


@pytest.mark.anyio
async def test_a_transient_answer_is_tried_again_until_it_succeeds() -> None:
    function, sink = Answers(503, httpx2.ConnectError("refused"), 429, 204), KeptLetters()
    ours = delivery(function, sink)
    await ours.deliver(EVENT)
    assert (len(function.requests), ours.counts, sink.letters) == (4, Counts(delivered=1, repeated=3), [])


@pytest.mark.anyio
async def test_a_refusal_is_a_dead_letter_after_one_try() -> None:
    function, sink = Answers(422), KeptLetters()
    ours = delivery(function, sink)
    await ours.deliver(EVENT)
    (letter,) = sink.letters
    assert (len(function.requests), ours.counts) == (1, Counts(dead_lettered=1))
    assert (letter.attributes["knativeerrorcode"], letter.attributes["reason"]) == ("422", "why")


@pytest.mark.anyio
async def test_when_all_retries_are_used_up_it_is_a_dead_letter() -> None:
    function, sink = Answers(503), KeptLetters()
    ours = delivery(function, sink)
    await ours.deliver(EVENT)
    assert (len(function.requests), ours.counts) == (4, Counts(repeated=3, dead_lettered=1))


@pytest.mark.anyio
async def test_a_dead_letter_sink_that_recovers_gets_the_letter() -> None:
    sink = KeptLetters(failures=2)
    ours = delivery(Answers(422), sink)
    await ours.deliver(EVENT)
    assert (len(sink.letters), ours.counts) == (1, Counts(dead_lettered=1))


@pytest.mark.anyio
async def test_a_dead_letter_sink_that_stays_away_loses_the_event_and_says_so(caplog: pytest.LogCaptureFixture) -> None:
    ours = delivery(Answers(422), KeptLetters(failures=99))
    await ours.deliver(EVENT)
    assert ours.counts == Counts(dropped=1)
    assert [record.levelname for record in caplog.records] == ["ERROR"]


@pytest.mark.anyio
async def test_without_a_dead_letter_sink_the_event_is_dropped_and_counted(caplog: pytest.LogCaptureFixture) -> None:
    ours = delivery(Answers(400), KeptLetters(), dead_letters=None)
    await ours.deliver(EVENT)
    assert ours.counts == Counts(dropped=1)
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def trigger(**changes: Any) -> dict[str, Any]:
    wants = filters.of_trigger({"filters": [{"exact": {"type": "t"}}]})
    return {"kind": Kind.TRIGGER, "replies": BROKER, "wants": wants, **changes}


REPLY = Event({"specversion": "1.0", "id": "8", "source": "/fte/crm", "type": "seen"}, b"hi")


def replying(status: int, body: bytes | None = None) -> Function:
    """A function that answers with an event, or with `body`."""
    headers, data = to_http(REPLY)
    return lambda _: (
        httpx2.Response(status, content=data, headers=headers)
        if body is None
        else (httpx2.Response(status, content=body))
    )


@pytest.mark.anyio
async def test_a_reply_to_a_trigger_goes_to_the_broker_s_topic() -> None:
    sink = KeptLetters()
    ours = delivery(replying(200), sink, **trigger())
    await ours.deliver(EVENT)
    assert (sink.replies, sink.letters, ours.counts) == ([REPLY], [], Counts(delivered=1, replied=1))


@pytest.mark.anyio
async def test_a_reply_to_a_kafka_source_goes_nowhere() -> None:
    sink = KeptLetters()
    ours = delivery(replying(200), sink)
    await ours.deliver(EVENT)
    assert (sink.replies, sink.letters, ours.counts) == ([], [], Counts(delivered=1))


@pytest.mark.anyio
async def test_a_reply_that_cannot_be_published_makes_the_event_a_dead_letter() -> None:
    sink = KeptLetters(failures=1)
    ours = delivery(replying(200), sink, **trigger())
    await ours.deliver(EVENT)
    assert (sink.replies, len(sink.letters), ours.counts) == ([], 1, Counts(dead_lettered=1))


@pytest.mark.anyio
async def test_a_success_that_says_something_is_a_failure_to_a_trigger_alone() -> None:
    cases: tuple[tuple[dict[str, Any], Counts], ...] = (({}, Counts(delivered=1)), (trigger(), Counts(dead_lettered=1)))
    for changes, expected in cases:
        ours = delivery(replying(200, b"OK"), KeptLetters(), **changes)
        await ours.deliver(EVENT)
        assert ours.counts == expected


@pytest.mark.anyio
async def test_what_a_trigger_does_not_want_and_what_is_no_event_is_passed_over() -> None:
    function = Answers(204)
    ours = delivery(function, KeptLetters(), **trigger())
    await ours.take(record(EVENT))
    await ours.take(record(EVENT.extended({"type": "other"})))
    await ours.take(Record("topic", 0, 3, value=b"plain"))
    assert (len(function.requests), ours.counts) == (1, Counts(delivered=1, passed_over=2))


@pytest.mark.anyio
async def test_a_kafka_source_wraps_what_is_no_event() -> None:
    function = Answers(204)
    await delivery(function, KeptLetters()).take(Record("topic", 0, 3, value=b"plain"))
    (request,) = function.requests
    assert (request.headers["ce-type"], request.content) == ("dev.knative.kafka.event", b"plain")


@pytest.mark.anyio
async def test_an_answer_that_takes_too_long_is_no_answer() -> None:
    async def slow(_: httpx2.Request) -> httpx2.Response:
        await asyncio.Event().wait()
        raise AssertionError("nobody sets it")

    sink = KeptLetters()
    client = httpx2.AsyncClient(transport=httpx2.MockTransport(slow))
    ours = Delivery(source(timeout=timedelta(milliseconds=1)), client, sink, asyncio.Event())
    await ours.deliver(EVENT)
    (letter,) = sink.letters
    assert "knativeerrorcode" not in letter.attributes


@pytest.mark.anyio
async def test_a_stop_ends_the_wait_for_the_next_try() -> None:
    stopping = asyncio.Event()

    def refuse(_: httpx2.Request) -> httpx2.Response:
        stopping.set()
        return httpx2.Response(503)

    client = httpx2.AsyncClient(transport=httpx2.MockTransport(refuse))
    patient = replace(source(), retries=Retries(3, "linear", timedelta(hours=1)))
    with pytest.raises(Abandoned):
        await Delivery(patient, client, KeptLetters(), stopping).deliver(EVENT)


@pytest.mark.anyio
async def test_after_a_stop_nothing_is_begun() -> None:
    function, stopping = Answers(204), asyncio.Event()
    stopping.set()
    with pytest.raises(Abandoned):
        await delivery(function, KeptLetters(), stopping).deliver(EVENT)
    assert function.requests == []
