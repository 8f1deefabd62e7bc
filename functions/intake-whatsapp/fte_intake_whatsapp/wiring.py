"""What intake-whatsapp is wired from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from twilio.request_validator import RequestValidator  # type: ignore[import-untyped,unused-ignore]

from fte.wiring import Core, open_core

REQUIRED: Final = ("public_url", "twilio_auth_token", "twilio_number")


@dataclass(frozen=True, slots=True)
class Resources:
    """Database and bus, the check of Twilio's signature, and our own address."""

    core: Core
    validator: RequestValidator
    public_url: str
    own_number: str

    @classmethod
    def around(cls, core: Core) -> Resources:
        """The resources on top of `core`. Raises `SettingsError`."""
        settings = core.settings
        validator = RequestValidator(settings.secret("twilio_auth_token"))
        return cls(core, validator, settings.text("public_url"), settings.text("twilio_number"))

    async def health(self) -> Mapping[str, bool]:
        """The core's components: this function calls no provider."""
        return await self.core.health()

    async def close(self) -> None:
        """Publish what is in flight and close connections."""
        await self.core.close()


async def open_resources() -> Resources:
    """Open everything from the environment. Raises `SettingsError`."""
    return Resources.around(await open_core("intake-whatsapp", REQUIRED))
