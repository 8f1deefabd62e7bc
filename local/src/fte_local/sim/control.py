"""The control API: act as a customer, see what customers received, and make providers fail.

`POST /sim/email`, `POST /sim/whatsapp`, `GET /sim/outbox`, `POST` and `DELETE /sim/faults`, `POST /sim/reset`.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from fte_local.sim import mail, refusals
from fte_local.sim.controlinputs import Email, FaultInput, WhatsApp, read, several
from fte_local.sim.outbox import Channel
from fte_local.sim.twilioline import LineMessage, inbound_fields, new_sid
from fte_local.sim.world import World, world


async def email(request: Request) -> Response:
    """A customer's mail arrives in the mailbox."""
    here, given = world(request), await read(request, Email)
    raw = _raw(given, here.config.support_address)
    stored = here.mail_arrives(raw, given.labels)
    answer = {"id": stored.id, "thread_id": stored.thread_id, "message_id": stored.message_id or None}
    return JSONResponse(answer, 201)


def _raw(given: Email, support: str) -> bytes:
    """The bytes of the mail: as given, or composed."""
    if given.raw_base64 is not None:
        try:
            return base64.b64decode(given.raw_base64, validate=True)
        except binascii.Error:
            raise refusals.control(422, "raw_base64: is not base64") from None
    if given.raw is not None:
        return re.sub(r"\r?\n", "\r\n", given.raw).encode("utf-8", "surrogateescape")
    try:
        return mail.compose(
            sender=given.sender or "",
            to=several(given.to or support),
            subject=given.subject,
            text=given.text,
            html=given.html,
            cc=several(given.cc),
            reply_to=given.reply_to,
            in_reply_to=given.in_reply_to,
            references=several(given.references) or several(given.in_reply_to or []),
            headers=given.headers,
            now=datetime.now(UTC),
        )
    except (ValueError, UnicodeError) as error:
        raise refusals.control(422, f"the mail cannot be written: {error}") from None


async def whatsapp(request: Request) -> Response:
    """A customer's WhatsApp message reaches the webhook; the same sid again is a redelivery of the same fields."""
    here, given = world(request), await read(request, WhatsApp)
    known = here.line.get(given.sid) if given.sid else None
    message = _again(known, given) if known else _new(here, given)
    return JSONResponse({"sid": message.sid, "status": await here.line.deliver(message)}, 201)


def _new(here: World, given: WhatsApp) -> LineMessage:
    if given.sender is None or (given.text is None and not given.media and not given.fields):
        raise refusals.control(422, "from and one of text, media and fields are required for a new message")
    config = here.config
    message = LineMessage(
        sid=given.sid or new_sid("MM" if given.media else "SM"),
        direction="inbound",
        sender=given.sender,
        to=config.twilio_number,
        body=given.text or "",
        at=datetime.now(UTC),
        status="received",
        media=len(given.media or ()),
    )
    message.fields = inbound_fields(message, config.twilio_sid, given.name, _media(given)) | given.fields
    if told := here.line.ways.heard(message.sender, message.body):
        message.fields["OptOutType"] = told
    here.line.add(message)
    return message


def _again(known: LineMessage, given: WhatsApp) -> LineMessage:
    """The message as it was, but for what the redelivery says otherwise; what Twilio keeps stays the first."""
    changed = {"Body": given.text, "ProfileName": given.name, "From": given.sender}
    fields = known.fields | {name: value for name, value in changed.items() if value is not None} | given.fields
    sender = given.sender or known.sender
    if sender.startswith("whatsapp:+") and given.sender:
        fields["WaId"] = sender.removeprefix("whatsapp:+")
    return replace(known, sender=sender, body=fields.get("Body", ""), fields=fields)


def _media(given: WhatsApp) -> list[tuple[str, str]]:
    return [
        (item, "image/jpeg") if isinstance(item, str) else (item.url, item.content_type) for item in given.media or ()
    ]


async def outbox(request: Request) -> Response:
    """What customers received. A form's customer is answered by mail, so channel `webform` means `email`."""
    query = request.query_params
    channel = "email" if query.get("channel") == "webform" else query.get("channel") or None
    if channel is not None and channel not in get_args(Channel):
        raise refusals.control(422, "channel: must be email or whatsapp")
    found = world(request).outbox.find(channel, query.get("to"), _since(query.get("since", "")))  # type: ignore[arg-type]
    return JSONResponse({"messages": [received.shown() for received in found]})


def _since(text: str) -> datetime | None:
    """An ISO 8601 time (an unescaped plus sign arrives as a space) or seconds since 1970."""
    if not text:
        return None
    try:
        if re.fullmatch(r"\d+(\.\d+)?", text):
            return datetime.fromtimestamp(float(text), UTC)
        moment = datetime.fromisoformat(re.sub(r" (?=\d\d:?\d\d$)", "+", text))
    except (ValueError, OverflowError, OSError):
        raise refusals.control(422, "since: must be an ISO 8601 time or seconds since 1970") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


async def add_fault(request: Request) -> Response:
    """From now on calls that match fail as told, `count` times or until the faults are cleared."""
    given = await read(request, FaultInput)
    world(request).faults.add(given.fault())
    return JSONResponse({"faults": len(world(request).faults)}, 201)


async def clear_faults(request: Request) -> Response:
    """All providers work again."""
    world(request).faults.clear()
    return Response(status_code=204)


async def reset(request: Request) -> Response:
    """Back to an empty mailbox, line and outbox."""
    await world(request).reset()
    return Response(status_code=204)


ROUTES = [
    Route("/sim/email", email, methods=["POST"]),
    Route("/sim/whatsapp", whatsapp, methods=["POST"]),
    Route("/sim/outbox", outbox),
    Route("/sim/faults", add_fault, methods=["POST"]),
    Route("/sim/faults", clear_faults, methods=["DELETE"]),
    Route("/sim/reset", reset, methods=["POST"]),
]
