"""What a person of the team answers a customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid4

from fte.domain.channels import Channel
from fte.domain.layout import heading, split
from fte.domain.tickets import TicketStatus
from fte.errors import NotPossible, Unprocessable
from fte.events import derived_id
from fte.runtime import Request, Response, json_response
from fte.store import matters, replies
from fte.store.outbox import OutboxRow
from fte.store.pool import Connection, fetch_all, fetch_one, transaction
from fte_backoffice import cases
from fte_backoffice.cases import Case
from fte_backoffice.said import Said, read_key, read_reply
from fte_backoffice.wiring import SOURCE, Resources

_LAST: Final = """
SELECT id, channel, coalesce(sender, '') AS sender, subject, provider_thread_id, rfc_message_id, details
  FROM messages WHERE ticket_id = %s AND direction = 'inbound' ORDER BY seq DESC LIMIT 1
"""

# What is owed in the ticket, and what no ticket has yet: owed, or set aside while a person held the conversation.
_OPEN: Final = """
SELECT id, ticket_id, channel, details, reply_key FROM messages
 WHERE conversation_id = %(conversation)s AND direction = 'inbound'
   AND (ticket_id = %(ticket)s AND outcome IS NULL
        OR ticket_id IS NULL AND (outcome IS NULL OR outcome = 'silent')) ORDER BY seq
"""

_COVER: Final = """
UPDATE messages SET outcome = 'silent', next_attempt_at = NULL, ticket_id = %(ticket)s WHERE id = ANY(%(ids)s)
"""


class Closed(NotPossible):
    """The ticket is closed: nothing is said in it any more."""

    code = "closed"


class KeyReused(Unprocessable):
    """This key came with another reply before."""

    code = "idempotency_conflict"


@dataclass(frozen=True, slots=True)
class LastMessage:
    """The customer's last message in the ticket: the reply goes where it came from."""

    id: UUID
    channel: Channel
    sender: str
    subject: str
    provider_thread_id: str | None
    rfc_message_id: str | None
    details: Mapping[str, Any]


async def reply(request: Request, resources: Resources) -> Response:
    """`POST /tickets/{reference}/reply`: 202 once the reply is safe; from then on the agent is silent.

    One transaction: the reply with its event, the hold on the conversation, the outcomes of what was owed, the
    ticket, the audit log. A repetition under the same `Idempotency-Key` gets the first one's answer.
    """
    said, key = read_reply(request), read_key(request)
    event = None
    async with transaction(resources.pool) as connection:
        case = await cases.by_reference(connection, request.params["reference"])
        message_id = derived_id("human_reply", case.ticket_id, key) if key else uuid4()
        if not await _is_repetition(connection, message_id, said):
            event = await _answer(connection, case, message_id, said, resources.core.settings.support_address)
    resources.core.outbox.publish_soon([event])
    return json_response(202, {"message_id": message_id})


async def _is_repetition(connection: Connection, message_id: UUID, said: Said) -> bool:
    known = await fetch_one(connection, "SELECT content_hash FROM messages WHERE id = %s", [message_id])
    if known is not None and known["content_hash"] != said.content_hash:
        raise KeyReused
    return known is not None


async def _answer(
    connection: Connection, case: Case, message_id: UUID, said: Said, support_address: str
) -> OutboxRow | None:
    if case.status is TicketStatus.CLOSED:
        raise Closed
    # Before the reply is written, so that it is after everything that it answers.
    await _take_over(connection, case, said.by)
    answered = await _last_message(connection, case)
    event = await replies.write(
        connection,
        replies.Reply(
            id=message_id,
            author="human",
            answered=answered,
            customer_id=case.customer_id,
            conversation_id=case.conversation_id,
            ticket_id=case.ticket_id,
            subject=heading(answered.channel, answered.subject.strip() or case.subject, case.reference),
            text=said.text,
            parts=await _parts(connection, answered.channel, said.text),
            content_hash=said.content_hash,
        ),
        source=SOURCE,
        support_address=support_address,
    )
    if said.resolve:
        await cases.settle(connection, case)
    else:
        await cases.move(connection, case, TicketStatus.ANSWERED)
        await cases.acknowledge(connection, case)
    await cases.note(
        connection, said.by, "reply", case.conversation_id,
        reference=case.reference, message_id=str(message_id), resolve=said.resolve,
    )  # fmt: skip
    return event


async def _last_message(connection: Connection, case: Case) -> LastMessage:
    row = await fetch_one(connection, _LAST, [case.ticket_id])
    if row is None:
        raise NotPossible("nobody has written in this ticket")
    return LastMessage(**{**row, "channel": Channel(row["channel"])})


async def _take_over(connection: Connection, case: Case, by: str) -> None:
    await connection.execute("UPDATE conversations SET agent_silent = true WHERE id = %s", [case.conversation_id])
    covered = await _covered(connection, case)
    if covered:
        await connection.execute(_COVER, {"ticket": case.ticket_id, "ids": covered})
        await cases.note(
            connection, by, "silent", case.conversation_id,
            reason="a person answered", message_ids=[str(id_) for id_ in covered],
        )  # fmt: skip


async def _covered(connection: Connection, case: Case) -> list[UUID]:
    """What this reply answers: the ticket's messages, and those that go on with it. Other matters stay as they are."""
    found = await fetch_all(connection, _OPEN, {"ticket": case.ticket_id, "conversation": case.conversation_id})
    going_on = {
        key for key in {row["reply_key"] for row in found}
        if await matters.continued(connection, case.conversation_id, key) == case.ticket_id
    }  # fmt: skip
    return [
        row["id"]
        for row in found
        if row["ticket_id"] == case.ticket_id
        or (row["reply_key"] in going_on and matters.continues(Channel(row["channel"]), row["details"]))
    ]


async def _parts(connection: Connection, channel: Channel, text: str) -> tuple[str, ...]:
    if channel is not Channel.WHATSAPP:
        return (text,)
    limits = await fetch_one(
        connection,
        "SELECT coalesce(max_characters, 1600) - 1 AS characters, max_parts FROM channel_configs WHERE channel = %s",
        [str(channel)],
    )
    assert limits is not None
    parts = split(text, limits["characters"])
    if len(parts) > limits["max_parts"]:
        most = f"{limits['max_parts']} messages of {limits['characters']} characters"
        raise Unprocessable("too long", fields={"text": f"is too long for WhatsApp: it takes {most}"})
    return parts
