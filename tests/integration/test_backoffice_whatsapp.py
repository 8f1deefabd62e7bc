"""What the team sees of WhatsApp's rules: the window, the wish for no messages, what did not arrive."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from fte.domain.channels import Channel
from fte.domain.identity import whatsapp_identifier
from fte.store.intake import InboundMessage, Keyword, accept
from fte_tests.office import Office, opened

pytestmark = pytest.mark.anyio

SENDER = "whatsapp:+556199999999"
KNOWN_AS = "+5561999999999"


@pytest.fixture
async def office(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    async with opened(database_url, monkeypatch) as office:
        yield office


async def writes(office: Office, sid: str, text: str, ago: timedelta = timedelta(0), note: str = "") -> UUID:
    """A customer's message; returns its conversation."""
    word = {"STOP": "stop", "START": "start"}.get(text)
    message = InboundMessage(
        Channel.WHATSAPP,
        sid,
        [whatsapp_identifier(SENDER, "test")],
        text,
        datetime.now(UTC) - ago,
        sender=SENDER,
        received={"phone": KNOWN_AS, "message_sid": sid},
        details={"note": note} if note else {},
    )
    keyword = Keyword(word, "Noted.") if word in ("stop", "start") else None  # type: ignore[arg-type]
    accepted = await accept(office.pool, message, "test", keyword=keyword)
    (row,) = await office.rows("SELECT conversation_id FROM messages WHERE id = %s", accepted.message_id)
    return UUID(str(row["conversation_id"]))


async def test_f35_until_when_whatsapp_takes_our_own_words(office: Office) -> None:
    await writes(office, "SM1", "Hello", timedelta(hours=5))
    conversation = await writes(office, "SM2", "Anybody?", timedelta(hours=2))
    shown = (await office.get(f"/conversations/{conversation}"))["whatsapp"]
    left = datetime.fromisoformat(shown["open_until"]) - datetime.now(UTC)
    assert timedelta(hours=21, minutes=55) < left <= timedelta(hours=22)
    assert shown["opted_out"] is False


async def test_w10_f37_staff_see_who_wants_no_messages(office: Office) -> None:
    conversation = await writes(office, "SM1", "STOP")
    assert (await office.get(f"/conversations/{conversation}"))["whatsapp"]["opted_out"] is True
    found = await office.get(f"/customers/lookup?phone={KNOWN_AS.replace('+', '%2B')}")
    (entry,) = found["opt_outs"]
    assert {name: entry[name] for name in ("channel", "address", "source")} == {
        "channel": "whatsapp",
        "address": KNOWN_AS,
        "source": "keyword",
    }
    assert datetime.fromisoformat(entry["since"]) <= datetime.now(UTC)
    await writes(office, "SM2", "START")
    assert (await office.get(f"/conversations/{conversation}"))["whatsapp"]["opted_out"] is False
    assert (await office.get(f"/customers/lookup?phone={KNOWN_AS.replace('+', '%2B')}"))["opt_outs"] == []


async def test_f28_a_customer_is_found_by_the_other_spelling_of_the_number(office: Office) -> None:
    await writes(office, "SM1", "Hello")
    numbers = ("%2B5561999999999", "%2B556199999999", "%2B55 61 9999-9999")
    found = [(await office.get(f"/customers/lookup?phone={number}"))["customer"]["id"] for number in numbers]
    assert len(set(found)) == 1


async def test_w07_what_came_without_words_is_seen(office: Office) -> None:
    conversation = await writes(office, "SM1", "", note="[voice message]")
    (message,) = (await office.get(f"/conversations/{conversation}"))["messages"]
    assert message["content"] == "[voice message]"


async def test_b13_staff_see_what_did_not_arrive_and_what_happened_then(office: Office) -> None:
    conversation = await writes(office, "SM1", "Hello")
    await office.execute(
        "INSERT INTO audit_log (actor, action, conversation_id, details)"
        """ VALUES ('deliver', 'not_arrived', %s, '{"message_id": "m1", "code": "63016", "next": "email"}')""",
        conversation,
    )
    (lost,) = (await office.get(f"/conversations/{conversation}"))["not_arrived"]
    assert (lost["message_id"], lost["code"], lost["next"]) == ("m1", "63016", "email")


async def test_where_nobody_wrote_by_whatsapp_there_is_no_window(office: Office) -> None:
    conversation = await writes(office, "SM1", "Hello")
    await office.execute("UPDATE messages SET channel = 'webform'")
    shown = await office.get(f"/conversations/{conversation}")
    assert (shown["whatsapp"], shown["not_arrived"]) == (None, [])
