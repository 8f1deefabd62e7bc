"""Messages of which no webhook told us: intake-whatsapp asks Twilio, here the simulated one, on a real PostgreSQL."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from fte.providers.errors import TryLater
from fte.providers.twilio import Media, ReceivedMessage
from fte.runtime import Function, Request
from fte.settings import Settings
from fte.store import pings
from fte.store.outbox import Outbox
from fte.store.pool import Pool, transaction
from fte.wiring import Core
from fte_intake_whatsapp.handler import ROUTES
from fte_intake_whatsapp.reconcile import NAME, reconcile
from fte_intake_whatsapp.wiring import Resources
from fte_local.sim.stage import Stage, staged
from fte_tests.bus import RememberingBus

pytestmark = pytest.mark.anyio

CUSTOMER, OTHER = "whatsapp:+4915112345678", "whatsapp:+4915187654321"
NUMBER = "whatsapp:+14155550100"
AT_ONCE = timedelta(0)
Rows = Callable[..., Awaitable[list[dict[str, Any]]]]


@pytest.fixture(scope="module")
def running() -> Iterator[Stage]:
    with staged() as stage:
        yield stage


@pytest.fixture
def stage(running: Stage) -> Stage:
    running.clean()
    running.control.delete("/sim/faults")
    return running


@pytest.fixture
async def deps(stage: Stage, pool: Pool, bus: RememberingBus) -> AsyncIterator[Resources]:
    settings = Settings.from_env({**stage.env, "FTE_TWILIO_API_URL": f"{stage.url}/twilio"})
    core = Core(settings, pool, bus, Outbox(pool, bus))
    resources = Resources.around(core)
    yield resources
    resources.line.close()
    await core.outbox.close()


async def write(stage: Stage, text: str | None, sender: str = CUSTOMER, media: Sequence[Any] = ()) -> str:
    """A customer writes, and both calls of the webhook fail."""
    stage.door.statuses[:] = [503, 503]
    body = {"from": sender, "text": text, "media": [*media]}
    answer = await asyncio.to_thread(stage.control.post, "/sim/whatsapp", json=body)
    assert answer.json()["status"] == 503
    return str(answer.json()["sid"])


async def ping(deps: Resources) -> int:
    async def opened() -> Resources:
        return deps

    function = Function[Resources]("intake-whatsapp", opened, routes=ROUTES)
    return (await function.dispatch(Request("POST", "/ping", "", {}, b""))).status


async def forget_ping(pool: Pool) -> None:
    async with transaction(pool) as connection:
        await connection.execute("UPDATE pings SET begun_at = begun_at - interval '5 minutes'")


async def test_w04_a_message_whose_webhook_failed_twice_is_taken_in_by_a_ping(
    stage: Stage, deps: Resources, bus: RememberingBus, rows: Rows
) -> None:
    sid = await write(stage, "How do I reset my password? 🙂")
    assert await ping(replace(deps, settle=AT_ONCE)) == 204
    (stored,) = await rows("SELECT * FROM messages")
    assert (stored["provider_message_id"], stored["content"]) == (sid, "How do I reset my password? 🙂")
    await deps.core.outbox.close()
    assert sorted(row.event.type for row in bus.rows) == [
        "com.techcorp.fte.ticket.incoming.v1",
        "com.techcorp.fte.whatsapp.received.v1",
    ]
    assert await pings.last_done(deps.core.pool, NAME) is not None


async def test_several_are_taken_in_their_order_and_only_those_that_are_unknown(
    stage: Stage, deps: Resources, rows: Rows
) -> None:
    sids = [await write(stage, text) for text in ("one", "two", "three")]
    await write(stage, "from another", OTHER)
    assert await reconcile(deps.core, deps.line, NUMBER, AT_ONCE) == 4
    assert await reconcile(deps.core, deps.line, NUMBER, AT_ONCE) == 0
    stored = await rows("SELECT provider_message_id FROM messages ORDER BY seq")
    assert [row["provider_message_id"] for row in stored][:3] == sids
    assert len(await rows("SELECT id FROM conversations")) == 2


async def test_w01_a_webhook_that_comes_after_all_is_a_duplicate(stage: Stage, deps: Resources, rows: Rows) -> None:
    sid = await write(stage, None, media=["https://api.twilio.com/picture"])
    assert await reconcile(deps.core, deps.line, NUMBER, AT_ONCE) == 1
    function = Function[Resources]("intake-whatsapp", lambda: asyncio.sleep(0, deps), routes=ROUTES)
    stage.door.statuses[:] = [200]
    await asyncio.to_thread(stage.control.post, "/sim/whatsapp", json={"sid": sid})
    late = stage.door.visits[-1]
    answer = await function.dispatch(Request("POST", late.path, "", late.headers, late.body))
    assert answer.status == 200
    (stored,) = await rows("SELECT * FROM messages")
    assert stored["details"]["note"] == "[image]"
    assert await rows("SELECT id FROM audit_log") == []


async def test_w07_attached_media_are_listed_with_their_kind(stage: Stage, deps: Resources, rows: Rows) -> None:
    media = [{"url": "https://x.example/1", "content_type": "audio/ogg"}, "https://x.example/2"]
    sid = await write(stage, None, media=media)
    await reconcile(deps.core, deps.line, NUMBER, AT_ONCE)
    (stored,) = await rows("SELECT content, details FROM messages")
    assert stored["details"]["note"] == "[voice message]\n[image]"
    first, second = stored["details"]["attachments"]
    assert (first["type"], second["type"]) == ("audio/ogg", "image/jpeg")
    assert all(f"/Messages/{sid}/Media/ME" in item["url"] and ".json" not in item["url"] for item in (first, second))


async def test_a_message_that_is_still_its_webhook_s_is_left_alone(stage: Stage, deps: Resources, rows: Rows) -> None:
    await write(stage, "just now")
    assert await reconcile(deps.core, deps.line, NUMBER) == 0
    assert await rows("SELECT id FROM messages") == []


async def test_what_we_sent_ourselves_is_not_taken_in(stage: Stage, deps: Resources, rows: Rows) -> None:
    await write(stage, "from ourselves", NUMBER)
    assert await reconcile(deps.core, deps.line, NUMBER, AT_ONCE) == 0
    assert await rows("SELECT id FROM messages") == []


async def test_pings_in_a_row_ask_twilio_once_in_five_minutes(deps: Resources) -> None:
    ends = []
    for _ in range(3):
        assert await ping(deps) == 204
        ends.append(await pings.last_done(deps.core.pool, NAME))
    first = ends[0]
    assert first is not None
    assert ends == [first] * 3
    await forget_ping(deps.core.pool)
    assert await ping(deps) == 204
    later = await pings.last_done(deps.core.pool, NAME)
    assert later is not None
    assert later > first


@pytest.mark.parametrize("status", [500, 429, 401, 400])
async def test_when_twilio_fails_the_next_ping_looks_back_as_far(stage: Stage, deps: Resources, status: int) -> None:
    stage.control.post("/sim/faults", json={"provider": "twilio", "kind": "status", "status": status})
    assert await ping(deps) == 204
    assert await pings.last_done(deps.core.pool, NAME) is None


async def test_without_a_database_a_ping_is_answered_all_the_same(
    deps: Resources,
) -> None:
    await deps.core.pool.close()
    assert await ping(deps) == 204


class ListedLine:
    """Twilio's list as it is told; it notes how far back it was asked."""

    def __init__(self, *messages: ReceivedMessage, fails_after: int | None = None) -> None:
        self.messages = list(messages)
        self.fails_after = fails_after
        self.asked: list[datetime] = []

    async def received(self, since: datetime) -> list[ReceivedMessage]:
        self.asked.append(since)
        return self.messages

    async def media(self, sid: str) -> list[Media]:
        raise TryLater


def listed(sid: str, sender: str = CUSTOMER, media: int = 0) -> ReceivedMessage:
    return ReceivedMessage(sid, sender, NUMBER, "Hello", datetime.now(UTC) - timedelta(minutes=2), media)


async def test_it_looks_back_a_day_at_first_and_then_to_shortly_before_the_last_time(deps: Resources) -> None:
    line, now = ListedLine(), datetime.now(UTC)
    await pings.due(deps.core.pool, NAME, timedelta(minutes=5))
    await reconcile(deps.core, line, NUMBER)
    await reconcile(deps.core, line, NUMBER)
    await pings_done_at(deps.core.pool, now - timedelta(days=3))
    await reconcile(deps.core, line, NUMBER)
    back = [(now - since) // timedelta(minutes=1) for since in line.asked]
    assert [23 * 60 < minutes <= 24 * 60 for minutes in back] == [True, False, True]
    assert 10 <= back[1] <= 15


async def pings_done_at(pool: Pool, at: datetime) -> None:
    async with transaction(pool) as connection:
        await connection.execute("UPDATE pings SET done_at = %s", [at])


async def test_a_message_that_is_none_does_not_stand_in_the_way(deps: Resources, rows: Rows) -> None:
    line = ListedLine(listed("SM2"), listed("SM1", sender=""))
    assert await reconcile(deps.core, line, NUMBER) == 1
    assert [row["provider_message_id"] for row in await rows("SELECT * FROM messages")] == ["SM2"]


async def test_when_it_breaks_off_what_is_stored_stays_and_the_rest_comes_next_time(
    deps: Resources, rows: Rows
) -> None:
    await pings.due(deps.core.pool, NAME, timedelta(minutes=5))
    line = ListedLine(listed("SM3"), listed("SM2", media=1), listed("SM1"))
    with pytest.raises(TryLater):
        await reconcile(deps.core, line, NUMBER)
    assert [row["provider_message_id"] for row in await rows("SELECT * FROM messages")] == ["SM1"]
    assert await pings.last_done(deps.core.pool, NAME) is None
    line.messages = [listed("SM3"), listed("SM2"), listed("SM1")]
    assert await reconcile(deps.core, line, NUMBER) == 2


def test_a_cold_start_does_not_load_twilio_s_client() -> None:
    code = (
        "import fte_intake_whatsapp.handler, sys; print([m for m in ('twilio.rest', 'requests') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
