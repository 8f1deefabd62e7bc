"""How a matter is handed over to people: a row in the team's list, and the event that tells of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from fte.domain.channels import Channel
from fte.events import EventType, outgoing
from fte.store import outbox
from fte.store.outbox import OutboxRow
from fte.store.pool import Connection


@dataclass(frozen=True, slots=True)
class Escalation:
    """A matter for people: whose it is, why, how urgent, and what they need to know.

    `flag` is the one that decides the route; `teams` begins with the team that owns the case.
    """

    id: UUID
    ticket_id: UUID
    reference: str
    customer_id: UUID
    conversation_id: UUID
    channel: Channel
    flag: str
    flags: tuple[str, ...]
    teams: tuple[str, ...]
    severity: str
    reason: str
    due_at: datetime
    summary: str = ""
    context: dict[str, Any] = field(default_factory=dict)

    @property
    def team(self) -> str:
        return self.teams[0]


async def write(connection: Connection, escalation: Escalation, *, source: str, traceparent: str) -> OutboxRow | None:
    """Inside the caller's transaction: the row and its event; return the event."""
    await connection.execute(
        "INSERT INTO escalations (id, ticket_id, conversation_id, customer_id, flag, flags, team, teams, severity,"
        "  reason, summary, context, due_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        [
            escalation.id,
            escalation.ticket_id,
            escalation.conversation_id,
            escalation.customer_id,
            escalation.flag,
            list(escalation.flags),
            escalation.team,
            list(escalation.teams),
            escalation.severity,
            escalation.reason,
            escalation.summary,
            Jsonb(escalation.context),
            escalation.due_at,
        ],
    )
    return await tell(connection, escalation, source=source, traceparent=traceparent)


async def tell(connection: Connection, escalation: Escalation, *, source: str, traceparent: str) -> OutboxRow | None:
    """Inside the caller's transaction: add the event of an escalation; None when it is there already."""
    event = outgoing(
        EventType.ESCALATION_RAISED,
        source=source,
        thing=escalation.id,
        time=datetime.now(UTC),
        data={
            "escalation_id": str(escalation.id),
            "ticket_id": str(escalation.ticket_id),
            "reference": escalation.reference,
            "customer_id": str(escalation.customer_id),
            "conversation_id": str(escalation.conversation_id),
            "channel": str(escalation.channel),
            "flag": escalation.flag,
            "flags": list(escalation.flags),
            "team": escalation.team,
            "teams": list(escalation.teams),
            "severity": escalation.severity,
            "reason": escalation.reason,
            "due_at": escalation.due_at.isoformat(),
        },
        traceparent=traceparent,
        extensions={
            "channel": str(escalation.channel),
            "escalationflag": escalation.flag,
            "escalationflags": f",{','.join(escalation.flags)},",
            "team": escalation.team,
        },
    )
    return await outbox.add(
        connection, event, customer_id=escalation.customer_id, conversation_id=escalation.conversation_id
    )
