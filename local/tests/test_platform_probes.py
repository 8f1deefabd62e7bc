"""A part counts as ready when it says so in its own protocol."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from fte_local import probes

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@asynccontextmanager
async def _server(answer: bytes) -> AsyncIterator[int]:
    """A server that reads something and gives one answer."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1000)
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


def _kafka(correlation: int, error: int) -> bytes:
    return struct.pack(">iih", 6, correlation, error)


@pytest.mark.parametrize(
    ("scheme", "answer", "ready"),
    [
        ("http", b"HTTP/1.1 200 OK\r\n\r\n", True),
        ("http", b"HTTP/1.1 503 Service Unavailable\r\n\r\n", False),
        ("http", b"", False),
        ("postgres", b"R\x00\x00", True),
        ("postgres", b"E\x00\x00", False),
        ("postgres", b"", False),
        ("kafka", _kafka(1, 0), True),
        ("kafka", _kafka(1, 35), False),
        ("kafka", b"HTTP/1.1 400 Bad Request\r\n\r\n", False),
        ("kafka", b"", False),
    ],
)
async def test_only_the_right_answer_is_ready(scheme: str, answer: bytes, ready: bool) -> None:
    async with _server(answer) as port:
        assert await probes.answers(f"{scheme}://127.0.0.1:{port}/health") is ready


async def test_nobody_there_is_not_ready() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert await probes.answers(f"http://127.0.0.1:{port}/") is False


async def test_somebody_who_never_answers_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "PATIENCE_SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert await probes.answers(f"http://127.0.0.1:{server.getsockname()[1]}/") is False
