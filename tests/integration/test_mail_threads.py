"""Which conversation a mail goes on with, what comes back about our own mails, and machines that answer ours."""

from __future__ import annotations

import logging
from typing import Any, cast
from uuid import UUID, uuid4

import pytest

from fte import metrics
from fte.domain.channels import Channel
from fte.providers.gmail import GmailClient
from fte.providers.mail.our_ids import key_from, message_id
from fte.providers.twilio import TwilioMessenger
from fte.store import matters, replies
from fte.store.pool import Connection, fetch_one, transaction
from fte_deliver.courier import Courier
from fte_deliver.wiring import senders
from fte_intake_gmail import loops
from fte_tests.mailroom import ANA, Contents, Desk, Rows

pytestmark = pytest.mark.anyio

SUPPORT = "support@techcorp.example"


class Answered:
    """A stored message, as far as a reply needs it."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.id: UUID = row["id"]
        self.channel = Channel(row["channel"])
        self.sender: str = row["sender"]
        self.provider_thread_id: str | None = row["provider_thread_id"]
        self.rfc_message_id: str | None = row["rfc_message_id"]
        self.details: dict[str, Any] = row["details"]


async def ticket_of(connection: Connection, row: dict[str, Any], status: str = "answered") -> UUID:
    ticket = await fetch_one(
        connection,
        "INSERT INTO tickets (reference, customer_id, conversation_id, channel, subject, status, category, priority,"
        " sentiment_score, sentiment_label) VALUES (%s, %s, %s, 'email', %s, %s, 'how_to', 'medium', 0.5, 'neutral')"
        " RETURNING id",
        [row["reference"], row["customer_id"], row["conversation_id"], row["subject"], status],
    )
    assert ticket is not None
    await connection.execute("UPDATE messages SET ticket_id = %s WHERE id = %s", [ticket["id"], row["id"]])
    return cast(UUID, ticket["id"])


async def replied(desk: Desk, rows: Rows, text: str = "Open Settings.") -> dict[str, Any]:
    """A person of the team answers the latest message; what the customer's mailbox holds then."""
    core = desk.resources.core
    (row,) = await rows("SELECT * FROM messages WHERE direction = 'inbound' ORDER BY seq DESC LIMIT 1")
    async with transaction(core.pool) as connection:
        ticket = await ticket_of(connection, row)
        reply = replies.Reply(
            uuid4(), "human", Answered(row), row["customer_id"], row["conversation_id"], ticket, row["subject"], text,
            (text,),
        )  # fmt: skip
        await replies.write(connection, reply, source="test", support_address=SUPPORT)
    mailbox = GmailClient.from_settings(core.settings)
    courier = Courier(core, senders(core, mailbox, cast(TwilioMessenger, None)))
    await courier.deliver(reply.id)
    mail = desk.stage.control.get("/sim/outbox").json()["messages"][-1]
    return {**mail, "reply_id": reply.id, "ticket_id": ticket, "conversation_id": row["conversation_id"]}


async def latest(rows: Rows) -> dict[str, Any]:
    (row,) = await rows("SELECT * FROM messages WHERE direction = 'inbound' ORDER BY seq DESC LIMIT 1")
    return row


async def asked_and_answered(desk: Desk, rows: Rows, **mail: Any) -> dict[str, Any]:
    desk.arrives(**mail)
    await desk.push()
    answer = await replied(desk, rows)
    # Long ago, so that only a thread leads back to it.
    await rows("UPDATE conversations SET last_message_at = now() - interval '9 days' RETURNING id")
    return answer


async def test_f23_our_mails_carry_a_token_and_the_subject_of_what_they_answer(desk: Desk, rows: Rows) -> None:
    answer = await asked_and_answered(desk, rows, subject="Export")
    question = await latest(rows)
    headers = answer["headers"]
    key = key_from(desk.resources.core.settings.secret("gmail_client_secret"))
    assert headers["Message-ID"] == message_id(key, answer["reply_id"], 1, "techcorp.example")
    assert headers["In-Reply-To"] == question["rfc_message_id"]
    assert headers["References"].split()[-1] == question["rfc_message_id"]
    assert (answer["subject"], answer["thread_id"]) == ("Re: Export", question["provider_thread_id"])


async def test_f20_an_answer_is_found_by_in_reply_to_though_references_say_otherwise(desk: Desk, rows: Rows) -> None:
    """Apple's mail writes References of its own, and a new subject gives the mail a new thread at Gmail."""
    first = await asked_and_answered(desk, rows)
    other = await asked_and_answered(desk, rows, text="Another question", subject="Other")
    desk.arrives(
        "And now?",
        subject="A new subject",
        in_reply_to=first["headers"]["Message-ID"],
        references=["<elsewhere@customer.example>", other["headers"]["Message-ID"]],
    )
    await desk.push()
    assert (await latest(rows))["conversation_id"] == first["conversation_id"] != other["conversation_id"]


async def test_f20_references_count_the_newest_first(desk: Desk, rows: Rows) -> None:
    first = await asked_and_answered(desk, rows)
    second = await asked_and_answered(desk, rows, text="Another question", subject="Other")
    named = [first["headers"]["Message-ID"], second["headers"]["Message-ID"], "<lost@customer.example>"]
    desk.arrives("And now?", subject="New", in_reply_to="<lost@customer.example>", references=named)
    await desk.push()
    assert (await latest(rows))["conversation_id"] == second["conversation_id"]


async def test_of_two_tickets_in_a_conversation_the_one_is_gone_on_with_whose_mail_is_answered(
    desk: Desk, rows: Rows
) -> None:
    desk.arrives("How do I export?")
    await desk.push()
    first = await replied(desk, rows)
    desk.arrives("And how do I invite somebody?", subject="Invite")
    await desk.push()
    second = await replied(desk, rows)
    assert first["conversation_id"] == second["conversation_id"]
    desk.arrives("That export fails", subject="Re: Export", in_reply_to=first["headers"]["Message-ID"])
    await desk.push()
    async with transaction(desk.resources.core.pool) as connection:
        assert await matters.continued(connection, first["conversation_id"], ANA) == first["ticket_id"]
        await connection.execute("UPDATE messages SET details = details - 'continues_ticket'")
        assert await matters.continued(connection, first["conversation_id"], ANA) == second["ticket_id"]


async def test_f21_an_answer_is_found_by_gmails_thread_alone(desk: Desk, rows: Rows) -> None:
    answer = await asked_and_answered(desk, rows)
    desk.arrives("And now?", subject="Re: Export", references=[answer["headers"]["Message-ID"]])
    await rows("UPDATE deliveries SET rfc_message_id = NULL RETURNING id")
    desk.resources.mailbox._taker._key = key_from("another secret: no token is good")
    await desk.push()
    found = await latest(rows)
    assert found["details"]["answers_ours"] == []
    assert found["provider_thread_id"] == answer["thread_id"]
    assert found["conversation_id"] == answer["conversation_id"]


async def test_f21_an_answer_is_found_by_the_token_alone(desk: Desk, rows: Rows) -> None:
    """In another thread of Gmail, and our own record of the id is gone."""
    answer = await asked_and_answered(desk, rows)
    await rows("UPDATE deliveries SET rfc_message_id = NULL RETURNING id")
    desk.arrives("And now?", subject="Quite another subject", references=[answer["headers"]["Message-ID"]])
    await desk.push()
    found = await latest(rows)
    assert found["provider_thread_id"] != answer["thread_id"]
    assert found["conversation_id"] == answer["conversation_id"]


@pytest.mark.parametrize("forged", ["token", "uuid"])
async def test_f25_a_made_up_message_id_opens_no_thread(desk: Desk, rows: Rows, forged: str) -> None:
    answer = await asked_and_answered(desk, rows)
    reply_id, part, token = answer["headers"]["Message-ID"].strip("<>").partition("@")[0].split(".")
    named = {
        "token": f"<{reply_id}.{part}.{'a' * 13}@techcorp.example>",
        "uuid": f"<{'b' * 26}.1.{token}@techcorp.example>",
    }
    desk.arrives("And now?", subject="Quite another subject", references=[named[forged]])
    await desk.push()
    found = await latest(rows)
    assert found["details"]["answers_ours"] == []
    assert found["conversation_id"] != answer["conversation_id"]


async def test_g09_f22_whoever_writes_into_anothers_thread_gets_a_ticket_of_his_own_linked_to_it(
    desk: Desk, rows: Rows, contents: Contents
) -> None:
    answer = await asked_and_answered(desk, rows)
    desk.arrives("Me too", **{"from": "eve@elsewhere.example"}, subject="Re: Export",
                 in_reply_to=answer["headers"]["Message-ID"])  # fmt: skip
    await desk.push()
    stranger = await latest(rows)
    assert stranger["sender"] == "eve@elsewhere.example"
    assert stranger["conversation_id"] != answer["conversation_id"]
    assert stranger["customer_id"] not in {row["customer_id"] for row in await rows(
        "SELECT customer_id FROM messages WHERE sender = %s", ANA)}  # fmt: skip
    async with transaction(desk.resources.core.pool) as connection:
        ticket = await ticket_of(connection, stranger, "open")
    (link,) = await rows("SELECT ticket_id, other_id FROM ticket_links")
    assert link == {"ticket_id": ticket, "other_id": answer["ticket_id"]}
    (noted,) = await rows("SELECT conversation_id FROM audit_log WHERE action = 'written_into_a_foreign_thread'")
    assert noted["conversation_id"] == answer["conversation_id"]


async def test_f22_a_strangers_second_mail_into_the_thread_stays_with_the_stranger(desk: Desk, rows: Rows) -> None:
    answer = await asked_and_answered(desk, rows)
    for number in range(2):
        desk.arrives(f"Me too {number}", **{"from": "eve@elsewhere.example"}, subject="Re: Export",
                     in_reply_to=answer["headers"]["Message-ID"])  # fmt: skip
    await desk.push()
    found = await rows("SELECT DISTINCT customer_id FROM messages WHERE sender = 'eve@elsewhere.example'")
    assert len(found) == 1
    mine = await rows("SELECT 1 AS one FROM messages WHERE conversation_id = %s AND sender <> %s",
                      answer["conversation_id"], ANA)  # fmt: skip
    assert mine == []


async def test_g11_f15_a_bounce_marks_the_delivery_and_flags_the_ticket(
    desk: Desk, rows: Rows, contents: Contents
) -> None:
    desk.switch(bouncing=[ANA])
    desk.arrives()
    await desk.push()
    answer = await replied(desk, rows)
    await desk.push()
    (part,) = await rows("SELECT status, error_code FROM deliveries")
    assert part == {"status": "bounced", "error_code": "5.1.1"}
    (message,) = await rows("SELECT delivery_status FROM messages WHERE direction = 'outbound'")
    assert message["delivery_status"] == "bounced"
    (ticket,) = await rows("SELECT needs_review, status FROM tickets WHERE id = %s", answer["ticket_id"])
    assert ticket == {"needs_review": True, "status": "answered"}
    assert await rows("SELECT id FROM customers WHERE id NOT IN (SELECT customer_id FROM tickets)") == []
    (noted,) = await rows("SELECT details FROM audit_log WHERE action = 'bounced'")
    assert noted["details"] == {"message_id": str(answer["reply_id"]), "status": "5.1.1", "other_channels": []}
    assert len(await rows("SELECT id FROM messages")) == 2, "a report is no ticket"


async def test_g11_a_report_that_a_mail_is_late_or_of_a_strangers_mail_changes_nothing(desk: Desk, rows: Rows) -> None:
    answer = await asked_and_answered(desk, rows)
    ours = answer["headers"]["Message-ID"]
    for action, named in (("delayed", ours), ("failed", "<other@elsewhere.example>")):
        desk.arrives(raw=(
            f"From: mailer-daemon@mx.example\nMessage-ID: <{action}@mx.example>\nMIME-Version: 1.0\n"
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nlate\n--b\n"
            f"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nAction: {action}\nStatus: 4.4.1\n\n"
            f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {named}\n\n--b--\n"
        ))  # fmt: skip
    await desk.push()
    assert [row["status"] for row in await rows("SELECT status FROM deliveries")] == ["sent"]
    assert await rows("SELECT id FROM tickets WHERE needs_review") == []


async def test_g11_a_report_about_an_address_that_we_did_not_write_to_changes_nothing(desk: Desk, rows: Rows) -> None:
    answer = await asked_and_answered(desk, rows)
    states = []
    for recipient in ("colleague@elsewhere.example", ANA.upper()):
        desk.arrives(raw=(
            f"From: mailer-daemon@mx.example\nMessage-ID: <{recipient}>\nMIME-Version: 1.0\n"
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nlost\n--b\n"
            "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n"
            f"Final-Recipient: rfc822; {recipient}\nAction: failed\nStatus: 5.1.1\n\n"
            f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {answer['headers']['Message-ID']}\n\n--b--\n"
        ))  # fmt: skip
        await desk.push()
        states += [row["status"] for row in await rows("SELECT status FROM deliveries")]
    assert states == ["sent", "bounced"]


async def test_g11_a_bounce_that_comes_before_the_record_of_the_sending_waits_for_it(desk: Desk, rows: Rows) -> None:
    desk.switch(bouncing=[ANA])
    desk.arrives()
    await desk.push()
    await replied(desk, rows)
    await rows("UPDATE deliveries SET status = 'sending' RETURNING id")
    await desk.push()
    assert [row["status"] for row in await rows("SELECT status FROM deliveries")] == ["sending"]
    await rows("UPDATE deliveries SET status = 'sent' RETURNING id")
    await rows("UPDATE mailbox_entries SET next_attempt_at = now() WHERE state = 'parked' RETURNING address")
    await desk.resources.mailbox.sync()
    assert [row["status"] for row in await rows("SELECT status FROM deliveries")] == ["bounced"]


async def test_f19_an_absence_note_is_kept_with_the_conversation_and_reopens_nothing(desk: Desk, rows: Rows) -> None:
    answer = await asked_and_answered(desk, rows)
    await rows("UPDATE tickets SET status = 'resolved', resolution = 'assumed' RETURNING id")
    desk.arrives(
        "I am away until Monday.",
        subject="Out of office: Export",
        in_reply_to=answer["headers"]["Message-ID"],
        headers={"Auto-Submitted": "auto-replied"},
    )
    await desk.push()
    (entry,) = await rows("SELECT reason, conversation_id, ticket_id, details FROM mailbox_entries")
    assert (entry["reason"], entry["conversation_id"]) == ("automatic", answer["conversation_id"])
    assert entry["ticket_id"] == answer["ticket_id"]
    assert entry["details"]["text"] == "I am away until Monday."
    assert [row["status"] for row in await rows("SELECT status FROM tickets")] == ["resolved"]
    assert len(await rows("SELECT id FROM messages WHERE direction = 'inbound'")) == 1


async def test_g10_f16_a_machine_that_answers_under_new_addresses_is_silenced_with_an_alarm(
    desk: Desk, rows: Rows, contents: Contents, caplog: pytest.LogCaptureFixture
) -> None:
    """No header betrays it, the subject and the address are new each time: our answers end after three."""
    before = metrics.MAIL_LOOPS.labels("same_body_from_domain")._value.get()
    for number in range(8):
        desk.arrives(
            f"Thank you for contacting us. We have received your message. Your ticket number is {1000 + number}.",
            **{"from": f"desk+{number}@shop.example"},
            subject=f"[{1000 + number}] New ticket",
        )
        await desk.push()
    assert len(await contents()) == loops.LIMIT
    silent = await rows("SELECT action FROM audit_log WHERE details ->> 'reason' = 'loop'")
    assert [row["action"] for row in silent] == ["loop_stopped"] * (8 - loops.LIMIT)
    assert metrics.MAIL_LOOPS.labels("same_body_from_domain")._value.get() == before + 8 - loops.LIMIT
    assert sum(record.message == "mail_loop" and record.levelno == logging.ERROR for record in caplog.records) == 1


async def test_g10_answers_to_our_mails_from_addresses_that_never_wrote_are_a_loop(desk: Desk, rows: Rows) -> None:
    answer = await asked_and_answered(desk, rows)
    for number in range(6):
        desk.arrives(f"Words that differ each time: {'x' * number}", **{"from": f"r{number}@shop.example"},
                     in_reply_to=answer["headers"]["Message-ID"], subject=f"S{number}")  # fmt: skip
    await desk.push()
    assert len(await rows("SELECT id FROM messages WHERE sender LIKE '%%@shop.example'")) == loops.LIMIT


async def test_g10_a_machine_that_names_anothers_ticket_under_new_addresses_is_a_loop(desk: Desk, rows: Rows) -> None:
    await asked_and_answered(desk, rows)
    (ticket,) = await rows("SELECT reference FROM tickets")
    for number in range(6):
        desk.arrives(f"Word number {'x' * number}", **{"from": f"r{number}@shop.example"},
                     subject=f"About {ticket['reference']}")  # fmt: skip
    await desk.push()
    assert len(await rows("SELECT id FROM messages WHERE sender LIKE '%%@shop.example'")) == loops.LIMIT


async def test_g10_many_people_of_one_company_with_the_same_question_are_no_loop(
    desk: Desk, contents: Contents
) -> None:
    for number in range(6):
        desk.arrives("The board is empty since this morning.", **{"from": f"user{number}@shop.example"})
    await desk.push()
    assert len(await contents()) == 6


async def test_g10_a_person_who_quotes_our_polite_words_again_and_again_is_no_machine(
    desk: Desk, contents: Contents
) -> None:
    quoted = "On 2 Nov 2026, TechCorp wrote:\n> Thank you for contacting us. We have received your message."
    for number in range(5):
        desk.arrives(f"Question {'x' * number}\n\n{quoted}")
    await desk.push()
    assert len(await contents()) == 5


async def test_g10_the_same_words_from_one_address_more_than_three_times_an_hour_are_silence_and_a_flag(
    desk: Desk, rows: Rows
) -> None:
    desk.arrives("Where is it?")
    await desk.push()
    await replied(desk, rows)
    for _ in range(5):
        desk.arrives("where  is it?")
    await desk.push()
    assert len(await rows("SELECT id FROM messages WHERE direction = 'inbound'")) == loops.LIMIT
    (ticket,) = await rows("SELECT needs_review, triage ->> 'loop' AS loop FROM tickets")
    assert ticket == {"needs_review": True, "loop": "same_body"}


async def test_g10_a_mail_is_counted_once_however_often_it_is_read(desk: Desk, rows: Rows, contents: Contents) -> None:
    desk.arrives("Where is it?")
    await desk.push()
    await rows("DELETE FROM mailbox_entries RETURNING address")
    for _ in range(6):
        desk.switch(forget_history=True)
        await rows("DELETE FROM outbox RETURNING id")
        await rows("UPDATE messages SET provider_message_id = gen_random_uuid()::text RETURNING id")
        await desk.resources.mailbox.sync()
    assert await contents() == ["Where is it?"]
    assert [row["count"] for row in await rows("SELECT DISTINCT count(*) AS count FROM mail_tally GROUP BY key")] == [1]


async def test_a_person_who_writes_very_much_is_marked_for_a_hand_over_and_not_silenced(desk: Desk, rows: Rows) -> None:
    for number in range(loops.PERSON_LIMIT + 1):
        desk.arrives(f"One more question, the {'x' * number}th")
    await desk.push()
    marked = await rows("SELECT details ->> 'over_limit' AS over FROM messages ORDER BY seq")
    assert [row["over"] for row in marked] == [None] * loops.PERSON_LIMIT + [str(loops.PERSON_LIMIT + 1)]
