"""Posts that look like a machine's: kept apart, and answered as if they had been taken."""

from __future__ import annotations

from typing import Final

from psycopg.types.json import Jsonb

from fte import metrics
from fte.deadline import DATABASE_SECONDS, within
from fte.domain.channels import Channel
from fte.domain.reference import new_reference
from fte.store.intake import InboundMessage
from fte.store.pool import Pool, fetch_one, transaction
from fte_intake_webform.form import Suspicion

_SET_ASIDE: Final = "SELECT set_form_aside(%s, %s, %s, %s) AS reference"


async def set_aside(pool: Pool, message: InboundMessage, reason: Suspicion) -> str:
    """Keep a post for a month and return its reference, the same for a repetition. No ticket, no event, no answer."""
    fields = message.received | {"subject": message.subject, "message": message.content}
    metrics.MESSAGES_RECEIVED.labels(Channel.WEBFORM, "spam").inc()
    return await within(DATABASE_SECONDS, _keep(pool, [message.id, new_reference(), reason, Jsonb(fields)]))


async def _keep(pool: Pool, parameters: list[object]) -> str:
    async with transaction(pool) as connection:
        row = await fetch_one(connection, _SET_ASIDE, parameters)
    assert row is not None
    return str(row["reference"])
