"""What holds for all tests, those beside the code too."""

from __future__ import annotations

LONG = 60


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A long value gives a test no name: a failure would fill pages."""
    if isinstance(val, str | bytes) and len(val) > LONG:
        return f"{argname} of {len(val)}"
    return None
