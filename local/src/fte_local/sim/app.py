"""The simulators as one ASGI application: `uvicorn --factory fte_local.sim.app:create`."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp

from fte_local.sim import control, controlextras, gmailapi, openaiapi, page, twilioapi
from fte_local.sim.config import SimConfig
from fte_local.sim.faultgate import FaultGate
from fte_local.sim.refusals import Refusal
from fte_local.sim.world import World


async def _refused(request: Request, error: Exception) -> Response:
    """A refusal in its provider's shape."""
    assert isinstance(error, Refusal)
    return JSONResponse(error.body, error.status, error.headers)


def create(env: Mapping[str, str] | None = None) -> ASGIApp:
    """A new, empty set of simulators, configured from `env` (default: the process's environment).

    Raises `SettingsError` naming everything that is missing.
    """
    world = World.created(SimConfig.from_env(os.environ if env is None else env))

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        await world.close()

    routes = [
        *page.ROUTES,
        *control.ROUTES,
        *controlextras.ROUTES,
        *gmailapi.ROUTES,
        *twilioapi.ROUTES,
        *openaiapi.ROUTES,
    ]
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers={Refusal: _refused})
    app.state.world = world
    return FaultGate(app, world.faults)
