"""A model during whose work something happens."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any

from agents import ModelResponse
from agents.models.interface import Model

from fte_agent.context import RunContext
from fte_agent.models import OFFLINE, OfflineModel, PlannedModel
from fte_agent.wiring import AgentResources

Meanwhile = Callable[[RunContext], Awaitable[None]]


class Thinking(Model):
    """Answers as the offline answerer does, after something has happened meanwhile."""

    def __init__(self, context: RunContext, meanwhile: Meanwhile) -> None:
        self.context = context
        self.meanwhile = meanwhile

    async def get_response(self, *args: Any, **kwargs: Any) -> ModelResponse:
        await self.meanwhile(self.context)
        return await OfflineModel(self.context).get_response()

    def stream_response(self, *args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        raise NotImplementedError


def thinking(resources: AgentResources, meanwhile: Meanwhile) -> AgentResources:
    """Resources whose model does `meanwhile` before it answers."""
    return replace(resources, model_for=lambda c: PlannedModel(c, Thinking(c, meanwhile), OFFLINE))
