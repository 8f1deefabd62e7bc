"""What backoffice is wired from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fte.store.pool import Pool
from fte.wiring import Core, open_core


@dataclass(frozen=True, slots=True)
class Resources:
    """Database and bus, and the token that the team's tools carry."""

    core: Core
    token: str = field(repr=False)

    @property
    def pool(self) -> Pool:
        """The database."""
        return self.core.pool

    async def health(self) -> Mapping[str, bool]:
        """The core's components."""
        return await self.core.health()

    async def close(self) -> None:
        """Close connections."""
        await self.core.close()


async def open_resources() -> Resources:
    """Open everything from the environment. Raises `SettingsError`."""
    core = await open_core("backoffice", ("internal_token",))
    return Resources(core, core.settings.secret("internal_token"))
