"""The agent as a function: which events it takes, and what it answers."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Final
from uuid import UUID

from pydantic import ValidationError

from fte.ce import Event
from fte.errors import Malformed, Transient
from fte.events import EmailReceived, EventType, MessageData, TicketIncoming, WebformReceived, WhatsAppReceived
from fte.runtime import NO_CONTENT, Function, Request, Response, Route
from fte.store import pings
from fte.store.intake import InboundMessage, accept
from fte.store.pool import autocommit, fetch_one
from fte_agent.conversation import answer
from fte_agent.sweep import start, sweep
from fte_agent.turn import TurnLost
from fte_agent.wiring import AgentResources, open_resources

log = logging.getLogger(__name__)

_AUDIT_COPY_AFTER: Final = "30 seconds"
_SWEEP_EVERY: Final = timedelta(minutes=1)

_CHANNEL_DATA: Final[dict[str, type[MessageData]]] = {
    EventType.EMAIL_RECEIVED: EmailReceived,
    EventType.WHATSAPP_RECEIVED: WhatsAppReceived,
    EventType.WEBFORM_RECEIVED: WebformReceived,
}


async def on_ticket_incoming(event: Event, resources: AgentResources) -> Response:
    """Answer the conversation. A repeated event, or one whose message is covered by a live turn, is done as well."""
    data = _data(TicketIncoming, event)
    await _answer(resources, data.conversation_id)
    return NO_CONTENT


async def on_channel_event(event: Event, resources: AgentResources) -> Response:
    """The channel's own event is the audit copy: it works only if the unified one seems to be lost.

    A message that is unknown here was stored before the database was restored from an older state: it is written again,
    under its reference, with its events.
    """
    data = _data(_CHANNEL_DATA[event.type], event)
    async with autocommit(resources.core.pool) as connection:
        row = await fetch_one(
            connection,
            "SELECT conversation_id, outcome IS NULL AND created_at < now() - %s::interval AS overdue"
            "  FROM messages WHERE id = %s",
            [_AUDIT_COPY_AFTER, data.message_id],
        )
    if row is None and event.data.get("row"):
        log.warning("message_restored", extra={"message_id": str(data.message_id)})
        accepted = await accept(resources.core.pool, InboundMessage.from_event(event.data), "agent")
        resources.core.outbox.publish_soon(accepted.events)
    elif row is not None and row["overdue"]:
        await _answer(resources, row["conversation_id"])
    return NO_CONTENT


async def ping(_request: Request, resources: AgentResources) -> Response:
    """Answer what is owed, once a minute at most for all processes; 204, also when that fails: the next ping comes."""
    try:
        if await pings.due(resources.core.pool, "agent-sweep", _SWEEP_EVERY):
            await sweep(resources)
    except Transient as error:
        log.warning("sweep_interrupted", extra={"code": error.code})
    return NO_CONTENT


async def _answer(resources: AgentResources, conversation_id: UUID) -> None:
    try:
        await answer(resources, conversation_id)
    except TurnLost:
        log.info("turn_lost")


def _data(kind: type[MessageData], event: Event) -> MessageData:
    try:
        return kind.model_validate(event.data)
    except ValidationError as error:
        raise Malformed("the event's data does not have the shape of its type") from error


async def _open() -> AgentResources:
    resources = await open_resources()
    start(resources)
    return resources


FUNCTION: Final = Function[AgentResources](
    "agent",
    _open,
    routes=[Route("POST", "/ping", ping)],
    events={EventType.TICKET_INCOMING: on_ticket_incoming, **dict.fromkeys(_CHANNEL_DATA, on_channel_event)},
)
