"""What backoffice does unasked, on a real PostgreSQL: unacknowledged escalations, silence, customers who wait."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from fte.errors import Unavailable
from fte.events import EscalationRaised, EventType, derived_id
from fte_backoffice.silence import assume_settled, close_settled
from fte_backoffice.sweep import sweep
from fte_backoffice.unacknowledged import remind
from fte_backoffice.waiting import show_waiting
from fte_tests.office import DAY, Case, Office, opened, seed

pytestmark = pytest.mark.anyio


@pytest.fixture
async def office(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    async with opened(database_url, monkeypatch) as office:
        yield office


@pytest.fixture
async def case(office: Office) -> Case:
    return await seed(office)


async def eventually(fulfilled: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not fulfilled():
            await asyncio.sleep(0.01)


async def time_passes(office: Office, seconds: int) -> None:
    await office.execute("UPDATE escalations SET raised_at = raised_at - make_interval(secs => %s)", seconds)


async def actions(office: Office) -> list[tuple[str, str]]:
    return [(row["actor"], row["action"]) for row in await office.rows("SELECT * FROM audit_log ORDER BY id")]


async def test_an_unacknowledged_escalation_is_sent_again_each_minute(office: Office, case: Case) -> None:
    assert await remind(office.resources) == 0
    for count in (1, 2):
        await time_passes(office, 61)
        assert await asyncio.gather(remind(office.resources), remind(office.resources)) in ([0, 1], [1, 0])
        await eventually(lambda count=count: len(office.bus.rows) == count)  # type: ignore[misc]
        # Published and marked as such, so that it can be sent again.
        async with asyncio.timeout(10):
            while await office.rows("SELECT FROM outbox WHERE published_at IS NULL"):
                await asyncio.sleep(0.01)
    first, second = office.bus.rows
    assert first.id == second.id == derived_id(EventType.ESCALATION_RAISED, case.escalation)
    assert first.topic == "fte.escalations"
    assert first.event.attributes["escalationflag"] == "REFUND_REQUEST"
    assert first.event.attributes["escalationflags"] == ",REFUND_REQUEST,"
    raised = EscalationRaised.model_validate(first.event.data)
    assert (raised.escalation_id, raised.reference, raised.team) == (case.escalation, case.reference, "finance")
    assert raised.teams == ["finance", "support-lead"]
    assert await actions(office) == [("backoffice", "escalation_sent_again")] * 2


async def test_an_event_that_waits_for_the_bus_is_not_sent_again(office: Office, case: Case) -> None:
    office.bus.away = True
    await time_passes(office, 61)
    assert await remind(office.resources) == 1
    await time_passes(office, 61)
    assert await remind(office.resources) == 0
    assert len(await office.rows("SELECT FROM outbox")) == 1


@pytest.mark.parametrize("column", ["acknowledged_at = now()", "status = 'resolved'"])
async def test_who_has_it_in_hand_is_not_reminded(office: Office, case: Case, column: str) -> None:
    await office.execute(f"UPDATE escalations SET {column}")
    await time_passes(office, 3_600)
    assert await remind(office.resources) == 0


async def answered(office: Office, case: Case, hours: float) -> None:
    """The case is answered, and nobody has written for so long."""
    await office.execute("DELETE FROM escalations")
    await office.execute("UPDATE tickets SET status = 'answered'")
    await office.execute("UPDATE messages SET received_at = now() - make_interval(secs => %s)", hours * 3600)


async def test_three_days_of_silence_settle_a_matter(office: Office, case: Case) -> None:
    await answered(office, case, 72.01)
    assert sum(await asyncio.gather(*(assume_settled(office.resources) for _ in range(3)))) == 1
    (ticket,) = await office.rows("SELECT * FROM tickets")
    assert (ticket["status"], ticket["resolution"]) == ("resolved", "assumed")
    assert ticket["resolved_at"] is not None
    assert await actions(office) == [("backoffice", "assumed_resolved")]


async def test_less_is_no_silence(office: Office, case: Case) -> None:
    await answered(office, case, 71.99)
    assert await assume_settled(office.resources) == 0


@pytest.mark.parametrize(
    "but",
    [
        pytest.param("UPDATE tickets SET status = 'escalated'", id="escalated"),
        pytest.param("UPDATE tickets SET status = 'in_progress'", id="in progress"),
        pytest.param("UPDATE messages SET outcome = NULL, ticket_id = NULL WHERE direction = 'inbound'", id="owed"),
        pytest.param(
            "UPDATE messages SET outcome = 'silent', ticket_id = NULL WHERE direction = 'inbound'", id="set aside"
        ),
        pytest.param("UPDATE messages SET received_at = now() WHERE direction = 'inbound'", id="wrote"),
        pytest.param("UPDATE messages SET received_at = now() WHERE direction = 'outbound'", id="just answered"),
        pytest.param("UPDATE messages SET delivery_status = 'bounced' WHERE direction = 'outbound'", id="bounced"),
    ],
)
async def test_silence_is_no_consent(office: Office, case: Case, but: str) -> None:
    await answered(office, case, 100)
    await office.execute(but)
    assert await assume_settled(office.resources) == 0


async def test_an_answered_matter_that_a_team_still_has_is_not_settled(office: Office, case: Case) -> None:
    await office.execute("UPDATE tickets SET status = 'answered'")
    assert await assume_settled(office.resources) == 0
    await office.execute("UPDATE escalations SET status = 'resolved'")
    assert await assume_settled(office.resources) == 1


@pytest.mark.parametrize(("days", "after"), [(13.9, "resolved"), (14.1, "closed")])
async def test_two_weeks_after_it_was_resolved_a_ticket_is_closed(
    office: Office, case: Case, days: float, after: str
) -> None:
    await answered(office, case, 100)
    await assume_settled(office.resources)
    await office.execute("UPDATE tickets SET resolved_at = now() - make_interval(secs => %s)", days * 86_400)
    await asyncio.gather(*(close_settled(office.resources) for _ in range(3)))
    assert (await office.rows("SELECT status FROM tickets"))[0]["status"] == after
    assert ("backoffice", "closed") not in await actions(office) or after == "closed"


async def held(office: Office, case: Case, status: str = "answered", *, text: str = "Hello again?") -> UUID:
    """A person holds the conversation, the ticket has this status, and the customer has written."""
    await office.execute("UPDATE conversations SET agent_silent = true")
    await office.execute(
        "UPDATE tickets SET status = %s, resolution = %s", status, "confirmed" if status == "resolved" else None
    )
    id_ = uuid4()
    await office.execute(
        "INSERT INTO messages (id, conversation_id, customer_id, direction, author, channel, content, outcome,"
        " provider_message_id, received_at)"
        " VALUES (%s, %s, %s, 'inbound', 'customer', 'whatsapp', %s, 'silent', %s, now())",
        *(id_, case.conversation, case.customer, text, str(id_)),
    )
    return id_


@pytest.mark.parametrize(("before", "after"), [("answered", "in_progress"), ("resolved", "reopened")])
async def test_who_writes_to_a_person_that_thinks_it_is_done_is_shown(
    office: Office, case: Case, before: str, after: str
) -> None:
    await office.execute("UPDATE escalations SET status = 'resolved'")
    message = await held(office, case, before)
    await asyncio.gather(show_waiting(office.resources), show_waiting(office.resources))
    (ticket,) = await office.rows("SELECT * FROM tickets")
    assert (ticket["status"], ticket["resolution"], ticket["resolved_at"]) == (after, None, None)
    assert (await office.rows("SELECT ticket_id FROM messages WHERE id = %s", message))[0]["ticket_id"] == case.ticket
    (item,) = (await office.get("/escalations"))["items"]
    assert item["id"] == str(derived_id("escalation", message))
    assert (item["reference"], item["team"], item["teams"]) == (case.reference, "finance", ["finance", "support-lead"])
    assert (item["flags"], item["summary"]) == (["REFUND_REQUEST"], "Hello again?")
    (event,) = await office.rows("SELECT data FROM outbox")
    assert EscalationRaised.model_validate(event["data"]).channel == "whatsapp"
    assert "Hello" not in str(event["data"])
    assert await show_waiting(office.resources) == 0


async def test_a_case_that_a_team_has_open_is_not_raised_twice(office: Office, case: Case) -> None:
    await held(office, case, "escalated")
    assert await show_waiting(office.resources) == 1
    assert len(await office.rows("SELECT FROM escalations")) == 1
    assert (await office.rows("SELECT status FROM tickets"))[0]["status"] == "escalated"


async def test_a_case_that_no_team_had_goes_to_support(office: Office, case: Case) -> None:
    await office.execute("DELETE FROM escalations")
    await held(office, case)
    await show_waiting(office.resources)
    (item,) = (await office.get("/escalations?team=support"))["items"]
    assert (item["flags"], item["severity"]) == (["HUMAN_REQUESTED"], "medium")


async def test_a_conversation_whose_tickets_are_closed_goes_back_to_the_agent(office: Office, case: Case) -> None:
    message = await held(office, case, "closed")
    assert await show_waiting(office.resources) == 1
    assert await office.rows("SELECT agent_silent FROM conversations") == [{"agent_silent": False}]
    owed = await office.rows("SELECT id, ticket_id FROM messages WHERE direction = 'inbound' AND outcome IS NULL")
    assert owed == [{"id": message, "ticket_id": None}]
    assert await actions(office) == [("backoffice", "hand_back")]


async def test_what_is_silent_without_a_person_is_left_alone(office: Office, case: Case) -> None:
    await held(office, case)
    await office.execute("UPDATE conversations SET agent_silent = false")
    assert await show_waiting(office.resources) == 0


async def test_a_ping_sweeps_once_a_minute(office: Office, case: Case) -> None:
    await answered(office, case, 100)
    answers = await asyncio.gather(*(office.call("POST", "/ping", token="") for _ in range(3)))
    assert {answer.status for answer in answers} == {204}
    assert (await office.rows("SELECT status FROM tickets"))[0]["status"] == "resolved"
    await office.execute("UPDATE tickets SET status = 'reopened', resolution = NULL")
    await office.execute("UPDATE tickets SET status = 'answered'")
    await office.call("POST", "/ping", token="")
    assert (await office.rows("SELECT status FROM tickets"))[0]["status"] == "answered"


async def test_without_a_database_the_sweep_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened("postgresql://nobody@127.0.0.1:1/none", monkeypatch) as office:
        with pytest.raises(Unavailable):
            await sweep(office.resources)
        assert (await office.call("POST", "/ping", token="")).status == 204


LETTER = {"type": EventType.RESPONSE_READY, "source": "/fte/agent", "knativeerrorcode": "422", "reason": "invalid"}


async def test_dead_letters_are_listed_and_shown(office: Office) -> None:
    for name in ("e1", "e2"):
        await office.send({"id": name, **LETTER}, b'{"text": "secret"}', "/dead-letters")
    items: list[dict[str, Any]] = (await office.get("/dead-letters"))["items"]
    assert [item["event_id"] for item in items] == ["e2", "e1"]
    assert "secret" not in str(items)
    assert (items[0]["error_code"], items[0]["reason"], items[0]["status"]) == ("422", "invalid", "open")
    older = (await office.get(f"/dead-letters?before={items[0]['received_at']}&limit=1"))["items"]
    assert older == items[1:]
    shown = await office.get(f"/dead-letters/{items[0]['id']}")
    assert shown["data"] == {"text": "secret"}
    assert shown["attributes"]["source"] == "/fte/agent"
    assert (await office.get("/dead-letters?status=replayed"))["items"] == []
    assert (await office.call("GET", "/dead-letters?status=lost")).status == 422
    for id_ in (uuid4(), "7"):
        assert (await office.call("GET", f"/dead-letters/{id_}")).status == 404
    assert (await office.call("GET", "/dead-letters", token="")).status == 401


async def test_escalations_come_newest_first_in_pages(office: Office, case: Case) -> None:
    for minute in (1, 2):
        await office.execute(
            "INSERT INTO escalations (id, ticket_id, conversation_id, customer_id, flag, flags, team, teams, severity,"
            " reason, summary, due_at, created_at) SELECT gen_random_uuid(), ticket_id, conversation_id, customer_id,"
            " flag, flags, team, teams, severity, reason, %s, due_at, %s::timestamptz + make_interval(mins => %s)"
            " FROM escalations WHERE id = %s",
            *(f"after {minute}", DAY, minute, case.escalation),
        )
    items = (await office.get("/escalations"))["items"]
    assert [item["summary"] for item in items] == ["after 2", "after 1", "refund"]
    assert set(items[0]) >= {
        *("id", "reference", "conversation_id", "flags", "team", "teams", "severity", "reason", "summary", "channel"),
        *("created_at", "due_at", "acknowledged_at", "status"),
    }
    page = (await office.get("/escalations?limit=2"))["items"]
    rest = (await office.get(f"/escalations?before={page[-1]['created_at']}"))["items"]
    assert page + rest == items
