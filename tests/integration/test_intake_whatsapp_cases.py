"""What goes wrong at WhatsApp's door: two processes, crashes, keywords, one person in several spellings, reports."""

from __future__ import annotations

import asyncio
import itertools
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from fte.domain.delivery import DeliveryStatus, advance
from fte.providers.twilio import Media, ReceivedMessage
from fte.store.outbox import OutboxRow
from fte.store.pool import Pool, open_pool, transaction
from fte.wiring import Core
from fte_intake_whatsapp.keywords import STARTED, STOPPED
from fte_intake_whatsapp.reconcile import reconcile
from fte_intake_whatsapp.reports import STATUSES, Report, record_report
from fte_tests.bus import RememberingBus
from fte_tests.twilio_door import ENV, MESSAGE, STATUS_PATH, Post, core_on, posting

pytestmark = pytest.mark.anyio

MIGRATION = Path(__file__).resolve().parents[2] / "db" / "migrations" / "0011_whatsapp.sql"
NUMBER = MESSAGE["From"].removeprefix("whatsapp:")
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


class Died(BaseException):
    """The end of the process: no code of ours catches it."""


class TwilioList:
    """Twilio's list of what came in."""

    def __init__(self, *messages: ReceivedMessage) -> None:
        self.messages = list(messages)

    async def received(self, since: datetime) -> list[ReceivedMessage]:
        return [message for message in self.messages if message.at >= since]

    async def media(self, sid: str) -> list[Media]:
        return []


def listed(fields: dict[str, str], ago: timedelta = timedelta(minutes=5)) -> ReceivedMessage:
    return ReceivedMessage(
        fields["MessageSid"], fields["From"], fields["To"], fields["Body"], datetime.now(UTC) - ago, 0
    )


async def test_w01_f01_f02_the_same_message_at_two_processes_at_once_is_one(database_url: str, rows: Rows) -> None:
    cores = [core_on(await open_pool(database_url), RememberingBus()) for _ in range(2)]
    answers = await asyncio.gather(*(posting(core)(MESSAGE) for core in cores * 4))
    assert [answer.status for answer in answers] == [200] * 8
    for table, count in (("messages", 1), ("customers", 1), ("conversations", 1), ("outbox", 2)):
        assert len(await rows(f"SELECT id FROM {table}")) == count
    for core in cores:
        await core.close()


async def test_w04_what_came_while_the_database_was_down_is_taken_in_later(core: Core, rows: Rows) -> None:
    down = core_on(await open_pool("postgresql://nobody@127.0.0.1:1/none"), RememberingBus())
    assert (await posting(down)(MESSAGE)).status == 503
    await down.close()
    assert await reconcile(core, TwilioList(listed(MESSAGE)), ENV["FTE_TWILIO_NUMBER"]) == 1
    (stored,) = await rows("SELECT provider_message_id, content, received_at FROM messages")
    assert (stored["provider_message_id"], stored["content"]) == ("SM1", MESSAGE["Body"])
    # The window to answer began when the customer wrote, not when we learnt of it.
    assert stored["received_at"] < datetime.now(UTC) - timedelta(minutes=4)


async def test_w04_the_fallback_address_is_the_same_door(post: Post, rows: Rows) -> None:
    """Twilio calls it with two fields more, and signs its own address."""
    fields = MESSAGE | {"ErrorCode": "11200", "ErrorUrl": "https://support.techcorp.example/webhooks/whatsapp"}
    assert (await post(fields, query="from=fallback")).status == 200
    assert (await post(MESSAGE)).status == 200
    (stored,) = await rows("SELECT details FROM messages")
    assert stored["details"]["twilio"]["ErrorCode"] == "11200"
    assert await rows("SELECT id FROM audit_log") == []


async def test_w05_events_that_kafka_did_not_take_go_out_later_in_order(
    post: Post, core: Core, bus: RememberingBus, rows: Rows
) -> None:
    bus.away = True
    for number in range(3):
        await post(MESSAGE | {"MessageSid": f"SM{number}", "Body": f"line {number}"})
    async with transaction(core.pool) as connection:
        await connection.execute("UPDATE outbox SET lease_until = now() - interval '1 second'")
    bus.away = False
    assert await core.outbox.sweep() == 6
    texts = [row.event.data["text"] for row in bus.rows if row.topic == "fte.tickets.incoming"]
    assert texts == ["line 0", "line 1", "line 2"]
    assert await rows("SELECT id FROM outbox WHERE published_at IS NULL") == []


async def test_w06_a_crash_after_the_commit_is_made_good_by_twilios_retry(
    core: Core, pool: Pool, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(_rows: Iterable[OutboxRow | None]) -> None:
        raise Died

    with monkeypatch.context() as broken:
        broken.setattr(core.outbox, "publish_soon", dies)
        with pytest.raises(Died):
            await posting(core)(MESSAGE)
    another = core_on(pool, RememberingBus())
    assert (await posting(another)(MESSAGE)).status == 200
    assert len(await rows("SELECT id FROM messages")) == 1
    # Its events were written with it: whoever sweeps publishes them.
    assert len(await rows("SELECT id FROM outbox WHERE published_at IS NULL")) == 2
    await another.outbox.close()


async def test_b18_a_post_signed_with_the_other_token_is_taken_while_tokens_are_changed(pool: Pool, rows: Rows) -> None:
    core = core_on(pool, RememberingBus(), FTE_TWILIO_SECONDARY_AUTH_TOKEN="67890")
    post = posting(core)
    assert (await post(MESSAGE, token="67890")).status == 200
    assert (await post(MESSAGE | {"MessageSid": "SM2"})).status == 200
    assert (await post(MESSAGE | {"MessageSid": "SM3"}, token="99999")).status == 403
    assert len(await rows("SELECT id FROM messages")) == 2
    await core.outbox.close()


async def test_f09_a_photo_and_a_voice_message_at_once_are_one_conversation(post: Post, rows: Rows) -> None:
    photo = {"NumMedia": "1", "MediaContentType0": "image/jpeg", "Body": "", "MessageSid": "MM1"}
    voice = {"NumMedia": "1", "MediaContentType0": "audio/ogg", "Body": "", "MessageSid": "MM2"}
    await asyncio.gather(post(MESSAGE | photo), post(MESSAGE | voice), post(MESSAGE))
    notes = {row["note"] for row in await rows("SELECT details ->> 'note' AS note FROM messages")}
    assert notes == {"[image]", "[voice message]", None}
    assert len(await rows("SELECT id FROM conversations")) == 1


SPELLINGS = [
    pytest.param("whatsapp:+556199999999", "whatsapp:+5561999999999", id="Brazil"),
    pytest.param("whatsapp:+5215512345678", "whatsapp:+525512345678", id="Mexico"),
    pytest.param("whatsapp:+5491112345678", "whatsapp:+541112345678", id="Argentina"),
]


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
async def test_w09_f28_two_spellings_of_a_number_are_one_customer(post: Post, rows: Rows, one: str, other: str) -> None:
    await post(MESSAGE | {"From": one})
    await post(MESSAGE | {"From": other, "MessageSid": "SM2"})
    assert len(await rows("SELECT id FROM customers")) == len(await rows("SELECT id FROM conversations")) == 1
    # The reply goes to the address as Twilio gave it: WhatsApp may know only that one.
    assert [row["sender"] for row in await rows("SELECT sender FROM messages ORDER BY seq")] == [one, other]


async def test_w09_numbers_that_only_look_alike_are_two_customers(post: Post, rows: Rows) -> None:
    await post(MESSAGE | {"From": "whatsapp:+551132345678"})
    await post(MESSAGE | {"From": "whatsapp:+5511932345678", "MessageSid": "SM2"})
    assert len(await rows("SELECT id FROM customers")) == 2


async def test_f28_numbers_that_were_stored_before_get_the_one_spelling(pool: Pool, rows: Rows) -> None:
    """Where both spellings are known, as two customers, each stays as it is."""
    stored = ["+556188888888", "+5215512345678", "+541112345678", "+551132345678", "+556199999999", "+5561999999999"]
    async with transaction(pool) as connection:
        for value in stored:
            await connection.execute(
                "WITH c AS (INSERT INTO customers DEFAULT VALUES RETURNING id)"
                " INSERT INTO customer_identifiers (customer_id, type, value, level, reason)"
                " SELECT id, 'phone', %s, 'channel', 'test' FROM c",
                [value],
            )
        await connection.execute(MIGRATION.read_text().partition(";")[0].encode())
    known = [row["value"] for row in await rows("SELECT value FROM customer_identifiers ORDER BY id")]
    assert known == [
        "+5561988888888", "+525512345678", "+5491112345678", "+551132345678", "+556199999999", "+5561999999999",
    ]  # fmt: skip


async def test_w09_f29_a_user_id_that_gets_a_number_later_is_one_customer(post: Post, rows: Rows) -> None:
    user_id = "US.13491208655302741918"
    await post(MESSAGE | {"From": f"whatsapp:{user_id}", "MessageSid": "SM1", "ExternalUserId": user_id})
    await post(MESSAGE | {"MessageSid": "SM2", "ExternalUserId": user_id})
    await post(MESSAGE | {"MessageSid": "SM3"})
    assert len(await rows("SELECT id FROM customers")) == 1
    found = await rows("SELECT type, value, level FROM customer_identifiers ORDER BY type")
    assert [(row["type"], row["value"], row["level"]) for row in found] == [
        ("phone", NUMBER, "channel"),
        ("whatsapp", user_id, "channel"),
    ]


async def opt_outs(rows: Rows) -> list[str]:
    return [row["address"] for row in await rows("SELECT address FROM opt_outs WHERE channel = 'whatsapp' ORDER BY 1")]


async def notices(rows: Rows) -> list[str]:
    return [row["body"] for row in await rows("SELECT body FROM deliveries ORDER BY created_at, id")]


async def outcomes(rows: Rows) -> list[str | None]:
    found = await rows("SELECT outcome FROM messages WHERE direction = 'inbound' ORDER BY seq")
    return [row["outcome"] for row in found]


async def test_w10_f37_stop_is_stored_and_confirmed_once(post: Post, rows: Rows) -> None:
    for number, text in enumerate(("STOP", " stop. ", "Stop")):
        assert (await post(MESSAGE | {"MessageSid": f"SM{number}", "Body": text})).status == 200
    assert await opt_outs(rows) == [NUMBER]
    assert await notices(rows) == [STOPPED]
    assert await outcomes(rows) == ["answered"] * 3
    (notice,) = await rows("SELECT author, recipient, delivery_status FROM messages WHERE direction = 'outbound'")
    assert notice == {"author": "agent", "recipient": MESSAGE["From"], "delivery_status": "queued"}
    assert [row["action"] for row in await rows("SELECT action FROM audit_log")] == ["opted_out"]


async def test_w10_a_stop_that_comes_five_times_at_once_is_one(post: Post, rows: Rows) -> None:
    answers = await asyncio.gather(*(post(MESSAGE | {"Body": "STOP"}) for _ in range(5)))
    assert {answer.status for answer in answers} == {200}
    assert (await opt_outs(rows), await notices(rows)) == ([NUMBER], [STOPPED])


async def test_w10_f37_start_restores(post: Post, rows: Rows) -> None:
    for number, text in enumerate(("STOP", "START", "start", "stop")):
        await post(MESSAGE | {"MessageSid": f"SM{number}", "Body": text})
        await asyncio.sleep(0)
    assert await opt_outs(rows) == [NUMBER]
    assert sorted(await notices(rows)) == sorted([STOPPED, STARTED, STOPPED])
    # The second START had nothing to restore: it is a message like any other.
    assert await outcomes(rows) == ["answered", "answered", None, "answered"]
    actions = await rows("SELECT action FROM audit_log ORDER BY id")
    assert [row["action"] for row in actions] == ["opted_out", "opted_in", "opted_out"]


@pytest.mark.parametrize("text", ["STOP 12345", "Stop it doesn't work", "START", "please stop", "cancel"])
async def test_w10_f37_anything_else_is_the_agents(post: Post, rows: Rows, text: str) -> None:
    await post(MESSAGE | {"Body": text})
    assert (await opt_outs(rows), await notices(rows), await outcomes(rows)) == ([], [], [None])


async def test_w10_what_twilio_confirms_itself_is_only_stored(post: Post, rows: Rows) -> None:
    await post(MESSAGE | {"Body": "Stop", "OptOutType": "STOP"})
    assert (await opt_outs(rows), await notices(rows), await outcomes(rows)) == ([NUMBER], [], ["answered"])


async def test_w10_a_stop_of_which_only_twilios_list_knows_counts_too(core: Core, rows: Rows) -> None:
    await reconcile(core, TwilioList(listed(MESSAGE | {"Body": "STOP"})), ENV["FTE_TWILIO_NUMBER"])
    assert (await opt_outs(rows), await outcomes(rows)) == ([NUMBER], ["answered"])


async def test_w10_a_stop_of_a_number_with_a_user_id_counts_for_both(post: Post, rows: Rows) -> None:
    await post(MESSAGE | {"Body": "STOP", "ExternalUserId": "US.1349"})
    assert await opt_outs(rows) == [NUMBER, "US.1349"]


async def test_w10_without_the_database_a_stop_is_not_lost(core: Core, rows: Rows) -> None:
    down = core_on(await open_pool("postgresql://nobody@127.0.0.1:1/none"), RememberingBus())
    assert (await posting(down)(MESSAGE | {"Body": "STOP"})).status == 503
    await down.close()
    assert (await posting(core)(MESSAGE | {"Body": "STOP"})).status == 200
    assert await opt_outs(rows) == [NUMBER]


WORDS = ["queued", "sent", "delivered", "read", "failed", "undelivered"]


def test_w11_f11_all_orders_of_all_reports_end_alike() -> None:
    """Of each set of reports every order, with repeats: the end is the same, and is the furthest that was told."""
    furthest = ["sent", "failed", "delivered", "read"]
    for size in range(1, len(WORDS) + 1):
        for words in itertools.combinations(WORDS, size):
            ends = set()
            for order in itertools.permutations(words):
                status = DeliveryStatus.SENT
                for word in (*order, *order[:2]):
                    if STATUSES[word] is not DeliveryStatus.QUEUED:
                        status = advance(status, STATUSES[word])
                ends.add(status)
            told = {str(STATUSES[word]) for word in words} | {"sent"}
            assert ends == {DeliveryStatus(max(told & set(furthest), key=furthest.index))}


async def sent_part(pool: Pool, sid: str | None) -> str:
    """An answer of one part, which Twilio has taken under this id, or which is on its way there."""
    customer, conversation, message = (str(uuid4()) for _ in range(3))
    async with transaction(pool) as connection:
        await connection.execute("INSERT INTO customers (id) VALUES (%s)", [customer])
        await connection.execute(
            "INSERT INTO conversations (id, customer_id, channel) VALUES (%s, %s, 'whatsapp')", [conversation, customer]
        )
        status = "sent" if sid else "sending"
        await connection.execute(
            "INSERT INTO messages (id, conversation_id, customer_id, direction, author, channel, content,"
            " delivery_status, received_at) VALUES (%s, %s, %s, 'outbound', 'agent', 'whatsapp', 'x', %s, now())",
            [message, conversation, customer, status],
        )
        await connection.execute(
            "INSERT INTO deliveries (id, message_id, part, body, status, provider_message_id)"
            " VALUES (%s, %s, 1, 'x', %s, %s)",
            [str(uuid4()), message, status, sid],
        )
    return message


@pytest.mark.parametrize("order", list(itertools.permutations(["sent", "delivered", "failed", "undelivered"])))
async def test_w11_a_failure_among_the_reports_decides_nothing_against_a_delivery(
    post: Post, pool: Pool, rows: Rows, order: tuple[str, ...]
) -> None:
    await sent_part(pool, "SM-out")
    for word in (*order, order[0]):
        code = {"ErrorCode": "30008"} if word in ("failed", "undelivered") else {}
        answer = await post({"MessageSid": "SM-out", "MessageStatus": word} | code, STATUS_PATH)
        assert answer.status == 204
    assert await rows("SELECT status, error_code FROM deliveries") == [{"status": "delivered", "error_code": None}]
    assert await rows("SELECT delivery_status FROM messages") == [{"delivery_status": "delivered"}]


async def test_w11_a_report_of_a_message_that_is_not_ours_moves_nothing(post: Post, pool: Pool, rows: Rows) -> None:
    await sent_part(pool, None)
    for word in WORDS:
        assert (await post({"MessageSid": "SM-foreign", "MessageStatus": word}, STATUS_PATH)).status == 204
    assert await rows("SELECT status FROM deliveries") == [{"status": "sending"}]


async def test_w11_reports_at_once_wait_for_each_other(pool: Pool, rows: Rows) -> None:
    await sent_part(pool, "SM-out")
    news = [Report("SM-out", STATUSES[word], None) for word in WORDS * 3]
    await asyncio.gather(*(record_report(pool, report) for report in news))
    assert await rows("SELECT status FROM deliveries") == [{"status": "read"}]
    assert len(await rows("SELECT status FROM delivery_reports")) == len({report.status for report in news})
