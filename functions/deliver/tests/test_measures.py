"""What is measured of an answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from fte_deliver.measures import events

ASKED = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def answer(**changes: Any) -> dict[str, Any]:
    return {
        "id": UUID(int=1),
        "channel": "email",
        "author": "agent",
        "conversation_id": UUID(int=2),
        "delivery_status": "sent",
        "asked_at": ASKED,
        "sent_at": ASKED + timedelta(seconds=2),
        "traceparent": None,
        "error_code": None,
        "complete": True,
        "now": ASKED + timedelta(seconds=3),
    } | changes


@pytest.mark.parametrize(("author", "name"), [("agent", "delivery_ms"), ("human", "human_delivery_ms")])
def test_a_persons_pace_is_a_figure_of_its_own(author: str, name: str) -> None:
    """A person answers in hours; among the agent's seconds that would be the whole percentile."""
    (event,) = events(answer(author=author))
    assert (event["data"]["name"], event["data"]["value"]) == (name, 2_000)


def test_nothing_is_measured_while_a_part_is_still_to_go_out() -> None:
    """Nor of an answer to nothing."""
    assert events(answer(complete=False)) == []
    assert events(answer(asked_at=None)) == []


def test_a_loss_is_counted_with_its_code() -> None:
    """Whoever wrote it."""
    (event,) = events(answer(delivery_status="failed", error_code="policy_price", complete=False, author="human"))
    assert event["data"]["name"] == "delivery_failed"
    assert event["data"]["labels"] == {"status": "failed", "code": "policy_price"}
