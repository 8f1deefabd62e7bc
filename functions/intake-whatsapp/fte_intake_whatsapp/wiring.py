"""What intake-whatsapp is wired from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from twilio.request_validator import RequestValidator  # type: ignore[import-untyped,unused-ignore]

from fte.wiring import Core, open_core
from fte_intake_whatsapp.line import TwilioLine
from fte_intake_whatsapp.reconcile import SETTLE

REQUIRED: Final = ("public_url", "twilio_account_sid", "twilio_auth_token", "twilio_number")


@dataclass(frozen=True, slots=True)
class Resources:
    """Database and bus, the check of Twilio's signature, Twilio's list of messages, and our own addresses.

    There is a validator for each of our tokens that is valid now.
    """

    core: Core
    validators: tuple[RequestValidator, ...]
    public_url: str
    own_number: str
    line: TwilioLine
    settle: timedelta = SETTLE

    @classmethod
    def around(cls, core: Core) -> Resources:
        """The resources on top of `core`. Raises `SettingsError`."""
        settings = core.settings
        return cls(
            core=core,
            validators=tuple(map(RequestValidator, settings.twilio_tokens)),
            public_url=settings.text("public_url"),
            own_number=settings.text("twilio_number"),
            line=TwilioLine(settings),
        )

    async def health(self) -> Mapping[str, bool]:
        """The core's components: no message waits for Twilio's API here."""
        return await self.core.health()

    async def close(self) -> None:
        """Publish what is in flight and close connections."""
        self.line.close()
        await self.core.close()


async def open_resources() -> Resources:
    """Open everything from the environment. Raises `SettingsError`."""
    return Resources.around(await open_core("intake-whatsapp", REQUIRED))
