"""Are the ports free that the platform needs?"""

from __future__ import annotations

import contextlib
import errno
import socket
from collections.abc import Mapping

import psutil

from fte_local.errors import PortError


def require_free(ports: Mapping[str, int]) -> None:
    """Raise `PortError` for the first port that is taken, naming the holder if the system tells."""
    for name, port in ports.items():
        if not is_free(port):
            raise PortError(
                f"Port {port}, which {name} needs, is in use{_holder(port)}.",
                "Stop what uses it, or choose other ports: ./dev up --port-base 9080",
            )


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of the loopback address."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As servers do: connections that are still closing do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise
    return True


def _holder(port: int) -> str:
    with contextlib.suppress(psutil.Error, OSError):
        for connection in psutil.net_connections("tcp"):
            listens = connection.status == psutil.CONN_LISTEN and connection.laddr and connection.laddr.port == port
            if listens and connection.pid:
                return f" by {psutil.Process(connection.pid).name()} (process {connection.pid})"
    return ""
