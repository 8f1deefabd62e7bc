"""A port that is taken is said before anything starts."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator

import pytest

from fte_local.errors import PortError
from fte_local.free_ports import is_free, require_free


@pytest.fixture
def listener() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_named_with_its_part_its_holder_and_the_remedy(listener: int) -> None:
    with pytest.raises(PortError) as caught:
        require_free({"gateway": listener})
    assert f"Port {listener}, which gateway needs" in caught.value.problem
    assert f"(process {os.getpid()})" in caught.value.problem
    assert "--port-base" in caught.value.remedy


def test_a_port_is_free_again_as_soon_as_its_listener_is_gone(listener: int) -> None:
    """A connection that lingers in TIME_WAIT does not count."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        client = socket.create_connection(("127.0.0.1", port))
        accepted, _ = server.accept()
        accepted.close()
        client.close()
    assert is_free(port)
    assert not is_free(listener)
