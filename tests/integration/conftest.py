"""Fixtures of the mailbox's tests. A test file that has fixtures of these names of its own uses its own."""

from __future__ import annotations

from fte_tests.mailroom import contents, desk, impatient, simulators, stage, starting

__all__ = ["contents", "desk", "impatient", "simulators", "stage", "starting"]
