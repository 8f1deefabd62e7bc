"""What is owed in a conversation, and to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from fte.domain.channels import Channel
from fte.store import matters
from fte.store.pool import Connection, Pool, fetch_all, fetch_one, transaction
from fte.store.replies import reply_address
from fte_agent.limits import count_over
from fte_agent.turn import Turn, check


@dataclass(frozen=True, slots=True)
class Inbound:
    """A customer's message that is still owed an outcome."""

    id: UUID
    seq: int
    channel: Channel
    subject: str
    content: str
    sender: str
    reference: str
    received_at: datetime
    ticket_id: UUID | None
    provider_thread_id: str | None
    rfc_message_id: str | None
    details: Mapping[str, Any]
    attempts: int = 0
    reply_key: str = ""
    """What tells one reply address from another, as the database has it."""
    lately_heard: bool = False
    """Whether this address was heard in this conversation within the day before."""

    @property
    def reply_address(self) -> str:
        """Where the answer goes."""
        return reply_address(self)

    @property
    def traceparent(self) -> str:
        return str(self.details.get("traceparent", ""))

    @property
    def continues(self) -> bool:
        """Whether this message goes on with a matter rather than opening one."""
        return matters.continues(self.channel, self.details)

    @property
    def begins(self) -> bool:
        """Whether this message says what it is about: it opens a matter, or it is the first of a chat for a day."""
        return not (self.continues and (self.lately_heard or self.channel is Channel.EMAIL))

    @property
    def over_limit(self) -> int:
        """How many messages the sender has written, where that is more than one person does; else 0."""
        return count_over(self.details)

    @property
    def note(self) -> str:
        """What came instead of words: "[voice message]". Names in it are the sender's."""
        return str(self.details.get("note") or "")


@dataclass(frozen=True, slots=True)
class ChannelConfig:
    """What the renderer must know of a channel (table `channel_configs`)."""

    channel: Channel
    min_words: int
    max_words: int | None
    max_characters: int | None
    max_parts: int
    greeting: str
    signature: str
    shows_reference: bool
    shows_links: bool
    tone: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation and what is owed in it: messages without outcome, oldest first."""

    id: UUID
    customer_id: UUID
    customer_name: str
    agent_silent: bool
    config: ChannelConfig
    pending: tuple[Inbound, ...]

    @property
    def attempts(self) -> int:
        """How often answering has failed so far."""
        return max((message.attempts for message in self.pending), default=0)


async def load_conversation(connection: Connection, conversation_id: UUID) -> Conversation | None:
    """The conversation with what is owed next in it, or None when nothing is.

    Owed next are the oldest message and all others that are answered to the same address: what one address wrote is
    never answered to another, whatever links the two.
    """
    rows = await fetch_all(
        connection,
        "SELECT id, seq, channel, subject, content, sender, reference, received_at, ticket_id, provider_thread_id,"
        "       rfc_message_id, details, attempts, reply_key,"
        "       EXISTS (SELECT FROM messages AS b WHERE b.conversation_id = m.conversation_id AND b.seq < m.seq"
        "          AND b.reply_key = m.reply_key AND b.outcome IS NOT NULL"
        "          AND b.received_at > m.received_at - interval '1 day') AS lately_heard FROM messages AS m"
        " WHERE conversation_id = %s AND direction = 'inbound' AND outcome IS NULL"
        "   AND (next_attempt_at IS NULL OR next_attempt_at <= now()) ORDER BY seq LIMIT 50",
        [conversation_id],
    )
    if not rows:
        return None
    owed = [Inbound(**{**row, "channel": Channel(row["channel"])}) for row in rows]
    pending = tuple(message for message in owed if message.reply_key == owed[0].reply_key)
    last = pending[-1]
    row = await fetch_one(
        connection,
        "SELECT c.customer_id, c.agent_silent, to_jsonb(f) - 'updated_at' AS config"
        "  FROM conversations AS c, channel_configs AS f WHERE c.id = %s AND f.channel = %s",
        [conversation_id, str(last.channel)],
    )
    assert row is not None
    return Conversation(
        id=conversation_id,
        customer_id=row["customer_id"],
        # As this address calls itself: a name that is known from elsewhere could be somebody else's.
        customer_name=str(last.details.get("sender_name", "")),
        agent_silent=row["agent_silent"],
        config=ChannelConfig(**{**row["config"], "channel": last.channel}),
        pending=pending,
    )


async def postpone(pool: Pool, held: Turn, conversation: Conversation) -> None:
    """Give messages whose run failed a later time: from two seconds on, doubling, five minutes at most."""
    async with transaction(pool) as connection:
        await check(connection, held)
        await connection.execute(
            "UPDATE messages SET attempts = attempts + 1,"
            " next_attempt_at = now() + least(interval '2 seconds' * power(2, attempts), interval '5 minutes')"
            " WHERE id = ANY(%s) AND outcome IS NULL",
            [[message.id for message in conversation.pending]],
        )
