"""Twilio's Messages API over the WhatsApp line, as the `twilio` library calls it."""

from __future__ import annotations

import base64
import binascii
import secrets
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from fte_local.sim import refusals
from fte_local.sim.outbox import Received
from fte_local.sim.twilioline import ADDRESS, API_VERSION, LineMessage, new_sid
from fte_local.sim.twilioways import rendered
from fte_local.sim.world import World, world

BODY_LIMIT = 1600


def _opened(request: Request) -> World:
    """The world, if the caller may use this account."""
    here, given = world(request), request.headers.get("Authorization", "")
    try:
        user, _, token = base64.b64decode(given.removeprefix("Basic "), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        user = token = ""
    good = secrets.compare_digest(token.encode(), here.config.twilio_token.encode())
    if user != here.config.twilio_sid or not good:
        raise refusals.twilio(401, 20003, "Authenticate")
    if request.path_params["account"] != here.config.twilio_sid:
        raise _missing(request)
    return here


def _missing(request: Request) -> refusals.Refusal:
    path = request.url.path.removeprefix("/twilio")
    return refusals.twilio(404, 20404, f"The requested resource {path} was not found")


async def create(request: Request) -> Response:
    """Accept a message, put it into the customer's hands, and report its way by status callbacks."""
    here, form = _opened(request), await request.form()
    to, sender, body = (str(form.get(name, "")).strip() for name in ("To", "From", "Body"))
    if not to:
        raise refusals.twilio(400, 21604, "A 'To' phone number is required.")
    if not sender:
        raise refusals.twilio(400, 21603, "A 'From' phone number is required.")
    if not ADDRESS.fullmatch(to):
        raise refusals.twilio(400, 21211, f"The 'To' number {to} is not a valid phone number.")
    if sender != here.config.twilio_number:
        raise refusals.twilio(400, 63007, "Twilio could not find a Channel with the specified From address")
    template = str(form.get("ContentSid", "")).strip()
    if template:
        body = rendered(template, str(form.get("ContentVariables", "")))
    here.line.ways.refuse(to, is_template=bool(template))
    if not body and not form.getlist("MediaUrl"):
        raise refusals.twilio(400, 21602, "Message body is required.")
    if len(body) > BODY_LIMIT:
        raise refusals.twilio(400, 21617, "The concatenated message body exceeds the 1600 character limit.")
    message = LineMessage(
        sid=new_sid(),
        direction="outbound-api",
        sender=sender,
        to=to,
        body=body,
        at=datetime.now(UTC),
        status="queued",
        callback=str(form.get("StatusCallback") or "") or None,
        media=len(form.getlist("MediaUrl")),
        is_template=bool(template),
    )
    shown = resource(message, here.config.twilio_sid)
    here.line.add(message)
    if here.line.arrives(message):
        here.outbox.add(Received(message.sid, "whatsapp", to, sender, body, message.at))
    await here.line.follow(message)
    return JSONResponse(shown, 201)


async def listed(request: Request) -> Response:
    """Messages by To, From and DateSent (also `>` and `<`), newest first, in pages."""
    here, query = _opened(request), request.query_params
    earliest, latest = _span(request)
    found = [
        message
        for message in here.line.newest_first()
        if query.get("To") in (None, message.to)
        and query.get("From") in (None, message.sender)
        and earliest <= message.at < latest
    ]
    page, size = _number(request, "Page", 0), min(_number(request, "PageSize", 50), 1000)
    start, path = page * size, f"/{API_VERSION}/Accounts/{here.config.twilio_sid}/Messages.json"

    def link(number: int) -> str:
        kept = [(name, value) for name, value in query.multi_items() if name not in ("Page", "PageSize", "PageToken")]
        return f"{path}?{urlencode([*kept, ('PageSize', size), ('Page', number)])}"

    part = found[start : start + size]
    return JSONResponse(
        {
            "messages": [resource(message, here.config.twilio_sid) for message in part],
            "page": page,
            "page_size": size,
            "start": start,
            "end": start + max(len(part) - 1, 0),
            "uri": link(page),
            "first_page_uri": link(0),
            "previous_page_uri": link(page - 1) if page else None,
            "next_page_uri": link(page + 1) if start + size < len(found) else None,
        }
    )


async def fetched(request: Request) -> Response:
    """One message."""
    here = _opened(request)
    message = here.line.get(request.path_params["sid"])
    if message is None:
        raise _missing(request)
    return JSONResponse(resource(message, here.config.twilio_sid))


async def media(request: Request) -> Response:
    """What was attached to a message that came in."""
    here = _opened(request)
    message = here.line.get(request.path_params["sid"])
    if message is None:
        raise _missing(request)
    shown = resource(message, here.config.twilio_sid)
    path, at = str(shown["subresource_uris"]["media"]), shown["date_created"]
    attached = [
        {
            "account_sid": here.config.twilio_sid,
            "content_type": message.fields.get(f"MediaContentType{index}", ""),
            "date_created": at,
            "date_updated": at,
            "parent_sid": message.sid,
            "sid": f"ME{index:032x}",
            "uri": f"{path.removesuffix('.json')}/ME{index:032x}.json",
        }
        for index in range(message.media)
    ]
    return JSONResponse({"media_list": attached, "page": 0, "page_size": 50, "next_page_uri": None, "uri": path})


def resource(message: LineMessage, account: str) -> dict[str, Any]:
    """Twilio's Message resource."""
    at = format_datetime(message.at)
    uri = f"/{API_VERSION}/Accounts/{account}/Messages/{message.sid}"
    return {
        "account_sid": account,
        "api_version": API_VERSION,
        "body": message.body,
        "date_created": at,
        "date_sent": None if message.status == "queued" else at,
        "date_updated": at,
        "direction": message.direction,
        "error_code": message.error_code,
        "error_message": None,
        "from": message.sender,
        "messaging_service_sid": None,
        "num_media": str(message.media),
        "num_segments": "1",
        "price": None,
        "price_unit": None,
        "sid": message.sid,
        "status": message.status,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": message.to,
        "uri": f"{uri}.json",
    }


def _number(request: Request, name: str, default: int) -> int:
    value = request.query_params.get(name, str(default))
    if not value.isdecimal() or (name == "PageSize" and int(value) == 0):
        raise refusals.twilio(400, 20001, f"Invalid {name}")
    return int(value)


def _span(request: Request) -> tuple[datetime, datetime]:
    """The times between which messages are wanted."""
    query, first, last = request.query_params, datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    if "DateSent" in query:
        first = _moment(query["DateSent"]).replace(hour=0, minute=0, second=0, microsecond=0)
        last = first + timedelta(days=1)
    if "DateSent>" in query:
        first = _moment(query["DateSent>"])
    if "DateSent<" in query:
        day = "T" not in query["DateSent<"]
        last = _moment(query["DateSent<"]) + (timedelta(days=1) if day else timedelta(seconds=1))
    return first, last


def _moment(text: str) -> datetime:
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        raise refusals.twilio(400, 20001, "Invalid DateSent") from None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


ACCOUNT = [
    Route("/Messages.json", create, methods=["POST"]),
    Route("/Messages.json", listed),
    Route("/Messages/{sid}/Media.json", media),
    Route("/Messages/{sid}.json", fetched),
]
ROUTES = [Mount(f"/twilio/{API_VERSION}/Accounts/{{account}}", routes=ACCOUNT)]
