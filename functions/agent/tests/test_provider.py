"""How the model's provider stands, as `/health` shows it."""

from __future__ import annotations

import time

import pytest

from fte_agent.provider import FORGET_SECONDS, Provider


def test_without_calls_nothing_fails() -> None:
    assert Provider().well


def test_the_last_call_counts() -> None:
    provider = Provider()
    provider.failed()
    assert not provider.well
    provider.answered()
    assert provider.well


def test_a_failure_of_long_ago_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    provider = Provider()
    provider.failed()
    later = time.monotonic() + FORGET_SECONDS + 1
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert provider.well
