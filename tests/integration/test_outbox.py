"""The outbox on a real PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fte.domain.channels import Channel
from fte.domain.identity import whatsapp_identifier
from fte.store.intake import InboundMessage, accept
from fte.store.outbox import Outbox
from fte.store.pool import Pool, fetch_all, transaction
from fte_tests.bus import RememberingBus

pytestmark = pytest.mark.anyio


def message(sid: str) -> InboundMessage:
    sender = "whatsapp:+14155551234"
    return InboundMessage(
        Channel.WHATSAPP,
        sid,
        [whatsapp_identifier(sender, "test")],
        "How do I reset my password?",
        datetime.now(UTC),
        sender=sender,
        received={"phone": "+14155551234", "message_sid": sid},
    )


async def expire_leases(pool: Pool) -> None:
    async with transaction(pool) as connection:
        await connection.execute("UPDATE outbox SET lease_until = now() - interval '1 second'")


async def unpublished(pool: Pool) -> int:
    async with transaction(pool) as connection:
        return len(await fetch_all(connection, "SELECT id FROM outbox WHERE published_at IS NULL"))


async def test_what_was_committed_is_published_by_a_sweep(pool: Pool, bus: RememberingBus) -> None:
    """Events whose writer died before it could publish them go out with the next sweep, each once."""
    await accept(pool, message("SM1"), "intake-whatsapp")
    outbox = Outbox(pool, bus)
    assert await outbox.sweep() == 0, "a fresh row is its writer's"
    await expire_leases(pool)
    assert await outbox.sweep() == 2
    assert await outbox.sweep() == 0
    assert {row.topic for row in bus.rows} == {"fte.tickets.incoming", "fte.channels.whatsapp.inbound"}
    assert await unpublished(pool) == 0
    await outbox.close()


async def test_without_a_broker_nothing_is_lost(pool: Pool, bus: RememberingBus) -> None:
    """While the bus is away the rows stay; when it is back they go out in the order in which they were written."""
    bus.away = True
    outbox = Outbox(pool, bus)
    for number in range(5):
        accepted = await accept(pool, message(f"SM{number}"), "intake-whatsapp")
        outbox.publish_soon(accepted.events)
    await expire_leases(pool)
    await outbox.sweep()
    assert await unpublished(pool) == 10
    bus.away = False
    await expire_leases(pool)
    await outbox.sweep()
    incoming = [row for row in bus.rows if row.topic == "fte.tickets.incoming"]
    assert [row.event.data["provider_message_id"] for row in incoming] == [f"SM{number}" for number in range(5)]
    await outbox.close()


async def test_a_later_event_waits_for_an_earlier_one_of_its_conversation(pool: Pool, bus: RememberingBus) -> None:
    """An event that somebody else is about to publish is not overtaken."""
    await accept(pool, message("SM1"), "intake-whatsapp")
    await expire_leases(pool)
    async with transaction(pool) as connection:
        await connection.execute(
            "UPDATE outbox SET lease_until = now() + interval '1 minute' WHERE seq = (SELECT min(seq) FROM outbox)"
        )
    outbox = Outbox(pool, bus)
    assert await outbox.sweep() == 0
    await outbox.close()


async def test_an_event_keeps_its_identity(pool: Pool) -> None:
    """The id comes from the provider's message: publishing twice publishes the same event."""
    first = await accept(pool, message("SM1"), "intake-whatsapp")
    again = await accept(pool, message("SM1"), "intake-whatsapp")
    assert again.status == "duplicate"
    assert again.reference == first.reference
    assert again.events == ()
    assert all(row.event.attributes["subject"] == row.event.data["conversation_id"] for row in first.events)
    assert all(row.event.attributes["partitionkey"] == row.key for row in first.events)
