"""The doors of intake-whatsapp, with posts that Twilio's own validator signs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator  # type: ignore[import-untyped,unused-ignore]

from fte.runtime import Function, Request, Response
from fte.settings import Settings
from fte.store.outbox import Outbox
from fte.store.pool import Pool
from fte.wiring import Core
from fte_intake_whatsapp.handler import ROUTES
from fte_intake_whatsapp.wiring import Resources
from fte_tests.bus import RememberingBus

PATH, STATUS_PATH = "/webhooks/whatsapp", "/webhooks/whatsapp/status"
ENV = {
    "FTE_PUBLIC_URL": "https://support.techcorp.example",
    "TWILIO_AUTH_TOKEN": "12345",
    "FTE_TWILIO_NUMBER": "whatsapp:+14155550100",
}
MESSAGE = {
    "MessageSid": "SM1",
    "From": "whatsapp:+14155550123",
    "To": "whatsapp:+14155550100",
    "Body": "How do I reset my password?",
    "ProfileName": "Ana",
    "NumMedia": "0",
}

Post = Callable[..., Awaitable[Response]]


def core_on(pool: Pool, bus: RememberingBus, **settings: str) -> Core:
    """What the function is wired from, on this database and bus."""
    return Core(Settings.from_env(ENV | settings), pool, bus, Outbox(pool, bus))  # type: ignore[arg-type]


def posting(core: Core) -> Post:
    """Posts fields to the function as Twilio does, signed with `token`."""

    async def opened() -> Resources:
        return Resources.around(core)

    function = Function[Resources]("intake-whatsapp", opened, routes=ROUTES)

    async def post(
        fields: dict[str, str], path: str = PATH, *, signature: str | None = None, token: str = "12345", query: str = ""
    ) -> Response:
        url = ENV["FTE_PUBLIC_URL"] + path + (f"?{query}" if query else "")
        signed = RequestValidator(token).compute_signature(url, fields)
        headers = {"x-twilio-signature": signed if signature is None else signature}
        return await function.dispatch(Request("POST", path, query, headers, urlencode(fields).encode()))

    return post
