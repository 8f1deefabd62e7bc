"""The door for func's middleware."""

from __future__ import annotations

from fte.runtime import FuncApp
from fte_deliver.handler import FUNCTION


def new() -> FuncApp:
    """The function as an ASGI app; func looks for this name."""
    return FuncApp(FUNCTION)
