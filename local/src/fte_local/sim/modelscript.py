"""Answers that a test writes for the model in advance, and a record of what the model was asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from fte_local.sim.modelanswer import Call, Prompt, Words, answer, filled

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
    _cached: set[str] = field(default_factory=set)
    asked: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=KEPT))

    def extend(self, steps: Iterable[Step]) -> int:
        """Add answers at the end; returns how many wait."""
        self._steps.extend(steps)
        return len(self._steps)

    def next(self, prompt: Prompt, api: str) -> Step:
        """The answer to `prompt`. `$name` in a scripted call stands for what earlier calls carried under that name."""
        tools = [tool.name for tool in prompt.tools]
        calls = [call.name for call in prompt.calls]
        self.asked.append(
            {"api": api, "model": prompt.model, "tools": tools, "calls": calls, "options": prompt.options}
        )
        if not self._steps:
            return Step((answer(prompt),))
        step = self._steps.popleft()
        return replace(step, items=tuple(filled(item, prompt) for item in step.items))

    def cached(self, key: str | None) -> bool:
        """Whether a prompt under this cache key came before; from now on one did."""
        if key is None:
            return False
        known = key in self._cached
        self._cached.add(key)
        return known

    def reset(self, latency_ms: int) -> None:
        """Forget the script and the record."""
        self._steps.clear()
        self._cached.clear()
        self.asked.clear()
        self.latency_ms = latency_ms
