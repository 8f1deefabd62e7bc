"""The runner as a web application: health, the entrances of sinks and brokers, and all that runs while it is up."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict

import httpx2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from fte_local.eventing.consumer import SourceConsumer
from fte_local.eventing.delivery import REQUESTS_AT_ONCE, Delivery
from fte_local.eventing.event import NotAnEvent, from_http
from fte_local.eventing.pings import Pinger
from fte_local.eventing.producer import KafkaSinks, Sinks, SinkUnavailable
from fte_local.eventing.reachability import Reachability
from fte_local.eventing.reactions import Kind
from fte_local.eventing.wiring import Sink, Wiring

GRACE = 5.0
"""Seconds that requests under way get to finish when the runner stops."""


class Runner:
    """Everything that runs between start and stop."""

    def __init__(self, wiring: Wiring, bootstrap_servers: str, member: str) -> None:
        self.kafka = Reachability(bootstrap_servers)
        self.sinks = KafkaSinks(bootstrap_servers)
        self.consumers: tuple[SourceConsumer, ...] = ()
        self.pingers: tuple[Pinger, ...] = ()
        self._wiring = wiring
        self._servers = bootstrap_servers
        self._member = member

    @asynccontextmanager
    async def running(self, _: Starlette) -> AsyncIterator[None]:
        """Sources are read inside; at the end no request is left under way and what is done is committed."""
        stopping = asyncio.Event()
        limits = httpx2.Limits(max_connections=None, max_keepalive_connections=REQUESTS_AT_ONCE)
        # The whole try has one limit of time, which the delivery sets; the environment's proxies are for elsewhere.
        async with httpx2.AsyncClient(limits=limits, timeout=None, trust_env=False) as client:
            self.consumers = tuple(
                SourceConsumer(
                    source,
                    Delivery(source, client, self.sinks, stopping),
                    self._servers,
                    f"{self._member}-{source.name}",
                )
                for source in self._wiring.sources
            )
            self.pingers = tuple(Pinger(ping, client) for ping in self._wiring.pings)
            beside = [asyncio.create_task(self.kafka.watch())]
            beside += [asyncio.create_task(pinger.run()) for pinger in self.pingers]
            for consumer in self.consumers:
                consumer.start()
            try:
                yield
            finally:
                stopping.set()
                await asyncio.gather(*(consumer.stop(GRACE) for consumer in self.consumers))
                for task in beside:
                    task.cancel()
                await asyncio.gather(*beside, return_exceptions=True)
                await self.sinks.close()

    def health(self) -> tuple[bool, dict[str, object]]:
        """Whether every source and trigger is a member of its group, and what each is doing."""
        ready = self.kafka.up is True and all(consumer.state.joined for consumer in self.consumers)
        return ready, {
            "status": "ok" if ready else "down",
            "kafka": "ok" if self.kafka.up else "down",
            "sources": self._states(Kind.KAFKA_SOURCE),
            "triggers": self._states(Kind.TRIGGER),
            "pings": {
                pinger.ping.name: {"schedule": pinger.ping.schedule.text, **asdict(pinger.counts)}
                for pinger in self.pingers
            },
        }

    def _states(self, kind: Kind) -> dict[str, object]:
        return {
            consumer.source.name: {
                "group": consumer.source.group,
                "topics": consumer.source.topics,
                **asdict(consumer.state),
                **asdict(consumer.delivery.counts),
            }
            for consumer in self.consumers
            if consumer.source.kind is kind
        }


def member_name(port: int) -> str:
    """The name of this runner in its consumer groups: the same after a restart, another for another runner."""
    host = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in socket.gethostname())
    return f"fte-local-{host[:100]}-{port}"


def create(wiring: Wiring, bootstrap_servers: str, member: str) -> Starlette:
    """The application; it connects to Kafka when it starts and keeps trying if it cannot."""
    runner = Runner(wiring, bootstrap_servers, member)

    async def health(_: Request) -> JSONResponse:
        ready, body = runner.health()
        return JSONResponse(body, 200 if ready else 503)

    return Starlette(
        routes=[
            Route("/health", health),
            Route("/sinks/{name}", ingress(runner.sinks, wiring.sinks), methods=["POST"]),
            Route("/brokers/{name}", ingress(runner.sinks, wiring.brokers), methods=["POST"]),
        ],
        lifespan=runner.running,
    )


def ingress(sinks: Sinks, known: Mapping[str, Sink]) -> Callable[[Request], Awaitable[Response]]:
    """The handler of `POST /sinks/<name>` or `/brokers/<name>`: 202 when the event is on the topic."""

    async def receive(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in known:
            return JSONResponse({"error": "not_found"}, 404)
        try:
            event = from_http(dict(request.headers), await request.body())
        except NotAnEvent:
            return JSONResponse({"error": "not_an_event"}, 400)
        try:
            await sinks.publish(known[name], event)
        except SinkUnavailable:
            return JSONResponse({"error": "unavailable"}, 503)
        return Response(status_code=202)

    return receive
