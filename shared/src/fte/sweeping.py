"""Work that is done every few seconds for as long as the process lives, whatever happens to it once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextvars import Context

from fte.background import end
from fte.errors import Transient

log = logging.getLogger(__name__)


class Sweeper:
    """Does `work` again and again, `every` so many seconds; a failure is told, and the next pass comes all the same."""

    def __init__(self, name: str, every: float, work: Callable[[], Awaitable[object]]) -> None:
        self.name = name
        self._every = every
        self._work = work
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._failed = False

    def start(self, *, at_once: bool = False) -> Sweeper:
        """Begin, with a pass `at_once` or after the first wait."""
        # In a context of its own: its log lines are not part of the request that happened to start it.
        self._task = asyncio.create_task(self._keep_sweeping(at_once), context=Context())
        return self

    @property
    def well(self) -> bool:
        """Whether it is running and its last pass did not fail."""
        return self._task is not None and not self._task.done() and not self._failed

    async def stop(self, patience: float = 0.0) -> None:
        """Make no further pass; one that is being made may take `patience` seconds more."""
        self._stopping.set()
        if self._task is None:
            return
        if patience:
            await asyncio.wait({self._task}, timeout=patience)
        await end(self._task)

    async def _keep_sweeping(self, at_once: bool) -> None:
        if not at_once:
            await self._wait()
        while not self._stopping.is_set():
            await self._pass()
            await self._wait()

    async def _pass(self) -> None:
        try:
            await self._work()
        except Transient as error:
            self._failed = True
            log.warning("sweep_interrupted", extra={"sweep": self.name, "code": error.code})
        except Exception:
            # Nobody but this loop would make the next pass: without it, what is left behind stays so without a sign.
            self._failed = True
            log.exception("sweep_failed", extra={"sweep": self.name})
        else:
            self._failed = False

    async def _wait(self) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), self._every)
        except TimeoutError:
            return
