"""What the trained classifiers say of a message: category, mood and flags, each with a probability.

They are logistic regressions; their weights are small files beside this module, made by `eval/triage/train.py`, which
also writes what they were trained on and how good they are (`weights/model.json`).
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fte.knowledge.embedder import Embedder, MiniLmEmbedder
from fte_agent.triage.features import WIDTH, Features, features
from fte_agent.triage.reading import Reading

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FOLDER: Final = Path(__file__).parent / "weights"

CATEGORIES: Final = (
    "how_to", "technical_issue", "account_access", "billing", "integration", "feature_request", "feedback", "sales",
    "legal", "security",
)  # fmt: skip
MOODS: Final = ("negative", "neutral", "positive")
FLAGS: Final = (
    "SECURITY_ESCALATION", "P1_CRITICAL", "LEGAL_ESCALATION", "REFUND_REQUEST", "SALES_ESCALATION", "HUMAN_REQUESTED",
    "REPEAT_CONTACT", "SENTIMENT_ESCALATION",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a flag's score decides: from `alone` on without any phrase, under `veto` against a phrase."""

    alone: float
    veto: float


@dataclass(frozen=True, slots=True)
class Scores:
    """Probabilities of one message."""

    category: Mapping[str, float]
    mood: Mapping[str, float]
    flags: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """One row per class, its last number the bias."""

    category: NDArray[np.float32]
    mood: NDArray[np.float32]
    flags: NDArray[np.float32]
    thresholds: Mapping[str, Thresholds]

    def judge(self, seen: Features) -> Scores:
        """The scores of a message."""
        categories = _softmax(_linear(self.category, seen.whole[None, :])[0])
        moods = _softmax(_linear(self.mood, seen.whole[None, :])[0])
        flags = flag_probabilities(self.flags, seen.rows)
        return Scores(
            dict(zip(CATEGORIES, categories.tolist(), strict=True)),
            dict(zip(MOODS, moods.tolist(), strict=True)),
            dict(zip(FLAGS, flags.tolist(), strict=True)),
        )


def flag_probabilities(weights: NDArray[np.float32], rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each flag's probability: half by the whole message, half by the sentence that speaks most for it."""
    values = _linear(weights, rows)
    strongest = values[1:].max(axis=0) if len(rows) > 1 else values[0]
    result: NDArray[np.float32] = _sigmoid((values[0] + strongest) / 2)
    return result


class Classifiers:
    """The trained classifiers over the local embedder; both are loaded by the first message, or by `warm`."""

    def __init__(self, embedder: MiniLmEmbedder | None = None, folder: Path = FOLDER) -> None:
        self._embedder = embedder or MiniLmEmbedder()
        self._folder = folder
        self._lock = threading.Lock()
        self._weights: Weights | None = None

    def warm(self) -> None:
        """Load everything now."""
        self.scores(Reading("warm up", " . warm up"))

    def scores(self, reading: Reading) -> Scores:
        """What the classifiers say of `reading`."""
        return self.weights().judge(features(self._embedder, reading))

    def weights(self) -> Weights:
        """The weights, loaded once."""
        with self._lock:
            if self._weights is None:
                self._weights = load_weights(self._folder)
            return self._weights


def classifiers_beside(embedder: Embedder) -> Classifiers:
    """Classifiers that share `embedder` when it is the local model; else with one of their own."""
    return Classifiers(embedder if isinstance(embedder, MiniLmEmbedder) else None)


def load_weights(folder: Path) -> Weights:
    """Read the files in `folder`. Raises `ValueError` when they were made for other classes or features."""
    import numpy as np

    about = json.loads((folder / "model.json").read_text("utf-8"))
    expected = {"categories": list(CATEGORIES), "moods": list(MOODS), "flags": list(FLAGS), "width": WIDTH}
    if {name: about[name] for name in expected} != expected:
        raise ValueError("the triage weights do not fit this code: run eval/triage/train.py")
    with np.load(folder / "model.npz") as arrays:
        loaded = {name: arrays[name].astype(np.float32) for name in ("category", "mood", "flags")}
    thresholds = {flag: Thresholds(**about["thresholds"][flag]) for flag in FLAGS}
    return Weights(loaded["category"], loaded["mood"], loaded["flags"], thresholds)


def _linear(weights: NDArray[np.float32], rows: NDArray[np.float32]) -> NDArray[np.float32]:
    result: NDArray[np.float32] = rows @ weights[:, :-1].T + weights[:, -1]
    return result


def _softmax(values: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    shifted = np.exp(values - values.max())
    result: NDArray[np.float32] = shifted / shifted.sum()
    return result


def _sigmoid(values: NDArray[np.float32]) -> Any:
    import numpy as np

    return 1.0 / (1.0 + np.exp(-np.clip(values, -30, 30)))
