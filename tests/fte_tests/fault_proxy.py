"""A TCP proxy that can fail as networks do: cut connections, refuse new ones, or listen and say nothing."""

from __future__ import annotations

import asyncio
from contextlib import suppress


class FaultProxy:
    """Stands between a client and the server at `host`:`port`. Use it as an async context manager."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._hears = asyncio.Event()
        self._hears.set()
        self.port = 0

    async def __aenter__(self) -> FaultProxy:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        self.listen()
        await self.stop()

    async def start(self) -> None:
        """Take connections, on the same port as before."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Cut every connection and refuse new ones."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self.cut()

    def cut(self) -> None:
        """Cut every connection; new ones are taken."""
        for writer in self._open:
            writer.transport.abort()

    def turn_deaf(self) -> None:
        """Keep connections open and pass nothing on: the server seems to hang."""
        self._hears.clear()

    def listen(self) -> None:
        """Pass everything on again, what was held back first."""
        self._hears.set()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.CancelledError):
            there_reader, there_writer = await asyncio.open_connection(*self._target)
            self._open |= {writer, there_writer}
            try:
                async with asyncio.TaskGroup() as both:
                    both.create_task(self._pass_on(reader, there_writer))
                    both.create_task(self._pass_on(there_reader, writer))
            except* OSError:
                pass
            finally:
                for side in (writer, there_writer):
                    side.transport.abort()
                self._open -= {writer, there_writer}

    async def _pass_on(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while data := await source.read(65_536):
            await self._hears.wait()
            sink.write(data)
            await sink.drain()
        # One side has hung up: the other must hear of it.
        raise ConnectionResetError
