"""intake-webform on a real PostgreSQL."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from fte.domain.reference import parse_reference
from fte.store.pool import Pool, open_pool, transaction
from fte_tests.bus import RememberingBus
from fte_tests.form_door import (
    BROWSER,
    FORM,
    PUBLIC,
    Door,
    form_door,
    reference,
    signal_handler_kept,
)

__all__ = ["form_door", "signal_handler_kept"]

pytestmark = pytest.mark.anyio

Rows = Callable[..., Awaitable[list[dict[str, Any]]]]


async def test_a_request_gets_a_reference_and_its_address(door: Door, bus: RememberingBus, rows: Rows) -> None:
    answer = await door.submit(FORM | {"phone": "+44 20 7946 0000", "priority": "high"})
    content = json.loads(answer.body)
    assert set(content) == {"reference", "ticket_url", "expected_response"}
    assert parse_reference(content["reference"]) == content["reference"]
    assert content["ticket_url"] == f"{PUBLIC}/support/ticket/{content['reference']}"
    (stored,) = await rows("SELECT * FROM messages")
    assert (stored["reference"], stored["channel"]) == (content["reference"], "webform")
    assert stored["details"]["category"] == "technical"
    identifiers = await rows("SELECT type, value, level FROM customer_identifiers ORDER BY type")
    assert [tuple(row.values()) for row in identifiers] == [
        ("email", "ana@customer.example", "claimed"),
        ("phone", "+442079460000", "claimed"),
    ]
    await door.core.outbox.close()
    events = {row.event.type: row.event.data for row in bus.rows}
    assert events["com.techcorp.fte.webform.received.v1"]["email"] == "ana@customer.example"
    assert {data["reference"] for data in events.values()} == {content["reference"]}


async def test_a_form_post_is_as_good_as_json(door: Door, rows: Rows) -> None:
    first = reference(await door.submit())
    kind = "application/x-www-form-urlencoded"
    assert reference(await door.submit(body=urlencode(FORM).encode(), content_type=kind)) == first
    assert len(await rows("SELECT id FROM messages")) == 1


@pytest.mark.parametrize("headers", [{}, {"idempotency_key": "key 1"}], ids=["no key", "key"])
async def test_f1_f05_a_repetition_gets_the_first_reference(door: Door, rows: Rows, headers: dict[str, Any]) -> None:
    answers = await asyncio.gather(*(door.submit(**headers) for _ in range(5)))
    answers.append(await door.submit(**headers))
    assert len({reference(answer) for answer in answers}) == 1
    assert len(await rows("SELECT id FROM messages")) == 1
    assert len(await rows("SELECT id FROM outbox")) == 2


@pytest.mark.parametrize("change", [{"message": "Something else entirely."}, {"category": "billing"}, {"name": "Bo"}])
async def test_f1_one_key_with_two_contents_is_a_conflict(door: Door, rows: Rows, change: dict[str, str]) -> None:
    await door.submit(idempotency_key="k")
    answer = await door.submit(FORM | change, idempotency_key="k")
    assert (answer.status, json.loads(answer.body)) == (422, {"error": "idempotency_conflict"})
    assert len(await rows("SELECT id FROM messages")) == 1


@pytest.mark.parametrize("key", ["", "k" * 201, "k\u00fc", "a\tb"])
async def test_a_bad_key_is_refused(door: Door, key: str) -> None:
    answer = await door.submit(idempotency_key=key)
    assert (answer.status, list(json.loads(answer.body)["fields"])) == (422, ["Idempotency-Key"])


async def test_a_form_that_is_not_right_is_refused_and_not_stored(door: Door, rows: Rows) -> None:
    answer = await door.submit(FORM | {"email": "nowhere", "message": "short"})
    content = json.loads(answer.body)
    assert (answer.status, content["error"], set(content["fields"])) == (422, "invalid", {"email", "message"})
    assert (await door.submit(body=b"{broken")).status == 422
    assert await rows("SELECT id FROM messages") == []


async def test_f4_a_browser_without_script_gets_pages(door: Door) -> None:
    thanks = await door.submit(accept=BROWSER)
    assert (thanks.status, thanks.headers["content-type"]) == (202, "text/html; charset=utf-8")
    first = reference(await door.submit())
    assert first in thanks.body.decode()
    refused = await door.submit(FORM | {"email": "<b>"}, accept=BROWSER)
    assert refused.status == 422
    assert "e-mail address" in refused.body.decode()
    assert first in (await door.ticket(first, BROWSER)).body.decode()
    assert (await door.ticket("TC-0000000000", BROWSER)).status == 404


async def test_f3_f56_a_reference_tells_where_the_request_stands_and_nothing_personal(
    door: Door, pool: Pool, rows: Rows
) -> None:
    given = reference(await door.submit())
    content = json.loads((await door.ticket(given)).body)
    assert (content.pop("updated_at"), content) != (
        None,
        {"reference": given, "status": "received", "channel": "webform"},
    )
    assert content == {"reference": given, "status": "received", "channel": "webform"}

    await answered(pool, given)
    spelled = "tc-" + given[3:].lower().replace("1", "l").replace("0", "o")
    content = json.loads((await door.ticket(spelled)).body)
    assert (content["reference"], content["status"]) == (given, "answered")

    (ticket,) = await rows("SELECT reference FROM tickets")
    other = json.loads((await door.ticket(ticket["reference"])).body)
    assert (other["reference"], other["status"]) == (ticket["reference"], "answered")
    assert set(other) == {"reference", "status", "updated_at", "channel"}


async def answered(pool: Pool, given: str) -> None:
    """The request continues a ticket that has another reference and is answered."""
    ticket = uuid4()
    async with transaction(pool) as connection:
        await connection.execute(
            "INSERT INTO tickets (id, reference, customer_id, conversation_id, channel, subject, status, category,"
            " priority, sentiment_score, sentiment_label)"
            " SELECT %s, 'TC-ABCDEFGH12', customer_id, conversation_id, channel, subject, 'answered', 'how_to', 'low',"
            " 0.5, 'neutral' FROM messages WHERE reference = %s",
            [ticket, given],
        )
        await connection.execute("UPDATE messages SET ticket_id = %s WHERE reference = %s", [ticket, given])


@pytest.mark.parametrize(
    "text",
    [
        "TC-0000000000",
        "TC-",
        "nonsense",
        "TC-00000000000",
        "TC-000000000",
        "' OR 1=1",
        "TC-UUUUUUUUUU",
        "\x00",
        "x" * 9_000,
    ],
    ids=lambda text: ascii(text)[:20],
)
@pytest.mark.parametrize("accept", ["*/*", BROWSER], ids=["json", "page"])
async def test_f3_f56_an_unknown_reference_and_a_malformed_one_get_the_same_answer(
    door: Door, pool: Pool, monkeypatch: pytest.MonkeyPatch, text: str, accept: str
) -> None:
    """The same bytes after the same work: the database is asked once for each."""
    reference(await door.submit())
    unknown = await door.ticket("TC-ZZZZZZZZZZ", accept)
    assert unknown.status == 404
    asked = 0
    take = pool.connection

    def counting(*arguments: Any, **named: Any) -> Any:
        nonlocal asked
        asked += 1
        return take(*arguments, **named)

    monkeypatch.setattr(pool, "connection", counting)
    assert await door.ticket(text, accept) == unknown
    assert asked == 1


async def test_f1_the_plain_form_sent_twice_or_refreshed_is_one_request(door: Door, rows: Rows) -> None:
    kind = "application/x-www-form-urlencoded"
    body = urlencode({**FORM, "website": "", "phone": "", "priority": ""}).encode()
    pages = [await door.submit(body=body, content_type=kind, accept=BROWSER) for _ in range(3)]
    assert [page.status for page in pages] == [202, 202, 202]
    assert len({page.body for page in pages}) == 1
    assert len(await rows("SELECT id FROM messages")) == 1


async def test_f1_one_key_of_two_customers_is_two_requests(door: Door, rows: Rows) -> None:
    """Nobody is told the reference of somebody else, nor kept out, by a key that both chose."""
    first = reference(await door.submit(idempotency_key="1"))
    second = reference(await door.submit(FORM | {"email": "bo@customer.example"}, idempotency_key="1"))
    assert first != second
    assert reference(await door.submit(idempotency_key="1")) == first
    assert len(await rows("SELECT id FROM messages")) == 2


async def test_without_kafka_a_request_is_safe_all_the_same(door: Door, bus: RememberingBus, rows: Rows) -> None:
    bus.away = True
    assert reference(await door.submit())
    assert len(await rows("SELECT id FROM outbox WHERE published_at IS NULL")) == 2


async def test_f4_without_the_database_the_caller_may_try_again() -> None:
    door = Door(await open_pool("postgresql://nobody@127.0.0.1:1/none"), RememberingBus())
    for answer in (await door.submit(), await door.ticket("TC-0000000000")):
        assert (answer.status, answer.body) == (503, b'{"error": "unavailable"}')
    for page in (await door.submit(accept=BROWSER), await door.ticket("TC-0000000000", BROWSER)):
        assert (page.status, page.headers["content-type"]) == (503, "text/html; charset=utf-8")
        assert "in a minute" in page.body.decode()
        assert int(page.headers["retry-after"]) > 0
    await door.core.close()
