"""What the classifiers see of a message: its meaning as a whole and sentence by sentence, and its words.

The meaning is MiniLM's, always this process's own, whatever embeds the knowledge base. One pass of the model over the
text gives the vectors of the whole and of each sentence, as means over their tokens.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from fte.knowledge.embedder import MiniLmEmbedder
from fte_agent.triage.reading import Reading, normal_form
from fte_agent.triage.signs import SIGNS, signs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MEANING: Final = 384
BUCKETS: Final = 2_048
WIDTH: Final = MEANING + len(SIGNS) + BUCKETS

HEAD_WORDS: Final = 50
TAIL_WORDS: Final = 16
"""Words of a long message that the model reads; its time grows with them."""

_UNITS: Final = 6
_SENTENCE: Final = re.compile(r"[^.!?\n]*[^.!?\s][^.!?\n]*[.!?]*")


@dataclass(frozen=True, slots=True)
class Features:
    """One row for the whole message and one for each of its sentences, the whole first."""

    rows: NDArray[np.float32]

    @property
    def whole(self) -> NDArray[np.float32]:
        row: NDArray[np.float32] = self.rows[0]
        return row


def features(embedder: MiniLmEmbedder, reading: Reading) -> Features:
    """The features of a message, computed in the calling thread."""
    import numpy as np

    text = excerpt(reading.text)
    states, offsets = token_states(embedder, text)
    sentences = [found for found in _SENTENCE.finditer(text) if len(found.group().split()) > 1][:_UNITS]
    if len(sentences) < 2:
        sentences = []
    rows = np.zeros((1 + len(sentences), WIDTH), dtype=np.float32)
    rows[0] = _row(states, reading.text, reading.line)
    for at, found in enumerate(sentences, start=1):
        inside = [index for index, (start, end) in enumerate(offsets) if found.start() <= start < end <= found.end()]
        rows[at] = _row(states[inside] if inside else states, found.group(), normal_form(found.group()))
    return Features(rows)


def excerpt(text: str) -> str:
    """The beginning and the end of `text`, line breaks kept."""
    words = re.findall(r"\S{1,40}\s{0,2}", text)
    if len(words) > HEAD_WORDS + TAIL_WORDS:
        words = [*words[:HEAD_WORDS], ".\n", *words[-TAIL_WORDS:]]
    return "".join(words)


def token_states(embedder: MiniLmEmbedder, text: str) -> tuple[NDArray[np.float32], Sequence[tuple[int, int]]]:
    """The model's output for each token of `text`, and where in `text` the token stands."""
    import numpy as np

    session, tokenizer = embedder.load()
    encoding = tokenizer.encode(text or "-")
    ids = np.array([encoding.ids], dtype=np.int64)
    feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    hidden: Any = session.run(["last_hidden_state"], feed)[0]
    return hidden[0], encoding.offsets


def _row(states: NDArray[np.float32], text: str, line: str) -> NDArray[np.float32]:
    import numpy as np

    row = np.zeros(WIDTH, dtype=np.float32)
    mean = states.mean(axis=0)
    row[:MEANING] = mean / (np.linalg.norm(mean) or 1.0)
    row[MEANING : MEANING + len(SIGNS)] = signs(text, line)
    words = [word for word in line.split() if word not in {".", ","}]
    grams = {*words, *(f"{first} {second}" for first, second in pairwise(words))}
    for gram in grams:
        row[MEANING + len(SIGNS) + zlib.crc32(gram.encode()) % BUCKETS] += 1.0
    row[MEANING + len(SIGNS) :] /= np.linalg.norm(row[MEANING + len(SIGNS) :]) or 1.0
    return row
