"""Deliver with its surroundings: rows go in, customers' boxes fill."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from psycopg.types.json import Jsonb

from fte.domain.channels import Channel
from fte.events import derived_id
from fte.providers.gmail import GmailClient
from fte.providers.twilio import TwilioMessenger
from fte.settings import Settings
from fte.store.outbox import Outbox
from fte.store.pool import fetch_all, transaction
from fte.wiring import Core
from fte_deliver.courier import Courier
from fte_deliver.wiring import senders
from fte_local.sim.stage import Stage
from fte_tests.bus import RememberingBus
from fte_tests.pools import patient_pool

ANA, PHONE = "ana@customer.example", "whatsapp:+4915112345678"


@dataclass
class Desk:
    """Deliver with its surroundings: rows in, customers' boxes out."""

    core: Core
    courier: Courier
    stage: Stage
    bus: RememberingBus
    customer: UUID = field(default_factory=uuid4)

    async def execute(self, query: str, *parameters: Any) -> None:
        async with transaction(self.core.pool) as connection:
            await connection.execute(query.encode(), parameters)

    async def rows(self, query: str, *parameters: Any) -> list[dict[str, Any]]:
        async with transaction(self.core.pool) as connection:
            return await fetch_all(connection, query, parameters)

    async def answer(
        self, channel: Channel, recipient: str, parts: Sequence[str], *, subject: str = "", **details: Any
    ) -> UUID:
        """What the agent writes: a message of the customer and the answer to it."""
        conversation, question, answer = uuid4(), uuid4(), uuid4()
        async with transaction(self.core.pool) as connection:
            await connection.execute("INSERT INTO customers (id) VALUES (%s) ON CONFLICT DO NOTHING", [self.customer])
            await connection.execute(
                "INSERT INTO conversations (id, customer_id, channel) VALUES (%s, %s, %s)",
                [conversation, self.customer, str(channel)],
            )
            await connection.execute(
                "INSERT INTO messages (id, conversation_id, customer_id, direction, author, channel, content,"
                " received_at) VALUES (%s, %s, %s, 'inbound', 'customer', %s, 'How?', now() - interval '2 seconds')",
                [question, conversation, self.customer, str(channel)],
            )
            await connection.execute(
                "INSERT INTO messages (id, conversation_id, customer_id, direction, author, channel, recipient,"
                " subject, content, details, answers, delivery_status, received_at)"
                " VALUES (%s, %s, %s, 'outbound', 'agent', %s, %s, %s, %s, %s, %s, 'queued', now())",
                [
                    *(answer, conversation, self.customer, str(channel), recipient, subject, "\n".join(parts)),
                    *(Jsonb(details), question),
                ],
            )
            for number, body in enumerate(parts, start=1):
                mail_id = None if channel is Channel.WHATSAPP else f"<{answer}.{number}@techcorp.example>"
                await connection.execute(
                    "INSERT INTO deliveries (id, message_id, part, body, rfc_message_id) VALUES (%s, %s, %s, %s, %s)",
                    [derived_id("delivery", answer, number), answer, number, body, mail_id],
                )
        return answer

    async def simple(self, channel: Channel) -> UUID:
        """An answer of one part on this channel."""
        return await self.answer(channel, PHONE if channel is Channel.WHATSAPP else ANA, ["Open Settings."])

    async def parts(self, answer: UUID) -> list[dict[str, Any]]:
        return await self.rows("SELECT * FROM deliveries WHERE message_id = %s ORDER BY part", answer)

    async def statuses(self, answer: UUID) -> list[str]:
        return [part["status"] for part in await self.parts(answer)]

    async def status(self, answer: UUID) -> str:
        (row,) = await self.rows("SELECT delivery_status FROM messages WHERE id = %s", answer)
        return str(row["delivery_status"])

    async def time_passes(self) -> None:
        """Whatever was put off is due, and every lease has run out."""
        await self.execute(
            "UPDATE deliveries SET next_attempt_at = next_attempt_at - interval '1 day',"
            " lease_until = lease_until - interval '1 day'"
        )

    async def sweep_until_quiet(self) -> None:
        for _ in range(6):
            await self.time_passes()
            if not await self.courier.sweep():
                return
        raise AssertionError("the sweep always finds something to do")

    def received(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.stage.control.get("/sim/outbox").json()["messages"]
        return found

    def texts(self) -> list[str]:
        return [message["text"].strip() for message in self.received()]

    def fault(self, channel: Channel, **fault: Any) -> None:
        provider, match = ("twilio", "Messages") if channel is Channel.WHATSAPP else ("gmail", "messages/send")
        answer = self.stage.control.post("/sim/faults", json={"provider": provider, "match": match, "count": 1} | fault)
        assert answer.status_code == 201, answer.text

    def metrics(self) -> list[tuple[str, dict[str, str]]]:
        return [(row.event.data["name"], row.event.data["labels"]) for row in self.bus.rows]


@asynccontextmanager
async def opened(stage: Stage, database_url: str, **settings_: str) -> AsyncIterator[Desk]:
    """Deliver with the real clients of both providers against clean simulators, and with these settings as well."""
    stage.clean()
    stage.control.delete("/sim/faults")
    env = {
        **stage.env,
        "FTE_TWILIO_API_URL": f"{stage.url}/twilio",
        "FTE_GMAIL_API_URL": f"{stage.url}/gmail-api",
        "FTE_GOOGLE_TOKEN_URL": f"{stage.url}/google/token",
        **settings_,
    }
    settings = Settings.from_env(env)
    pool = await patient_pool(database_url)
    bus = RememberingBus()
    core = Core(settings, pool, bus, Outbox(pool, bus))  # type: ignore[arg-type]
    messenger = TwilioMessenger.from_settings(settings)
    courier = Courier(core, senders(core, GmailClient.from_settings(settings), messenger))
    try:
        yield Desk(core, courier, stage, bus)
    finally:
        await courier.close()
        await core.close()
        messenger.close()
