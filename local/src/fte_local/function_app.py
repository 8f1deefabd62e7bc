"""A function as the ASGI app that functions-framework makes of it.

Its own command starts a gunicorn master, which leaves a worker behind when it is killed; uvicorn with this factory is
one process. `FUNCTION_TARGET` and `FUNCTION_SOURCE` name the function, as for the framework's command.
"""

from __future__ import annotations

import os

from functions_framework.aio import create_asgi_app
from starlette.applications import Starlette


def create() -> Starlette:
    """The app of the function that the environment names."""
    app: Starlette = create_asgi_app(os.environ["FUNCTION_TARGET"], os.environ["FUNCTION_SOURCE"])  # type: ignore[no-untyped-call]
    return app
