"""Whether Kafka can be reached, said once per change."""

from __future__ import annotations

import asyncio
import logging

_log = logging.getLogger(__name__)

_INTERVAL = 1.0
_TIMEOUT = 2.0


class Reachability:
    """Watches the bootstrap servers: the client library keeps trying by itself, but says nothing to rely on."""

    def __init__(self, bootstrap_servers: str) -> None:
        self.up: bool | None = None
        self._servers = [server.strip().rpartition(":") for server in bootstrap_servers.split(",")]

    async def watch(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            self._note(await self._any_answers())
            await asyncio.sleep(_INTERVAL)

    def _note(self, up: bool) -> None:
        if up != self.up:
            if up:
                _log.info("Kafka can be reached")
            else:
                _log.warning("Kafka cannot be reached; trying on")
        self.up = up

    async def _any_answers(self) -> bool:
        for host, _, port in self._servers:
            try:
                async with asyncio.timeout(_TIMEOUT):
                    _, writer = await asyncio.open_connection(host, int(port))
            except (OSError, TimeoutError):
                continue
            writer.close()
            return True
        return False
