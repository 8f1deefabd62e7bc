"""The function: Twilio's webhook for messages that come in, its callback for those that we sent, and the ping that
makes up for webhooks that failed."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import Final

from fte.errors import Transient
from fte.providers.errors import Rejected
from fte.runtime import NO_CONTENT, Function, Request, Response, Route
from fte.store import pings
from fte_intake_whatsapp.message import inbound_message
from fte_intake_whatsapp.reconcile import NAME as RECONCILE
from fte_intake_whatsapp.reconcile import reconcile
from fte_intake_whatsapp.reports import read_report, record_report
from fte_intake_whatsapp.signed import signed_form
from fte_intake_whatsapp.taking import take
from fte_intake_whatsapp.wiring import Resources, open_resources

log = logging.getLogger(__name__)

RECONCILE_EVERY: Final = timedelta(minutes=5)

# Answers go out by the API, never in the webhook's answer: Twilio is only told that we have the message.
TAKEN: Final = Response(200, {"content-type": "text/xml"}, b'<?xml version="1.0" encoding="UTF-8"?><Response/>')


async def receive(request: Request, deps: Resources) -> Response:
    """Store a message; 200 once it is safe, also for a repetition. Kafka is not waited for."""
    form = signed_form(request, deps.validators, deps.public_url)
    message = inbound_message(form, datetime.now(UTC), deps.core.settings.own)
    if message.sender == deps.own_number:
        log.info("own_message_ignored")
        return TAKEN
    await take(deps.core, message)
    return TAKEN


async def report(request: Request, deps: Resources) -> Response:
    """Record what became of a message that we sent; 204, also for news that is late, repeated or not understood."""
    news = read_report(signed_form(request, deps.validators, deps.public_url))
    if news is None:
        log.warning("unknown_status")
        return NO_CONTENT
    await record_report(deps.core.pool, news)
    return NO_CONTENT


async def ping(_request: Request, deps: Resources) -> Response:
    """Take in messages of which no webhook has told us, once in five minutes at most; 204, also when that fails: the
    next ping comes."""
    try:
        if await pings.due(deps.core.pool, RECONCILE, RECONCILE_EVERY):
            await reconcile(deps.core, deps.line, deps.own_number, deps.settle)
    except (Transient, Rejected) as error:
        log.warning("reconcile_failed", extra={"error": type(error).__name__, "code": error.code})
    return NO_CONTENT


ROUTES: Final = (
    Route("POST", "/webhooks/whatsapp", receive),
    Route("POST", "/webhooks/whatsapp/status", report),
    Route("POST", "/ping", ping),
)
FUNCTION: Final = Function[Resources]("intake-whatsapp", open_resources, routes=ROUTES)
