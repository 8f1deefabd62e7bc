"""What backoffice is wired from."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from contextvars import Context
from dataclasses import dataclass, field
from typing import Any, Final

from fte.store.pool import Pool
from fte.wiring import Core, open_core

SOURCE: Final = "backoffice"

REQUIRED: Final = ("internal_token",)


@dataclass(frozen=True, slots=True)
class Resources:
    """Database and bus, and the token that the team's tools carry."""

    core: Core
    token: str = field(repr=False)
    background: list[asyncio.Task[None]] = field(default_factory=list)

    @property
    def pool(self) -> Pool:
        """The database."""
        return self.core.pool

    async def health(self) -> Mapping[str, bool]:
        """The core's components, and whether the sweep is running."""
        return {**await self.core.health(), "sweep": not any(task.done() for task in self.background)}

    def keep_running(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` beside the requests until the function closes."""
        self.background.append(asyncio.create_task(work, context=Context()))

    async def close(self) -> None:
        """Stop what runs beside, then close connections."""
        for task in self.background:
            task.cancel()
        await asyncio.gather(*self.background, return_exceptions=True)
        await self.core.close()


async def open_resources() -> Resources:
    """Open everything from the environment. Raises `SettingsError`."""
    core = await open_core("backoffice", REQUIRED)
    return Resources(core, core.settings.secret("internal_token"))
