"""The agent on a throw-away database: it takes messages, answers them, and tells from the rows what it did."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final, TypeVar
from uuid import UUID

import psycopg

from fte.errors import Transient, Unprocessable
from fte.knowledge.embedder import open_embedder
from fte.settings import Settings
from fte.store.intake import Accepted, InboundMessage, accept
from fte.store.outbox import Outbox, OutboxRow
from fte.store.pool import autocommit, fetch_one, open_pool, transaction
from fte.wiring import Core
from fte_agent import GIVE_UP_AFTER, OFFLINE, AgentResources, answer, model_factory, open_client
from fte_ops.dryrun.database import throw_away

T = TypeVar("T")

AT_ONCE: Final = 8
AT_ONCE_OFFLINE: Final = 4
"""Without a model to wait for, more at once only makes each of them take longer."""

PATIENCE: Final = 15
"""How often a busy database is asked again, as a provider and the transport would."""

_RESULT: Final = """
SELECT m.outcome, t.category, t.priority, t.sentiment_score, t.sentiment_label,
       e.flags, e.team, e.severity, r.found, r.articles, r.stages,
       (SELECT content FROM messages WHERE id = r.reply_id) AS reply,
       ARRAY(SELECT body FROM deliveries WHERE message_id = r.reply_id ORDER BY part) AS parts,
       ARRAY(SELECT tool FROM tool_calls WHERE run_id = r.id AND accepted ORDER BY position) AS tools
  FROM messages AS m
  LEFT JOIN tickets AS t ON t.id = m.ticket_id
  LEFT JOIN agent_runs AS r ON r.ticket_id = m.ticket_id AND m.id = ANY(r.message_ids)
  LEFT JOIN escalations AS e ON e.ticket_id = m.ticket_id
 WHERE m.id = %s ORDER BY r.finished_at DESC, e.created_at DESC LIMIT 1
"""

_DATED_BACK: Final = (
    "UPDATE messages SET received_at = received_at - %(ago)s, created_at = created_at - %(ago)s"
    " WHERE conversation_id = %(id)s",
    "UPDATE tickets SET created_at = created_at - %(ago)s, resolved_at = resolved_at - %(ago)s"
    " WHERE conversation_id = %(id)s",
    "UPDATE escalations SET created_at = created_at - %(ago)s, due_at = due_at - %(ago)s"
    " WHERE conversation_id = %(id)s",
    "UPDATE agent_runs SET started_at = started_at - %(ago)s, finished_at = finished_at - %(ago)s"
    " WHERE conversation_id = %(id)s",
    # Closed, so that the next message is a matter of its own even if this one is of today.
    "UPDATE conversations SET status = 'closed', started_at = started_at - %(ago)s,"
    " last_message_at = last_message_at - %(ago)s WHERE id = %(id)s",
)

NOTHING_SAID: Final[dict[str, Any]] = {
    "outcome": "silent",
    "flags": [],
    "team": None,
    "severity": None,
    "sentiment": {"score": None, "label": None},
    "category": None,
    "priority": None,
    "articles": [],
    "reply": "",
    "parts": [],
    "tools": [],
    "ms": 0.0,
}
"""The result for a message that is no customer's: it never reaches the agent."""


class Nowhere:
    """A bus that publishes nothing: the events of a dry run stay rows."""

    connected = False

    async def publish(self, rows: Sequence[OutboxRow]) -> list[UUID]:
        return []

    async def close(self) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Desk:
    """The agent, one without a model behind it for what is only history, and how many messages they take at once."""

    agent: AgentResources
    historian: AgentResources
    at_once: int

    async def answer(self, message: InboundMessage) -> dict[str, Any]:
        """Take `message` and answer it; what came of it, in the shape of `fte try`."""
        await self.take(message)
        async with autocommit(self.agent.core.pool) as connection:
            row = await fetch_one(connection, _RESULT, [message.id])
        assert row is not None
        return _result(row)

    async def take(self, message: InboundMessage) -> UUID:
        """Take `message` and answer it; the conversation that it came to belong to."""
        return await self._answered(self.agent, message)

    async def remember(self, message: InboundMessage, days_ago: float) -> None:
        """Take `message` and answer it, as a ticket of its own, all of which was `days_ago`."""
        conversation = await self._answered(self.historian, message)
        async with transaction(self.agent.core.pool) as connection:
            for statement in _DATED_BACK:
                await connection.execute(statement.encode(), {"ago": timedelta(days=days_ago), "id": conversation})

    async def _answered(self, agent: AgentResources, message: InboundMessage) -> UUID:
        accepted: Accepted = await _patiently(lambda: _accepted(agent, message))
        conversation = UUID(accepted.events[0].event.data["conversation_id"])
        # A run that failed is tried again later, and in the end handed over; a dry run does not wait for later.
        for _ in range(GIVE_UP_AFTER + 1):
            await _patiently(lambda: answer(agent, conversation))
            async with autocommit(agent.core.pool) as connection:
                owed = await fetch_one(
                    connection,
                    "UPDATE messages SET next_attempt_at = NULL WHERE id = %s AND outcome IS NULL RETURNING id",
                    [message.id],
                )
            if owed is None:
                return conversation
        raise Unprocessable("the agent came to no outcome")


@asynccontextmanager
async def opened(settings: Settings, model: str | None) -> AsyncIterator[Desk]:
    """A desk with a database of its own. `model` is a model's name, `offline`, or None for what the settings say.

    Raises `Unavailable`, and `Unprocessable` for a model that nothing can be asked with.
    """
    if model not in (None, OFFLINE):
        settings = settings.model_copy(update={"model": model})
    client = None if model == OFFLINE else open_client(settings)
    if client is None and model not in (None, OFFLINE):
        raise Unprocessable(f"--model {model} needs OPENAI_API_KEY; --model {OFFLINE} needs nothing")
    async with throw_away(settings) as address:
        pool = await open_pool(address)
        bus = Nowhere()
        core = Core(settings, pool, bus, Outbox(pool, bus))
        agent = AgentResources(core, open_embedder(settings), model_factory(settings, client), wait_for_next_line=0.0)
        try:
            await agent.warm()
            historian = replace(agent, model_for=model_factory(settings, None))
            yield Desk(agent, historian, AT_ONCE if client else AT_ONCE_OFFLINE)
        finally:
            await agent.close()


async def _accepted(agent: AgentResources, message: InboundMessage) -> Accepted:
    try:
        return await accept(agent.core.pool, message, "dry-run")
    except psycopg.DataError as error:
        raise Unprocessable("the message cannot be stored") from error


async def _patiently(work: Callable[[], Awaitable[T]]) -> T:
    for _ in range(PATIENCE):
        try:
            return await work()
        except Transient:
            await asyncio.sleep(0.2)
    return await work()


def _result(row: dict[str, Any]) -> dict[str, Any]:
    cited = set(row["articles"] or ())
    found = [{name: hit[name] for name in ("slug", "topics", "score")} for hit in row["found"] or ()]
    return {
        "outcome": row["outcome"],
        "flags": row["flags"] or [],
        "team": row["team"],
        "severity": row["severity"],
        "sentiment": {"score": row["sentiment_score"], "label": row["sentiment_label"]},
        "category": row["category"],
        "priority": row["priority"],
        # Those that the reply rests on come first; the rest is what else the search found.
        "articles": sorted(found, key=lambda article: article["slug"] not in cited),
        "reply": row["reply"] or "",
        "parts": row["parts"],
        "tools": row["tools"],
        "ms": (row["stages"] or {}).get("ready", 0.0),
    }
