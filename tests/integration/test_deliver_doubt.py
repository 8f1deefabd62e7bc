"""Nothing goes out twice: calls without an answer, workers that died, woke up late or are slow."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from typing import Any
from uuid import uuid4

import pytest

from fte.domain.channels import Channel
from fte.domain.delivery import DeliveryStatus
from fte.errors import Unavailable
from fte.store.pool import fetch_one, open_pool, transaction
from fte.wiring import Core
from fte_deliver import records
from fte_deliver.courier import Courier
from fte_deliver.records import Claim, Taken
from fte_local.sim.stage import Stage, staged
from fte_tests.desk import Desk, opened

pytestmark = pytest.mark.anyio

DOUBT = [
    pytest.param({"kind": "accept_then_drop"}, id="taken, answer lost"),
    pytest.param({"kind": "drop"}, id="not taken, connection lost"),
    pytest.param({"kind": "status", "status": 500}, id="error 500"),
]


@pytest.fixture(scope="module")
def simulators() -> Iterator[Stage]:
    with staged() as stage:
        yield stage


@pytest.fixture
async def desk(simulators: Stage, database_url: str) -> AsyncIterator[Desk]:
    async with opened(simulators, database_url) as desk:
        yield desk


class SlowSender:
    """A provider that takes its time."""

    def __init__(self) -> None:
        self.called, self.may_answer = asyncio.Event(), asyncio.Event()

    async def send(self, claim: Claim) -> Taken:
        self.called.set()
        await self.may_answer.wait()
        return Taken("SM1")

    async def find(self, claim: Claim) -> Sequence[Taken]:
        return []


@pytest.mark.parametrize("fault", DOUBT)
@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.WHATSAPP])
async def test_an_unknown_outcome_is_asked_about_before_anything_is_sent_again(
    desk: Desk, channel: Channel, fault: dict[str, Any]
) -> None:
    desk.fault(channel, **fault)
    answer = await desk.simple(channel)
    await desk.courier.deliver(answer)
    assert await desk.statuses(answer) == ["unknown"]
    assert await desk.status(answer) == "unknown"

    await desk.sweep_until_quiet()
    (part,) = await desk.parts(answer)
    (message,) = desk.received()
    assert (part["status"], part["provider_message_id"]) == ("sent", message["id"])


@pytest.mark.parametrize("fault", DOUBT)
@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.WHATSAPP])
async def test_an_unknown_outcome_lasts_while_the_provider_does_not_tell(
    desk: Desk, channel: Channel, fault: dict[str, Any]
) -> None:
    """Nothing is sent in doubt, however often it is looked at."""
    desk.fault(channel, **fault)
    answer = await desk.simple(channel)
    await desk.courier.deliver(answer)
    desk.fault(channel, kind="status", status=500, match="essages", count=2)
    for _ in range(2):
        await desk.time_passes()
        await desk.courier.sweep()
        assert await desk.statuses(answer) == ["unknown"]
    await desk.sweep_until_quiet()
    assert desk.texts() == ["Open Settings."]


@pytest.mark.parametrize("taken", [True, False], ids=["the provider has it", "the provider has it not"])
@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.WHATSAPP])
async def test_a_process_that_died_while_sending(desk: Desk, channel: Channel, taken: bool) -> None:
    """Its lease runs out; then the provider is asked."""
    answer = await desk.simple(channel)
    claim = await records.claim(desk.core.pool, answer)
    assert claim is not None
    if taken:
        await desk.courier._senders[channel].send(claim)
    await desk.courier.deliver(answer)
    assert await desk.statuses(answer) == ["sending"]

    await desk.sweep_until_quiet()
    assert desk.texts() == ["Open Settings."]
    assert await desk.statuses(answer) == ["sent"]


async def test_two_answers_with_the_same_words_are_two_messages(desk: Desk) -> None:
    """What the provider has of the first one is not taken for the second."""
    first = await desk.simple(Channel.WHATSAPP)
    second = await desk.simple(Channel.WHATSAPP)
    await desk.courier.deliver(first)
    desk.fault(Channel.WHATSAPP, kind="drop")
    await desk.courier.deliver(second)
    await desk.sweep_until_quiet()
    ids = {part["provider_message_id"] for answer in (first, second) for part in await desk.parts(answer)}
    assert ids == {message["id"] for message in desk.received()}
    assert len(ids) == 2


@pytest.mark.parametrize(
    "write",
    [
        lambda pool, claim: records.refuse(pool, claim, "21211"),
        lambda pool, claim: records.put_back(pool, claim, DeliveryStatus.QUEUED),
    ],
    ids=["refuse", "put_back"],
)
async def test_a_worker_that_woke_up_too_late_changes_nothing(
    desk: Desk, write: Callable[[Any, Claim], Awaitable[None]]
) -> None:
    answer = await desk.simple(Channel.WHATSAPP)
    late = await records.claim(desk.core.pool, answer)
    await desk.time_passes()
    current = await records.claim(desk.core.pool, answer)
    assert late is not None
    assert current is not None
    await write(desk.core.pool, late)
    assert await desk.statuses(answer) == ["unknown"]
    assert (await desk.parts(answer))[0]["lease_until"] is not None


async def test_one_answer_that_we_cannot_handle_does_not_hold_up_the_others(desk: Desk) -> None:
    broken = await desk.simple(Channel.EMAIL)
    await desk.execute("UPDATE messages SET details = '[]' WHERE id = %s", broken)
    await desk.simple(Channel.EMAIL)
    assert await desk.courier.sweep() == 2
    assert desk.texts() == ["Open Settings."]
    assert await desk.statuses(broken) == ["sending"]


async def test_a_claim_is_kept_while_its_call_lasts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow provider is no dead worker: nobody else begins with the part."""
    monkeypatch.setattr("fte_deliver.courier.HEARTBEAT_SECONDS", 0.01)
    slow = SlowSender()
    courier = Courier(desk.core, {Channel.WHATSAPP: slow})
    answer = await desk.simple(Channel.WHATSAPP)
    sending = asyncio.create_task(courier.deliver(answer))
    await slow.called.wait()
    await desk.time_passes()
    async with asyncio.timeout(10):
        while not (await desk.rows("SELECT lease_until > now() AS held FROM deliveries"))[0]["held"]:
            await asyncio.sleep(0.01)
    assert await desk.courier.sweep() == 0
    slow.may_answer.set()
    await sending
    (part,) = await desk.parts(answer)
    assert (part["status"], part["attempts"], part["lease_until"]) == ("sent", 1, None)


async def test_closing_waits_for_what_is_being_sent(desk: Desk) -> None:
    """And so it is recorded: a deployment leaves no answer in doubt."""
    slow = SlowSender()
    courier = Courier(desk.core, {Channel.WHATSAPP: slow})
    courier.start()
    answer = await desk.simple(Channel.WHATSAPP)
    sending = asyncio.create_task(courier.deliver(answer))
    await slow.called.wait()
    closing = asyncio.create_task(courier.close())
    assert await desk.statuses(answer) == ["sending"]
    assert not closing.done()
    slow.may_answer.set()
    await closing
    assert await desk.statuses(answer) == ["sent"]
    assert not courier.sweeping
    await sending


async def test_without_our_database_the_event_comes_back(desk: Desk) -> None:
    pool = await open_pool("postgresql://nobody@127.0.0.1:1/none")
    try:
        core = Core(desk.core.settings, pool, desk.core.publisher, desk.core.outbox)
        with pytest.raises(Unavailable):
            await Courier(core, desk.courier._senders).deliver(uuid4())
    finally:
        await pool.close()


async def test_the_row_is_there_to_be_read(desk: Desk) -> None:
    """The claim marks the part before anything is sent: whoever finds it later knows that there is doubt."""
    answer = await desk.simple(Channel.EMAIL)
    await records.claim(desk.core.pool, answer)
    async with transaction(desk.core.pool) as connection:
        row = await fetch_one(connection, "SELECT status, attempts, lease_until > now() AS held FROM deliveries")
    assert row == {"status": "sending", "attempts": 1, "held": True}
    assert await desk.status(answer) == "sending"
