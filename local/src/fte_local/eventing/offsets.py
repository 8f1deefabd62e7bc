"""How far a partition may be committed while its events finish in any order."""

from __future__ import annotations


class PartitionOffsets:
    """The offsets of one partition that are under way, for as long as the partition is ours.

    What is committed never passes an event that has not finished, so a crash repeats events but loses none.
    """

    def __init__(self) -> None:
        self._unfinished: set[int] = set()
        self._first = -1
        self._next = -1
        self._committed = -1

    @property
    def outstanding(self) -> int:
        """Events that were started and have not finished."""
        return len(self._unfinished)

    @property
    def reached(self) -> int:
        """The next offset to read after a restart, or -1 before anything was read."""
        return min(self._unfinished, default=self._next)

    def known(self, offset: int) -> bool:
        """Whether this event was read before: a rebalance takes the reader back to what was committed."""
        return self._first <= offset < self._next

    def started(self, offset: int) -> None:
        """An event was read. Offsets grow, with gaps where the log has none."""
        if self._first < 0:
            self._first = offset
        self._unfinished.add(offset)
        self._next = max(self._next, offset + 1)

    def finished(self, offset: int) -> None:
        """An event needs no more work: delivered, on the dead letter topic, or dropped."""
        self._unfinished.discard(offset)

    def due(self) -> int | None:
        """The offset to commit, or None if that is committed already."""
        reached = self.reached
        return reached if reached > self._committed else None

    def committed(self, offset: int) -> None:
        """A commit of `offset` succeeded."""
        self._committed = max(self._committed, offset)
