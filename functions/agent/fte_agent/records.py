"""What the agent reads of a conversation, and the ticket it opens for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from fte.domain.channels import Channel
from fte.domain.tickets import TicketStatus, on_new_message
from fte.store.pool import Connection, Pool, fetch_all, fetch_one, transaction
from fte.store.replies import reply_address
from fte_agent.triage import Triage
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

    @property
    def reply_address(self) -> str:
        """Where the answer goes."""
        return reply_address(self)

    @property
    def reply_key(self) -> str:
        """What tells one reply address from another."""
        return self.reply_address.lower()

    @property
    def traceparent(self) -> str:
        return str(self.details.get("traceparent", ""))

    @property
    def continues(self) -> bool:
        """Whether this message goes on with a matter rather than opening one.

        A chat goes on; a mail does when it is a reply; a form is always a matter of its own.
        """
        match self.channel:
            case Channel.WHATSAPP:
                return True
            case Channel.EMAIL:
                return bool(self.details.get("in_reply_to") or self.details.get("references"))
            case Channel.WEBFORM:
                return False


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


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as the agent sees it."""

    id: UUID
    reference: str
    status: TicketStatus
    category: str
    priority: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier message that the reply's address may see."""

    at: datetime
    channel: Channel
    author: str
    content: str


@dataclass(frozen=True, slots=True)
class History:
    """What is known of the customer: earlier messages from this address, and only counts of the rest."""

    messages: tuple[Earlier, ...]
    tickets: int
    hidden_messages: int


async def load_conversation(connection: Connection, conversation_id: UUID) -> Conversation | None:
    """The conversation with what is owed next in it, or None when it does not exist.

    Owed next are the oldest message and all others that are answered to the same address: what one address wrote is
    never answered to another, whatever links the two.
    """
    head = await fetch_one(
        connection, "SELECT id, customer_id, channel, agent_silent FROM conversations WHERE id = %s", [conversation_id]
    )
    if head is None:
        return None
    rows = await fetch_all(
        connection,
        "SELECT id, seq, channel, subject, content, sender, reference, received_at, ticket_id, provider_thread_id,"
        "       rfc_message_id, details, attempts FROM messages"
        " WHERE conversation_id = %s AND direction = 'inbound' AND outcome IS NULL"
        "   AND (next_attempt_at IS NULL OR next_attempt_at <= now()) ORDER BY seq LIMIT 50",
        [conversation_id],
    )
    owed = [Inbound(**{**row, "channel": Channel(row["channel"])}) for row in rows]
    pending = tuple(message for message in owed if message.reply_key == owed[0].reply_key)
    channel = str(pending[-1].channel) if pending else head["channel"]
    config = await fetch_one(connection, "SELECT * FROM channel_configs WHERE channel = %s", [channel])
    assert config is not None
    del config["updated_at"]
    return Conversation(
        id=head["id"],
        customer_id=head["customer_id"],
        # As this address calls itself: a name that is known from elsewhere could be somebody else's.
        customer_name=str(pending[-1].details.get("sender_name", "")) if pending else "",
        agent_silent=head["agent_silent"],
        config=ChannelConfig(**{**config, "channel": Channel(config["channel"])}),
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


async def open_ticket(connection: Connection, conversation: Conversation, subject: str, triage: Triage) -> Ticket:
    """The ticket for what is owed: the one it continues (reopened if need be), else a new one. Safe to repeat."""
    pending = conversation.pending
    known = [message.ticket_id for message in pending if message.ticket_id]
    row = None
    if known:
        row = await fetch_one(connection, "SELECT * FROM tickets WHERE id = %s FOR UPDATE", [known[-1]])
    elif pending[0].continues:
        row = await fetch_one(
            connection,
            "SELECT * FROM tickets AS t WHERE conversation_id = %s AND status <> 'closed' AND EXISTS ("
            "   SELECT FROM messages AS m WHERE m.ticket_id = t.id AND m.direction = 'inbound'"
            "      AND lower(coalesce(nullif(m.details ->> 'reply_to', ''), m.sender)) = %s)"
            " ORDER BY created_at DESC LIMIT 1 FOR UPDATE",
            [conversation.id, pending[0].reply_key],
        )
    is_new = row is None
    if row is None:
        row = await fetch_one(
            connection,
            "INSERT INTO tickets (reference, customer_id, conversation_id, channel, subject, status, category,"
            "                     priority, sentiment_score, sentiment_label, triage, needs_review)"
            " VALUES (%s, %s, %s, %s, %s, 'in_progress', %s, %s, %s, %s, %s, %s) RETURNING *",
            [
                pending[0].reference,
                conversation.customer_id,
                conversation.id,
                str(pending[-1].channel),
                subject,
                triage.category,
                triage.priority,
                triage.sentiment.score,
                triage.sentiment.label,
                Jsonb(triage.explanation()),
                triage.needs_review,
            ],
        )
    else:
        row = await fetch_one(
            connection,
            # A person who took over meanwhile has brought the ticket where it is now: there it stays.
            "UPDATE tickets AS t SET status = CASE WHEN c.agent_silent THEN t.status ELSE %s END,"
            " resolution = CASE WHEN c.agent_silent THEN t.resolution END,"
            " resolved_at = CASE WHEN c.agent_silent THEN t.resolved_at END, sentiment_score = %s,"
            " sentiment_label = %s, triage = %s, needs_review = t.needs_review OR %s"
            " FROM conversations AS c WHERE t.id = %s AND c.id = %s RETURNING t.*",
            [
                str(on_new_message(TicketStatus(row["status"]))),
                triage.sentiment.score,
                triage.sentiment.label,
                Jsonb(triage.explanation()),
                triage.needs_review,
                row["id"],
                conversation.id,
            ],
        )
    assert row is not None
    await connection.execute(
        "UPDATE messages SET ticket_id = %s WHERE id = ANY(%s) AND ticket_id IS NULL",
        [row["id"], [message.id for message in pending]],
    )
    return Ticket(
        row["id"], row["reference"], TicketStatus(row["status"]), row["category"], row["priority"], is_new=is_new
    )


async def load_history(connection: Connection, conversation: Conversation, limit: int) -> History:
    """The customer's earlier messages, newest first, as far as the reply's address may see them.

    An address sees what came from it or went to it. Everything else that is linked to this customer is only counted:
    a link may rest on what somebody typed.
    """
    last = conversation.pending[-1]
    rows = await fetch_all(
        connection,
        "SELECT received_at AS at, channel, author, content FROM messages"
        " WHERE customer_id = %s AND seq < %s AND lower(coalesce(sender, recipient)) = lower(%s)"
        " ORDER BY seq DESC LIMIT %s",
        [conversation.customer_id, conversation.pending[0].seq, last.reply_address, limit],
    )
    counts = await fetch_one(
        connection,
        "SELECT (SELECT count(*) FROM tickets WHERE customer_id = %(customer)s) AS tickets,"
        " (SELECT count(*) FROM messages WHERE customer_id = %(customer)s AND seq < %(seq)s"
        "   AND lower(coalesce(sender, recipient)) <> lower(%(address)s)) AS hidden",
        {"customer": conversation.customer_id, "seq": conversation.pending[0].seq, "address": last.reply_address},
    )
    assert counts is not None
    return History(
        tuple(Earlier(row["at"], Channel(row["channel"]), row["author"], row["content"]) for row in rows),
        counts["tickets"],
        counts["hidden"],
    )
