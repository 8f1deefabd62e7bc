"""What PingSource does: an event at the times of a schedule."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

import httpx2

from fte_local.eventing.event import Event, to_http
from fte_local.eventing.wiring import Ping

_log = logging.getLogger(__name__)

_TIMEOUT = 55.0
_LONGEST_SLEEP = 20.0
"""A clock that is set while we sleep is noticed after this."""


@dataclass(slots=True)
class PingCounts:
    """What became of the pings since the start."""

    sent: int = 0
    failed: int = 0


def _now() -> datetime:
    return datetime.now(UTC)


class Pinger:
    """Sends the pings of one PingSource, one at a time: a minute that comes while one is under way is left out."""

    def __init__(
        self,
        ping: Ping,
        client: httpx2.AsyncClient,
        now: Callable[[], datetime] = _now,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.ping = ping
        self.counts = PingCounts()
        self._client = client
        self._now = now
        self._sleep = sleep

    async def run(self) -> None:
        """Ping whenever it is due, until cancelled."""
        while True:
            due = self.ping.schedule.after(self._now())
            while (wait := (due - self._now()).total_seconds()) > 0:
                await self._sleep(min(wait, _LONGEST_SLEEP))
            await self.send(due)

    async def send(self, at: datetime) -> None:
        """Send one ping. A failure is counted and logged; the next ping makes it good."""
        headers, body = to_http(self._event(at))
        try:
            async with asyncio.timeout(_TIMEOUT):
                answer = await self._client.post(self.ping.address, content=body, headers=headers)
        except (httpx2.RequestError, TimeoutError):
            status = None
        else:
            status = answer.status_code
        if status is not None and 200 <= status < 300:
            self.counts.sent += 1
            return
        self.counts.failed += 1
        _log.warning("ping failed", extra={"source": self.ping.name, "status": status})

    def _event(self, at: datetime) -> Event:
        ping = self.ping
        attributes = {
            "specversion": "1.0",
            "id": str(uuid4()),
            "source": f"/apis/v1/namespaces/{ping.namespace}/pingsources/{ping.name}",
            "type": "dev.knative.sources.ping",
            "time": at.isoformat().replace("+00:00", "Z"),
        }
        if ping.data:
            attributes["datacontenttype"] = ping.content_type
        return Event({**attributes, **ping.extensions}, ping.data)
