"""Faults that a test asks for: which one hits which call. Pure; `faultgate` applies them to HTTP."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Provider = Literal["gmail", "twilio", "openai"]
Kind = Literal["status", "latency", "drop", "accept_then_drop"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. Without `count` it lasts until it is cleared; `match` is a part of the path or of the body."""

    provider: Provider
    kind: Kind
    status: int = 500
    latency_ms: int = 0
    count: int | None = None
    match: str = ""
    code: int | None = None
    retry_after: int | None = None


@dataclass(slots=True)
class FaultBoard:
    """The faults that wait for calls, oldest first."""

    _waiting: list[tuple[Fault, int | None]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, fault: Fault) -> None:
        """Let `fault` hit the next calls that match it."""
        self._waiting.append((fault, fault.count))

    def clear(self) -> None:
        """Forget every fault."""
        self._waiting.clear()

    def take(self, provider: Provider, call: str, *, quiet: bool = False) -> tuple[Fault, ...]:
        """The faults that hit this call: all matching delays and the first that ends it; each one hit counts down.

        `quiet` marks calls that only a fault with a `match` may hit (fetching a token or a key is not what "the next
        call to Gmail" means).
        """
        hit: list[Fault] = []
        left: list[tuple[Fault, int | None]] = []
        ended = False
        for fault, remaining in self._waiting:
            ends = fault.kind != "latency"
            matches = fault.provider == provider and fault.match in call and not (quiet and not fault.match)
            if not matches or (ends and ended):
                left.append((fault, remaining))
                continue
            hit.append(fault)
            ended = ended or ends
            if remaining is None:
                left.append((fault, None))
            elif remaining > 1:
                left.append((fault, remaining - 1))
        self._waiting = left
        return tuple(hit)
