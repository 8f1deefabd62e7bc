"""Twilio's own list of messages. Its client library is loaded on first use: a webhook must not wait for that."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING

from fte.settings import Settings

if TYPE_CHECKING:
    from fte.providers.twilio import Media, ReceivedMessage, TwilioMessenger


class TwilioLine:
    """Asks Twilio what came to our number. Its methods raise `TryLater` and `Rejected`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._messenger: TwilioMessenger | None = None

    async def received(self, since: datetime) -> list[ReceivedMessage]:
        """What customers sent since then, newest first."""
        return await (await self._opened()).received(since)

    async def media(self, sid: str) -> list[Media]:
        """What was attached to a message."""
        return await (await self._opened()).media(sid)

    def close(self) -> None:
        """Let go of the connections."""
        if self._messenger is not None:
            self._messenger.close()

    async def _opened(self) -> TwilioMessenger:
        if self._messenger is None:
            self._messenger = await asyncio.to_thread(_load, self._settings)
        return self._messenger


def _load(settings: Settings) -> TwilioMessenger:
    from fte.providers.twilio import TwilioMessenger

    return TwilioMessenger.from_settings(settings)
