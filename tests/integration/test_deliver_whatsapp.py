"""What Twilio and WhatsApp refuse, and what happens to the answer then: deliver with the simulated providers on a real
PostgreSQL; Twilio's reports are put where intake-whatsapp puts them, by its own code."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from fte.domain.channels import Channel
from fte.domain.delivery import DeliveryStatus
from fte.domain.policy import Reply, violations
from fte_deliver import records
from fte_deliver.losses import WINDOW
from fte_deliver.records import Taken
from fte_intake_whatsapp.keywords import STARTED, STOPPED
from fte_intake_whatsapp.message import inbound_message
from fte_intake_whatsapp.reports import Report, record_report
from fte_intake_whatsapp.signed import Form
from fte_intake_whatsapp.taking import take
from fte_local.sim.stage import Stage, staged
from fte_tests.desk import ANA, PHONE, Desk, opened
from fte_tests.lost_answers import behave, decisions, known, report, with_ticket, wrote

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def simulators() -> Iterator[Stage]:
    with staged() as stage:
        yield stage


@pytest.fixture
async def desk(simulators: Stage, database_url: str) -> AsyncIterator[Desk]:
    async with opened(simulators, database_url) as desk:
        yield desk


async def test_b13_a_number_that_is_none_is_answered_by_mail_or_by_people(desk: Desk) -> None:
    desk.fault(Channel.WHATSAPP, kind="status", status=400, code=21211, count=2)
    first = await desk.simple(Channel.WHATSAPP)
    await desk.courier.deliver(first)
    assert await decisions(desk) == [("21211", "people")]
    await known(desk, ANA)
    again = await desk.simple(Channel.WHATSAPP)
    await desk.courier.deliver(again)
    assert (await decisions(desk))[1] == ("21211", "email")
    assert [message["channel"] for message in desk.received()] == ["email"]


async def test_f37_21610_is_remembered_as_a_wish_for_no_messages(desk: Desk) -> None:
    """The provider blocks, so our own list must not say that all is well."""
    behave(desk, stopped=[PHONE])
    answer = await desk.simple(Channel.WHATSAPP)
    await known(desk, ANA)
    await desk.courier.deliver(answer)
    assert await decisions(desk) == [("21610", "none")]
    assert await desk.rows("SELECT channel, address, source FROM opt_outs") == [
        {"channel": "whatsapp", "address": PHONE.removeprefix("whatsapp:"), "source": "provider"}
    ]
    again = await desk.simple(Channel.WHATSAPP)
    await desk.courier.deliver(again)
    assert [part["error_code"] for part in await desk.parts(again)] == ["opted_out"]
    assert desk.received() == []


async def test_f37_21610_that_comes_as_a_report_is_remembered_too(desk: Desk) -> None:
    answer = await desk.simple(Channel.WHATSAPP)
    await desk.courier.deliver(answer)
    (part,) = await desk.parts(answer)
    await report(desk, part, DeliveryStatus.FAILED, "21610")
    await desk.courier.sweep()
    assert [row["source"] for row in await desk.rows("SELECT source FROM opt_outs")] == ["provider"]


async def test_f37_who_stopped_and_writes_again_is_seen_by_people(desk: Desk) -> None:
    """We may not answer; the question is not lost all the same."""
    number = PHONE.removeprefix("whatsapp:")
    await desk.execute(
        "INSERT INTO opt_outs (channel, address, source, created_at) VALUES ('whatsapp', %s, 'keyword',"
        " now() - interval '1 day')",
        number,
    )
    answer = await desk.simple(Channel.WHATSAPP)
    reference = await with_ticket(desk, answer)
    await desk.courier.deliver(answer)
    (ticket,) = await desk.rows("SELECT needs_review FROM tickets WHERE reference = %s", reference)
    assert (desk.received(), ticket["needs_review"]) == ([], True)


@pytest.mark.parametrize("spelling", ["whatsapp:+556199999999", "+5561999999999", "whatsapp:+5561999999999"])
async def test_w10_a_wish_counts_for_every_spelling_of_the_number(desk: Desk, spelling: str) -> None:
    await desk.execute(
        "INSERT INTO opt_outs (channel, address, source) VALUES ('whatsapp', '+5561999999999', 'keyword')"
    )
    answer = await desk.answer(Channel.WHATSAPP, spelling, ["Hi"])
    await desk.courier.deliver(answer)
    assert [part["error_code"] for part in await desk.parts(answer)] == ["opted_out"]


async def test_w10_a_stop_between_two_parts_ends_the_answer(desk: Desk) -> None:
    desk.fault(Channel.WHATSAPP, kind="status", status=429, match="Body=two", retry_after=60)
    answer = await desk.answer(Channel.WHATSAPP, PHONE, ["one", "two", "three"])
    await desk.courier.deliver(answer)
    await desk.execute(
        "INSERT INTO opt_outs (channel, address, source) VALUES ('whatsapp', %s, 'keyword')",
        PHONE.removeprefix("whatsapp:"),
    )
    await desk.sweep_until_quiet()
    assert desk.texts() == ["one"]
    assert await desk.statuses(answer) == ["sent", "failed", "failed"]


async def test_b10_the_agents_lost_answer_goes_no_other_way_while_people_have_the_conversation(desk: Desk) -> None:
    answer = await desk.simple(Channel.WHATSAPP)
    await wrote(desk, answer, WINDOW * 2)
    await known(desk, ANA)
    await desk.execute("UPDATE conversations SET agent_silent = true")
    await desk.courier.deliver(answer)
    assert desk.received() == []
    assert await decisions(desk) == [("window_closed", "people")]


async def test_b13_a_persons_reply_goes_by_mail_as_well_and_without_the_headers_of_a_machine(desk: Desk) -> None:
    answer = await desk.simple(Channel.WHATSAPP)
    await wrote(desk, answer, WINDOW * 2)
    await known(desk, ANA)
    await desk.execute("UPDATE conversations SET agent_silent = true")
    await desk.execute("UPDATE messages SET author = 'human' WHERE id = %s", answer)
    await desk.courier.deliver(answer)
    (mail,) = desk.received()
    assert "Auto-Submitted" not in mail["headers"]


async def test_b13_people_who_have_the_case_get_no_second_one(desk: Desk) -> None:
    answer = await desk.simple(Channel.WHATSAPP)
    await with_ticket(desk, answer, "escalated")
    await desk.execute(
        "INSERT INTO escalations (id, ticket_id, conversation_id, customer_id, flag, flags, team, teams, severity,"
        " reason, summary, due_at) SELECT gen_random_uuid(), id, conversation_id, customer_id, 'HUMAN_REQUESTED',"
        " '{HUMAN_REQUESTED}', 'support', '{support}', 'medium', 'x', 'x', now() FROM tickets"
    )
    desk.fault(Channel.WHATSAPP, kind="status", status=400, code=30008)
    await desk.courier.deliver(answer)
    assert len(await desk.rows("SELECT id FROM escalations")) == 1
    assert await desk.rows("SELECT needs_review FROM tickets") == [{"needs_review": True}]


async def test_b13_a_mail_that_no_provider_takes_is_told_to_people(desk: Desk) -> None:
    answer = await desk.answer(Channel.EMAIL, "nobody", ["Hello"])
    await with_ticket(desk, answer)
    await desk.courier.deliver(answer)
    assert await decisions(desk) == [("invalid_recipient", "people")]
    assert len(await desk.rows("SELECT id FROM escalations")) == 1


async def test_b13_what_happens_next_is_decided_once(desk: Desk) -> None:
    answer = await desk.simple(Channel.WHATSAPP)
    await with_ticket(desk, answer)
    desk.fault(Channel.WHATSAPP, kind="status", status=400, code=63003)
    for _ in range(3):
        await desk.courier.deliver(answer)
        await desk.courier.sweep()
    assert await decisions(desk) == [("63003", "people")]
    assert len(await desk.rows("SELECT id FROM escalations")) == 1


async def test_b13_nothing_is_decided_while_a_part_is_in_doubt(desk: Desk) -> None:
    """The first part failed at the customer's phone while the provider does not tell of the second."""
    answer = await desk.answer(Channel.WHATSAPP, PHONE, ["one", "two"])
    await known(desk, ANA)
    desk.fault(Channel.WHATSAPP, kind="accept_then_drop", match="Body=two")
    await desk.courier.deliver(answer)
    first, _ = await desk.parts(answer)
    await report(desk, first, DeliveryStatus.FAILED, "63016")
    await desk.courier.sweep()
    assert await decisions(desk) == []
    await desk.sweep_until_quiet()
    assert await decisions(desk) == [("63016", "email")]


async def test_w11_news_before_the_id_that_the_part_failed_is_seen_to(desk: Desk) -> None:
    answer = await desk.answer(Channel.WHATSAPP, PHONE, ["one", "two"])
    await known(desk, ANA)
    claim = await records.claim(desk.core.pool, answer)
    assert claim is not None
    await record_report(desk.core.pool, Report("SM-early", DeliveryStatus.FAILED, "63016"))
    await records.record_taken(desk.core.pool, claim, Taken("SM-early"))
    await desk.sweep_until_quiet()
    assert await desk.statuses(answer) == ["failed", "failed"]
    assert [message["channel"] for message in desk.received()] == ["email"]


async def test_b13_a_long_wait_ends_where_the_window_does(desk: Desk) -> None:
    """Twilio is busy for hours: what it would refuse by then goes another way."""
    desk.fault(Channel.WHATSAPP, kind="status", status=429, retry_after=3000)
    answer = await desk.simple(Channel.WHATSAPP)
    await known(desk, ANA)
    await wrote(desk, answer, WINDOW - timedelta(minutes=10))
    await desk.courier.deliver(answer)
    (part,) = await desk.parts(answer)
    assert part["next_attempt_at"] > datetime.now(UTC) + timedelta(minutes=40)
    await wrote(desk, answer, WINDOW + timedelta(minutes=40))
    await desk.sweep_until_quiet()
    assert [message["channel"] for message in desk.received()] == ["email"]


PARTS = ["Alpha is the first part.", "Beta follows it.", "Gamma is the last."]
BROKEN = [{"kind": "status", "status": 503}, {"kind": "drop"}, {"kind": "accept_then_drop"}]


@pytest.mark.parametrize("fault", BROKEN, ids=[fault["kind"] for fault in BROKEN])
@pytest.mark.parametrize("at", range(3))
async def test_b14_an_answer_is_resumed_where_it_stopped(desk: Desk, at: int, fault: dict[str, Any]) -> None:
    """Each part waits for the provider's acceptance of the one before; whatever fails, each goes out once, in order."""
    desk.fault(Channel.WHATSAPP, match=f"Body={PARTS[at].split()[0]}", **fault)
    answer = await desk.answer(Channel.WHATSAPP, PHONE, PARTS)
    await desk.courier.deliver(answer)
    assert len(desk.received()) == at + (fault["kind"] == "accept_then_drop")
    await desk.sweep_until_quiet()
    assert desk.texts() == PARTS
    assert await desk.status(answer) == "sent"


async def test_w10_f37_stop_is_confirmed_once_and_nothing_else_goes_out_until_start(desk: Desk) -> None:
    async def customer_writes(sid: str, text: str) -> None:
        fields = {"MessageSid": sid, "From": PHONE, "To": "whatsapp:+14155550100", "Body": text}
        await take(desk.core, inbound_message(Form(urlencode(fields).encode()), datetime.now(UTC)))
        await desk.sweep_until_quiet()

    await customer_writes("SM1", "STOP")
    await customer_writes("SM2", "stop.")
    assert desk.texts() == [STOPPED]
    answer = await desk.simple(Channel.WHATSAPP)
    await desk.courier.deliver(answer)
    assert desk.texts() == [STOPPED]
    await customer_writes("SM3", "START")
    later = await desk.simple(Channel.WHATSAPP)
    await desk.courier.deliver(later)
    assert desk.texts() == [STOPPED, STARTED, "Open Settings."]


async def test_w10_what_we_say_to_stop_and_start_keeps_our_own_rules() -> None:
    for text in (STOPPED, STARTED):
        assert violations(Reply(Channel.WHATSAPP, (text,))) == ()
