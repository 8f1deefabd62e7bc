"""What intake-webform is wired from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import IPvAnyNetwork

from fte.wiring import Core, open_core
from fte_intake_webform.addresses import AddressLimits
from fte_intake_webform.origins import Origins

REQUIRED: Final = ("public_url",)


@dataclass(frozen=True, slots=True)
class Resources:
    """Database and bus, where the public finds us, which addresses are ours, and who may send how much."""

    core: Core
    public_url: str
    own: tuple[str, ...]
    origins: Origins
    per_email: int
    addresses: AddressLimits
    proxies: tuple[IPvAnyNetwork, ...]

    @classmethod
    def around(cls, core: Core) -> Resources:
        """The resources on top of `core`. Raises `SettingsError`."""
        settings = core.settings
        public_url = settings.text("public_url").rstrip("/")
        origins = Origins.of(public_url, settings.form_origins)
        limits = AddressLimits(settings.form_per_address)
        return cls(core, public_url, settings.own, origins, settings.form_per_email, limits, settings.trusted_proxies)

    async def health(self) -> Mapping[str, bool]:
        """The core's components: this function calls no provider."""
        return await self.core.health()

    async def close(self) -> None:
        """Publish what is in flight and close connections."""
        await self.core.close()


async def open_resources() -> Resources:
    """Open everything from the environment. Raises `SettingsError`."""
    return Resources.around(await open_core("intake-webform", REQUIRED))
