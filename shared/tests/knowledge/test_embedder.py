from __future__ import annotations

import json
import math
from typing import Any

import httpx2
import pytest
from openai import AsyncOpenAI, AuthenticationError

from fte.errors import Unavailable
from fte.knowledge.embedder import WIDTH, MiniLmEmbedder, OpenAIEmbedder, Vector, open_embedder
from fte.settings import Settings

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def minilm() -> MiniLmEmbedder:
    return MiniLmEmbedder()


def cosine(one: Vector, other: Vector) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


async def test_minilm_vectors_have_the_tables_width_and_length_one(minilm: MiniLmEmbedder) -> None:
    """384 numbers of length one, then zeros; an empty or a very long text has a vector too."""
    for vector in await minilm.embed(["How do I reset my password?", "", "👍", "word " * 5000]):
        assert len(vector) == WIDTH
        assert math.isclose(cosine(vector, vector), 1.0, rel_tol=1e-5)
        assert set(vector[384:]) == {0.0}


async def test_minilm_knows_what_sentences_mean(minilm: MiniLmEmbedder) -> None:
    """Two ways to ask for a new password are closer to each other than to a question about Slack."""
    one, other, slack = await minilm.embed(
        ["How do I reset my password?", "forgot my password, reset link not coming", "Slack messages stopped"]
    )
    assert cosine(one, other) > 0.6
    assert cosine(one, slack) < 0.3


async def test_the_company_of_a_text_does_not_change_its_vector(minilm: MiniLmEmbedder) -> None:
    """Texts are sorted and padded into batches, and come back in the order they were given, as if alone."""
    texts = ["a long text about exports " * n for n in (9, 1, 5, 3, 7, 2, 8)]
    together = await minilm.embed(texts)
    for text, vector in zip(texts, together, strict=True):
        (alone,) = await minilm.embed([text])
        # Activations are quantised per batch, so equal means very nearly.
        assert cosine(alone, vector) > 0.98


async def test_nothing_is_loaded_before_the_first_text(minilm: MiniLmEmbedder) -> None:
    """No text, no model: a synchronisation without changes is fast."""
    fresh = MiniLmEmbedder(folder=minilm._folder / "missing")
    assert await fresh.embed([]) == []


def openai_embedder(status: int, seen: list[dict[str, Any]]) -> OpenAIEmbedder:
    """The real client over a transport in memory."""

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked = json.loads(request.content)
        seen.append(asked)
        if status != 200:
            return httpx2.Response(status, json={"error": {"message": "no"}})
        data = [
            {"object": "embedding", "index": at, "embedding": [float(len(text)), *[0.0] * (WIDTH - 1)]}
            for at, text in enumerate(asked["input"])
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        body = {"object": "list", "model": asked["model"], "data": data[::-1], "usage": usage}
        return httpx2.Response(200, json=body)

    client = httpx2.AsyncClient(transport=httpx2.MockTransport(answer))
    return OpenAIEmbedder(AsyncOpenAI(api_key="test", http_client=client))


async def test_openai_vectors_come_in_the_order_of_the_texts() -> None:
    """Answers are put in order by their index; many texts are several requests; no empty text is sent."""
    seen: list[dict[str, Any]] = []
    texts = ["x" * n for n in range(300)]
    vectors = await openai_embedder(200, seen).embed(texts)
    assert [vector[0] for vector in vectors] == [1.0, *map(float, range(1, 300))]
    assert [len(asked["input"]) for asked in seen] == [256, 44]
    assert {(asked["model"], asked["dimensions"]) for asked in seen} == {("text-embedding-3-small", WIDTH)}
    assert all(all(asked["input"]) for asked in seen)


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_an_overloaded_service_is_unavailable(status: int) -> None:
    """What may work later is `Unavailable`, so that a search goes on without meaning."""
    with pytest.raises(Unavailable):
        await openai_embedder(status, []).embed(["hello"])


async def test_a_wrong_key_is_not_hidden() -> None:
    """A key that is refused will be refused again: somebody must mend the settings."""
    with pytest.raises(AuthenticationError):
        await openai_embedder(401, []).embed(["hello"])


def test_the_key_decides_which_embedder() -> None:
    """OpenAI's model with a key, MiniLM without one."""
    assert open_embedder(Settings.from_env({})).name == "all-MiniLM-L6-v2-int8"
    assert open_embedder(Settings.from_env({"OPENAI_API_KEY": "test"})).name == "text-embedding-3-small"
