"""What backoffice is wired from."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from fte.store.pool import Pool
from fte.sweeping import Sweeper
from fte.wiring import Core, open_core

SOURCE: Final = "backoffice"

REQUIRED: Final = ("internal_token",)


@dataclass(frozen=True, slots=True)
class Resources:
    """Database and bus, and the token that the team's tools carry."""

    core: Core
    token: str = field(repr=False)
    sweepers: list[Sweeper] = field(default_factory=list)

    @property
    def pool(self) -> Pool:
        """The database."""
        return self.core.pool

    async def health(self) -> Mapping[str, bool]:
        """The core's components, and whether all that is swept was swept without a failure."""
        return {**await self.core.health(), "sweep": all(sweeper.well for sweeper in self.sweepers)}

    async def close(self) -> None:
        """Stop sweeping, then close connections."""
        await asyncio.gather(*(sweeper.stop() for sweeper in self.sweepers))
        await self.core.close()


async def open_resources() -> Resources:
    """Open everything from the environment. Raises `SettingsError`."""
    core = await open_core("backoffice", REQUIRED)
    return Resources(core, core.settings.secret("internal_token"))
