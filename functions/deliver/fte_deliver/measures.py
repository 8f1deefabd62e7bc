"""What is measured of an answer once it is on its way or lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from fte.domain.delivery import DeliveryStatus
from fte.events import EventType, new_traceparent, outgoing
from fte.store import outbox
from fte.store.pool import fetch_one, transaction
from fte.wiring import Core

SOURCE: Final = "deliver"

_ANSWER: Final = """
SELECT m.id, m.channel, m.author, m.customer_id, m.conversation_id, m.delivery_status, i.received_at AS asked_at,
       i.details ->> 'traceparent' AS traceparent, max(d.sent_at) AS sent_at,
       min(d.error_code) FILTER (WHERE d.status IN ('failed', 'bounced')
                                   AND d.error_code <> 'earlier_part_failed') AS error_code,
       bool_and(d.sent_at IS NOT NULL) AS complete, now() AS now
  FROM messages AS m JOIN deliveries AS d ON d.message_id = m.id LEFT JOIN messages AS i ON i.id = m.answers
 WHERE m.id = %s GROUP BY m.id, i.id
"""


async def record(core: Core, message_id: UUID) -> DeliveryStatus | None:
    """Write the metrics of an answer that needs nothing more, once; return its status, None when there is no such
    answer.

    Their ids derive from the answer, so a repetition writes nothing, and a crash before this is made good by it.
    """
    async with transaction(core.pool) as connection:
        answer = await fetch_one(connection, _ANSWER, [message_id])
        if answer is None:
            return None
        whose = {"customer_id": answer["customer_id"], "conversation_id": answer["conversation_id"]}
        rows = [await outbox.add(connection, event, **whose) for event in events(answer)]
    core.outbox.publish_soon(rows)
    return DeliveryStatus(answer["delivery_status"])


def events(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The metrics of this answer as it stands now: none while a part is still to go out.

    How long a person of the team took is a figure of its own: mixed with the agent's it would say nothing of either.
    """
    status = answer["delivery_status"]
    if status in (DeliveryStatus.FAILED, DeliveryStatus.BOUNCED):
        labels = {"status": status, "code": answer["error_code"] or "unknown"}
        return [_event(answer, "delivery_failed", 1.0, "count", answer["now"], labels)]
    if not answer["complete"] or answer["asked_at"] is None:
        return []
    waited = (answer["sent_at"] - answer["asked_at"]).total_seconds() * 1000
    name = "delivery_ms" if answer["author"] == "agent" else "human_delivery_ms"
    return [_event(answer, name, round(waited, 1), "ms", answer["sent_at"], {"status": "sent"})]


def _event(
    answer: Mapping[str, Any], name: str, value: float, unit: str, at: datetime, labels: dict[str, str]
) -> dict[str, Any]:
    return outgoing(
        EventType.METRIC_RECORDED,
        source=SOURCE,
        thing=f"{name}:{answer['id']}",
        time=at,
        data={
            "name": name,
            "value": value,
            "unit": unit,
            "channel": answer["channel"],
            "conversation_id": str(answer["conversation_id"]),
            "labels": labels,
            "recorded_at": at.isoformat(),
        },
        traceparent=answer["traceparent"] or new_traceparent(),
        extensions={"channel": answer["channel"]},
    )
