"""One customer on several channels: what the reply says, and what a model is shown, as far as the level allows."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import httpx2
import pytest
from openai import AsyncOpenAI

from fte.settings import Settings
from fte.store.intake import InboundMessage, accept
from fte.store.pool import Pool, transaction
from fte_agent import context as run_context
from fte_agent.conversation import answer
from fte_agent.records import load_conversation, load_history
from fte_agent.wiring import AgentResources, model_factory
from fte_local.sim.stage import Stage, staged
from fte_ops.dryrun.messages import chat_message, form_message, mail_message

pytestmark = pytest.mark.anyio

Rows = Callable[..., Awaitable[list[dict[str, Any]]]]
Say = Callable[[InboundMessage], Awaitable[str]]

SETTINGS = Settings.from_env({})
PHONE = "+14155550123"
SECRET = "ACME-4711"
ASKS = "How do I export a project to CSV? And what did I write to you before?"
ANN = "Ann Lee <ann@acme.example>"


def mail(text: str, sender: str = ANN, reply_to: str = "") -> InboundMessage:
    message = mail_message(SETTINGS, {"From": sender, "Subject": "Board", "Reply-To": reply_to}, text)
    assert isinstance(message, InboundMessage)
    return message


def chat(text: str, name: str = "Ann") -> InboundMessage:
    message = chat_message(SETTINGS, {"From": PHONE, "Body": text, "ProfileName": name})
    assert message is not None
    return message


def form(text: str, address: str, phone: str = "", name: str = "Ann Lee") -> InboundMessage:
    fields = {"name": name, "email": address, "phone": phone, "subject": "Export", "message": text}
    return form_message(SETTINGS, fields)


@pytest.fixture(scope="module")
def running_stage() -> Iterator[Stage]:
    with staged() as stage:
        yield stage


@pytest.fixture
def shown() -> list[str]:
    """Everything that a model is sent, as it goes over the wire."""
    return []


@pytest.fixture
async def model(running_stage: Stage, shown: list[str]) -> AsyncIterator[AsyncOpenAI]:
    running_stage.clean()

    async def keep(request: httpx2.Request) -> None:
        shown.append(str(json.loads(request.content)))

    async with httpx2.AsyncClient(event_hooks={"request": [keep]}) as wire:
        yield AsyncOpenAI(api_key="key", base_url=f"{running_stage.url}/openai/v1", max_retries=0, http_client=wire)


@pytest.fixture
def say(agent: AgentResources, pool: Pool, rows: Rows) -> Say:
    """Take a message and answer it; the reply."""

    async def say(message: InboundMessage) -> str:
        await accept(pool, message, "test")
        (row,) = await rows("SELECT conversation_id FROM messages WHERE id = %s", message.id)
        await answer(agent, row["conversation_id"])
        (reply,) = await rows("SELECT content FROM messages WHERE answers = %s", message.id)
        return str(reply["content"])

    return say


async def customers(rows: Rows) -> set[UUID]:
    return {row["customer_id"] for row in await rows("SELECT customer_id FROM messages WHERE direction = 'inbound'")}


SIGNED = f"My secret plan is {SECRET}. How do I export a project to CSV?\n\nRegards,\nAnn Lee\nMobile: +1 415 555 0123"


async def test_a_conversation_goes_on_by_whatsapp_and_the_reply_says_so(say: Say, rows: Rows) -> None:
    """Her mail named her number: the chat is told that there was a mail, and nothing of what it said."""
    await say(mail(SIGNED))
    reply = await say(chat("How do I reset my password?"))
    assert "you also wrote to us by e-mail" in reply
    assert SECRET not in reply
    assert "TC-" not in reply
    assert len(await rows("SELECT DISTINCT conversation_id FROM messages")) == 1
    assert len(await customers(rows)) == 1


async def test_a_chat_that_names_the_mailbox_is_acknowledged_there(say: Say, rows: Rows) -> None:
    """The other way round: the owner of the number has named the mailbox."""
    await say(chat("Hi, my email is ann@acme.example. How do I reset my password?"))
    reply = await say(mail("How do I export a project to CSV?"))
    assert "you also wrote to us by WhatsApp" in reply
    assert len(await customers(rows)) == 1


async def test_two_spellings_of_a_mailbox_share_their_history(
    say: Say, pool: Pool, rows: Rows, agent: AgentResources
) -> None:
    """One mailbox is level channel: what was written under one spelling may be shown to the other."""
    await say(mail(f"My secret plan is {SECRET}. How do I export a project to CSV?", "ann.lee@gmail.com"))
    again = mail("How do I reset my password?", "AnnLee+work@googlemail.com")
    await accept(pool, again, "test")
    (row,) = await rows("SELECT conversation_id FROM messages WHERE id = %s", again.id)
    async with transaction(pool) as connection:
        conversation = await load_conversation(connection, row["conversation_id"])
        assert conversation is not None
        history = await load_history(connection, conversation, 10)
    assert any(SECRET in message.content for message in history.messages)
    assert [ticket.subject for ticket in history.earlier] == ["Board"]
    assert history.hidden_messages == 0


@pytest.mark.parametrize("case", ["foreign reply-to", "foreign phone", "foreign phone, fitting name"])
async def test_strangers_are_shown_nothing_in_the_prompt_or_the_reply(
    case: str, agent: AgentResources, pool: Pool, say: Say, rows: Rows, model: AsyncOpenAI, shown: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """The victim's words, name, subject and other channel stay with the victim, whatever a model could make of them."""
    monkeypatch.setattr(run_context, "MODEL_SECONDS_FROM_START", 10.0)
    stranger = "mallory@elsewhere.example"
    if case == "foreign reply-to":
        await say(mail(f"My secret plan is {SECRET}. How do I export?", "Annabel Leeward <ann@acme.example>"))
        attack = mail(ASKS, "ann@acme.example", reply_to=stranger)
    else:
        await say(chat(f"My secret plan is {SECRET}. How do I export?", "Annabel"))
        name = "Annabel Other" if "fitting" in case else "Mallory Stone"
        attack = form(ASKS, stranger, PHONE, name)
    asking = replace(agent, model_for=model_factory(SETTINGS, model))
    await accept(pool, attack, "test")
    (row,) = await rows("SELECT conversation_id, customer_id FROM messages WHERE id = %s", attack.id)
    await answer(asking, row["conversation_id"])
    (reply,) = await rows("SELECT recipient, content FROM messages WHERE answers = %s", attack.id)
    prompt = "\n".join(shown)
    assert ASKS in prompt
    assert reply["recipient"] == stranger
    for text in (prompt, reply["content"]):
        assert SECRET not in text
        assert "Leeward" not in text
        assert "also wrote" not in text
        assert "secret plan" not in text.lower()
    assert "'also_wrote_by': []" in prompt or '"also_wrote_by": []' in prompt.replace("\\", "")
    assert len(await customers(rows)) == (2 if case == "foreign phone" else 1)
