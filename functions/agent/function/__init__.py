"""The door for func: its middleware imports this package and calls `new`."""

from fte.runtime import FuncApp
from fte_agent.handler import FUNCTION


def new() -> FuncApp:
    """The function as an ASGI app."""
    return FuncApp(FUNCTION)
