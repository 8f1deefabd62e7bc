"""Answers that WhatsApp takes no more: by a template, by e-mail, or by people, with the simulated providers on a real
PostgreSQL; Twilio's reports are put where intake-whatsapp puts them, by its own code."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from uuid import uuid4

import pytest

from fte.domain.channels import Channel
from fte.domain.delivery import DeliveryStatus
from fte_deliver.losses import WINDOW
from fte_local.sim.stage import Stage, staged
from fte_tests.desk import ANA, PHONE, Desk, opened
from fte_tests.lost_answers import behave, decisions, known, link, report, second, with_ticket, wrote

pytestmark = pytest.mark.anyio

TEMPLATE = "HX" + "a" * 32
RENDERED = "Your answer from TechCorp support: "


@pytest.fixture(scope="module")
def simulators() -> Iterator[Stage]:
    with staged() as stage:
        yield stage


@pytest.fixture
async def desk(simulators: Stage, database_url: str) -> AsyncIterator[Desk]:
    async with opened(simulators, database_url) as desk:
        yield desk


@pytest.fixture
async def with_template(simulators: Stage, database_url: str) -> AsyncIterator[Desk]:
    async with opened(simulators, database_url, FTE_TWILIO_TEMPLATE=TEMPLATE) as desk:
        yield desk


async def test_f35_outside_the_window_nothing_is_sent_in_our_own_words(desk: Desk) -> None:
    answer = await desk.simple(Channel.WHATSAPP)
    await wrote(desk, answer, WINDOW + timedelta(seconds=1))
    await desk.courier.deliver(answer)
    assert desk.received() == []
    (part,) = await desk.parts(answer)
    assert (part["status"], part["error_code"]) == ("failed", "window_closed")
    assert await decisions(desk) == [("window_closed", "people")]


async def test_b15_a_second_before_the_window_closes_it_is_open(desk: Desk) -> None:
    answer = await desk.simple(Channel.WHATSAPP)
    await wrote(desk, answer, WINDOW - timedelta(seconds=30))
    await desk.courier.deliver(answer)
    assert desk.texts() == ["Open Settings."]


async def test_f36_our_own_answers_keep_no_window_open(desk: Desk) -> None:
    first = await desk.simple(Channel.WHATSAPP)
    await wrote(desk, first, WINDOW - timedelta(minutes=1))
    await desk.courier.deliver(first)
    assert len(desk.received()) == 1
    await wrote(desk, first, WINDOW + timedelta(minutes=1))
    later = await desk.simple(Channel.WHATSAPP)
    await wrote(desk, later, WINDOW + timedelta(minutes=1))
    await desk.courier.deliver(later)
    assert len(desk.received()) == 1
    assert await desk.statuses(later) == ["failed"]


async def test_f35_each_address_has_its_own_clock(desk: Desk) -> None:
    """A message from another number of the customer opens no window to this one; a newer one from it does."""
    answer = await desk.simple(Channel.WHATSAPP)
    await wrote(desk, answer, WINDOW * 2)
    other = await desk.simple(Channel.WHATSAPP)
    await wrote(desk, other, timedelta(minutes=1), sender="whatsapp:+4915199999999")
    await desk.courier.deliver(answer)
    assert desk.received() == []
    newer = await desk.simple(Channel.WHATSAPP)
    await wrote(desk, newer, timedelta(minutes=1))
    await desk.courier.deliver(newer)
    await desk.courier.deliver(other)
    assert len(desk.received()) == 2


async def test_f35_a_template_brings_the_answer_when_there_is_one(with_template: Desk) -> None:
    desk = with_template
    behave(desk, closed=[PHONE])
    answer = await desk.answer(Channel.WHATSAPP, PHONE, ["Hi Ana!\nOpen Settings.", "Then Export."])
    await wrote(desk, answer, WINDOW * 2)
    await desk.courier.deliver(answer)
    assert desk.texts() == [f"{RENDERED}Hi Ana! Open Settings. Then Export."]
    assert await decisions(desk) == [("window_closed", "template")]
    follow_up = await second(desk)
    assert (follow_up["channel"], follow_up["recipient"]) == ("whatsapp", PHONE)
    assert await desk.statuses(follow_up["id"]) == ["sent"]


async def test_b13_63016_that_comes_as_a_report_is_followed_by_the_template(with_template: Desk) -> None:
    """Twilio takes free text outside the window, and says later that WhatsApp did not."""
    desk = with_template
    behave(desk, closed=[PHONE])
    answer = await desk.simple(Channel.WHATSAPP)
    await desk.courier.deliver(answer)
    assert await desk.statuses(answer) == ["sent"]
    (part,) = await desk.parts(answer)
    await report(desk, part, DeliveryStatus.FAILED, "63016")
    await report(desk, part, DeliveryStatus.FAILED, "63016")
    await desk.sweep_until_quiet()
    assert desk.texts() == [f"{RENDERED}Open Settings."]
    assert await desk.status(answer) == "failed"
    assert await decisions(desk) == [("63016", "template")]


async def test_b13_a_template_in_doubt_is_found_by_what_it_says(with_template: Desk) -> None:
    desk = with_template
    answer = await desk.simple(Channel.WHATSAPP)
    await wrote(desk, answer, WINDOW * 2)
    desk.fault(Channel.WHATSAPP, kind="accept_then_drop", match="ContentSid")
    await desk.courier.deliver(answer)
    await desk.sweep_until_quiet()
    (message,) = desk.received()
    (part,) = await desk.parts((await second(desk))["id"])
    assert (part["status"], part["provider_message_id"]) == ("sent", message["id"])


async def test_f35_without_a_template_a_mailbox_that_is_the_customers_gets_it(desk: Desk) -> None:
    answer = await desk.answer(Channel.WHATSAPP, PHONE, ["Open Settings.", "Then Export."])
    await wrote(desk, answer, WINDOW * 2)
    await known(desk, ANA)
    reference = await with_ticket(desk, answer)
    await desk.courier.deliver(answer)
    (mail,) = desk.received()
    assert (mail["channel"], mail["to"]) == ("email", ANA)
    assert mail["subject"] == f"[{reference}] Your WhatsApp message to TechCorp support"
    assert "Open Settings.\n\nThen Export." in mail["text"].replace("\r\n", "\n")
    assert mail["text"].startswith("Hello,")
    assert reference in mail["text"]
    assert mail["headers"]["Auto-Submitted"] == "auto-replied"
    assert await decisions(desk) == [("window_closed", "email")]
    await desk.courier.deliver(answer)
    await desk.sweep_until_quiet()
    assert len(desk.received()) == 1


async def test_b13_what_did_arrive_is_not_said_again(desk: Desk) -> None:
    answer = await desk.answer(Channel.WHATSAPP, PHONE, ["First.", "Second.", "Third."])
    await known(desk, ANA)
    desk.fault(Channel.WHATSAPP, kind="status", status=400, code=63016, match="Body=Second")
    await desk.courier.deliver(answer)
    chat, mail = desk.received()
    assert chat["text"] == "First."
    assert "First." not in mail["text"]
    assert "Second." in mail["text"]
    assert "Third." in mail["text"]


async def test_b13_when_the_template_fails_too_the_mailbox_comes_next_and_then_people(with_template: Desk) -> None:
    desk = with_template
    answer = await desk.simple(Channel.WHATSAPP)
    await wrote(desk, answer, WINDOW * 2)
    await known(desk, ANA)
    reference = await with_ticket(desk, answer)
    desk.fault(Channel.WHATSAPP, kind="status", status=400, code=63041)
    desk.fault(Channel.EMAIL, kind="status", status=400)
    await desk.courier.deliver(answer)
    await desk.sweep_until_quiet()
    assert desk.received() == []
    assert [way for _, way in await decisions(desk)] == ["template", "email", "people"]
    (case,) = await desk.rows("SELECT e.team, e.reason, t.needs_review, t.status FROM escalations AS e"
                              " JOIN tickets AS t ON t.id = e.ticket_id WHERE t.reference = %s", reference)  # fmt: skip
    assert (case["team"], case["needs_review"], case["status"]) == ("support-lead", True, "escalated")
    assert "Open Settings" not in case["reason"]
    await desk.core.outbox.close()
    assert [row.event.type for row in desk.bus.rows if "escalation" in row.event.type] == [
        "com.techcorp.fte.escalation.raised.v1"
    ]


@pytest.mark.parametrize(
    ("level", "named"),
    [("claimed", True), ("channel", False), ("verified", False)],
    ids=["only typed", "its owner named the number", "verified, but not as this number's"],
)
async def test_f35_a_mailbox_that_may_be_somebody_elses_gets_nothing(desk: Desk, level: str, named: bool) -> None:
    """Anybody can type a stranger's number into a form: the stranger's answers do not go to them for that."""
    answer = await desk.simple(Channel.WHATSAPP)
    await wrote(desk, answer, WINDOW * 2)
    await known(desk, "mallory@evil.example", level=level, named=named)
    await link(desk, "email:mallory@evil.example", f"phone:{PHONE.removeprefix('whatsapp:')}")
    await desk.courier.deliver(answer)
    assert desk.received() == []
    assert await decisions(desk) == [("window_closed", "people")]


async def test_f35_a_mailbox_that_was_verified_as_the_same_persons_gets_it(desk: Desk) -> None:
    answer = await desk.simple(Channel.WHATSAPP)
    await wrote(desk, answer, WINDOW * 2)
    await known(desk, ANA, level="verified", circle=uuid4(), named=False)
    await desk.courier.deliver(answer)
    assert [mail["to"] for mail in desk.received()] == [ANA]


async def test_f35_of_two_mailboxes_none_is_guessed(desk: Desk) -> None:
    answer = await desk.simple(Channel.WHATSAPP)
    await wrote(desk, answer, WINDOW * 2)
    await known(desk, ANA)
    await known(desk, "ana@other.example")
    await desk.courier.deliver(answer)
    assert desk.received() == []
    assert await decisions(desk) == [("window_closed", "people")]


async def test_b13_how_long_another_way_took_is_no_response_time(desk: Desk) -> None:
    answer = await desk.simple(Channel.WHATSAPP)
    await wrote(desk, answer, WINDOW * 2)
    await known(desk, ANA)
    await desk.courier.deliver(answer)
    await desk.core.outbox.close()
    assert desk.metrics() == [("delivery_failed", {"status": "failed", "code": "window_closed"})]
