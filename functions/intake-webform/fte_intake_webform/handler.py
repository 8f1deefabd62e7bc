"""The function: the support form's post, and the state of a request by its reference."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Final

from fte import metrics
from fte.domain.channels import Channel
from fte.domain.reference import parse_reference
from fte.errors import Forbidden, Unprocessable
from fte.runtime import Request, Response, Route, json_response
from fte.store.intake import accept, set_aside
from fte_intake_webform.addresses import client_address
from fte_intake_webform.door import FormDoor
from fte_intake_webform.form import inbound_message, read_form
from fte_intake_webform.pages import page, prefers_html, thanks
from fte_intake_webform.tickets import standing
from fte_intake_webform.wiring import Resources, open_resources

log = logging.getLogger(__name__)

NAME: Final = "intake-webform"
MAX_BODY: Final = 64 * 1024
EXPECTED: Final = (
    "Most questions are answered by e-mail within a few minutes. If one of our team needs to look at yours, you will be"
    " told so, and have an answer within one business day."
)


async def submit(request: Request, deps: Resources) -> Response:
    """Store a request; 202 with its reference once it is safe. A repetition gets the first one's reference.

    What looks like a machine's work gets the same answers, and nothing comes of it.
    """
    if deps.origins.refuse(request.headers.get("origin")):
        raise Forbidden("a page of an origin that is not listed")
    address = client_address(request.headers.get("x-forwarded-for", ""), deps.proxies)
    if seconds := deps.addresses.seconds_until_room(address):
        log.warning("limited", extra={"by": "address"})
        metrics.MESSAGES_RECEIVED.labels(Channel.WEBFORM, "limited").inc()
        return too_many(seconds)
    if len(request.body) > MAX_BODY:
        return json_response(413, {"error": "too_large"})
    key = _key(request.headers.get("idempotency-key"))
    form = read_form(request.headers.get("content-type", ""), request.body, deps.own)
    message = inbound_message(form, key, datetime.now(UTC), deps.own)
    most = deps.per_email
    if form.suspicion:
        accepted = await set_aside(deps.core.pool, message, NAME, form.suspicion, most_an_hour=most)
    else:
        accepted = await accept(deps.core.pool, message, NAME, most_an_hour=most)
    if accepted.status == "conflict":
        log.warning("idempotency_conflict", extra={"message_id": accepted.message_id})
        return json_response(422, {"error": "idempotency_conflict"})
    if accepted.status == "limited":
        log.warning("limited", extra={"by": "email"})
        return too_many(accepted.seconds)
    deps.core.outbox.publish_soon(accepted.events)
    log.info("set_aside" if form.suspicion else "received", extra={**accepted.facts, "suspicion": form.suspicion})
    return _taken(request, deps, accepted.reference)


def _taken(request: Request, deps: Resources, reference: str) -> Response:
    answer = {
        "reference": reference,
        "ticket_url": f"{deps.public_url}/support/ticket/{reference}",
        "expected_response": EXPECTED,
    }
    return thanks(answer) if prefers_html(request.headers.get("accept", "")) else json_response(202, answer)


def too_many(seconds: int) -> Response:
    """One too many; there is room in so many seconds."""
    return json_response(429, {"error": "too_many"}, {"retry-after": str(seconds)})


async def preflight(request: Request, deps: Resources) -> Response:
    """Tell a browser whether a page of another origin may post."""
    allowed = deps.origins.preflight(request.headers.get("origin"))
    if not allowed:
        raise Forbidden("a page of an origin that is not listed")
    return Response(204, allowed)


async def ticket(request: Request, deps: Resources) -> Response:
    """Where a request stands. A reference that is unknown and one that cannot be one get the same answer, after the
    same work."""
    found = await standing(deps.core.pool, parse_reference(request.params["reference"]))
    if found is None:
        return json_response(404, {"error": "not_found"})
    if prefers_html(request.headers.get("accept", "")):
        changed = f"{found.updated_at.astimezone(UTC):%d %B %Y, %H:%M} UTC"
        status = found.status.replace("_", " ")
        return page(200, found.reference, [f"Your request is: {status}.", f"Last change: {changed}."])
    return json_response(
        200,
        {
            "reference": found.reference,
            "status": found.status,
            "updated_at": found.updated_at.isoformat(),
            "channel": found.channel,
        },
    )


def _key(header: str | None) -> str | None:
    if header is None:
        return None
    if not 1 <= len(header) <= 200 or not header.isascii() or not header.isprintable():
        raise Unprocessable(
            "a bad idempotency key", fields={"Idempotency-Key": "Use 1 to 200 printable ASCII characters."}
        )
    return header


ROUTES: Final = (
    Route("POST", "/support/submit", submit),
    Route("OPTIONS", "/support/submit", preflight),
    Route("GET", "/support/ticket/{reference}", ticket),
)
FUNCTION: Final = FormDoor(NAME, open_resources, routes=ROUTES)
