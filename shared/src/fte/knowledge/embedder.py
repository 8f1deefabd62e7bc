"""Texts to vectors: all-MiniLM-L6-v2 in this process, or OpenAI's text-embedding-3-small.

Both give vectors of length one and of the table's width. MiniLM's 384 numbers are padded with zeros, which leaves
cosines unchanged; its model file is made by `shared/scripts/make_embedder.py`.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from fte.errors import Unavailable
from fte.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from openai import AsyncOpenAI
    from tokenizers import Encoding, Tokenizer

Vector = tuple[float, ...]

WIDTH = 1536
LEADING = 384
"""The first numbers of a vector, which are looked through first: all of MiniLM's. OpenAI's model puts what matters most
at the beginning, so that its vectors can be cut short."""
_MODEL_FOLDER = Path(__file__).parent / "minilm"
# What the model was trained with. On our development tickets 256 finds the same articles in twice the time.
_MAX_TOKENS = 128
_BATCH = 4
_OPENAI_BATCH = 256


class Embedder(Protocol):
    """Turns texts into vectors. `name` is stored with each row: vectors of different names are never compared."""

    @property
    def name(self) -> str: ...

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        """A vector for each text, in order. Raises `Unavailable` when the model cannot be reached now."""
        ...


class MiniLmEmbedder:
    """all-MiniLM-L6-v2, int8, on the CPU. The first text loads the model; each call then uses one thread."""

    name = "all-MiniLM-L6-v2-int8"

    def __init__(self, folder: Path = _MODEL_FOLDER) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._loaded: tuple[InferenceSession, Tokenizer] | None = None

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        # Texts of like length together: a batch is padded to its longest text.
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        batches = [order[start : start + _BATCH] for start in range(0, len(order), _BATCH)]
        encoded = await asyncio.gather(
            *(asyncio.to_thread(self.encode, [texts[at] for at in batch]) for batch in batches)
        )
        padding = (0.0,) * (WIDTH - LEADING)
        vectors: list[Vector] = [()] * len(texts)
        for batch, rows in zip(batches, encoded, strict=True):
            for at, row in zip(batch, rows.tolist(), strict=True):
                vectors[at] = (*row, *padding)
        return vectors

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The texts' 384 numbers each, one row per text, as one batch in the calling thread."""
        import numpy as np

        session, tokenizer = self.load()
        encodings: list[Encoding] = [tokenizer.encode(text) for text in texts]
        length = max(len(encoding.ids) for encoding in encodings)
        ids = np.zeros((len(texts), length), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        hidden: Any = session.run(["last_hidden_state"], feed)[0]
        pooled = (hidden * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        rows: NDArray[np.float32] = (pooled / np.linalg.norm(pooled, axis=1, keepdims=True)).astype(np.float32)
        return rows

    def load(self) -> tuple[InferenceSession, Tokenizer]:
        """The session and the tokenizer, loaded by whoever asks first."""
        with self._lock:
            if self._loaded is None:
                # Imported here: a command that finds nothing to embed must not pay for these libraries.
                import onnxruntime
                from tokenizers import Tokenizer

                options = onnxruntime.SessionOptions()
                options.intra_op_num_threads = 1
                options.inter_op_num_threads = 1
                options.enable_mem_pattern = False  # patterns are kept per shape, and every text has another
                options.log_severity_level = 3
                session = onnxruntime.InferenceSession(
                    str(self._folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
                )
                tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
                tokenizer.no_padding()
                tokenizer.enable_truncation(max_length=_MAX_TOKENS)
                self._loaded = session, tokenizer
            return self._loaded


class OpenAIEmbedder:
    """text-embedding-3-small. `timeout` is for one request, in seconds."""

    name = "text-embedding-3-small"

    def __init__(self, client: AsyncOpenAI, *, timeout: float = 1.0, max_retries: int = 0) -> None:
        self._client = client.with_options(timeout=timeout, max_retries=max_retries)

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        import openai

        vectors: list[Vector] = []
        for start in range(0, len(texts), _OPENAI_BATCH):
            # The API refuses empty texts.
            batch = [text if text.strip() else "-" for text in texts[start : start + _OPENAI_BATCH]]
            try:
                answer = await self._client.embeddings.create(
                    model=self.name, input=batch, dimensions=WIDTH, encoding_format="float"
                )
            except (openai.APIConnectionError, openai.RateLimitError, openai.InternalServerError) as error:
                raise Unavailable("the embedding model cannot be reached") from error
            vectors += [tuple(item.embedding) for item in sorted(answer.data, key=lambda item: item.index)]
        return vectors


def open_embedder(settings: Settings, *, timeout: float = 1.0, max_retries: int = 0) -> Embedder:
    """OpenAI's model with a key, MiniLM without one. Nothing is loaded or called yet."""
    if settings.openai_api_key is None:
        return MiniLmEmbedder()
    from openai import AsyncOpenAI

    client = AsyncOpenAI(api_key=settings.openai_api_key.get_secret_value(), base_url=settings.openai_base_url)
    return OpenAIEmbedder(client, timeout=timeout, max_retries=max_retries)
