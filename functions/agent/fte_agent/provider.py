"""How the model's provider stands, as far as its last call tells."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

FORGET_SECONDS: Final = 300.0
"""After this long without a call nobody knows any more that the provider fails."""


@dataclass(slots=True)
class Provider:
    """Whether the last call failed, and when. Without calls, as offline, nothing does."""

    failed_at: float | None = None

    def answered(self) -> None:
        """The provider has answered."""
        self.failed_at = None

    def failed(self) -> None:
        """It was late, could not be reached, or refused."""
        self.failed_at = time.monotonic()

    @property
    def well(self) -> bool:
        """Whether there was no call within the last minutes, or the last one did not fail."""
        return self.failed_at is None or time.monotonic() - self.failed_at > FORGET_SECONDS
