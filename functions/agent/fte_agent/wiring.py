"""What the agent is made of."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from agents import OpenAIChatCompletionsModel, OpenAIResponsesModel
from agents.models.interface import Model
from openai import AsyncOpenAI, OpenAIError

from fte.knowledge.embedder import Embedder, MiniLmEmbedder, open_embedder
from fte.settings import Settings
from fte.sweeping import Sweeper
from fte.wiring import Core, open_core
from fte_agent.context import RunContext
from fte_agent.models import OFFLINE, PlannedModel
from fte_agent.prices import price_of
from fte_agent.provider import Provider
from fte_agent.run import ModelFor, warm_up
from fte_agent.triage import Encoder

log = logging.getLogger(__name__)

CONCURRENT_RUNS = 12
"""More than this at once and every one of them gets late: further events wait for a place."""

WAIT_FOR_NEXT_LINE = 1.0
"""Seconds that a chat line which looks unfinished waits for the next one."""


@dataclass(frozen=True, slots=True)
class AgentResources:
    """Core, embedder, and how a run gets its model. Nobody waits for a next line where none can come."""

    core: Core
    embedder: Embedder
    model_for: ModelFor
    wait_for_next_line: float = WAIT_FOR_NEXT_LINE
    places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(CONCURRENT_RUNS))
    provider: Provider = field(default_factory=Provider)
    sweepers: list[Sweeper] = field(default_factory=list)
    encoder: Encoder = field(default_factory=Encoder)

    async def health(self) -> Mapping[str, bool]:
        """The core's components, the sweep, and the model's provider, without which the offline answerer answers."""
        sweep = all(sweeper.well for sweeper in self.sweepers)
        return {**await self.core.health(), "sweep": sweep, "model": self.provider.well}

    async def warm(self) -> None:
        """Load now what is loaded once; nothing is called or written."""
        await warm_up()
        await asyncio.to_thread(self.encoder.warm)
        if isinstance(self.embedder, MiniLmEmbedder):
            await asyncio.to_thread(self.embedder.load)
        # What is loaded now stays: each later look of the collector at all of it would hold up every customer.
        gc.collect()
        gc.freeze()

    async def close(self) -> None:
        await asyncio.gather(*(sweeper.stop() for sweeper in self.sweepers))
        await self.core.close()


async def open_resources() -> AgentResources:
    """Open what the agent needs, and warm it: the first customer must not wait for imports."""
    core = await open_core("agent")
    client = open_client(core.settings)
    embedder = open_embedder(core.settings)
    resources = AgentResources(core, embedder, model_factory(core.settings, client))
    await resources.warm()
    if client is not None:
        _warn_of_price(core.settings)
        await _warn_of_shutdown(client, core.settings.model)
    return resources


def model_factory(settings: Settings, client: AsyncOpenAI | None) -> ModelFor:
    """How runs get their model: planned, with the configured model behind it, or the offline answerer without a key."""
    delegate: Model | None = None
    if client is not None:
        kind = OpenAIResponsesModel if settings.model_api == "responses" else OpenAIChatCompletionsModel
        delegate = kind(settings.model, client)

    def model_for(context: RunContext) -> Model:
        return PlannedModel(context, delegate, settings.model if delegate else OFFLINE)

    return model_for


def open_client(settings: Settings) -> AsyncOpenAI | None:
    """The client of the model's provider; None without a key."""
    if settings.openai_api_key is None:
        return None
    return AsyncOpenAI(
        api_key=settings.secret("openai_api_key"), base_url=settings.openai_base_url, max_retries=0, timeout=10.0
    )


def _warn_of_price(settings: Settings) -> None:
    if price_of(settings.model, settings) is None:
        extra = {"model": settings.model, "to_set": "FTE_MODEL_PRICE_INPUT, FTE_MODEL_PRICE_OUTPUT"}
        log.warning("model_cost_not_stored", extra=extra)


async def _warn_of_shutdown(client: AsyncOpenAI, model: str) -> None:
    try:
        found = await client.models.retrieve(model)
    except OpenAIError as error:
        log.warning("model_not_checked", extra={"model": model, "why": type(error).__name__})
        return
    date = getattr(found, "shutdown_date", None)
    if date:
        log.warning("model_will_be_shut_down", extra={"model": model, "date": str(date)})
