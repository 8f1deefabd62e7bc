"""The agent on a real database, with the knowledge loaded and a bus that remembers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from fte.domain.channels import Channel
from fte.domain.identity import Identifier, whatsapp_identifier
from fte.knowledge.articles import read_articles
from fte.knowledge.embedder import MiniLmEmbedder
from fte.knowledge.entries import entries
from fte.knowledge.sync import sync
from fte.settings import Settings
from fte.store.intake import InboundMessage, accept
from fte.store.outbox import Outbox
from fte.store.pool import Pool, fetch_all, transaction
from fte.wiring import Core
from fte_agent.wiring import AgentResources, model_factory
from fte_tests.bus import RememberingBus
from fte_tests.pools import patient_pool

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"


@pytest.fixture(scope="session")
def embedder() -> MiniLmEmbedder:
    """One loaded model for all tests."""
    return MiniLmEmbedder()


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[Pool]:
    """A pool on this test's database."""
    pool = await patient_pool(database_url)
    yield pool
    await pool.close()


@pytest.fixture
def bus() -> RememberingBus:
    """The bus of this test."""
    return RememberingBus()


async def load_knowledge(database_url: str, embedder: MiniLmEmbedder) -> None:
    """Load all articles into a migrated database."""
    pool = await patient_pool(database_url)
    try:
        await sync(pool, embedder, entries(read_articles(KNOWLEDGE)))
    finally:
        await pool.close()


@pytest.fixture
def knowledge() -> None:
    """That the test's database holds all articles: `database_url` looks for this name."""


@pytest.fixture
async def agent(
    knowledge: None, pool: Pool, bus: RememberingBus, embedder: MiniLmEmbedder
) -> AsyncIterator[AgentResources]:
    """The agent's resources, with the offline answerer."""
    settings = Settings.from_env({"DATABASE_URL": "postgresql://unused", "KAFKA_BOOTSTRAP_SERVERS": "unused:1"})
    core = Core(settings, pool, bus, Outbox(pool, bus))  # type: ignore[arg-type]  # a bus is a publisher
    yield AgentResources(core, embedder, model_factory(settings, None))
    await core.outbox.close()


Write = Callable[..., Awaitable[UUID]]


@pytest.fixture
def write(pool: Pool) -> Write:
    """Stores a customer's message as an intake does; returns the conversation's id."""

    async def write(text: str, channel: Channel = Channel.EMAIL, sender: str = "", **fields: Any) -> UUID:
        chat = channel is Channel.WHATSAPP
        sender = sender or ("whatsapp:+14155550123" if chat else "ann@example.com")
        identifier = whatsapp_identifier(sender, "test") if chat else Identifier("email", sender, "channel", "test")
        provider_id = uuid4().hex
        rfc_message_id = f"<{provider_id}@example.com>"
        received = {
            Channel.EMAIL: {"thread_id": provider_id, "rfc_message_id": rfc_message_id},
            Channel.WHATSAPP: {"phone": sender.removeprefix("whatsapp:"), "message_sid": provider_id},
            Channel.WEBFORM: {"name": "Ann Lee", "email": sender, "category": "general"},
        }[channel]
        accepted = await accept(
            pool,
            InboundMessage(
                channel,
                provider_id,
                fields.pop("identifiers", [identifier]),
                text,
                datetime.now(UTC),
                name=fields.pop("name", "Ann Lee"),
                sender=sender,
                rfc_message_id=rfc_message_id if channel is Channel.EMAIL else None,
                **{**fields, "received": received | fields.get("received", {})},
            ),
            "test",
        )
        async with transaction(pool) as connection:
            rows = await fetch_all(
                connection, "SELECT conversation_id FROM messages WHERE id = %s", [accepted.message_id]
            )
        conversation_id: UUID = rows[0]["conversation_id"]
        return conversation_id

    return write


Rows = Callable[..., Awaitable[list[dict[str, Any]]]]


@pytest.fixture
def rows(pool: Pool) -> Rows:
    """Runs a query; returns its rows."""

    async def rows(query: str, *values: Any) -> list[dict[str, Any]]:
        async with transaction(pool) as connection:
            return await fetch_all(connection, query, values)

    return rows
