"""Nothing goes out twice: calls without an answer, workers that died, woke up late or are slow."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from fte.domain.channels import Channel
from fte.domain.delivery import DeliveryStatus
from fte.errors import Unavailable
from fte.store.pool import fetch_one, open_pool, transaction
from fte.wiring import Core
from fte_deliver import records
from fte_deliver.courier import Courier
from fte_deliver.records import Claim, Taken
from fte_deliver.senders import Sender
from fte_local.sim.stage import Stage, staged
from fte_tests.desk import Desk, opened

pytestmark = pytest.mark.anyio

MIGRATION = Path(__file__).resolve().parents[2] / "db" / "migrations" / "0007_deliveries_once.sql"

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
async def test_b13_f04_an_unknown_outcome_is_asked_about_before_anything_is_sent_again(
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
async def test_b13_an_unknown_outcome_lasts_while_the_provider_does_not_tell(
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


async def test_b13_two_answers_with_the_same_words_are_two_messages(desk: Desk) -> None:
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


class Together:
    """A provider whose listing two ask for in the same moment: both see it before either has recorded anything."""

    def __init__(self, provider: Sender) -> None:
        self._provider = provider
        self._both = asyncio.Barrier(2)

    async def send(self, claim: Claim) -> Taken:
        return await self._provider.send(claim)

    async def find(self, claim: Claim) -> Sequence[Taken]:
        found = await self._provider.find(claim)
        async with asyncio.timeout(10):
            await self._both.wait()
        return found


async def test_two_in_doubt_with_the_same_words_share_no_message(desk: Desk) -> None:
    """The provider took one of the two, nobody knows which: it becomes the record of one, and the other is sent."""
    first = await desk.simple(Channel.WHATSAPP)
    second = await desk.simple(Channel.WHATSAPP)
    desk.fault(Channel.WHATSAPP, kind="accept_then_drop")
    await desk.courier.deliver(first)
    desk.fault(Channel.WHATSAPP, kind="drop")
    await desk.courier.deliver(second)
    await desk.time_passes()
    provider = Together(desk.courier._senders[Channel.WHATSAPP])
    await Courier(desk.core, {Channel.WHATSAPP: provider}).sweep()
    await desk.sweep_until_quiet()
    parts = [part for answer in (first, second) for part in await desk.parts(answer)]
    assert [part["status"] for part in parts] == ["sent", "sent"]
    assert len(desk.received()) == 2
    assert {part["provider_message_id"] for part in parts} == {message["id"] for message in desk.received()}


async def test_a_message_that_another_part_was_found_to_be_is_owed_once_more(desk: Desk) -> None:
    """A part in doubt took what we were just sending for itself. Two answers are two messages all the same."""
    doubtful = await desk.simple(Channel.WHATSAPP)
    desk.fault(Channel.WHATSAPP, kind="drop")
    await desk.courier.deliver(doubtful)
    await desk.time_passes()
    current = await desk.simple(Channel.WHATSAPP)

    class Overtaken(Together):
        """Between the provider's answer and our record of it, the part in doubt is looked for."""

        async def send(self, claim: Claim) -> Taken:
            taken = await self._provider.send(claim)
            if not (await desk.parts(doubtful))[0]["provider_message_id"]:
                await desk.courier.deliver(doubtful)
            return taken

    courier = Courier(desk.core, {Channel.WHATSAPP: Overtaken(desk.courier._senders[Channel.WHATSAPP])})
    await courier.deliver(current)
    await desk.sweep_until_quiet()
    parts = [part for answer in (doubtful, current) for part in await desk.parts(answer)]
    assert [part["status"] for part in parts] == ["sent", "sent"]
    assert len(desk.received()) == 2
    assert {part["provider_message_id"] for part in parts} == {message["id"] for message in desk.received()}


async def test_a_message_is_the_record_of_one_part(desk: Desk) -> None:
    """By the code, and by the database under it."""
    claims = [await records.claim(desk.core.pool, await desk.simple(Channel.WHATSAPP)) for _ in range(2)]
    first, second = (claim for claim in claims if claim is not None)
    assert await records.record_taken(desk.core.pool, first, Taken("SM1"))
    assert not await records.record_taken(desk.core.pool, second, Taken("SM1"))
    assert not await records.record_found(desk.core.pool, second, [Taken("SM1")])
    assert await desk.statuses(second.message_id) == ["sending"]
    assert await records.record_found(desk.core.pool, second, [Taken("SM1"), Taken("SM2"), Taken("SM3")])
    (part,) = await desk.parts(second.message_id)
    assert (part["status"], part["provider_message_id"]) == ("sent", "SM2")
    with pytest.raises(psycopg.errors.UniqueViolation):
        await desk.execute("UPDATE deliveries SET provider_message_id = 'SM1' WHERE id = %s", second.id)


async def test_of_those_that_shared_a_message_before_the_first_keeps_it(desk: Desk) -> None:
    """The migration meets rows of older versions; what they never sent is not sent after all this time."""
    await desk.execute("DROP INDEX deliveries_once")
    await desk.execute("CREATE INDEX deliveries_provider_message_id_idx ON deliveries (provider_message_id)")
    answers = [await desk.simple(Channel.WHATSAPP) for _ in range(3)]
    for age, (answer, id_) in enumerate(zip(answers, ("SM1", "SM1", "SM2"), strict=True)):
        await desk.execute(
            "UPDATE deliveries SET status = 'sent', provider_message_id = %s, sent_at = now() - %s * interval '1 hour'"
            " WHERE message_id = %s",
            *(id_, age, answer),
        )
    await desk.execute(MIGRATION.read_text())
    parts = [(await desk.parts(answer))[0] for answer in answers]
    assert [part["provider_message_id"] for part in parts] == [None, "SM1", "SM2"]
    assert [part["status"] for part in parts] == ["sent"] * 3
    assert await desk.courier.sweep() == 0


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.WHATSAPP])
async def test_a_provider_that_answers_too_late_has_sent_one_message(
    channel: Channel, simulators: Stage, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """We hang up; the provider takes the message all the same, later. It is found, and not sent again."""
    monkeypatch.setattr("fte.providers.google_http.TIMEOUT_SECONDS", 0.5)
    monkeypatch.setattr("fte.providers.twilio.TIMEOUT_SECONDS", 0.5)
    async with opened(simulators, database_url) as desk:
        desk.fault(channel, kind="latency", latency_ms=1500)
        answer = await desk.simple(channel)
        await desk.courier.deliver(answer)
        assert await desk.statuses(answer) == ["unknown"]
        (part,) = await desk.parts(answer)
        assert part["next_attempt_at"] > datetime.now(UTC)
        async with asyncio.timeout(20):
            while not desk.received():
                await asyncio.sleep(0.05)
        monkeypatch.setattr("fte.providers.google_http.TIMEOUT_SECONDS", 10.0)
        await desk.sweep_until_quiet()
        (part,) = await desk.parts(answer)
        (message,) = desk.received()
        assert (part["status"], part["provider_message_id"]) == ("sent", message["id"])


@pytest.mark.parametrize(
    "write",
    [
        lambda pool, claim: records.refuse(pool, claim, "21211"),
        lambda pool, claim: records.put_back(pool, claim, DeliveryStatus.QUEUED),
    ],
    ids=["refuse", "put_back"],
)
async def test_b03_a_worker_that_woke_up_too_late_changes_nothing(
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
