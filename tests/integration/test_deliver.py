"""Deliver on a real PostgreSQL, with the providers' own clients against the simulators."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg.types.json import Jsonb

from fte.domain.channels import Channel
from fte.errors import Unavailable
from fte.events import derived_id
from fte.providers.gmail import GmailClient
from fte.providers.twilio import TwilioMessenger
from fte.settings import Settings
from fte.store.outbox import Outbox
from fte.store.pool import fetch_all, fetch_one, open_pool, transaction
from fte.wiring import Core
from fte_deliver import records
from fte_deliver.courier import Courier
from fte_deliver.records import Claim, Taken
from fte_deliver.wiring import senders
from fte_local.sim.stage import Stage, staged
from fte_tests.bus import RememberingBus

pytestmark = pytest.mark.anyio

ANA, PHONE = "ana@customer.example", "whatsapp:+4915112345678"
DOUBT = [
    pytest.param({"kind": "accept_then_drop"}, id="taken, answer lost"),
    pytest.param({"kind": "drop"}, id="not taken, connection lost"),
    pytest.param({"kind": "status", "status": 500}, id="error 500"),
]


@dataclass
class Desk:
    """Deliver with its surroundings: rows in, customers' boxes out."""

    core: Core
    courier: Courier
    stage: Stage
    bus: RememberingBus
    customer: UUID = field(default_factory=uuid4)

    async def execute(self, query: str, *parameters: Any) -> None:
        async with transaction(self.core.pool) as connection:
            await connection.execute(query.encode(), parameters)

    async def rows(self, query: str, *parameters: Any) -> list[dict[str, Any]]:
        async with transaction(self.core.pool) as connection:
            return await fetch_all(connection, query, parameters)

    async def answer(
        self, channel: Channel, recipient: str, parts: Sequence[str], *, subject: str = "", **details: Any
    ) -> UUID:
        """What the agent writes: a message of the customer and the answer to it."""
        conversation, question, answer = uuid4(), uuid4(), uuid4()
        async with transaction(self.core.pool) as connection:
            await connection.execute("INSERT INTO customers (id) VALUES (%s) ON CONFLICT DO NOTHING", [self.customer])
            await connection.execute(
                "INSERT INTO conversations (id, customer_id, channel) VALUES (%s, %s, %s)",
                [conversation, self.customer, str(channel)],
            )
            await connection.execute(
                "INSERT INTO messages (id, conversation_id, customer_id, direction, author, channel, content,"
                " received_at) VALUES (%s, %s, %s, 'inbound', 'customer', %s, 'How?', now() - interval '2 seconds')",
                [question, conversation, self.customer, str(channel)],
            )
            await connection.execute(
                "INSERT INTO messages (id, conversation_id, customer_id, direction, author, channel, recipient,"
                " subject, content, details, answers, delivery_status, received_at)"
                " VALUES (%s, %s, %s, 'outbound', 'agent', %s, %s, %s, %s, %s, %s, 'queued', now())",
                [
                    *(answer, conversation, self.customer, str(channel), recipient, subject, "\n".join(parts)),
                    *(Jsonb(details), question),
                ],
            )
            for number, body in enumerate(parts, start=1):
                mail_id = None if channel is Channel.WHATSAPP else f"<{answer}.{number}@techcorp.example>"
                await connection.execute(
                    "INSERT INTO deliveries (id, message_id, part, body, rfc_message_id) VALUES (%s, %s, %s, %s, %s)",
                    [derived_id("delivery", answer, number), answer, number, body, mail_id],
                )
        return answer

    async def simple(self, channel: Channel) -> UUID:
        """An answer of one part on this channel."""
        return await self.answer(channel, PHONE if channel is Channel.WHATSAPP else ANA, ["Open Settings."])

    async def parts(self, answer: UUID) -> list[dict[str, Any]]:
        return await self.rows("SELECT * FROM deliveries WHERE message_id = %s ORDER BY part", answer)

    async def statuses(self, answer: UUID) -> list[str]:
        return [part["status"] for part in await self.parts(answer)]

    async def status(self, answer: UUID) -> str:
        (row,) = await self.rows("SELECT delivery_status FROM messages WHERE id = %s", answer)
        return str(row["delivery_status"])

    async def time_passes(self) -> None:
        """Whatever was put off is due, and every lease has run out."""
        await self.execute(
            "UPDATE deliveries SET next_attempt_at = next_attempt_at - interval '1 day',"
            " lease_until = lease_until - interval '1 day'"
        )

    async def sweep_until_quiet(self) -> None:
        for _ in range(6):
            await self.time_passes()
            if not await self.courier.sweep():
                return
        raise AssertionError("the sweep always finds something to do")

    def received(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.stage.control.get("/sim/outbox").json()["messages"]
        return found

    def texts(self) -> list[str]:
        return [message["text"].strip() for message in self.received()]

    def fault(self, channel: Channel, **fault: Any) -> None:
        provider, match = ("twilio", "Messages") if channel is Channel.WHATSAPP else ("gmail", "messages/send")
        answer = self.stage.control.post("/sim/faults", json={"provider": provider, "match": match, "count": 1} | fault)
        assert answer.status_code == 201, answer.text

    def metrics(self) -> list[tuple[str, dict[str, str]]]:
        return [(row.event.data["name"], row.event.data["labels"]) for row in self.bus.rows]


@pytest.fixture(scope="module")
def simulators() -> Iterator[Stage]:
    with staged() as stage:
        yield stage


@pytest.fixture
async def desk(simulators: Stage, database_url: str) -> AsyncIterator[Desk]:
    simulators.clean()
    simulators.control.delete("/sim/faults")
    env = {
        **simulators.env,
        "FTE_TWILIO_API_URL": f"{simulators.url}/twilio",
        "FTE_GMAIL_API_URL": f"{simulators.url}/gmail-api",
        "FTE_GOOGLE_TOKEN_URL": f"{simulators.url}/google/token",
    }
    settings = Settings.from_env(env)
    pool = await open_pool(database_url)
    bus = RememberingBus()
    core = Core(settings, pool, bus, Outbox(pool, bus))  # type: ignore[arg-type]
    messenger = TwilioMessenger.from_settings(settings)
    courier = Courier(core, senders(core, GmailClient.from_settings(settings), messenger))
    yield Desk(core, courier, simulators, bus)
    await courier.close()
    await core.close()
    messenger.close()


async def test_a_mail_is_answered_in_its_thread(desk: Desk) -> None:
    asked = desk.stage.control.post("/sim/email", json={"from": ANA, "subject": "Export fails", "text": "Help"}).json()
    answer = await desk.answer(
        Channel.EMAIL,
        ANA,
        ["Hello Ana,\n\nopen Settings."],
        subject="Re: Export fails",
        thread_id=asked["thread_id"],
        in_reply_to=asked["message_id"],
        references=[asked["message_id"]],
    )
    await desk.courier.deliver(answer)

    (mail,) = desk.received()
    headers = {name.lower(): value for name, value in mail["headers"].items()}
    assert (mail["to"], mail["thread_id"], mail["subject"]) == (ANA, asked["thread_id"], "Re: Export fails")
    assert headers["in-reply-to"] == headers["references"] == asked["message_id"]
    assert headers["message-id"] == f"<{answer}.1@techcorp.example>"
    assert mail["text"].startswith("Hello Ana,")
    (part,) = await desk.parts(answer)
    assert (part["status"], part["provider_message_id"], part["attempts"]) == ("sent", mail["id"], 1)
    assert part["sent_at"] is not None
    assert await desk.status(answer) == "sent"


async def test_an_answer_to_the_form_goes_by_mail_in_a_thread_of_its_own(desk: Desk) -> None:
    answer = await desk.answer(Channel.WEBFORM, ANA, ["Hello"], subject="Your request TC-0123456789")
    await desk.courier.deliver(answer)
    (mail,) = desk.received()
    assert (mail["channel"], mail["subject"]) == ("email", "Your request TC-0123456789")
    (row,) = await desk.rows("SELECT provider_thread_id FROM messages WHERE id = %s", answer)
    assert row["provider_thread_id"] == mail["thread_id"]


async def test_whatsapp_parts_go_out_in_order(desk: Desk) -> None:
    answer = await desk.answer(Channel.WHATSAPP, PHONE.removeprefix("whatsapp:"), ["one", "two", "three"])
    await desk.courier.deliver(answer)
    assert desk.texts() == ["one", "two", "three"]
    assert [part["provider_message_id"] for part in await desk.parts(answer)] == [box["id"] for box in desk.received()]
    desk.stage.until(lambda: len(desk.stage.door.visits) >= 3)
    assert {visit.path for visit in desk.stage.door.visits} == {"/webhooks/whatsapp/status"}


async def test_how_long_the_customer_waited_is_measured_once(desk: Desk) -> None:
    answer = await desk.answer(Channel.WHATSAPP, PHONE, ["one", "two"])
    await desk.courier.deliver(answer)
    await desk.courier.deliver(answer)
    await desk.core.outbox.close()
    assert desk.metrics() == [("delivery_ms", {"status": "sent"})]
    assert 2_000 <= desk.bus.rows[0].event.data["value"] < 60_000
    assert desk.bus.rows[0].topic == "fte.metrics"


@pytest.mark.parametrize("channel", list(Channel))
async def test_an_event_five_times_at_once_and_again_later_sends_once(desk: Desk, channel: Channel) -> None:
    answer = await desk.simple(channel)
    await asyncio.gather(*(desk.courier.deliver(answer) for _ in range(5)))
    await desk.courier.deliver(answer)
    await desk.sweep_until_quiet()
    assert desk.texts() == ["Open Settings."]


async def test_an_event_for_an_answer_that_is_not_there_is_no_error(desk: Desk) -> None:
    await desk.courier.deliver(uuid4())
    assert desk.received() == []


@pytest.mark.parametrize("channel", list(Channel))
async def test_who_opted_out_gets_nothing(desk: Desk, channel: Channel) -> None:
    address = PHONE.removeprefix("whatsapp:") if channel is Channel.WHATSAPP else ANA
    by = "whatsapp" if channel is Channel.WHATSAPP else "email"
    await desk.execute("INSERT INTO opt_outs (channel, address, source) VALUES (%s, %s, 'keyword')", by, address)
    answer = await desk.simple(channel)
    await desk.courier.deliver(answer)
    assert desk.received() == []
    assert [(part["status"], part["error_code"]) for part in await desk.parts(answer)] == [("failed", "opted_out")]


async def test_what_the_provider_refuses_is_failed_with_its_code_and_so_is_the_rest(desk: Desk) -> None:
    desk.fault(Channel.WHATSAPP, kind="status", status=400, code=63016)
    answer = await desk.answer(Channel.WHATSAPP, PHONE, ["one", "two"])
    await desk.courier.deliver(answer)
    await desk.sweep_until_quiet()
    assert desk.received() == []
    assert [(part["status"], part["error_code"]) for part in await desk.parts(answer)] == [
        ("failed", "63016"),
        ("failed", "earlier_part_failed"),
    ]
    assert await desk.status(answer) == "failed"
    await desk.core.outbox.close()
    assert desk.metrics() == [("delivery_failed", {"status": "failed", "code": "63016"})]


async def test_a_recipient_that_is_no_address_is_failed(desk: Desk) -> None:
    answer = await desk.answer(Channel.EMAIL, "nobody", ["Hello"])
    await desk.courier.deliver(answer)
    assert [part["error_code"] for part in await desk.parts(answer)] == ["invalid_recipient"]


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.WHATSAPP])
async def test_a_busy_provider_is_tried_again_when_it_says(desk: Desk, channel: Channel) -> None:
    desk.fault(channel, kind="status", status=429, retry_after=30)
    answer = await desk.simple(channel)
    await desk.courier.deliver(answer)
    (wait,) = await desk.rows("SELECT next_attempt_at - now() AS left, status FROM deliveries")
    assert 20 < wait["left"].total_seconds() <= 30
    assert wait["status"] == "queued"
    await desk.courier.deliver(answer)
    assert await desk.courier.sweep() == 0
    assert desk.received() == []
    assert not desk.courier.reachable(channel)

    await desk.sweep_until_quiet()
    assert desk.texts() == ["Open Settings."]
    assert desk.courier.reachable(channel)


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


async def test_parts_resume_where_they_stopped(desk: Desk) -> None:
    desk.fault(Channel.WHATSAPP, kind="status", status=503, match="Body=two")
    answer = await desk.answer(Channel.WHATSAPP, PHONE, ["one", "two", "three"])
    await desk.courier.deliver(answer)
    assert await desk.statuses(answer) == ["sent", "queued", "queued"]
    assert desk.texts() == ["one"]
    await desk.sweep_until_quiet()
    assert desk.texts() == ["one", "two", "three"]
    assert [part["attempts"] for part in await desk.parts(answer)] == [1, 2, 1]


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


async def test_news_that_came_before_the_id_is_found(desk: Desk) -> None:
    answer = await desk.simple(Channel.WHATSAPP)
    claim = await records.claim(desk.core.pool, answer)
    assert claim is not None
    for status in ("queued", "delivered", "sent"):
        await desk.execute("INSERT INTO delivery_reports (provider_message_id, status) VALUES ('SM9', %s)", status)
    await records.record_taken(desk.core.pool, claim, Taken("SM9"))
    assert await desk.statuses(answer) == ["delivered"]
    assert await desk.status(answer) == "delivered"


async def test_a_part_that_failed_later_takes_the_rest_with_it(desk: Desk) -> None:
    answer = await desk.answer(Channel.WHATSAPP, PHONE, ["one", "two"])
    await desk.execute("UPDATE deliveries SET status = 'failed', error_code = '63016' WHERE part = 1")
    await desk.courier.deliver(answer)
    assert await desk.statuses(answer) == ["failed", "failed"]
    assert await desk.status(answer) == "failed"
    assert desk.received() == []


@pytest.mark.parametrize(
    "write",
    [
        lambda pool, claim: records.refuse(pool, claim, "21211"),
        lambda pool, claim: records.put_back(pool, claim, records.DeliveryStatus.QUEUED),
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


async def test_a_thread_that_is_gone_does_not_hold_up_the_answer(desk: Desk) -> None:
    answer = await desk.answer(Channel.EMAIL, ANA, ["Hello"], subject="Re: Hi", thread_id="f00", in_reply_to="<a@b.c>")
    await desk.courier.deliver(answer)
    assert await desk.statuses(answer) == ["sent"]
    assert len(desk.received()) == 1


async def test_one_answer_that_we_cannot_handle_does_not_hold_up_the_others(desk: Desk) -> None:
    broken = await desk.simple(Channel.EMAIL)
    await desk.execute("UPDATE messages SET details = '[]' WHERE id = %s", broken)
    await desk.simple(Channel.EMAIL)
    assert await desk.courier.sweep() == 2
    assert desk.texts() == ["Open Settings."]
    assert await desk.statuses(broken) == ["sending"]


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
