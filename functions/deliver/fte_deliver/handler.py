"""The function: an event says that an answer is stored; it is brought to the customer."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Final

from pydantic import ValidationError

from fte.ce import Event
from fte.errors import Malformed, Transient
from fte.events import EventType, ResponseReady
from fte.observability import log_context
from fte.runtime import NO_CONTENT, Function, Request, Response, Route
from fte.store import pings
from fte_deliver.wiring import Resources, open_resources

log = logging.getLogger(__name__)

_SWEEP_EVERY: Final = timedelta(minutes=1)


async def on_response_ready(event: Event, resources: Resources) -> Response:
    """Deliver the answer, as its rows stand: the event is only the hint.

    204 when it was sent, was sent before, is being sent by somebody else, or waits for its provider.
    """
    try:
        ready = ResponseReady.model_validate(event.data)
    except ValidationError as error:
        raise Malformed("not a response.ready") from error
    with log_context(conversation_id=str(ready.conversation_id)):
        await resources.courier.deliver(ready.message_id)
    return NO_CONTENT


async def ping(_request: Request, resources: Resources) -> Response:
    """Deliver what is due, once a minute at most for all processes; 204, also when that fails: the next ping comes."""
    try:
        if await pings.due(resources.core.pool, "deliver-sweep", _SWEEP_EVERY):
            await resources.courier.sweep()
    except Transient as error:
        log.warning("sweep_interrupted", extra={"code": error.code})
    return NO_CONTENT


FUNCTION: Final[Function[Resources]] = Function(
    "deliver",
    open_resources,
    routes=[Route("POST", "/ping", ping)],
    events={EventType.RESPONSE_READY: on_response_ready},
)
