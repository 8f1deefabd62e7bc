"""The function: Pub/Sub's push about the support mailbox, and the ping that makes up for lost pushes."""

from __future__ import annotations

import logging
from typing import Final

from fte.deadline import DATABASE_SECONDS, LONG_SECONDS, within
from fte.runtime import NO_CONTENT, Function, Request, Response, Route
from fte_intake_gmail.push import read_push
from fte_intake_gmail.trouble import TROUBLE
from fte_intake_gmail.wiring import PUSH_PATH, Resources, open_resources

log = logging.getLogger(__name__)


async def push(request: Request, deps: Resources) -> Response:
    """Bring in what the push tells of; 204 once it is stored, when there is nothing to do, and when Gmail fails: then
    the mailbox's row says when we try again by ourselves.

    503 when our database or Google's keys cannot be reached, or there is more to bring in than the time allows.
    """
    await deps.token.verify(request.headers.get("authorization"))
    hint = read_push(request.body)
    if hint.address != deps.mailbox.address:
        log.warning("push_for_another_mailbox")
    elif not await within(DATABASE_SECONDS, deps.mailbox.is_stale(hint.history_id)):
        await deps.mailbox.sync()
    return NO_CONTENT


async def ping(_request: Request, deps: Resources) -> Response:
    """Renew the watch and look into the mailbox, once a minute at most; 204, also when Gmail fails: the next ping
    comes soon."""
    try:
        await deps.mailbox.poll()
    except TROUBLE as error:
        log.warning("poll_failed", extra={"error": type(error).__name__})
    return NO_CONTENT


ROUTES: Final = (Route("POST", PUSH_PATH, push, seconds=LONG_SECONDS), Route("POST", "/ping", ping))
FUNCTION: Final = Function[Resources]("intake-gmail", open_resources, routes=ROUTES)
