"""How each channel does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from fte.domain.channels import Channel
from fte.runtime import Request, Response, json_response
from fte.store.pool import fetch_all, transaction
from fte_backoffice.questions import since_of
from fte_backoffice.wiring import Resources

_MESSAGES: Final = """
SELECT m.channel, count(*) AS received,
       count(*) FILTER (WHERE m.outcome IN ('answered', 'asked', 'resolved')) AS answered,
       count(*) FILTER (WHERE m.outcome = 'escalated') AS escalated
  FROM messages AS m WHERE m.direction = 'inbound' AND m.received_at >= %s GROUP BY m.channel
"""

_TICKETS: Final = """
SELECT channel, count(*) AS tickets,
       count(*) FILTER (WHERE resolution = 'confirmed') AS confirmed,
       count(*) FILTER (WHERE resolution = 'assumed') AS assumed
  FROM tickets WHERE created_at >= %s GROUP BY channel
"""

# From the rows, not from the events about them: a metric that is still on its way changes no figure. Of the agent's
# answers: what a person of the team writes later is no response time of the suite.
_RESPONSES: Final = """
SELECT channel, percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY ms) AS percentiles
  FROM (SELECT i.channel, extract(epoch FROM max(d.sent_at) - i.received_at) * 1000 AS ms
          FROM messages AS i JOIN messages AS o ON o.answers = i.id AND o.author = 'agent'
          JOIN deliveries AS d ON d.message_id = o.id
         WHERE i.received_at >= %s GROUP BY i.id, o.id HAVING bool_and(d.sent_at IS NOT NULL)) AS answers
 GROUP BY channel
"""

_FAILURES: Final = """
SELECT o.channel, count(*) AS failures FROM messages AS o
 WHERE o.direction = 'outbound' AND o.delivery_status IN ('failed', 'bounced') AND o.received_at >= %s
 GROUP BY o.channel
"""

DEFAULT_SPAN: Final = timedelta(hours=24)

Row = Mapping[str, Any]


async def channels(request: Request, resources: Resources) -> Response:
    """`GET /metrics/channels?since=`: each channel's figures for what came in since then."""
    since = since_of(request, datetime.now(UTC) - DEFAULT_SPAN)
    async with transaction(resources.pool) as connection:
        found = [
            {row["channel"]: row for row in await fetch_all(connection, query, [since])}
            for query in (_MESSAGES, _TICKETS, _RESPONSES, _FAILURES)
        ]
    figures = {channel.value: summary(*(rows.get(channel.value, {}) for rows in found)) for channel in Channel}
    return json_response(200, {"since": since.isoformat(), "channels": figures})


def summary(messages: Row, tickets: Row, responses: Row, failures: Row) -> dict[str, Any]:
    """One channel's figures. A rate of nothing is null, not zero.

    Answered and escalated are shares of the messages, resolved of the tickets.
    """
    received, answered, escalated = (messages.get(name, 0) for name in ("received", "answered", "escalated"))
    opened, confirmed, assumed = (tickets.get(name, 0) for name in ("tickets", "confirmed", "assumed"))
    percentiles = responses.get("percentiles") or (None, None, None)
    return {
        "received": received,
        "answered": answered,
        "tickets": opened,
        "resolved": {"total": confirmed + assumed, "confirmed": confirmed, "assumed": assumed},
        "escalated": escalated,
        "rates": {
            "answered": _rate(answered, received),
            "resolved": _rate(confirmed + assumed, opened),
            "confirmed": _rate(confirmed, opened),
            "assumed": _rate(assumed, opened),
            "escalated": _rate(escalated, received),
        },
        "response_ms": {
            name: None if value is None else round(float(value), 1)
            for name, value in zip(("p50", "p95", "p99"), percentiles, strict=True)
        },
        "delivery_failures": failures.get("failures", 0),
    }


def _rate(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
