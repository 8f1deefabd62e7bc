"""When pings are due, and what is sent then. The clock is a number that sleeping moves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from fte_local.eventing.pings import Pinger
from fte_local.eventing.schedule import Schedule
from fte_local.eventing.wiring import Ping

START = datetime(2026, 11, 20, 10, 2, 30, tzinfo=UTC)  # a Friday


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("* * * * *", ["2026-11-20 10:03", "2026-11-20 10:04", "2026-11-20 10:05"]),
        ("*/5 * * * *", ["2026-11-20 10:05", "2026-11-20 10:10", "2026-11-20 10:15"]),
        ("3-59/20 * * * *", ["2026-11-20 10:03", "2026-11-20 10:23", "2026-11-20 10:43"]),
        ("50/5 * * * *", ["2026-11-20 10:50", "2026-11-20 10:55", "2026-11-20 11:50"]),
        ("0,30 9-17 * * 1-5", ["2026-11-20 10:30", "2026-11-20 11:00", "2026-11-20 11:30"]),
        ("0 9 * * 1", ["2026-11-23 09:00", "2026-11-30 09:00", "2026-12-07 09:00"]),
        ("0 0 1 * *", ["2026-12-01 00:00", "2027-01-01 00:00", "2027-02-01 00:00"]),
        ("0 0 29 2 *", ["2028-02-29 00:00", "2032-02-29 00:00", "2036-02-29 00:00"]),
        ("0 0 13 * 5", ["2026-11-27 00:00", "2026-12-04 00:00", "2026-12-11 00:00"]),
        ("0 0 */9 * 5", ["2026-11-27 00:00", "2026-11-28 00:00", "2026-12-01 00:00"]),
    ],
)
def test_a_schedule_names_its_minutes(text: str, expected: list[str]) -> None:
    schedule, at, found = Schedule.parse(text), START, []
    for _ in expected:
        at = schedule.after(at)
        found.append(at.strftime("%Y-%m-%d %H:%M"))
    assert found == expected


@pytest.mark.parametrize(
    "text",
    ["", "* * * *", "* * * * * *", "@hourly", "60 * * * *", "*/0 * * * *", "5-1 * * * *", "a * * * *", "1- * * * *",
     "-1 * * * *", "*/ * * * *", "* * 0 * *", "* * * 13 *", "* * * * 7", "* * * * MON", "0 0 30 2 *"],
)  # fmt: skip
def test_what_is_no_schedule_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Schedule.parse(text)


class Clock:
    """Time passes by sleeping, and by answers that take long."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Enough(Exception):
    """The test has seen all it wanted."""


class Door:
    """Takes pings and notes when; each answer is a status, or nothing at all, and takes a while."""

    def __init__(self, clock: Clock, *answers: int | Exception, seconds: float = 0) -> None:
        self.clock = clock
        self.answers = list(answers)
        self.seconds = seconds
        self.requests: list[tuple[str, httpx2.Request]] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if not self.answers:
            raise Enough
        self.requests.append((self.clock.now.strftime("%H:%M:%S"), request))
        self.clock.now += timedelta(seconds=self.seconds)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return httpx2.Response(answer)


def pinger(door: Door, data: bytes = b"") -> Pinger:
    client = httpx2.AsyncClient(transport=httpx2.MockTransport(door))
    schedule = Schedule.parse("* * * * *")
    ping = Ping("ping-agent", "fte", schedule, "http://agent/ping", "text/plain", data, {"origin": "test"})
    return Pinger(ping, client, door.clock, door.clock.sleep)


async def until_enough(pinger: Pinger) -> None:
    with pytest.raises(Enough):
        await pinger.run()


@pytest.mark.anyio
async def test_a_ping_comes_every_minute_and_a_failure_is_no_reason_to_stop() -> None:
    door = Door(Clock(), 204, 503, httpx2.ConnectError("refused"), 404, 200)
    ours = pinger(door)
    await until_enough(ours)
    assert [at for at, _ in door.requests] == ["10:03:00", "10:04:00", "10:05:00", "10:06:00", "10:07:00"]
    assert (ours.counts.sent, ours.counts.failed) == (2, 3)


@pytest.mark.anyio
async def test_a_minute_that_comes_while_a_ping_is_under_way_is_left_out() -> None:
    door = Door(Clock(), 204, 204, 204, seconds=70)
    await until_enough(pinger(door))
    assert [at for at, _ in door.requests] == ["10:03:00", "10:05:00", "10:07:00"]


@pytest.mark.anyio
async def test_a_ping_is_an_event_in_binary_mode() -> None:
    door = Door(Clock(), 204, 204)
    await until_enough(pinger(door, b"hi"))
    (_, first), (_, second) = door.requests
    assert (first.method, str(first.url), first.content) == ("POST", "http://agent/ping", b"hi")
    expected = {
        "ce-specversion": "1.0",
        "ce-type": "dev.knative.sources.ping",
        "ce-source": "/apis/v1/namespaces/fte/pingsources/ping-agent",
        "ce-time": "2026-11-20T10:03:00Z",
        "ce-origin": "test",
        "content-type": "text/plain",
    }
    assert expected.items() <= dict(first.headers).items()
    assert first.headers["ce-id"] != second.headers["ce-id"]


@pytest.mark.anyio
async def test_a_ping_without_data_has_no_body() -> None:
    door = Door(Clock(), 204)
    await until_enough(pinger(door))
    ((_, request),) = door.requests
    assert request.content == b""
    assert "content-type" not in request.headers
