"""Extra control endpoints for tests.

- `GET /sim/gmail`: `{"history_id","watch_expiration","pending_pushes","push_answers"}`
- `POST /sim/gmail` `{"muted"?,"watch_expired"?,"revoked"?,"forget_history"?,"forget_tokens"?,"drop_pushes"?,
  "repeat_pushes"?,"late"?,"page_size"?,"bouncing"?}`: pushes lost, the watch over, the consent withdrawn, older history
  gone (404), access tokens over; the next pushes lost, every push repeated, a mail that is there and not yet visible
  (so many 404), short pages of history, addresses whose mail comes back
- `POST /sim/gmail/push` `{"times"?,"history_id"?,"token"?,"message_id"?}` -> `{"statuses":[…]}`: the same push several
  times at once, with a good or a bad token, not repeated
- `POST /sim/status` `{"sid","status","error_code"?}` -> `{"status"}`: one Twilio status callback, in any order
- `POST /sim/twilio` `{"callbacks"?,"early"?,"closed"?,"refuses_closed"?,"stopped"?,"keywords"?,"retries"?,"fallback"?}`
  -> the same, as it is now: windows that are over, numbers that wrote STOP, reports in any order, retries, fallback URL
- `POST /sim/openai/script` `{"steps":[…],"latency_ms"?}` -> `{"waiting"}`: the model's next answers (`StepInput`)
- `GET /sim/openai/asked`: what the model was asked, without customers' words
"""

from __future__ import annotations

import asyncio
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from fte_local.sim import refusals
from fte_local.sim.controlinputs import GmailInput, PushInput, ScriptInput, StatusInput, TwilioInput, read
from fte_local.sim.world import world


async def gmail_state(request: Request) -> Response:
    """Where the mailbox and its pushes stand."""
    here = world(request)
    return JSONResponse(
        {
            "history_id": here.mailbox.history_id,
            "watch_expiration": here.watch.expiration_ms,
            "pending_pushes": len(here.pushes.pending),
            "push_answers": here.pushes.answers,
        }
    )


async def gmail_switch(request: Request) -> Response:
    """Change how Google behaves."""
    here, given = world(request), await read(request, GmailInput)
    if given.muted is not None:
        here.watch.muted = given.muted
    if given.watch_expired is not None:
        here.watch.expiration_ms = 0 if given.watch_expired else None
    if given.revoked is not None:
        here.tokens.revoked = given.revoked
    if given.forget_tokens or given.revoked:
        here.tokens.forget()
    if given.forget_history:
        here.mailbox.forget_history()
    if given.drop_pushes is not None:
        here.watch.drop = given.drop_pushes
    if given.repeat_pushes is not None:
        here.watch.repeat = given.repeat_pushes
    if given.late is not None:
        here.mailbox.late = given.late
    if given.page_size is not None:
        here.mailbox.page_size = given.page_size
    if given.bouncing is not None:
        here.bouncing.clear()
        here.bouncing.update(map(str.lower, given.bouncing))
    return await gmail_state(request)


async def push(request: Request) -> Response:
    """Send one push several times at once."""
    here, given = world(request), await read(request, PushInput)
    history_id = here.mailbox.history_id if given.history_id is None else given.history_id
    body = here.pushes.message(history_id, given.message_id)
    statuses = await asyncio.gather(*(here.pushes.post(body, given.token) for _ in range(given.times)))
    return JSONResponse({"statuses": statuses})


async def status(request: Request) -> Response:
    """Send one status callback."""
    here, given = world(request), await read(request, StatusInput)
    message = here.line.get(given.sid)
    if message is None or message.direction == "inbound":
        raise refusals.control(404, "no message was sent with this sid")
    return JSONResponse({"status": await here.line.report(message, given.status, given.error_code)})


async def twilio(request: Request) -> Response:
    """Change how Twilio behaves."""
    here, given = world(request), await read(request, TwilioInput)
    given.change(here.line.ways)
    ways = asdict(here.line.ways)
    return JSONResponse({name: sorted(value) if isinstance(value, set) else value for name, value in ways.items()})


async def script(request: Request) -> Response:
    """Write the model's next answers."""
    here, given = world(request), await read(request, ScriptInput)
    if given.latency_ms is not None:
        here.script.latency_ms = given.latency_ms
    return JSONResponse({"waiting": here.script.extend(step.step() for step in given.steps)}, 201)


async def asked(request: Request) -> Response:
    """What the model was asked."""
    return JSONResponse({"asked": list(world(request).script.asked)})


ROUTES = [
    Route("/sim/gmail", gmail_state),
    Route("/sim/gmail", gmail_switch, methods=["POST"]),
    Route("/sim/gmail/push", push, methods=["POST"]),
    Route("/sim/status", status, methods=["POST"]),
    Route("/sim/twilio", twilio, methods=["POST"]),
    Route("/sim/openai/script", script, methods=["POST"]),
    Route("/sim/openai/asked", asked),
]
