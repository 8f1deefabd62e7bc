"""Deliver on a real PostgreSQL, with the providers' own clients against the simulators."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

import pytest

from fte.domain.channels import Channel
from fte.observability import JsonFormatter
from fte.providers.mail.our_ids import key_from, message_id
from fte_deliver import records
from fte_deliver.records import Taken
from fte_local.sim.stage import Stage, staged
from fte_tests.desk import ANA, PHONE, Desk, opened

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def simulators() -> Iterator[Stage]:
    with staged() as stage:
        yield stage


@pytest.fixture
async def desk(simulators: Stage, database_url: str) -> AsyncIterator[Desk]:
    async with opened(simulators, database_url) as desk:
        yield desk


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
    key = key_from(desk.core.settings.secret("gmail_client_secret"))
    assert headers["message-id"] == message_id(key, answer, 1, "techcorp.example")
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


async def test_b14_whatsapp_parts_go_out_in_order(desk: Desk) -> None:
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
async def test_f05_f06_an_event_five_times_at_once_and_again_later_sends_once(desk: Desk, channel: Channel) -> None:
    answer = await desk.simple(channel)
    await asyncio.gather(*(desk.courier.deliver(answer) for _ in range(5)))
    await desk.courier.deliver(answer)
    await desk.sweep_until_quiet()
    assert desk.texts() == ["Open Settings."]


async def test_an_event_for_an_answer_that_is_not_there_is_no_error(desk: Desk) -> None:
    await desk.courier.deliver(uuid4())
    assert desk.received() == []


@pytest.mark.parametrize("channel", list(Channel))
async def test_w10_f37_who_opted_out_gets_nothing(desk: Desk, channel: Channel) -> None:
    address = PHONE.removeprefix("whatsapp:") if channel is Channel.WHATSAPP else ANA
    by = "whatsapp" if channel is Channel.WHATSAPP else "email"
    await desk.execute("INSERT INTO opt_outs (channel, address, source) VALUES (%s, %s, 'keyword')", by, address)
    answer = await desk.simple(channel)
    await desk.courier.deliver(answer)
    assert desk.received() == []
    assert [(part["status"], part["error_code"]) for part in await desk.parts(answer)] == [("failed", "opted_out")]


async def test_b13_what_the_provider_refuses_is_failed_with_its_code_and_so_is_the_rest(desk: Desk) -> None:
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


async def test_what_the_sweep_sends_is_logged_in_the_trace_of_the_customers_message(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await desk.simple(Channel.EMAIL)
    await desk.execute(
        "UPDATE messages SET details = jsonb_build_object('traceparent', %s::text)"
        " WHERE id = (SELECT answers FROM messages WHERE id = %s)",
        f"00-{'a1' * 16}-{'b2' * 8}-01",
        answer,
    )
    caplog.handler.setFormatter(JsonFormatter("deliver"))
    with caplog.at_level(logging.INFO, logger="fte_deliver"):
        assert await desk.courier.sweep() == 1
    (line,) = (json.loads(text) for text in caplog.text.splitlines())
    (conversation,) = {row["conversation_id"] for row in await desk.rows("SELECT conversation_id FROM messages")}
    assert (line["event"], line["trace_id"], line["conversation_id"]) == ("sent", "a1" * 16, str(conversation))


async def test_a_recipient_that_is_no_address_is_failed(desk: Desk) -> None:
    answer = await desk.answer(Channel.EMAIL, "nobody", ["Hello"])
    await desk.courier.deliver(answer)
    assert [part["error_code"] for part in await desk.parts(answer)] == ["invalid_recipient"]


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.WHATSAPP])
async def test_b13_a_busy_provider_is_tried_again_when_it_says(desk: Desk, channel: Channel) -> None:
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


async def test_b14_parts_resume_where_they_stopped(desk: Desk) -> None:
    desk.fault(Channel.WHATSAPP, kind="status", status=503, match="Body=two")
    answer = await desk.answer(Channel.WHATSAPP, PHONE, ["one", "two", "three"])
    await desk.courier.deliver(answer)
    assert await desk.statuses(answer) == ["sent", "queued", "queued"]
    assert desk.texts() == ["one"]
    await desk.sweep_until_quiet()
    assert desk.texts() == ["one", "two", "three"]
    assert [part["attempts"] for part in await desk.parts(answer)] == [1, 2, 1]


async def test_w11_f12_news_that_came_before_the_id_is_found(desk: Desk) -> None:
    answer = await desk.simple(Channel.WHATSAPP)
    claim = await records.claim(desk.core.pool, answer)
    assert claim is not None
    for status in ("queued", "delivered", "sent"):
        await desk.execute("INSERT INTO delivery_reports (provider_message_id, status) VALUES ('SM9', %s)", status)
    await records.record_taken(desk.core.pool, claim, Taken("SM9"))
    assert await desk.statuses(answer) == ["delivered"]
    assert await desk.status(answer) == "delivered"


async def test_b14_a_part_that_failed_later_takes_the_rest_with_it(desk: Desk) -> None:
    answer = await desk.answer(Channel.WHATSAPP, PHONE, ["one", "two"])
    await desk.execute("UPDATE deliveries SET status = 'failed', error_code = '63016' WHERE part = 1")
    await desk.courier.deliver(answer)
    assert await desk.statuses(answer) == ["failed", "failed"]
    assert await desk.status(answer) == "failed"
    assert desk.received() == []


async def test_a_thread_that_is_gone_does_not_hold_up_the_answer(desk: Desk) -> None:
    answer = await desk.answer(Channel.EMAIL, ANA, ["Hello"], subject="Re: Hi", thread_id="f00", in_reply_to="<a@b.c>")
    await desk.courier.deliver(answer)
    assert await desk.statuses(answer) == ["sent"]
    assert len(desk.received()) == 1
