"""What intake-webform is wired from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fte.wiring import Core, open_core

REQUIRED: Final = ("public_url",)


@dataclass(frozen=True, slots=True)
class Resources:
    """Database and bus, where the public finds us, and which addresses are ours."""

    core: Core
    public_url: str
    own: tuple[str, ...]

    @classmethod
    def around(cls, core: Core) -> Resources:
        """The resources on top of `core`. Raises `SettingsError`."""
        return cls(core, core.settings.text("public_url").rstrip("/"), core.settings.own)

    async def health(self) -> Mapping[str, bool]:
        """The core's components: this function calls no provider."""
        return await self.core.health()

    async def close(self) -> None:
        """Publish what is in flight and close connections."""
        await self.core.close()


async def open_resources() -> Resources:
    """Open everything from the environment. Raises `SettingsError`."""
    return Resources.around(await open_core("intake-webform", REQUIRED))
