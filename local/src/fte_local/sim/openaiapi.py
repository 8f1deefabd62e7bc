"""OpenAI's API over the simulated model: Responses, Chat Completions, Embeddings and Models."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from fte_local.sim import embeddings, openaiwire, refusals
from fte_local.sim.modelscript import Step
from fte_local.sim.world import World, world

MODELS: dict[str, str | None] = {
    "gpt-4o": None,
    "gpt-4o-mini": None,
    "gpt-4.1": None,
    "gpt-4.1-mini": None,
    "gpt-4o-2024-05-13": "2026-10-23",
    "gpt-6-luna": None,
    "text-embedding-3-small": None,
    "text-embedding-3-large": None,
}


async def _opened(request: Request) -> tuple[World, dict[str, Any]]:
    """The world and the request's JSON, if the caller has a key and the model exists."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key.strip():
        raise refusals.openai(401, "invalid_api_key", "You didn't provide an API key.")
    if request.method == "GET":
        return world(request), {}
    try:
        body = json.loads(await request.body())
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise refusals.openai(400, None, "We could not parse the JSON body of your request.")
    _known(str(body.get("model", "")))
    if body.get("stream"):
        raise refusals.openai(400, "unsupported_value", "Streaming is not simulated.")
    return world(request), body


def _known(model: str) -> None:
    if model not in MODELS:
        raise refusals.openai(404, "model_not_found", f"The model '{model}' does not exist.")


REASONING = ("gpt-6-luna",)
CACHED_FROM = 1024
"""Tokens from which on the beginning of a prompt is kept."""


def _suits(asked: openaiwire.Asked) -> None:
    """A model that reasons takes no temperature unless it is told not to, and no tools by Chat Completions."""
    options, model = asked.prompt.options, asked.prompt.model
    effort = options.get("reasoning_effort") or (options.get("reasoning") or {}).get("effort")
    if model not in REASONING:
        if effort is not None:
            raise refusals.openai(400, "unsupported_parameter", "'reasoning' is not supported with this model.")
        return
    if "temperature" in options and effort != "none":
        raise refusals.openai(400, "unsupported_parameter", "'temperature' is not supported with this model.")
    if asked.api == "chat_completions" and asked.prompt.tools and effort != "none":
        raise refusals.openai(400, "unsupported_value", "Function tools need reasoning_effort 'none' here.")


def _cached(here: World, asked: openaiwire.Asked) -> int:
    key = asked.prompt.options.get("prompt_cache_key")
    return asked.prefix if here.script.cached(key) and asked.prefix >= CACHED_FROM else 0


async def _thought(here: World, request: openaiwire.Asked) -> Step:
    """What the model answers, after the time it takes."""
    _suits(request)
    step = here.script.next(request.prompt, request.api)
    await asyncio.sleep(here.script.latency_ms / 1000)
    if step.status is not None:
        raise refusals.injected("openai", step.status)
    return step


async def responses(request: Request) -> Response:
    """`POST /v1/responses`."""
    here, body = await _opened(request)
    asked = openaiwire.from_responses(body)
    step = await _thought(here, asked)
    return JSONResponse(openaiwire.to_response(body, asked, step, int(time.time()), _cached(here, asked)))


async def chat_completions(request: Request) -> Response:
    """`POST /v1/chat/completions`."""
    here, body = await _opened(request)
    asked = openaiwire.from_chat(body)
    step = await _thought(here, asked)
    return JSONResponse(openaiwire.to_completion(body, asked, step, int(time.time()), _cached(here, asked)))


async def embed(request: Request) -> Response:
    """`POST /v1/embeddings`, also in base64 and with fewer dimensions."""
    _, body = await _opened(request)
    model = str(body["model"])
    if model not in embeddings.SIZES:
        raise refusals.openai(400, None, f"The model '{model}' does not make embeddings.")
    given = body.get("input")
    texts = [given] if isinstance(given, str) else given
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str) and text for text in texts):
        raise refusals.openai(400, None, "'input' must be a text or an array of texts, none of them empty.")
    size = int(body.get("dimensions") or embeddings.SIZES[model])
    vectors = [embeddings.embed(text, size) for text in texts]
    packed = body.get("encoding_format") == "base64"
    data = [
        {"object": "embedding", "index": index, "embedding": embeddings.packed(vector) if packed else vector}
        for index, vector in enumerate(vectors)
    ]
    tokens = sum(openaiwire.tokens(text) for text in texts)
    usage = {"prompt_tokens": tokens, "total_tokens": tokens}
    return JSONResponse({"object": "list", "data": data, "model": model, "usage": usage})


async def models(request: Request) -> Response:
    """`GET /v1/models`."""
    await _opened(request)
    return JSONResponse({"object": "list", "data": [_model(name) for name in MODELS]})


async def model(request: Request) -> Response:
    """`GET /v1/models/{id}`, with the date on which the model is shut down, if there is one."""
    await _opened(request)
    _known(request.path_params["id"])
    return JSONResponse(_model(request.path_params["id"]))


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 1715367049, "owned_by": "system", "shutdown_date": MODELS[name]}


ROUTES = [
    Mount(
        "/openai/v1",
        routes=[
            Route("/responses", responses, methods=["POST"]),
            Route("/chat/completions", chat_completions, methods=["POST"]),
            Route("/embeddings", embed, methods=["POST"]),
            Route("/models", models),
            Route("/models/{id}", model),
        ],
    )
]
