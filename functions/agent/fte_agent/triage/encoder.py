"""What the trained encoder says of a message: category, mood and flags, each with a probability.

It is a small transformer, four layers of all-MiniLM-L6-v2 trained further on labelled messages, with one head for each
of the three. Its files lie in `weights`, made by `eval/triage/train.py`, which also writes what they were trained on
and how good they are (`weights/encoder.json`).
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import fte.knowledge
from fte_agent.glossary import gloss
from fte_agent.triage.reading import Reading
from fte_agent.triage.scores import CATEGORIES, FLAGS, MOODS, Scores, Thresholds

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

TOKENS: Final = 72
TAIL: Final = 24
"""Tokens of a message that are read, and how many of them are its last when it has more."""

FOLDER: Final = Path(__file__).parent / "weights"
TOKENIZER: Final = Path(fte.knowledge.__file__).parent / "minilm" / "tokenizer.json"

_OUTPUTS: Final = (CATEGORIES, MOODS, FLAGS)

# The tokenizer knows no emoji: all would be the same unknown word.
_GLAD: Final = re.compile(
    "[\U0001f600-\U0001f60d\U0001f618-\U0001f61c\U0001f642\U0001f643\U0001f389\U0001f44c\U0001f44d\U0001f44f"
    "\U0001f49a-\U0001f49c\U0001f525\U0001f64c\U0001f64f\U0001f680\U0001f929\U0001f970\u2764\u2b50\u263a]"
)
_SAD: Final = re.compile(
    "[\U0001f612-\U0001f616\U0001f61e-\U0001f62d\U0001f62f-\U0001f633\U0001f620\U0001f621\U0001f624\U0001f641"
    "\U0001f644\U0001f44e\U0001f494\U0001f4a9\U0001f595\U0001f92c\U0001f926]"
)


@dataclass(frozen=True, slots=True)
class _Loaded:
    session: InferenceSession
    tokenizer: Tokenizer
    thresholds: Mapping[str, Thresholds]


class Encoder:
    """The trained encoder; its files are loaded by the first message, or by `warm`. Each call uses one thread."""

    def __init__(self, folder: Path = FOLDER, tokenizer: Path = TOKENIZER) -> None:
        self._folder = folder
        self._tokenizer = tokenizer
        self._lock = threading.Lock()
        self._once: _Loaded | None = None

    def warm(self) -> None:
        """Load everything now."""
        self.scores(Reading("warm up", " . warm up"))

    @property
    def thresholds(self) -> Mapping[str, Thresholds]:
        """When each flag's score decides."""
        return self._load().thresholds

    def scores(self, reading: Reading) -> Scores:
        """What the encoder says of `reading`."""
        loaded = self._load()
        return scores_by(loaded.session, loaded.tokenizer, reading)

    def _load(self) -> _Loaded:
        with self._lock:
            if self._once is None:
                self._once = _Loaded(
                    open_session(self._folder / "encoder.onnx"),
                    open_tokenizer(self._tokenizer),
                    load_thresholds(self._folder),
                )
            return self._once


def scores_by(session: InferenceSession, tokenizer: Tokenizer, reading: Reading) -> Scores:
    """What the model of `session` says of `reading`."""
    import numpy as np

    ids = np.array([token_ids(tokenizer, in_english(reading))], dtype=np.int64)
    found: Any = session.run(["category", "mood", "flags"], {"input_ids": ids})
    category, mood, flags = (
        dict(zip(names, row[0].tolist(), strict=True)) for names, row in zip(_OUTPUTS, found, strict=True)
    )
    return Scores(category, mood, flags)


def in_english(reading: Reading) -> str:
    """The message as the encoder reads it: its words are English ones."""
    return gloss(reading.text, reading.language)


def open_tokenizer(path: Path = TOKENIZER) -> Tokenizer:
    """The tokenizer without limits: `token_ids` sets them."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def token_ids(tokenizer: Tokenizer, text: str) -> Sequence[int]:
    """The numbers of the words in `text`, at most `TOKENS`: of a longer text the beginning and the end."""
    ids: list[int] = tokenizer.encode(_SAD.sub(" :( ", _GLAD.sub(" :) ", text)) or "-").ids
    return [*ids[: TOKENS - TAIL], *ids[-TAIL:]] if len(ids) > TOKENS else ids


def load_thresholds(folder: Path) -> Mapping[str, Thresholds]:
    """Read the file beside the model. Raises `ValueError` when the model was made for other classes."""
    about = json.loads((folder / "encoder.json").read_text("utf-8"))
    expected = {"categories": list(CATEGORIES), "moods": list(MOODS), "flags": list(FLAGS)}
    if {name: about[name] for name in expected} != expected:
        raise ValueError("the triage encoder does not fit this code: run eval/triage/train.py")
    return {flag: Thresholds(**about["thresholds"][flag]) for flag in FLAGS}


def open_session(model: Path) -> InferenceSession:
    """The model in a file, on one thread."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # patterns are kept per shape, and every text has another
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
