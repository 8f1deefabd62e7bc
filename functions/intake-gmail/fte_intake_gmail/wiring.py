"""What intake-gmail is wired from."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fte.background import end
from fte.providers.gmail import GmailClient
from fte.providers.google_token import PushToken
from fte.wiring import Core, open_core
from fte_intake_gmail.mailbox import Gmail, Mailbox

REQUIRED: Final = (
    "public_url",
    "gmail_client_id",
    "gmail_client_secret",
    "gmail_refresh_token",
    "gmail_watch_topic",
    "pubsub_service_account",
)
PUSH_PATH: Final = "/webhooks/gmail"


@dataclass(frozen=True, slots=True)
class Resources:
    """Database and bus, the check of Pub/Sub's token, the mailbox, and the task that first looks into it."""

    core: Core
    token: PushToken
    mailbox: Mailbox
    beginning: asyncio.Task[None]

    @classmethod
    def around(cls, core: Core, gmail: Gmail) -> Resources:
        """The resources on top of `core`; the first look into the mailbox begins. Raises `SettingsError`."""
        settings = core.settings
        token = PushToken(
            settings.google_jwks_url,
            audience=settings.pubsub_audience or settings.text("public_url").rstrip("/") + PUSH_PATH,
            service_account=settings.text("pubsub_service_account"),
        )
        mailbox = Mailbox(settings, core.pool, core.outbox, gmail)
        return cls(core, token, mailbox, asyncio.create_task(mailbox.begin()))

    async def health(self) -> Mapping[str, bool]:
        """The core's components, and whether Gmail answered the last time."""
        return {**await self.core.health(), "gmail": self.mailbox.well}

    async def close(self) -> None:
        """Stop looking, publish what is in flight and close connections."""
        await end(self.beginning)
        await self.mailbox.close()
        await self.core.close()


async def open_resources() -> Resources:
    """Open everything from the environment. Raises `SettingsError`."""
    core = await open_core("intake-gmail", REQUIRED)
    return Resources.around(core, GmailClient.from_settings(core.settings))
