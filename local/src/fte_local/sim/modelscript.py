"""Answers that a test writes for the model in advance, and a record of what the model was asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from fte_local.sim.modelanswer import Call, Prompt, Words, answer

KEPT = 200


@dataclass(frozen=True, slots=True)
class Step:
    """One scripted answer: an error status, or these items (none at all is an empty answer)."""

    items: tuple[Call | Words, ...] = ()
    status: int | None = None
    refusal: str | None = None
    incomplete: bool = False


@dataclass(slots=True)
class ModelScript:
    """Scripted steps are used up first; then the model answers for itself."""

    latency_ms: int = 0
    _steps: deque[Step] = field(default_factory=deque)
    asked: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=KEPT))

    def extend(self, steps: Iterable[Step]) -> int:
        """Add answers at the end; returns how many wait."""
        self._steps.extend(steps)
        return len(self._steps)

    def next(self, prompt: Prompt, api: str) -> Step:
        """The answer to `prompt`."""
        tools = [tool.name for tool in prompt.tools]
        self.asked.append({"api": api, "model": prompt.model, "tools": tools, "calls": [c.name for c in prompt.calls]})
        return self._steps.popleft() if self._steps else Step((answer(prompt),))

    def reset(self, latency_ms: int) -> None:
        """Forget the script and the record."""
        self._steps.clear()
        self.asked.clear()
        self.latency_ms = latency_ms
