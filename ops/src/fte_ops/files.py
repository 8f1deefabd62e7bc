"""What an operator hands over: a file, or standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from fte.errors import Unprocessable


def read_input(path: str) -> bytes:
    """The bytes of a file, or of standard input for `-`. Raises `Unprocessable`, which says what is wrong."""
    if path == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except FileNotFoundError as error:
        raise Unprocessable(f"there is no file {path}") from error
    except OSError as error:
        raise Unprocessable(f"{path} cannot be read: {error.strerror}") from error
