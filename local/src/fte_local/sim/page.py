"""The playground page and the two calls that it cannot make by itself, because they go to other origins."""

from __future__ import annotations

import uuid
from pathlib import Path

import httpx2
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from fte_local.sim.controlinputs import FormInput, read
from fte_local.sim.world import world

FOLDER = Path(__file__).resolve().parent.parent / "playground"
FILES = {"/": "index.html", "/playground.css": "playground.css", "/playground.js": "playground.js"}


async def static(request: Request) -> Response:
    """One of the page's files."""
    return FileResponse(FOLDER / FILES[request.url.path], headers={"Cache-Control": "no-cache"})


async def form(request: Request) -> Response:
    """Post a form to the public door as a browser would; the answer comes back as it is."""
    here, given = world(request), await read(request, FormInput)
    headers = {"Idempotency-Key": given.idempotency_key or str(uuid.uuid4())}
    try:
        answer = await here.http.post(f"{here.config.webhook_base}/support/submit", json=given.form, headers=headers)
    except httpx2.TransportError:
        return JSONResponse({"error": "the public door does not answer"}, 502)
    return Response(answer.content, answer.status_code, media_type=answer.headers.get("Content-Type"))


async def activity(request: Request) -> Response:
    """What the agent did lately, from the backoffice; 503 while that is not there."""
    here = world(request)
    headers = {"Authorization": f"Bearer {here.config.internal_token}"}
    url = f"{here.config.backoffice_url}/activity?limit=20"
    try:
        answer = await here.http.get(url, headers=headers, timeout=3)
    except httpx2.TransportError:
        return JSONResponse({"error": "waiting"}, 503)
    if answer.status_code != 200:
        return JSONResponse({"error": "waiting"}, 503)
    return Response(answer.content, media_type="application/json")


async def about(request: Request) -> Response:
    """Addresses that the page shows."""
    config = world(request).config
    number = config.twilio_number.removeprefix("whatsapp:")
    return JSONResponse({"support": config.support_address, "number": number, "public_url": config.public_url})


async def health(request: Request) -> Response:
    """The simulators are up."""
    return JSONResponse({"status": "ok"})


ROUTES = [
    *(Route(path, static) for path in FILES),
    Route("/health", health),
    Route("/sim/about", about),
    Route("/sim/form", form, methods=["POST"]),
    Route("/sim/activity", activity),
]
