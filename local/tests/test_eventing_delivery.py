"""One event to one function: tries, waits, dead letters. The network is replaced at its lowest seam."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest

from fte_local.eventing import manifests
from fte_local.eventing.delivery import Abandoned, Counts, Delivery
from fte_local.eventing.event import Event
from fte_local.eventing.manifests import Source
from fte_local.eventing.producer import SinkUnavailable
from fte_local.eventing.reactions import Retries

BASE = Path(__file__).resolve().parents[2] / "knative" / "base"
EVENT = Event({"specversion": "1.0", "id": "7", "source": "/fte/agent", "type": "t"}, b"{}")
AT_ONCE = Retries(3, "linear", timedelta(0))
Function = Callable[[httpx2.Request], httpx2.Response]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@dataclass
class KeptLetters:
    """A dead letter sink in memory; it fails as often as it is told to."""

    failures: int = 0
    letters: list[Event] = field(default_factory=list)

    async def publish(self, name: str, event: Event) -> None:
        assert name == "fte-dlq"
        if self.failures:
            self.failures -= 1
            raise SinkUnavailable(name)
        self.letters.append(event)


def source(**changes: object) -> Source:
    return replace(manifests.read(BASE).sources[0], retries=AT_ONCE, **changes)  # type: ignore[arg-type]


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
