"""Watching source folders for `./dev up --reload`: which of them changed, by the times and sizes of their files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

_NOT_SOURCES = frozenset({"__pycache__", "tests", "node_modules"})

Stamp = dict[str, tuple[int, int]]


def stamp(folder: Path) -> Stamp:
    """Time and size of each file below `folder` that can change what runs.

    Left out are tests, caches and everything hidden: editors' own files, and environments that func makes.
    """
    return dict(_files(str(folder)))


def _files(folder: str) -> Iterator[tuple[str, tuple[int, int]]]:
    try:
        entries = list(os.scandir(folder))
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name.endswith("~") or entry.name in _NOT_SOURCES:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path)
            continue
        try:
            seen = entry.stat()
        except FileNotFoundError:
            # Gone between the two looks, as when an editor puts a new file in the place of the old.
            continue
        yield entry.path, (seen.st_mtime_ns, seen.st_size)


class Watch:
    """Tells of folders that changed, each time once, and only when the writing is over."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._known = {folder: stamp(folder) for folder in folders}
        self._changing: set[Path] = set()

    def settled(self) -> set[Path]:
        """The folders that changed before the last look and not since."""
        now = {folder: stamp(folder) for folder in self._known}
        changing = {folder for folder, files in now.items() if files != self._known[folder]}
        settled = self._changing - changing
        self._known, self._changing = now, changing
        return settled
