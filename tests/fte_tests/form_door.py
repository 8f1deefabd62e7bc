"""The form's function, as a client meets it."""

from __future__ import annotations

import json
import signal
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from fte.runtime import Request, Response
from fte.settings import Settings
from fte.store.outbox import Outbox
from fte.store.pool import Pool
from fte.wiring import Core
from fte_intake_webform.door import FormDoor
from fte_intake_webform.handler import ROUTES
from fte_intake_webform.wiring import Resources
from fte_tests.bus import RememberingBus

PUBLIC = "https://support.techcorp.example"
ELSEWHERE = "https://www.techcorp.example"
FOREIGN = "https://evil.example"
PER_EMAIL = 6
PER_ADDRESS = 20
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FORM = {
    "name": "Ana Lima",
    "email": "ana@customer.example",
    "category": "technical",
    "subject": "Export fails",
    "message": "The export stops at 50 %.",
}


class Door:
    """The function, as a client meets it."""

    def __init__(self, pool: Pool, bus: RememberingBus) -> None:
        settings = Settings.from_env(
            {
                "FTE_PUBLIC_URL": PUBLIC,
                "FTE_FORM_ORIGINS": ELSEWHERE,
                "FTE_FORM_PER_EMAIL": str(PER_EMAIL),
                "FTE_FORM_PER_ADDRESS": f"{PER_ADDRESS}/hour",
            }
        )
        self.core = Core(settings, pool, bus, Outbox(pool, bus))  # type: ignore[arg-type]  # a bus is a publisher

        async def opened() -> Resources:
            return Resources.around(self.core)

        self._function = FormDoor("intake-webform", opened, routes=ROUTES)

    async def submit(self, form: Any = FORM, *, body: bytes | None = None, **headers: str) -> Response:
        sent = {"content-type": "application/json"} | {name.replace("_", "-"): text for name, text in headers.items()}
        raw = json.dumps(form).encode() if body is None else body
        return await self._function.dispatch(Request("POST", "/support/submit", "", sent, raw))

    async def ticket(self, reference: str, accept: str = "*/*", **headers: str) -> Response:
        path = f"/support/ticket/{reference}"
        return await self._function.dispatch(Request("GET", path, "", {"accept": accept, **headers}, b""))

    async def may_post(self, **headers: str) -> Response:
        return await self._function.dispatch(Request("OPTIONS", "/support/submit", "", headers, b""))


def reference(answer: Response) -> str:
    assert answer.status == 202, answer.body
    return str(json.loads(answer.body)["reference"])


@pytest.fixture(name="same_signal_handler")
def signal_handler_kept() -> Iterator[None]:
    """A function takes SIGTERM; afterwards it is whose it was."""
    handler = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, handler)


@pytest.fixture(name="door")
async def form_door(pool: Pool, bus: RememberingBus, same_signal_handler: None) -> AsyncIterator[Door]:
    """The function on the test's own database, with a bus that remembers."""
    door = Door(pool, bus)
    yield door
    await door.core.outbox.close()
