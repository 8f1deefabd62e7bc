"""Which local port each part of the platform listens on.

Everything is an offset from one base, so that two stacks run side by side by choosing two bases.
"""

from __future__ import annotations

DEFAULT_BASE = 8080

METRICS_OFFSET = 20
"""A function's metrics are served at its own port plus this."""

FUNCTIONS: tuple[str, ...] = (
    "intake-gmail",
    "intake-whatsapp",
    "intake-webform",
    "agent",
    "deliver",
    "backoffice",
)

PORTS: dict[str, int] = {
    "gateway": 0,
    "backoffice": 1,
    "intake-gmail": 2,
    "intake-whatsapp": 3,
    "intake-webform": 4,
    "agent": 5,
    "deliver": 6,
    "eventing": 7,
    "simulators": 10,
    "postgres": 12,
    "kafka": 13,
    "kafka-controller": 14,
}
"""Offset from the base per name. The six functions have the names of their Knative Services."""


def port(name: str, base: int = DEFAULT_BASE) -> int:
    """The port of a part of the platform; an unknown name is a `KeyError`."""
    return base + PORTS[name]


def metrics_port(function: str, base: int = DEFAULT_BASE) -> int:
    """The port on which a function serves its Prometheus metrics."""
    if function not in FUNCTIONS:
        raise KeyError(function)
    return port(function, base) + METRICS_OFFSET


def url(name: str, base: int = DEFAULT_BASE) -> str:
    """The address of a part of the platform that speaks HTTP, without a trailing slash."""
    return f"http://127.0.0.1:{port(name, base)}"
