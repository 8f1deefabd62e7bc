"""intake-whatsapp on a real PostgreSQL, with posts that Twilio's own validator signs."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from itertools import permutations
from typing import Any
from uuid import uuid4

import pytest

from fte.store.pool import Pool, open_pool, transaction
from fte.wiring import Core
from fte_tests.bus import RememberingBus
from fte_tests.twilio_door import ENV, MESSAGE, PATH, STATUS_PATH, Post, core_on, posting

pytestmark = pytest.mark.anyio

Rows = Callable[..., Awaitable[list[dict[str, Any]]]]


@pytest.fixture(autouse=True)
def _same_signal_handler() -> Iterator[None]:
    handler = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, handler)


@pytest.fixture
async def core(pool: Pool, bus: RememberingBus) -> AsyncIterator[Core]:
    core = core_on(pool, bus)
    yield core
    await core.outbox.close()


@pytest.fixture
def post(core: Core) -> Post:
    return posting(core)


async def test_a_message_is_stored_answered_and_told(post: Post, core: Core, bus: RememberingBus, rows: Rows) -> None:
    answer = await post(MESSAGE)
    assert (answer.status, answer.headers["content-type"]) == (200, "text/xml")
    assert answer.body.endswith(b"<Response/>")
    (stored,) = await rows("SELECT * FROM messages")
    assert (stored["provider_message_id"], stored["content"]) == ("SM1", MESSAGE["Body"])
    assert stored["reference"].startswith("TC-")
    await core.outbox.close()
    assert sorted(row.event.type for row in bus.rows) == [
        "com.techcorp.fte.ticket.incoming.v1",
        "com.techcorp.fte.whatsapp.received.v1",
    ]
    assert {row.key for row in bus.rows} == {str(stored["customer_id"])}
    assert {row.event.attributes["source"] for row in bus.rows} == {"/fte/intake-whatsapp"}
    assert all("4155550123" not in str(row.event.attributes) for row in bus.rows)


async def test_w01_f01_five_deliveries_at_once_and_one_later_are_one_message(
    post: Post, core: Core, bus: RememberingBus, rows: Rows
) -> None:
    answers = await asyncio.gather(*(post(MESSAGE) for _ in range(5)))
    answers.append(await post(MESSAGE))
    assert [answer.status for answer in answers] == [200] * 6
    assert len(await rows("SELECT id FROM messages")) == len(await rows("SELECT id FROM customers")) == 1
    assert len(await rows("SELECT id FROM conversations")) == 1
    assert len(await rows("SELECT id FROM outbox")) == 2
    await core.outbox.close()
    assert len(bus.rows) == 2


async def test_f09_lines_at_once_are_one_conversation(post: Post, rows: Rows) -> None:
    await asyncio.gather(*(post(MESSAGE | {"MessageSid": f"SM{number}"}) for number in range(4)))
    assert len(await rows("SELECT id FROM messages")) == 4
    assert len(await rows("SELECT id FROM conversations")) == len(await rows("SELECT id FROM customers")) == 1


async def test_w02_the_same_id_with_another_text_is_noted_and_the_first_kept(post: Post, rows: Rows) -> None:
    await post(MESSAGE)
    assert (await post(MESSAGE | {"Body": "something else"})).status == 200
    (stored,) = await rows("SELECT content FROM messages")
    assert stored["content"] == MESSAGE["Body"]
    assert [row["action"] for row in await rows("SELECT action FROM audit_log")] == ["conflicting_message"]


async def test_w03_a_wrong_signature_stores_nothing(post: Post, rows: Rows) -> None:
    for path in (PATH, STATUS_PATH):
        for signature in ("", "AAAA"):
            answer = await post(MESSAGE | {"MessageStatus": "sent"}, path, signature=signature)
            assert (answer.status, answer.body) == (403, b'{"error": "forbidden"}')
    assert await rows("SELECT id FROM messages") == await rows("SELECT status FROM delivery_reports") == []


async def test_a_message_without_sender_is_refused(post: Post, rows: Rows) -> None:
    answer = await post(MESSAGE | {"From": ""})
    assert answer.status == 422
    assert await rows("SELECT id FROM messages") == []


async def test_our_own_messages_are_ignored(post: Post, rows: Rows) -> None:
    assert (await post(MESSAGE | {"From": ENV["FTE_TWILIO_NUMBER"]})).status == 200
    assert await rows("SELECT id FROM messages") == []


async def test_w08_f32_odd_characters_are_stored(post: Post, rows: Rows) -> None:
    await post(MESSAGE | {"Body": "a\x00b مرحبا 😀", "ProfileName": "\x00"})
    (stored,) = await rows("SELECT content FROM messages")
    assert stored["content"] == "ab مرحبا 😀"


async def test_w05_without_kafka_a_message_is_safe_all_the_same(post: Post, bus: RememberingBus, rows: Rows) -> None:
    bus.away = True
    assert (await post(MESSAGE)).status == 200
    assert [row["published_at"] for row in await rows("SELECT published_at FROM outbox")] == [None, None]


async def test_w04_without_the_database_twilio_is_asked_to_try_again() -> None:
    core = core_on(await open_pool("postgresql://nobody@127.0.0.1:1/none"), RememberingBus())
    answer = await posting(core)(MESSAGE)
    assert (answer.status, answer.body) == (503, b'{"error": "unavailable"}')
    await core.close()


Send = Callable[..., Awaitable[str]]


@pytest.fixture
def send(pool: Pool) -> Send:
    """Writes an answer that is sent, in one part for each SID; gives the message's id."""

    async def send(*sids: str) -> str:
        customer, conversation, message = (str(uuid4()) for _ in range(3))
        async with transaction(pool) as connection:
            await connection.execute("INSERT INTO customers (id) VALUES (%s)", [customer])
            await connection.execute(
                "INSERT INTO conversations (id, customer_id, channel) VALUES (%s, %s, 'whatsapp')",
                [conversation, customer],
            )
            await connection.execute(
                "INSERT INTO messages (id, conversation_id, customer_id, direction, author, channel, content,"
                " delivery_status, received_at)"
                " VALUES (%s, %s, %s, 'outbound', 'agent', 'whatsapp', 'x', 'sent', now())",
                [message, conversation, customer],
            )
            for part, sid in enumerate(sids, 1):
                await connection.execute(
                    "INSERT INTO deliveries (id, message_id, part, body, status, provider_message_id)"
                    " VALUES (%s, %s, %s, 'x', 'sent', %s)",
                    [str(uuid4()), message, part, sid],
                )
        return message

    return send


@pytest.fixture
def report(post: Post) -> Callable[..., Awaitable[None]]:
    async def report(sid: str, status: str, **fields: str) -> None:
        answer = await post({"MessageSid": sid, "MessageStatus": status} | fields, STATUS_PATH)
        assert (answer.status, answer.body) == (204, b"")

    return report


Report = Callable[..., Awaitable[None]]


async def test_w11_f11_reports_in_any_order_end_alike(send: Send, report: Report, rows: Rows) -> None:
    for order in permutations(["queued", "sent", "delivered", "read"]):
        one, other = "SM-" + "-".join(order), "SM-other-" + "-".join(order)
        message = await send(one, other)
        for status in (*order, *order):
            await report(one, status)
        parts = await rows("SELECT status FROM deliveries WHERE message_id = %s ORDER BY part", message)
        assert [part["status"] for part in parts] == ["read", "sent"]
        assert await rows("SELECT delivery_status FROM messages WHERE id = %s", message) == [
            {"delivery_status": "sent"}
        ]
        assert len(await rows("SELECT status FROM delivery_reports WHERE provider_message_id = %s", one)) == 4


async def test_w11_a_message_is_as_far_as_its_last_part(send: Send, report: Report, rows: Rows) -> None:
    await send("SM-a", "SM-b")
    await asyncio.gather(*(report(sid, status) for sid in ("SM-a", "SM-b") for status in ("delivered", "read")))
    assert await rows("SELECT delivery_status FROM messages") == [{"delivery_status": "read"}]


async def test_w11_f11_a_late_failure_does_not_undo_a_delivery_and_nothing_follows_a_failure(
    send: Send, report: Report, rows: Rows
) -> None:
    await send("SM-a", "SM-b")
    await report("SM-a", "delivered")
    await report("SM-a", "undelivered", ErrorCode="63016")
    await report("SM-b", "failed", ErrorCode="63016")
    await report("SM-b", "sent")
    found = await rows("SELECT status, error_code FROM deliveries ORDER BY part")
    assert found == [{"status": "delivered", "error_code": None}, {"status": "failed", "error_code": "63016"}]
    assert await rows("SELECT delivery_status FROM messages") == [{"delivery_status": "failed"}]


async def test_w11_f12_a_report_that_comes_before_its_message_is_kept(report: Report, rows: Rows) -> None:
    await report("SM-later", "delivered")
    await report("SM-later", "delivered")
    await report("SM-later", "teleported")
    found = await rows("SELECT provider_message_id, status FROM delivery_reports")
    assert found == [{"provider_message_id": "SM-later", "status": "delivered"}]
