"""Every kind of WhatsApp message gets an answer that fits: nothing in it is taken for words that nobody wrote."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest

from fte.wiring import Core
from fte_agent.conversation import answer
from fte_agent.wiring import AgentResources
from fte_intake_whatsapp import Form, inbound_message
from fte_intake_whatsapp.taking import take

pytestmark = pytest.mark.anyio

Rows = Callable[..., Awaitable[list[dict[str, Any]]]]

SENDER = {"From": "whatsapp:+4915112345678", "To": "whatsapp:+14155550100", "ProfileName": "Ana", "MessageSid": "SM1"}

KINDS = {
    "image": {"NumMedia": "1", "MediaContentType0": "image/jpeg", "MessageType": "image"},
    "voice": {"NumMedia": "1", "MediaContentType0": "audio/ogg", "MessageType": "audio"},
    "video": {"NumMedia": "1", "MediaContentType0": "video/mp4", "MessageType": "video"},
    "sticker": {"NumMedia": "1", "MediaContentType0": "image/webp", "MessageType": "sticker"},
    "document": {"NumMedia": "1", "MediaContentType0": "application/pdf", "MessageType": "document"},
    "contact": {"NumMedia": "1", "MediaContentType0": "text/vcard", "MessageType": "contacts"},
    "location": {"Latitude": "52.5", "Longitude": "13.4", "Label": "Pricing Street 1", "MessageType": "location"},
    "unsupported": {"MessageType": "unsupported"},
    "nothing": {},
    "ten media": {"NumMedia": "10"} | {f"MediaContentType{index}": "image/jpeg" for index in range(10)},
}


async def customer_sends(core: Core, sender: str = SENDER["From"], **fields: str) -> None:
    form = Form(urlencode(SENDER | {"From": sender, "MessageSid": f"SM{sender}"} | fields).encode())
    await take(core, inbound_message(form, datetime.now(UTC)))


async def agent_answers(agent: AgentResources, rows: Rows) -> None:
    for conversation in await rows("SELECT id FROM conversations"):
        await answer(agent, conversation["id"])


async def test_f33_w07_what_has_no_words_is_acknowledged_and_asked_about(agent: AgentResources, rows: Rows) -> None:
    """Each kind of a customer of its own."""
    for number, kind in enumerate(KINDS):
        await customer_sends(agent.core, f"whatsapp:+49151123456{number:02}", Body="", **KINDS[kind])
    await agent_answers(agent, rows)
    assert {row["outcome"] for row in await rows("SELECT outcome FROM messages WHERE direction = 'inbound'")} == {
        "asked"
    }
    assert await rows("SELECT id FROM escalations") == []
    replies = await rows("SELECT m.recipient, d.body FROM deliveries AS d JOIN messages AS m ON m.id = d.message_id"
                         " ORDER BY m.recipient")  # fmt: skip
    for kind, reply in zip(KINDS, replies, strict=True):
        assert reply["body"].startswith("Hi Ana!")
        assert "?" in reply["body"]
        assert ("attached" in reply["body"]) == ("NumMedia" in KINDS[kind]), kind


async def test_w07_text_is_never_held_up_by_what_comes_with_it(agent: AgentResources, rows: Rows) -> None:
    media = {"NumMedia": "1", "MediaContentType0": "image/png", "MediaUrl0": "http://169.254.169.254/latest/meta-data/"}
    await customer_sends(agent.core, Body="How do I reset my password?", **media)
    await agent_answers(agent, rows)
    assert await rows("SELECT outcome FROM messages WHERE direction = 'inbound'") == [{"outcome": "answered"}]


async def test_w10_the_agent_says_nothing_to_stop(agent: AgentResources, rows: Rows) -> None:
    await customer_sends(agent.core, Body="STOP")
    await customer_sends(
        agent.core, "whatsapp:+4915199999999", Body="Stop it doesn't work, the export fails every time"
    )
    await agent_answers(agent, rows)
    (ticket,) = await rows("SELECT t.id, m.sender FROM tickets AS t JOIN messages AS m ON m.reference = t.reference")
    assert ticket["sender"] == "whatsapp:+4915199999999"
    assert [row["address"] for row in await rows("SELECT address FROM opt_outs")] == ["+4915112345678"]
    assert len(await rows("SELECT id FROM agent_runs")) == 1
