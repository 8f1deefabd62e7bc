"""Is a part ready? Asked over its own protocol, by an address: `http://`, `postgres://` or `kafka://`.

Only the standard library is used, because the supervisor and `./dev status` ask often and have to start fast.
"""

from __future__ import annotations

import asyncio
import contextlib
import struct
from urllib.parse import urlsplit

PATIENCE_SECONDS = 2.0

_POSTGRES_FIELDS = b"user\0probe\0database\0postgres\0\0"
_POSTGRES_STARTUP = struct.pack(">ii", 8 + len(_POSTGRES_FIELDS), 196_608) + _POSTGRES_FIELDS
_KAFKA_API_VERSIONS = struct.pack(">ihhih", 10, 18, 0, 1, -1)


async def answers(address: str) -> bool:
    """Whether the part at `address` is ready for work; a refused, dropped or slow connection is a no."""
    parts = urlsplit(address)
    ask = {"http": _http, "postgres": _postgres, "kafka": _kafka}[parts.scheme]
    host, port = parts.hostname or "127.0.0.1", parts.port or 80
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            reader, writer = await asyncio.open_connection(host, port)
            try:
                return await ask(reader, writer, parts.path or "/")
            finally:
                writer.close()
                with contextlib.suppress(OSError):
                    await writer.wait_closed()
    except (OSError, TimeoutError, asyncio.IncompleteReadError):
        return False


async def _http(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> bool:
    """A GET that is answered with 200."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    status = await reader.readline()
    return status.split()[1:2] == [b"200"]


async def _postgres(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, _path: str) -> bool:
    """A start-up message that is answered by the request to authenticate, not by an error such as "starting up"."""
    writer.write(_POSTGRES_STARTUP)
    return await reader.readexactly(1) == b"R"


async def _kafka(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, _path: str) -> bool:
    """The request for the supported versions, answered without an error."""
    writer.write(_KAFKA_API_VERSIONS)
    _size, correlation, error = struct.unpack(">iih", await reader.readexactly(10))
    return bool(correlation == 1 and error == 0)
