"""Gmail's REST API over the mailbox, as `google-api-python-client` calls it, and Google's token and key endpoints."""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from fte_local.sim import gmailviews, mail, mailquery, refusals
from fte_local.sim.googlesign import LIFETIME
from fte_local.sim.mailbox import SYSTEM_LABELS, HistoryGone, NoSuchMail, Stored
from fte_local.sim.world import World, world

SCOPE = "https://www.googleapis.com/auth/gmail.modify"


def opened(request: Request) -> World:
    """The world, if the caller may use this mailbox; else the refusal that Google would give."""
    here = world(request)
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not here.tokens.good(token.strip()):
        raise refusals.google(401, "authError", "Request had invalid authentication credentials.")
    if request.path_params["user"].lower() not in ("me", here.mailbox.address):
        raise refusals.google(403, "forbidden", f"Delegation denied for {here.mailbox.address}")
    return here


def _found(here: World, mail_id: str) -> Stored:
    try:
        return here.mailbox.get(mail_id)
    except NoSuchMail:
        raise _not_found() from None


def _not_found() -> refusals.Refusal:
    return refusals.google(404, "notFound", "Requested entity was not found.")


def _number(request: Request, name: str, default: int, most: int) -> int:
    value = request.query_params.get(name, str(default))
    if not value.isdecimal():
        raise refusals.google(400, "invalidArgument", f"Invalid value for {name}")
    return min(int(value), most)


async def _json(request: Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.body() or b"{}")
    except ValueError:
        raise refusals.google(400, "parseError", "Parse Error") from None
    if not isinstance(body, dict):
        raise refusals.google(400, "parseError", "Parse Error")
    return body


async def profile(request: Request) -> Response:
    """`users.getProfile`."""
    box = opened(request).mailbox
    mails = list(box.newest_first())
    threads = len({stored.thread_id for stored in mails})
    shown = {"emailAddress": box.address, "messagesTotal": len(mails), "threadsTotal": threads}
    return JSONResponse({**shown, "historyId": str(box.history_id)})


async def get_message(request: Request) -> Response:
    """`users.messages.get` in its four formats."""
    here = opened(request)
    try:
        stored = here.mailbox.shown(request.path_params["id"])
    except NoSuchMail:
        raise _not_found() from None
    shape = request.query_params.get("format", "full")
    return JSONResponse(gmailviews.message(stored, shape, request.query_params.getlist("metadataHeaders")))


async def list_messages(request: Request) -> Response:
    """`users.messages.list`: newest first, without spam and trash unless asked for."""
    box, query = opened(request).mailbox, request.query_params.get("q", "")
    wanted = set(request.query_params.getlist("labelIds"))
    everything = request.query_params.get("includeSpamTrash") == "true" or "in:anywhere" in query
    hidden = set() if everything else {"SPAM", "TRASH"} - wanted - {word[3:].upper() for word in query.split()}
    now = datetime.now(UTC)
    found = [
        stored
        for stored in box.newest_first()
        if wanted <= set(stored.labels) and not hidden & set(stored.labels) and mailquery.matches(query, stored, now)
    ]
    start, size = _number(request, "pageToken", 0, 10**9), _number(request, "maxResults", 100, 500)
    page: dict[str, Any] = {"resultSizeEstimate": len(found)}
    if found[start : start + size]:
        page["messages"] = [gmailviews.named(stored) for stored in found[start : start + size]]
    if start + size < len(found):
        page["nextPageToken"] = str(start + size)
    return JSONResponse(page)


async def send(request: Request) -> Response:
    """`users.messages.send`, with the mail in JSON or (upload path) as the body itself."""
    here, thread_id = opened(request), None
    if request.headers.get("Content-Type", "").startswith("message/rfc822"):
        raw = await request.body()
    else:
        body = await _json(request)
        thread_id, text = body.get("threadId"), str(body.get("raw") or "")
        try:
            raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            raise refusals.google(400, "invalidArgument", "Invalid value for ByteString") from None
    if not raw:
        message = "'raw' RFC822 payload message string or uploading message via /upload/* URL required"
        raise refusals.google(400, "invalidArgument", message)
    if not mail.recipients(mail.parse(raw)):
        raise refusals.google(400, "invalidArgument", "Recipient address required")
    try:
        stored = here.mail_leaves(raw, thread_id)
    except NoSuchMail:
        raise _not_found() from None
    return JSONResponse({**gmailviews.named(stored), "labelIds": list(stored.labels)})


async def modify(request: Request) -> Response:
    """`users.messages.modify`."""
    here, body = opened(request), await _json(request)
    stored = _found(here, request.path_params["id"])
    changed = here.mailbox.relabel(stored.id, body.get("addLabelIds", ()), body.get("removeLabelIds", ()))
    return JSONResponse({**gmailviews.named(changed), "labelIds": list(changed.labels)})


async def trash(request: Request) -> Response:
    """`users.messages.trash`."""
    here = opened(request)
    changed = here.mailbox.relabel(_found(here, request.path_params["id"]).id, ("TRASH",), ("INBOX",))
    return JSONResponse({**gmailviews.named(changed), "labelIds": list(changed.labels)})


async def delete(request: Request) -> Response:
    """`users.messages.delete`."""
    here = opened(request)
    here.mailbox.delete(_found(here, request.path_params["id"]).id)
    return Response(status_code=204)


async def attachment(request: Request) -> Response:
    """`users.messages.attachments.get`."""
    stored = _found(opened(request), request.path_params["id"])
    part = mail.part(stored.mail, request.path_params["attachment"].removeprefix("part-"))
    if part is None:
        raise _not_found()
    data = mail.content(part)
    return JSONResponse({"size": len(data), "data": mail.encoded(data)})


async def get_thread(request: Request) -> Response:
    """`users.threads.get`."""
    try:
        mails = opened(request).mailbox.thread(request.path_params["id"])
    except NoSuchMail:
        raise _not_found() from None
    shape, wanted = request.query_params.get("format", "full"), request.query_params.getlist("metadataHeaders")
    if shape == "raw":
        raise refusals.google(400, "invalidArgument", "Invalid value for format")
    history = max(stored.history_id for stored in mails)
    messages = [gmailviews.message(stored, shape, wanted) for stored in mails]
    return JSONResponse({"id": mails[0].thread_id, "historyId": str(history), "messages": messages})


async def history(request: Request) -> Response:
    """`users.history.list`: pages of changes after `startHistoryId`; 404 if that is older than what is kept.

    A page token keeps to what there was at the first page; `historyId` is that of the mailbox now.
    """
    box, start = opened(request).mailbox, request.query_params.get("startHistoryId", "")
    if not start.isdecimal():
        raise refusals.google(400, "invalidArgument", "Missing or invalid startHistoryId")
    try:
        records = box.since(int(start))
    except HistoryGone:
        raise _not_found() from None
    kinds, label = request.query_params.getlist("historyTypes"), request.query_params.get("labelId")
    wanted = [record for record in records if gmailviews.wanted(record, kinds, label)]
    token = request.query_params.get("pageToken") or f"0.{box.history_id}"
    after, _, last = token.partition(".")
    if not after.isdecimal() or not last.isdecimal():
        raise refusals.google(400, "invalidArgument", "Invalid value for pageToken")
    left = [record for record in wanted if int(after) < record.id <= int(last)]
    page = left[: min(_number(request, "maxResults", 100, 500), box.page_size)]
    answer: dict[str, Any] = {"historyId": str(box.history_id)}
    if page:
        answer["history"] = [gmailviews.history(record) for record in page]
    if len(page) < len(left):
        answer["nextPageToken"] = f"{page[-1].id}.{last}"
    return JSONResponse(answer)


async def watch(request: Request) -> Response:
    """`users.watch`: pushes for a week."""
    here, body = opened(request), await _json(request)
    if body.get("topicName") != here.config.watch_topic:
        raise refusals.google(400, "invalidArgument", "Invalid topicName does not match the topic of this project")
    now = int(datetime.now(UTC).timestamp() * 1000)
    end = here.watch.renew(tuple(body.get("labelIds", ())), now)
    return JSONResponse({"historyId": str(here.mailbox.history_id), "expiration": str(end)})


async def stop(request: Request) -> Response:
    """`users.stop`: no pushes until the next watch."""
    opened(request).watch.expiration_ms = 0
    return Response(status_code=204)


async def labels(request: Request) -> Response:
    """`users.labels.list`."""
    opened(request)
    return JSONResponse({"labels": [{"id": name, "name": name, "type": "system"} for name in SYSTEM_LABELS]})


async def token(request: Request) -> Response:
    """Google's token endpoint, refresh token grant."""
    here, form = world(request), await request.form()
    config = here.config
    given = (str(form.get("client_id", "")), str(form.get("client_secret", "")))
    if form.get("grant_type") != "refresh_token":
        return JSONResponse({"error": "unsupported_grant_type", "error_description": "Invalid grant_type"}, 400)
    if given != (config.gmail_client_id, config.gmail_client_secret):
        return JSONResponse({"error": "invalid_client", "error_description": "The OAuth client was not found."}, 401)
    secret = str(form.get("refresh_token", "")).encode()
    if here.tokens.revoked or not secrets.compare_digest(secret, config.gmail_refresh_token.encode()):
        description = "Token has been expired or revoked."
        return JSONResponse({"error": "invalid_grant", "error_description": description}, 400)
    granted = {"access_token": here.tokens.issue(), "expires_in": LIFETIME - 1, "scope": SCOPE, "token_type": "Bearer"}
    return JSONResponse(granted)


async def certificates(request: Request) -> Response:
    """Google's public keys."""
    return JSONResponse(world(request).signer.keys(), headers={"Cache-Control": "public, max-age=21600"})


USER = [
    Route("/profile", profile),
    Route("/messages", list_messages),
    Route("/messages/send", send, methods=["POST"]),
    Route("/messages/{id}", get_message),
    Route("/messages/{id}", delete, methods=["DELETE"]),
    Route("/messages/{id}/modify", modify, methods=["POST"]),
    Route("/messages/{id}/trash", trash, methods=["POST"]),
    Route("/messages/{id}/attachments/{attachment}", attachment),
    Route("/threads/{id}", get_thread),
    Route("/history", history),
    Route("/watch", watch, methods=["POST"]),
    Route("/stop", stop, methods=["POST"]),
    Route("/labels", labels),
]
ROUTES = [
    Mount("/gmail-api/gmail/v1/users/{user}", routes=USER),
    Route("/gmail-api/upload/gmail/v1/users/{user}/messages/send", send, methods=["POST"]),
    Route("/google/token", token, methods=["POST"]),
    Route("/google/certs", certificates),
]
