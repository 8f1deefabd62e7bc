"""Which matter a customer's message is about: one rule, for the agent and for the people who answer in its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from fte.domain.channels import Channel
from fte.store.pool import Connection, fetch_one

_CONTINUED: Final = """
SELECT id FROM tickets AS t WHERE conversation_id = %s AND status <> 'closed' AND EXISTS (
       SELECT FROM messages AS m WHERE m.ticket_id = t.id AND m.direction = 'inbound' AND m.reply_key = %s)
 ORDER BY id = (
       SELECT (m.details ->> 'continues_ticket')::uuid FROM messages AS m WHERE m.conversation_id = t.conversation_id
          AND m.reply_key = %s AND m.direction = 'inbound' AND m.ticket_id IS NULL ORDER BY seq LIMIT 1
       ) DESC NULLS LAST, created_at DESC, id LIMIT 1
"""


def continues(channel: Channel, details: Mapping[str, Any]) -> bool:
    """Whether a message goes on with a matter rather than opening one.

    A chat goes on; a mail does when it is a reply; a form is always a matter of its own.
    """
    match channel:
        case Channel.WHATSAPP:
            return True
        case Channel.EMAIL:
            return bool(details.get("in_reply_to") or details.get("references"))
        case Channel.WEBFORM:
            return False


async def continued(connection: Connection, conversation_id: UUID, reply_key: str) -> UUID | None:
    """The ticket that a message from this address goes on with, or None: of the address's tickets that are not closed
    the one whose mail it answers, else the latest.
    """
    row = await fetch_one(connection, _CONTINUED, [conversation_id, reply_key, reply_key])
    return row["id"] if row else None


async def is_under_way(connection: Connection, conversation_id: UUID) -> bool:
    """Whether the conversation has a ticket, of whichever address, that is not closed."""
    query = "SELECT FROM tickets WHERE conversation_id = %s AND status <> 'closed' LIMIT 1"
    return await fetch_one(connection, query, [conversation_id]) is not None
