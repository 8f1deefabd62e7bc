"""What people of the team do to a case, on a real PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg.types.json import Jsonb

from fte.events import EventType, ResponseReady, derived_id
from fte_tests.office import Case, Office, opened, seed

pytestmark = pytest.mark.anyio

REPLY = {"text": "We have sent you the form for it.", "by": "dana"}


@pytest.fixture
async def office(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    async with opened(database_url, monkeypatch) as office:
        yield office


@pytest.fixture
async def case(office: Office) -> Case:
    """The case of the office, as it came in by mail."""
    case = await seed(office)
    await office.execute(
        "UPDATE messages SET sender = 'ana@customer.example', subject = 'Refund', provider_message_id = 'm1',"
        " provider_thread_id = 'thread-1', rfc_message_id = '<q@customer.example>', reference = %s,"
        """ details = '{"references": ["<p@customer.example>"]}' WHERE id = %s""",
        *(case.reference, case.question),
    )
    return case


async def write(office: Office, case: Case, text: str, **columns: Any) -> UUID:
    """A further message of the customer: a reply to what we wrote, unless its columns say otherwise."""
    id_ = uuid4()
    columns = {"channel": "email", "sender": "ana@customer.example", "reference": None, "outcome": None, **columns}
    details = {"in_reply_to": "<a@techcorp.example>"} if columns["channel"] == "email" else {}
    await office.execute(
        "INSERT INTO messages (id, conversation_id, customer_id, direction, author, content, provider_message_id,"
        " received_at, channel, sender, reference, outcome, details)"
        " VALUES (%s, %s, %s, 'inbound', 'customer', %s, %s, now(), %s, %s, %s, %s, %s)",
        *(id_, case.conversation, case.customer, text, str(id_)),
        *(columns["channel"], columns["sender"], columns["reference"], columns["outcome"]),
        Jsonb(columns.get("details", details)),
    )
    return id_


async def ticket(office: Office) -> dict[str, Any]:
    (row,) = await office.rows("SELECT status, resolution, resolved_at FROM tickets")
    return row


async def bring(office: Office, status: str) -> None:
    """Bring the ticket, which is escalated, to this status."""
    for step in ["resolved", "reopened"] if status == "reopened" else [status]:
        resolution = "assumed" if step == "resolved" else None
        await office.execute("UPDATE tickets SET status = %s, resolution = %s", step, resolution)


async def replies(office: Office) -> list[dict[str, Any]]:
    return await office.rows("SELECT * FROM messages WHERE author = 'human' ORDER BY seq")


async def actions(office: Office) -> list[tuple[str, str]]:
    return [(row["actor"], row["action"]) for row in await office.rows("SELECT * FROM audit_log ORDER BY id")]


async def test_a_reply_is_written_as_the_agent_writes_one(office: Office, case: Case) -> None:
    status, answer = await office.post(f"/tickets/{case.reference}/reply", REPLY)
    assert status == 202
    (message,) = await replies(office)
    assert answer == {"message_id": str(message["id"])}
    assert (message["recipient"], message["subject"]) == ("ana@customer.example", "Re: Refund")
    assert (message["content"], message["delivery_status"]) == (REPLY["text"], "queued")
    assert (message["ticket_id"], message["answers"], message["provider_thread_id"]) == (
        case.ticket,
        case.question,
        "thread-1",
    )
    assert message["details"] == {
        "thread_id": "thread-1",
        "in_reply_to": "<q@customer.example>",
        "references": ["<p@customer.example>", "<q@customer.example>"],
    }
    (delivery,) = await office.rows("SELECT * FROM deliveries WHERE message_id = %s", message["id"])
    assert (delivery["id"], delivery["part"]) == (derived_id("delivery", message["id"], 1), 1)
    assert (delivery["body"], delivery["status"]) == (REPLY["text"], "queued")
    assert delivery["rfc_message_id"] == f"<{message['id']}.1@techcorp.example>"


async def test_a_reply_is_told_to_deliver(office: Office, case: Case) -> None:
    _, answer = await office.post(f"/tickets/{case.reference}/reply", REPLY)
    (event,) = await office.rows("SELECT * FROM outbox")
    assert (event["topic"], event["key"]) == ("fte.responses", str(case.customer))
    assert event["attributes"]["type"] == EventType.RESPONSE_READY
    assert event["attributes"]["source"] == "/fte/backoffice"
    assert event["attributes"]["subject"] == str(case.conversation)
    ready = ResponseReady.model_validate(event["data"])
    assert (str(ready.message_id), ready.ticket_id, ready.parts) == (answer["message_id"], case.ticket, 1)


async def test_a_reply_takes_the_conversation_over(office: Office, case: Case) -> None:
    owed = await write(office, case, "Any news?")
    await office.post(f"/tickets/{case.reference}/reply", REPLY)
    assert await office.rows("SELECT agent_silent FROM conversations") == [{"agent_silent": True}]
    (message,) = await office.rows("SELECT outcome, ticket_id FROM messages WHERE id = %s", owed)
    assert message == {"outcome": "silent", "ticket_id": case.ticket}
    assert (await ticket(office))["status"] == "answered"
    (escalation,) = await office.rows("SELECT * FROM escalations")
    assert escalation["status"] == "open"
    assert escalation["acknowledged_at"] is not None
    assert await actions(office) == [("dana", "silent"), ("dana", "reply")]
    notes = await office.rows("SELECT details FROM audit_log ORDER BY id")
    assert notes[0]["details"] == {"reason": "a person answered", "message_ids": [str(owed)]}
    assert REPLY["text"] not in str(notes)


async def test_a_reply_can_settle_the_matter(office: Office, case: Case) -> None:
    await office.post(f"/tickets/{case.reference}/reply", {**REPLY, "resolve": True})
    settled = await ticket(office)
    assert (settled["status"], settled["resolution"]) == ("resolved", "confirmed")
    assert settled["resolved_at"] is not None
    (escalation,) = await office.rows("SELECT * FROM escalations")
    assert escalation["status"] == "resolved"
    assert escalation["resolved_at"] is not None


async def test_a_reply_goes_where_the_customer_wrote_last(office: Office, case: Case) -> None:
    await write(office, case, "I am on my phone now.", channel="whatsapp", sender="whatsapp:+491701234567")
    await office.execute("UPDATE messages SET ticket_id = %s WHERE channel = 'whatsapp'", case.ticket)
    text = " ".join(f"This is sentence number {number} of the answer." for number in range(15))
    status, _ = await office.post(f"/tickets/{case.reference}/reply", {**REPLY, "text": text})
    assert status == 202
    (message,) = await replies(office)
    assert (message["channel"], message["recipient"]) == ("whatsapp", "whatsapp:+491701234567")
    parts = await office.rows("SELECT body, rfc_message_id FROM deliveries WHERE message_id = %s ORDER BY part",
                              message["id"])  # fmt: skip
    assert " ".join(part["body"] for part in parts) == text
    assert len(parts) == 3
    assert all(len(part["body"]) < 300 and part["rfc_message_id"] is None for part in parts)


async def test_a_reply_never_goes_to_an_address_that_is_not_of_the_case(office: Office, case: Case) -> None:
    """Another address may stand in the same conversation because somebody typed a number into a form."""
    await write(office, case, "And my question?", channel="webform", sender="mallory@elsewhere.example")
    await office.post(f"/tickets/{case.reference}/reply", REPLY)
    (message,) = await replies(office)
    assert message["channel"] == "email"
    assert message["recipient"] != "mallory@elsewhere.example"


async def test_what_is_too_long_for_the_channel_is_refused_whole(office: Office, case: Case) -> None:
    await write(office, case, "I am on my phone now.", channel="whatsapp", sender="whatsapp:+491701234567")
    await office.execute("UPDATE messages SET ticket_id = %s WHERE channel = 'whatsapp'", case.ticket)
    status, answer = await office.post(f"/tickets/{case.reference}/reply", {**REPLY, "text": "Word. " * 200})
    assert (status, answer["error"], list(answer["fields"])) == (422, "invalid", ["text"])
    assert await replies(office) == []
    assert await office.rows("SELECT agent_silent FROM conversations") == [{"agent_silent": False}]
    assert await actions(office) == []


async def test_a_form_is_answered_by_a_mail_of_its_own(office: Office, case: Case) -> None:
    await office.execute("UPDATE messages SET channel = 'webform' WHERE id = %s", case.question)
    await office.post(f"/tickets/{case.reference}/reply", REPLY)
    (message,) = await replies(office)
    assert message["subject"] == f"[{case.reference}] Your request to TechCorp support"
    assert message["details"] == {"thread_id": None, "in_reply_to": None, "references": []}
    assert message["provider_thread_id"] is None


async def test_a_reply_to_address_is_kept(office: Office, case: Case) -> None:
    await office.execute(
        """UPDATE messages SET details = '{"reply_to": "office@customer.example"}' WHERE id = %s""", case.question
    )
    await office.post(f"/tickets/{case.reference}/reply", REPLY)
    (message,) = await replies(office)
    assert message["recipient"] == "office@customer.example"


async def test_a_repeated_reply_is_sent_once(office: Office, case: Case) -> None:
    path = f"/tickets/{case.reference}/reply"
    answers = await asyncio.gather(*(office.post(path, REPLY, key="k1") for _ in range(4)))
    await office.execute("UPDATE tickets SET status = 'closed'")
    answers.append(await office.post(path.lower(), {"by": "dana", "text": REPLY["text"]}, key="k1"))
    assert [status for status, _ in answers] == [202] * 5
    assert len({answer["message_id"] for _, answer in answers}) == 1
    assert len(await replies(office)) == 1
    assert await actions(office) == [("dana", "reply")]


@pytest.mark.parametrize("changes", [{"text": "Another text."}, {"by": "lee"}, {"resolve": True}])
async def test_a_key_is_for_one_reply(office: Office, case: Case, changes: dict[str, Any]) -> None:
    path = f"/tickets/{case.reference}/reply"
    await office.post(path, REPLY, key="k1")
    assert await office.post(path, {**REPLY, **changes}, key="k1") == (422, {"error": "idempotency_conflict"})
    assert (await office.post(path, {**REPLY, **changes}, key="k2"))[0] == 202
    assert len(await replies(office)) == 2


async def test_without_a_key_every_reply_is_another_one(office: Office, case: Case) -> None:
    for _ in range(2):
        await office.post(f"/tickets/{case.reference}/reply", REPLY)
    assert len(await replies(office)) == 2


@pytest.mark.parametrize(
    ("content", "fields"),
    [
        ({}, ["by", "text"]),
        ({**REPLY, "text": " \n\x00 "}, ["text"]),
        ({**REPLY, "text": 7}, ["text"]),
        ({**REPLY, "text": "x" * 10_001}, ["text"]),
        ({**REPLY, "by": ""}, ["by"]),
        ({**REPLY, "by": "x" * 101}, ["by"]),
        ({**REPLY, "by": "dana\nlee"}, ["by"]),
        ({**REPLY, "resolve": "yes"}, ["resolve"]),
        ({**REPLY, "resolve": 1}, ["resolve"]),
    ],
)
async def test_a_bad_reply_names_its_fields(
    office: Office, case: Case, content: dict[str, Any], fields: list[str]
) -> None:
    status, answer = await office.post(f"/tickets/{case.reference}/reply", content)
    assert (status, answer["error"], sorted(answer["fields"])) == (422, "invalid", fields)
    assert await replies(office) == []


@pytest.mark.parametrize("key", ["é", "k" * 201])
async def test_a_bad_key_is_refused(office: Office, case: Case, key: str) -> None:
    status, answer = await office.post(f"/tickets/{case.reference}/reply", REPLY, key=key)
    assert (status, list(answer["fields"])) == (422, ["Idempotency-Key"])


@pytest.mark.parametrize("action", ["reply", "resolve", "hand-back"])
@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"a":' * 100_000, b"\xff"])
async def test_what_is_no_json_object_is_malformed(office: Office, case: Case, action: str, body: bytes) -> None:
    answer = await office.call("POST", f"/tickets/{case.reference}/{action}", body=body)
    assert (answer.status, answer.body) == (400, b'{"error": "malformed"}')


async def test_whatever_text_can_be_stored(office: Office, case: Case) -> None:
    status, _ = await office.post(f"/tickets/{case.reference}/reply", {**REPLY, "text": "a\x00b \ud800 \r\n c"})
    assert status == 202
    assert (await replies(office))[0]["content"] == "ab \ufffd \n c"


@pytest.mark.parametrize("action", ["reply", "resolve", "hand-back"])
async def test_an_unknown_case_is_not_found(office: Office, case: Case, action: str) -> None:
    for reference in ("TC-ZZZZZZZZZZ", "7", "%20"):
        assert await office.post(f"/tickets/{reference}/{action}", REPLY) == (404, {"error": "not_found"})


@pytest.mark.parametrize("action", ["reply", "resolve", "hand-back"])
async def test_without_the_token_nothing_is_done(office: Office, case: Case, action: str) -> None:
    answer = await office.call("POST", f"/tickets/{case.reference}/{action}", body=b"{}", token="wrong")
    assert answer.status == 401
    assert await actions(office) == []


async def test_nothing_is_said_on_a_closed_ticket(office: Office, case: Case) -> None:
    await bring(office, "closed")
    path = f"/tickets/{case.reference}"
    assert await office.post(f"{path}/reply", REPLY) == (409, {"error": "closed"})
    assert await office.post(f"{path}/resolve", REPLY) == (409, {"error": "not_possible"})
    assert (await replies(office), await actions(office)) == ([], [])
    assert await office.rows("SELECT agent_silent FROM conversations") == [{"agent_silent": False}]


async def test_where_nobody_wrote_there_is_nobody_to_reply_to(office: Office, case: Case) -> None:
    await office.execute("UPDATE messages SET answers = NULL")
    await office.execute("DELETE FROM messages WHERE direction = 'inbound'")
    assert await office.post(f"/tickets/{case.reference}/reply", REPLY) == (409, {"error": "not_possible"})


@pytest.mark.parametrize("status", ["in_progress", "answered", "escalated", "resolved", "reopened"])
@pytest.mark.parametrize("resolve", [False, True])
async def test_a_reply_moves_the_ticket_from_wherever_it_is(
    office: Office, case: Case, status: str, resolve: bool
) -> None:
    await bring(office, status)
    assert (await office.post(f"/tickets/{case.reference}/reply", {**REPLY, "resolve": resolve}))[0] == 202
    after = await ticket(office)
    assert (after["status"], after["resolution"]) == (("resolved", "confirmed") if resolve else ("answered", None))
    assert (after["resolved_at"] is not None) == (resolve and status != "resolved")


async def test_a_case_is_resolved_once(office: Office, case: Case) -> None:
    for _ in range(2):
        answer = await office.post(f"/tickets/{case.reference}/resolve", {"by": "dana"})
        assert answer == (200, {"reference": case.reference, "status": "resolved"})
    assert (await ticket(office))["resolution"] == "confirmed"
    assert (await office.get("/escalations?status=open"))["items"] == []
    assert (await office.get("/escalations?status=resolved"))["items"][0]["acknowledged_at"] is not None
    assert await actions(office) == [("dana", "resolve")]


async def test_a_case_is_found_by_the_reference_of_a_message_that_joined_it(office: Office, case: Case) -> None:
    joined = await write(office, case, "By the way", channel="webform", reference="TC-1111111111", outcome="silent")
    path = "/tickets/TC-1111111111/resolve"
    assert (await office.post(path, {"by": "dana"}))[0] == 404
    await office.execute("UPDATE messages SET ticket_id = %s WHERE id = %s", case.ticket, joined)
    assert (await office.post(path, {"by": "dana"}))[1]["reference"] == case.reference


async def test_what_nobody_answered_is_owed_again(office: Office, case: Case) -> None:
    await office.post(f"/tickets/{case.reference}/reply", REPLY)
    later = await write(office, case, "And the invoice?", outcome="silent")
    await office.execute("UPDATE messages SET attempts = 2, next_attempt_at = now() WHERE id = %s", later)
    answer = await office.post(f"/tickets/{case.reference}/hand-back", {"by": "dana"})
    assert answer == (200, {"reference": case.reference, "owed": 1})
    assert await office.rows("SELECT agent_silent FROM conversations") == [{"agent_silent": False}]
    owed = await office.rows("SELECT id, attempts, next_attempt_at FROM messages WHERE outcome IS NULL"
                             " AND direction = 'inbound'")  # fmt: skip
    assert owed == [{"id": later, "attempts": 0, "next_attempt_at": None}]
    again = await office.post(f"/tickets/{case.reference}/hand-back", {"by": "dana"})
    assert again == (200, {"reference": case.reference, "owed": 0})
    assert await actions(office) == [("dana", "reply"), ("dana", "hand_back")]


async def test_what_a_person_answered_is_not_owed_again(office: Office, case: Case) -> None:
    await write(office, case, "Any news?")
    await office.post(f"/tickets/{case.reference}/reply", REPLY)
    assert (await office.post(f"/tickets/{case.reference}/hand-back", {"by": "dana"}))[1]["owed"] == 0
