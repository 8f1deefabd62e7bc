"""The function: the support form's post, and the state of a request by its reference."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Final

from fte.domain.reference import parse_reference
from fte.errors import Unprocessable
from fte.runtime import Function, Request, Response, Route, json_response
from fte.store.intake import accept
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
    """Store a request; 202 with its reference once it is safe. A repetition gets the first one's reference."""
    html = prefers_html(request.headers.get("accept", ""))
    if len(request.body) > MAX_BODY:
        return json_response(413, {"error": "too_large"})
    try:
        key = _key(request.headers.get("idempotency-key"))
        form = read_form(request.headers.get("content-type", ""), request.body, deps.own)
    except Unprocessable as error:
        if html and error.fields:
            return page(422, "Please go back and correct the form", list(error.fields.values()))
        raise
    accepted = await accept(deps.core.pool, inbound_message(form, key, datetime.now(UTC)), NAME)
    if accepted.status == "conflict":
        log.warning("idempotency_conflict", extra={"message_id": accepted.message_id})
        return json_response(422, {"error": "idempotency_conflict"})
    deps.core.outbox.publish_soon(accepted.events)
    log.info("received", extra=accepted.facts)
    answer = {
        "reference": accepted.reference,
        "ticket_url": f"{deps.public_url}/support/ticket/{accepted.reference}",
        "expected_response": EXPECTED,
    }
    return thanks(answer) if html else json_response(202, answer)


async def ticket(request: Request, deps: Resources) -> Response:
    """Where a request stands. A reference that is unknown and one that cannot be one get the same answer."""
    html = prefers_html(request.headers.get("accept", ""))
    reference = parse_reference(request.params["reference"])
    found = await standing(deps.core.pool, reference) if reference else None
    if found is None:
        missing = "We know no request with this reference."
        return page(404, "Not found", [missing]) if html else json_response(404, {"error": "not_found"})
    if html:
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
        {"cache-control": "no-store"},
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
    Route("GET", "/support/ticket/{reference}", ticket),
)
FUNCTION: Final = Function[Resources](NAME, open_resources, routes=ROUTES)
