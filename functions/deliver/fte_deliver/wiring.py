"""What deliver is wired from."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from fte.domain.channels import Channel
from fte.providers.gmail import GmailClient
from fte.providers.mail.our_ids import key_from
from fte.providers.twilio import TwilioMessenger
from fte.wiring import Core, open_core
from fte_deliver.courier import AT_ONCE, Courier
from fte_deliver.senders import MailSender, Sender, WhatsAppSender

REQUIRED: Final = (
    "public_url",
    "twilio_account_sid",
    "twilio_auth_token",
    "twilio_number",
    "gmail_client_id",
    "gmail_client_secret",
    "gmail_refresh_token",
)


@dataclass(frozen=True, slots=True)
class Resources:
    """Database and bus, and the courier with its two providers."""

    core: Core
    courier: Courier
    messenger: TwilioMessenger

    async def health(self) -> Mapping[str, bool]:
        """The core's components, the sweep, and whether each provider answered when it was last called."""
        return {
            **await self.core.health(),
            "sweep": self.courier.sweeping,
            "gmail": self.courier.reachable(Channel.EMAIL),
            "twilio": self.courier.reachable(Channel.WHATSAPP),
        }

    async def close(self) -> None:
        """Finish what is being sent and close connections."""
        await self.courier.close()
        self.messenger.close()
        await self.core.close()


async def open_resources() -> Resources:
    """Open everything from the environment. Raises `SettingsError`."""
    core = await open_core("deliver", REQUIRED)
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(AT_ONCE + 4, thread_name_prefix="call"))
    mailbox, messenger = await asyncio.to_thread(_clients, core)
    courier = Courier(core, senders(core, mailbox, messenger))
    courier.start()
    return Resources(core, courier, messenger)


def senders(core: Core, mailbox: GmailClient, messenger: TwilioMessenger) -> dict[Channel, Sender]:
    """Which way an answer goes out: that to the form goes by e-mail."""
    key = key_from(core.settings.secret("gmail_client_secret"))
    mail = MailSender(mailbox, core.settings.support_address, key)
    callback = core.settings.text("public_url").rstrip("/") + "/webhooks/whatsapp/status"
    chat = WhatsAppSender(messenger, callback, core.settings.twilio_template)
    return {Channel.EMAIL: mail, Channel.WEBFORM: mail, Channel.WHATSAPP: chat}


def _clients(core: Core) -> tuple[GmailClient, TwilioMessenger]:
    return GmailClient.from_settings(core.settings), TwilioMessenger.from_settings(core.settings)
