"""The function: Twilio's webhook for messages that come in, and its callback for those that we sent."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Final

from fte.runtime import NO_CONTENT, Function, Request, Response, Route
from fte.store.intake import accept
from fte_intake_whatsapp.message import inbound_message
from fte_intake_whatsapp.reports import read_report, record_report
from fte_intake_whatsapp.signed import signed_form
from fte_intake_whatsapp.wiring import Resources, open_resources

log = logging.getLogger(__name__)

NAME: Final = "intake-whatsapp"

# Answers go out by the API, never in the webhook's answer: Twilio is only told that we have the message.
TAKEN: Final = Response(200, {"content-type": "text/xml"}, b'<?xml version="1.0" encoding="UTF-8"?><Response/>')


async def receive(request: Request, deps: Resources) -> Response:
    """Store a message; 200 once it is safe, also for a repetition. Kafka is not waited for."""
    form = signed_form(request, deps.validator, deps.public_url)
    message = inbound_message(form, datetime.now(UTC))
    if message.sender == deps.own_number:
        log.info("own_message_ignored")
        return TAKEN
    accepted = await accept(deps.core.pool, message, NAME)
    deps.core.outbox.publish_soon(accepted.events)
    level = logging.WARNING if accepted.status == "conflict" else logging.INFO
    log.log(level, "received", extra={"message_id": accepted.message_id, "as": accepted.status})
    return TAKEN


async def report(request: Request, deps: Resources) -> Response:
    """Record what became of a message that we sent; 204, also for news that is late, repeated or not understood."""
    news = read_report(signed_form(request, deps.validator, deps.public_url))
    if news is None:
        log.warning("unknown_status")
        return NO_CONTENT
    await record_report(deps.core.pool, news)
    return NO_CONTENT


ROUTES: Final = (
    Route("POST", "/webhooks/whatsapp", receive),
    Route("POST", "/webhooks/whatsapp/status", report),
)
FUNCTION: Final = Function[Resources](NAME, open_resources, routes=ROUTES)
