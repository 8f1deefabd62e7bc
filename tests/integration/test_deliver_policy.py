"""The last look at a reply before a provider has it, on a real PostgreSQL with the simulated providers."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Iterator
from typing import Any
from uuid import UUID

import pytest

from fte.domain.channels import Channel
from fte.domain.reference import new_reference
from fte_local.sim.stage import Stage, staged
from fte_tests.desk import ANA, PHONE, Desk, opened

pytestmark = pytest.mark.anyio

FORBIDDEN = "We will refund you the 49 dollars by Friday."


@pytest.fixture(scope="module")
def simulators() -> Iterator[Stage]:
    with staged() as stage:
        yield stage


@pytest.fixture
async def desk(simulators: Stage, database_url: str) -> AsyncIterator[Desk]:
    async with opened(simulators, database_url) as desk:
        yield desk


async def with_ticket(desk: Desk, answer: UUID, status: str = "answered") -> UUID:
    """Give the answer the ticket that it is for."""
    (row,) = await desk.rows(
        "INSERT INTO tickets (reference, customer_id, conversation_id, channel, subject, status, category, priority,"
        "  sentiment_score, sentiment_label, resolution)"
        " SELECT %s, customer_id, conversation_id, channel, 'Export', %s, 'how_to', 'medium', 0.5, 'neutral', %s"
        "  FROM messages WHERE id = %s RETURNING id",
        new_reference(), status, "assumed" if status == "resolved" else None, answer,
    )  # fmt: skip
    await desk.execute("UPDATE messages SET ticket_id = %s WHERE id = %s", row["id"], answer)
    return UUID(str(row["id"]))


async def ticket_of(desk: Desk, ticket: UUID) -> dict[str, Any]:
    (row,) = await desk.rows("SELECT status, needs_review FROM tickets WHERE id = %s", ticket)
    return dict(row)


@pytest.mark.parametrize("channel", list(Channel))
async def test_a_reply_that_breaks_a_rule_is_not_sent_and_the_lead_has_the_case(
    desk: Desk, channel: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    """Parked with a code, the ticket escalated with one event, and the text in no log, row or event of it."""
    recipient = PHONE.removeprefix("whatsapp:") if channel is Channel.WHATSAPP else ANA
    answer = await desk.answer(channel, recipient, [FORBIDDEN])
    ticket = await with_ticket(desk, answer)
    with caplog.at_level(logging.DEBUG, logger="fte_deliver"):
        await desk.courier.deliver(answer)
        await desk.courier.deliver(answer)
        await desk.sweep_until_quiet()
    assert desk.received() == []
    (part,) = await desk.parts(answer)
    assert (part["status"], part["error_code"]) == ("failed", "policy_price")
    assert await ticket_of(desk, ticket) == {"status": "escalated", "needs_review": True}
    (case,) = await desk.rows("SELECT * FROM escalations WHERE ticket_id = %s", ticket)
    assert (case["team"], case["severity"], case["status"]) == ("support-lead", "high", "open")
    (note,) = await desk.rows("SELECT details FROM audit_log WHERE action = 'withheld'")
    assert set(note["details"]["rules"]) == {"price", "refund_promise", "date_promise", "work_promise"}
    await desk.core.outbox.close()
    events = [row.event for row in desk.bus.rows]
    assert sorted(event.type.split(".")[3] for event in events) == ["escalation", "metric"]
    told = caplog.text + json.dumps([case, note, *(event.data for event in events)], default=str)
    assert "withheld" in told
    assert "refund you" not in told
    assert "49" not in json.dumps([case["reason"], case["summary"], case["context"]["rules"]])


async def test_no_part_of_it_is_sent(desk: Desk) -> None:
    """Also when the rule is broken in the last part, or only by two parts together."""
    for parts in (["Open Settings.", "It costs 49 dollars."], ["It costs 49", "dollars a month."]):
        answer = await desk.answer(Channel.WHATSAPP, PHONE, parts)
        await desk.courier.deliver(answer)
        assert await desk.statuses(answer) == ["failed", "failed"]
    assert desk.received() == []


async def test_what_a_person_writes_is_sent_as_it_is(desk: Desk) -> None:
    """A person may decide; and a person's mail is not an automatic one."""
    answer = await desk.answer(Channel.EMAIL, ANA, [FORBIDDEN])
    await desk.execute("UPDATE messages SET author = 'human' WHERE id = %s", answer)
    await desk.courier.deliver(answer)
    (mail,) = desk.received()
    assert FORBIDDEN in mail["text"]
    headers = {name.lower() for name in mail["headers"]}
    assert not headers & {"auto-submitted", "x-auto-response-suppress"}
    await desk.core.outbox.close()
    assert [name for name, _ in desk.metrics()] == ["human_delivery_ms"]


async def test_a_case_that_people_have_is_only_marked(desk: Desk) -> None:
    """The notice of a hand-over that breaks a rule makes no second case."""
    answer = await desk.answer(Channel.EMAIL, ANA, [FORBIDDEN])
    ticket = await with_ticket(desk, answer, "escalated")
    await desk.execute(
        "INSERT INTO escalations (id, ticket_id, conversation_id, customer_id, flag, flags, team, teams, severity,"
        "  reason, summary, due_at) SELECT gen_random_uuid(), ticket_id, conversation_id, customer_id,"
        "  'REFUND_REQUEST', '{REFUND_REQUEST}', 'finance', '{finance}', 'medium', '', '', now()"
        "  FROM messages WHERE id = %s",
        answer,
    )
    await desk.courier.deliver(answer)
    cases = await desk.rows("SELECT team FROM escalations WHERE ticket_id = %s", ticket)
    assert [case["team"] for case in cases] == ["finance"]
    assert await ticket_of(desk, ticket) == {"status": "escalated", "needs_review": True}


@pytest.mark.parametrize(("status", "after"), [("resolved", "escalated"), ("closed", "closed"), ("open", "escalated")])
async def test_the_ticket_goes_only_where_it_may_go(desk: Desk, status: str, after: str) -> None:
    """A resolved one is reopened on the way; a closed one stays closed, and the lead is told all the same."""
    answer = await desk.answer(Channel.EMAIL, ANA, [FORBIDDEN])
    ticket = await with_ticket(desk, answer, status)
    await desk.courier.deliver(answer)
    assert (await ticket_of(desk, ticket))["status"] == after
    assert len(await desk.rows("SELECT 1 FROM escalations WHERE ticket_id = %s", ticket)) == 1


async def test_an_import_may_be_explained(desk: Desk) -> None:
    """Where the reply rests on the article about it."""
    text = "Open Import from another tool and choose Trello."
    answer = await desk.answer(Channel.EMAIL, ANA, [text])
    ticket = await with_ticket(desk, answer)
    await desk.execute(
        "INSERT INTO knowledge_base (slug, position, title, category, content, content_hash, embedding_model,"
        "  embedding, updated) VALUES ('migration-test', 1, 'Import', 'how_to', 'Import boards from Trello.', 'x',"
        "  'none', array_fill(0, ARRAY[1536])::vector, now())"
    )
    await desk.execute(
        "INSERT INTO agent_runs (id, conversation_id, ticket_id, reply_id, message_ids, outcome, model,"
        "  prompt_version, articles, started_at) SELECT gen_random_uuid(), conversation_id, %s, id, '{}',"
        "  'answered', 'offline', '1', '{migration-test}', now() FROM messages WHERE id = %s",
        ticket, answer,
    )  # fmt: skip
    other = await desk.answer(Channel.EMAIL, ANA, [text])
    await desk.courier.deliver(answer)
    await desk.courier.deliver(other)
    assert await desk.statuses(answer) == ["sent"]
    assert [part["error_code"] for part in await desk.parts(other)] == ["policy_competitor"]
