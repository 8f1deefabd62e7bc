"""What the database holds after a turn: the end state that everything is judged by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from fte.domain.policy import importing
from fte.events import derived_id
from fte.store.pool import Pool, autocommit, fetch_all, fetch_one, transaction

_STATE: Final = """
SELECT m.id AS message_id, m.outcome, m.provider_thread_id AS thread, m.sender,
       coalesce(nullif(m.details ->> 'reply_to', ''), m.sender) AS reply_to, m.channel,
       m.ticket_id, t.reference, t.status, t.category, t.priority, t.sentiment_label AS sentiment,
       t.sentiment_score, o.ticket_id AS reply_ticket, o.recipient, o.channel AS reply_channel,
       o.subject AS reply_subject, coalesce(o.content, '') AS reply,
       coalesce(r.model, '') AS model, coalesce(r.prompt_version, '') AS prompt_version, r.reply_id,
       coalesce(r.articles, '{}') AS cited, coalesce(r.found, '[]') AS found, coalesce(r.stages, '{}') AS stages,
       (SELECT count(*) FROM agent_runs WHERE m.id = ANY(message_ids)) AS runs,
       (SELECT count(*) FROM messages WHERE answers = m.id) AS replies,
       ARRAY(SELECT body FROM deliveries WHERE message_id = o.id ORDER BY part) AS parts,
       ARRAY(SELECT rfc_message_id FROM deliveries WHERE message_id = o.id ORDER BY part) AS mail_ids,
       ARRAY(SELECT tool FROM tool_calls WHERE run_id = r.id AND accepted ORDER BY position) AS tools,
       ARRAY(SELECT reason FROM tool_calls WHERE run_id = r.id AND NOT accepted ORDER BY position) AS refused
  FROM messages AS m
  LEFT JOIN tickets AS t ON t.id = m.ticket_id
  LEFT JOIN LATERAL (SELECT * FROM agent_runs WHERE m.id = ANY(message_ids) ORDER BY finished_at DESC LIMIT 1) AS r
    ON true
  LEFT JOIN messages AS o ON o.id = r.reply_id
 WHERE m.id = %s
"""

_DATED_BACK: Final = (
    "UPDATE messages SET received_at = received_at - %(ago)s, created_at = created_at - %(ago)s WHERE {ours}",
    "UPDATE tickets SET created_at = created_at - %(ago)s, resolved_at = resolved_at - %(ago)s WHERE {ours}",
    "UPDATE escalations SET created_at = created_at - %(ago)s, due_at = due_at - %(ago)s WHERE {ours}",
    "UPDATE agent_runs SET started_at = started_at - %(ago)s, finished_at = finished_at - %(ago)s"
    " WHERE conversation_id IN (SELECT id FROM conversations WHERE {ours})",
    "UPDATE conversations SET started_at = started_at - %(ago)s, last_message_at = last_message_at - %(ago)s"
    " WHERE {ours}",
)
_OURS: Final = "customer_id IN (SELECT customer_id FROM messages WHERE id = ANY(%(messages)s))"

FIRST: Final = 3


@dataclass(frozen=True, slots=True)
class Observed:
    """The end state of one turn.

    `flags` are those of the hand-over that this turn made; `imports` is what the cited articles say about moving from
    other products.
    """

    outcome: str = "none"
    message_id: UUID | None = None
    channel: str = ""
    sender: str = ""
    reply_to: str = ""
    thread: str | None = None
    ticket_id: UUID | None = None
    reference: str = ""
    status: str = ""
    category: str = ""
    priority: str = ""
    sentiment: str = ""
    sentiment_score: float | None = None
    reply: str = ""
    reply_subject: str = ""
    reply_ticket: UUID | None = None
    reply_channel: str = ""
    recipient: str = ""
    parts: tuple[str, ...] = ()
    mail_ids: tuple[str | None, ...] = ()
    tools: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    runs: int = 0
    replies: int = 0
    cited: tuple[str, ...] = ()
    found: tuple[Mapping[str, Any], ...] = ()
    stages: Mapping[str, float] = field(default_factory=dict)
    model: str = ""
    prompt_version: str = ""
    imports: str = ""
    flags: tuple[str, ...] = ()
    team: str | None = None
    severity: str | None = None

    @property
    def topics(self) -> tuple[frozenset[str], ...]:
        """The topics of the articles, those that the reply rests on first, then what else the search found."""
        order = sorted(self.found, key=lambda hit: hit["slug"] not in self.cited)
        return tuple(frozenset(hit["topics"]) for hit in order)[:FIRST]

    @property
    def cited_topics(self) -> frozenset[str]:
        """The topics of the articles that the reply rests on."""
        return frozenset(topic for hit in self.found if hit["slug"] in self.cited for topic in hit["topics"])


async def observe(pool: Pool, message_id: UUID) -> Observed:
    """The end state of the turn with this message."""
    async with transaction(pool) as connection:
        row = await fetch_one(connection, _STATE, [message_id])
        assert row is not None
        reply_id = row.pop("reply_id")
        # A ticket may have been handed over in an earlier turn: only the hand-over with this very reply counts.
        handed = None
        if reply_id is not None:
            handed = await fetch_one(
                connection,
                "SELECT flags, team, severity FROM escalations WHERE id = %s",
                [derived_id("escalation", reply_id)],
            )
        passages = await fetch_all(
            connection,
            "SELECT content FROM knowledge_base WHERE slug = ANY(%s) ORDER BY slug, position",
            [row["cited"]],
        )
    imports = importing(passage["content"] for passage in passages)
    state: dict[str, Any] = {**row, **(handed or {}), "imports": imports}
    # What the database does not know stays at its default.
    known: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in state.items()}
    there: dict[str, Any] = {name: value for name, value in known.items() if value is not None}
    return Observed(**there)


async def statuses(pool: Pool, messages: Sequence[UUID]) -> dict[UUID, str]:
    """The tickets of the customers who wrote `messages`, with their status."""
    async with autocommit(pool) as connection:
        rows = await fetch_all(
            connection, f"SELECT id, status FROM tickets WHERE {_OURS}", {"messages": list(messages)}
        )
    return {row["id"]: row["status"] for row in rows}


async def date_back(pool: Pool, messages: Sequence[UUID], days: float) -> None:
    """Let `days` pass for the customers who wrote `messages`."""
    async with transaction(pool) as connection:
        for statement in _DATED_BACK:
            values = {"ago": timedelta(days=days), "messages": list(messages)}
            await connection.execute(statement.format(ours=_OURS).encode(), values)
