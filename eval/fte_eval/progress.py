"""Progress on standard error: one line that changes on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Final, TextIO

EVERY: Final = 100


@dataclass(slots=True)
class Progress:
    """Counts what is done of one stage."""

    stage: str
    total: int
    stream: TextIO = sys.stderr
    done: int = 0

    def __call__(self) -> None:
        self.done += 1
        text = f"{self.stage}: {self.done} of {self.total}"
        if self.stream.isatty():
            self.stream.write(f"\r\x1b[K{text}" + "\n" * (self.done == self.total))
        elif self.done % EVERY == 0 or self.done == self.total:
            self.stream.write(f"{text}\n")
        self.stream.flush()
