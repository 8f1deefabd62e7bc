"""Pools for tests."""

from __future__ import annotations

from typing import Final

from fte.store.pool import Pool, open_pool

PATIENCE: Final = 30.0


async def patient_pool(database_url: str) -> Pool:
    """A pool that waits for a connection as long as a busy machine may take: no customer waits for a test."""
    pool = await open_pool(database_url)
    pool.timeout = PATIENCE
    return pool
