"""What machines, bursts, foreign pages and hostile words meet at the form, on a real PostgreSQL."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from fte.store.pool import Pool, transaction
from fte_tests.bus import RememberingBus
from fte_tests.form_door import (
    BROWSER,
    ELSEWHERE,
    FOREIGN,
    FORM,
    PER_ADDRESS,
    PER_EMAIL,
    Door,
    form_door,
    reference,
    signal_handler_kept,
)

__all__ = ["form_door", "signal_handler_kept"]

pytestmark = pytest.mark.anyio

Rows = Callable[..., Awaitable[list[dict[str, Any]]]]


async def test_f2_a_body_that_is_too_large_is_not_read(door: Door, rows: Rows) -> None:
    answer = await door.submit(FORM | {"message": "m" * 70_000})
    assert (answer.status, json.loads(answer.body)) == (413, {"error": "too_large"})
    assert await rows("SELECT id FROM messages") == []


@pytest.mark.parametrize("signs", [{"website": "https://pills.example"}, {"elapsed_ms": 300}], ids=str)
async def test_f2_spam_looks_like_success_and_nothing_comes_of_it(
    door: Door, bus: RememberingBus, rows: Rows, signs: dict[str, Any]
) -> None:
    answers = [await door.submit(FORM | signs) for _ in range(3)]
    (given,) = {reference(answer) for answer in answers}
    genuine = await door.submit(FORM | {"email": "bo@customer.example"})
    assert set(json.loads(answers[0].body)) == set(json.loads(genuine.body))
    assert answers[0].headers == genuine.headers
    assert json.loads((await door.ticket(given)).body) | {"updated_at": 0} == {
        "reference": given, "status": "received", "updated_at": 0, "channel": "webform",
    }  # fmt: skip
    assert [row["sender"] for row in await rows("SELECT sender FROM messages")] == ["bo@customer.example"]
    await door.core.outbox.close()
    assert {row.event.data.get("email", "bo@customer.example") for row in bus.rows} == {"bo@customer.example"}
    (kept,) = await rows("SELECT reference, fields FROM form_spam")
    assert (kept["reference"], kept["fields"]["message"]) == (given, FORM["message"])


async def test_f2_a_machine_meets_the_limit_and_the_conflict_that_a_person_meets(door: Door, rows: Rows) -> None:
    """No answer tells that its posts are set aside: not to a key that comes with other words, nor to one too many."""
    machine = FORM | {"website": "https://pills.example"}
    first = await door.submit(machine, idempotency_key="k")
    conflict = await door.submit(machine | {"message": "Other words, by the same key."}, idempotency_key="k")
    assert (conflict.status, json.loads(conflict.body)) == (422, {"error": "idempotency_conflict"})
    posts = [machine | {"message": f"Pills, number {number}."} for number in range(PER_EMAIL)]
    answers = [await door.submit(post, idempotency_key=str(number)) for number, post in enumerate(posts)]
    assert [answer.status for answer in answers] == [202] * (PER_EMAIL - 1) + [429]
    assert reference(await door.submit(machine, idempotency_key="k")) == reference(first)
    assert (await door.submit(FORM | {"message": "Without the hidden field."})).status == 429
    assert len(await rows("SELECT id FROM form_spam")) == PER_EMAIL
    assert await rows("SELECT id FROM messages") == []


async def test_f2_what_was_taken_once_is_not_spam_the_second_time(door: Door, rows: Rows) -> None:
    taken = reference(await door.submit(idempotency_key="k"))
    assert reference(await door.submit(FORM | {"website": "x"}, idempotency_key="k")) == taken
    assert await rows("SELECT id FROM form_spam") == []


async def test_f2_a_person_who_was_taken_for_a_machine_can_write_again(door: Door, rows: Rows) -> None:
    mistaken = reference(await door.submit(FORM | {"elapsed_ms": 1}, idempotency_key="k"))
    assert reference(await door.submit(FORM | {"elapsed_ms": 9_000}, idempotency_key="k")) != mistaken
    assert len(await rows("SELECT id FROM messages")) == 1


async def test_spam_is_kept_for_a_month(door: Door, pool: Pool, rows: Rows) -> None:
    await door.submit(FORM | {"website": "x"})
    async with transaction(pool) as connection:
        await connection.execute("UPDATE form_spam SET received_at = now() - interval '31 days'")
    await door.submit(FORM | {"website": "x", "message": "Another one of them."})
    assert [row["fields"]["message"] for row in await rows("SELECT fields FROM form_spam")] == ["Another one of them."]


async def test_f2_one_address_may_write_so_many_requests_an_hour(door: Door, pool: Pool, rows: Rows) -> None:
    """Also when they come at once. A repetition is none, another address has its own, and the hour goes by."""
    burst = [
        door.submit(FORM | {"message": f"Question number {number}."}, idempotency_key=str(number))
        for number in range(PER_EMAIL + 4)
    ]
    answers = await asyncio.gather(*burst)
    assert sorted(answer.status for answer in answers) == [202] * PER_EMAIL + [429] * 4
    refused = next(answer for answer in answers if answer.status == 429)
    assert json.loads(refused.body) == {"error": "too_many"}
    assert 0 < int(refused.headers["retry-after"]) <= 3_600
    assert len(await rows("SELECT id FROM messages")) == PER_EMAIL
    again = next(number for number, answer in enumerate(answers) if answer.status == 202)
    repeated = await door.submit(FORM | {"message": f"Question number {again}."}, idempotency_key=str(again))
    assert repeated.body == answers[again].body
    page = await door.submit(FORM | {"message": "One more question."}, accept=BROWSER)
    assert (page.status, "text/html" in page.headers["content-type"]) == (429, True)
    assert reference(await door.submit(FORM | {"email": "bo@customer.example"}))
    async with transaction(pool) as connection:
        await connection.execute("UPDATE messages SET created_at = created_at - interval '61 minutes'")
    assert reference(await door.submit(FORM | {"message": "One more question."}))


async def test_f2_one_address_of_the_network_may_post_so_often(door: Door, rows: Rows) -> None:
    """Whatever it posts, and whatever it says of where it comes from; another address is not in its way."""
    here, there = "93.184.216.34", "8.8.8.8"
    answers = [
        await door.submit(FORM | {"email": f"{number}@customer.example"}, x_forwarded_for=f"10.0.0.{number}, {here}")
        for number in range(PER_ADDRESS - 1)
    ]
    answers.append(await door.submit(body=b"{broken", x_forwarded_for=here))
    assert [answer.status for answer in answers] == [202] * (PER_ADDRESS - 1) + [422]
    refused = await door.submit(x_forwarded_for=f"{there}, {here}", origin=ELSEWHERE)
    assert (refused.status, json.loads(refused.body)) == (429, {"error": "too_many"})
    assert 0 < int(refused.headers["retry-after"]) <= 3_600
    assert refused.headers["access-control-allow-origin"] == ELSEWHERE
    assert len(await rows("SELECT id FROM messages")) == PER_ADDRESS - 1
    assert (await door.submit(x_forwarded_for=there)).status == 202
    assert (await door.ticket("TC-0000000000", x_forwarded_for=here)).status == 404


async def test_f2_a_page_of_a_listed_origin_may_post_and_read_every_answer(door: Door) -> None:
    allowed = await door.may_post(origin=ELSEWHERE, access_control_request_method="POST")
    assert (allowed.status, allowed.body) == (204, b"")
    assert allowed.headers["access-control-allow-origin"] == ELSEWHERE
    assert allowed.headers["access-control-allow-methods"] == "POST"
    assert allowed.headers["access-control-allow-headers"] == "content-type, idempotency-key"
    answers = [
        await door.submit(origin=ELSEWHERE),
        await door.submit(FORM | {"email": "x"}, origin=ELSEWHERE),
        await door.submit(body=b"x" * 70_000, origin=ELSEWHERE),
        await door.ticket("TC-0000000000", origin=ELSEWHERE),
    ]
    assert [answer.status for answer in answers] == [202, 422, 413, 404]
    for answer in answers:
        assert answer.headers["access-control-allow-origin"] == ELSEWHERE
        assert answer.headers["access-control-expose-headers"] == "retry-after"
        assert "access-control-allow-credentials" not in answer.headers
        assert answer.headers["vary"] == "accept, origin"


@pytest.mark.parametrize("origin", [FOREIGN, "null", f"{ELSEWHERE}.evil.example"])
async def test_f2_a_page_of_another_origin_is_refused(door: Door, rows: Rows, origin: str) -> None:
    for answer in (await door.may_post(origin=origin), await door.submit(origin=origin)):
        assert (answer.status, json.loads(answer.body)) == (403, {"error": "forbidden"})
        assert "access-control-allow-origin" not in answer.headers
    page = await door.submit(origin=origin, accept=BROWSER)
    assert (page.status, "text/html" in page.headers["content-type"]) == (403, True)
    assert await rows("SELECT id FROM messages") == []
    assert "access-control-allow-origin" not in (await door.ticket("TC-0000000000", origin=origin)).headers


async def test_f2_a_post_without_an_origin_is_taken_and_opens_nothing(door: Door) -> None:
    """No sign-in and no cookie goes with the form, so there is nothing that a page could borrow by leaving it out."""
    answer = await door.submit()
    assert answer.status == 202
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert (await door.may_post()).status == 403


async def test_f2_f32_scripts_and_headers_in_the_fields_stay_words(door: Door, bus: RememberingBus, rows: Rows) -> None:
    form = FORM | {
        "name": "<script>alert(1)</script>\r\nBcc: all@customer.example",
        "subject": "Hi\r\nBcc: all@customer.example\x00",
        "message": "<img src=x onerror=alert(1)>\x00 {{7*7}} '; DROP TABLE messages; -- \ud800",
    }
    page = (await door.submit(form, accept=BROWSER)).body.decode()
    assert "<script>" not in page
    assert "<img" not in page
    (stored,) = await rows("SELECT m.*, c.name FROM messages AS m JOIN customers AS c ON c.id = m.customer_id")
    assert stored["subject"] == "Hi Bcc: all@customer.example"
    assert stored["name"] == "<script>alert(1)</script> Bcc: all@customer.example"
    assert stored["content"] == "<img src=x onerror=alert(1)> {{7*7}} '; DROP TABLE messages; -- \ufffd"
    await door.core.outbox.close()
    assert all("\n" not in str(row.event.data.get("name", "")) + row.event.data["subject"] for row in bus.rows)
