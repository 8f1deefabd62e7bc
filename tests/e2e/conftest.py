"""What the tests in a real browser share."""

from __future__ import annotations

from fte_tests.browser import driver_address, fresh_browser

__all__ = ["driver_address", "fresh_browser"]
