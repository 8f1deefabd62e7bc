"""One whole platform for the tests of this level: `./dev up` in a state of its own, `./dev down` at the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fte_tests.stack import Stack, free_base, up


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The platform of this session."""
    stack = up(tmp_path_factory.mktemp("stack"), free_base())
    yield stack
    done = stack.dev("down")
    assert done.returncode == 0, done.stdout + done.stderr
