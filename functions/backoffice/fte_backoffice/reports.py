"""What the suite reports: escalations that were raised, values that were measured. Each is recorded once."""

from __future__ import annotations

import logging
from typing import TypeVar
from uuid import UUID

from psycopg.types.json import Jsonb
from pydantic import BaseModel, ValidationError

from fte.ce import Event
from fte.errors import Malformed
from fte.events import EscalationRaised, MetricRecorded, derived_id
from fte.runtime import NO_CONTENT, Response
from fte.store.pool import autocommit, fetch_one
from fte_backoffice.wiring import Resources

log = logging.getLogger(__name__)

Data = TypeVar("Data", bound=BaseModel)


async def on_escalation_raised(event: Event, resources: Resources) -> Response:
    """Acknowledge the escalation: from now on it stands in the team's list. Its row was written by who raised it."""
    raised = _read(EscalationRaised, event)
    async with autocommit(resources.pool) as connection:
        known = await fetch_one(
            connection,
            "UPDATE escalations SET acknowledged_at = coalesce(acknowledged_at, now()) WHERE id = %s RETURNING id",
            [raised.escalation_id],
        )
    if known is None:
        log.warning("unknown_escalation", extra={"escalation": raised.escalation_id})
    else:
        facts = {"reference": raised.reference, "team": raised.team, "flags": raised.flags}
        log.info("escalation_acknowledged", extra={"conversation_id": raised.conversation_id, **facts})
    return NO_CONTENT


async def on_metric_recorded(event: Event, resources: Resources) -> Response:
    """Keep a measured value."""
    metric = _read(MetricRecorded, event)
    async with autocommit(resources.pool) as connection:
        await connection.execute(
            "INSERT INTO agent_metrics (id, name, value, unit, channel, conversation_id, labels, recorded_at)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (id) DO NOTHING",
            [
                _row_id(event),
                metric.name,
                metric.value,
                metric.unit,
                metric.channel and str(metric.channel),
                metric.conversation_id,
                Jsonb(metric.labels),
                metric.recorded_at,
            ],
        )
    log.info("metric_recorded", extra={"metric": metric.name, "conversation_id": metric.conversation_id})
    return NO_CONTENT


def _read(kind: type[Data], event: Event) -> Data:
    try:
        return kind.model_validate(event.data)
    except ValidationError as error:
        raise Malformed(f"not a {kind.__name__}") from error


def _row_id(event: Event) -> UUID:
    try:
        return UUID(event.id)
    except ValueError:
        return derived_id("metric", event.source, event.id)
