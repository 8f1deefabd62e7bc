"""Transfer encodings undone, in pieces: a mail of 40 MB must not be held in memory several times. Never raises."""

from __future__ import annotations

import binascii
from collections.abc import Iterator
from typing import Final

_PIECE: Final = 1 << 20
_ALPHABET: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_BASE64: Final = _ALPHABET + b"="
_NOT_BASE64: Final = bytes(byte for byte in range(256) if byte not in _ALPHABET)


def base64_bytes(data: bytes) -> bytes:
    """What base64 stands for, whatever stands between; a broken end is left out."""
    return b"".join(_base64([data]))


def is_text_unencoded(data: bytes) -> bool:
    """Whether this cannot be base64: one byte in ten, blanks within a line among them, is none of its letters."""
    lines = [line.strip() for line in data.splitlines()]
    strange = sum(len(line.translate(None, _BASE64)) for line in lines)
    return strange * 10 > sum(map(len, lines)) and any(b" " in line for line in lines)


def decoded(raw: bytes, start: int, end: int, encoding: str) -> Iterator[bytes]:
    """The content between two places of `raw`, in pieces."""
    pieces = (raw[at : min(at + _PIECE, end)] for at in range(start, end, _PIECE))
    match encoding.strip().lower():
        case "base64":
            return _base64(pieces)
        case "quoted-printable":
            return iter([binascii.a2b_qp(raw[start:end])])
        case "x-uuencode" | "uuencode" | "x-uue" | "uue":
            return _uu(raw[start:end])
    return pieces


def _base64(pieces: Iterator[bytes] | list[bytes]) -> Iterator[bytes]:
    rest = b""
    for piece in pieces:
        clean = rest + piece.translate(None, _NOT_BASE64)
        whole = len(clean) // 4 * 4
        yield binascii.a2b_base64(clean[:whole])
        rest = clean[whole:]
    if len(rest) > 1:
        yield binascii.a2b_base64(rest + b"=" * (4 - len(rest)))


def _uu(data: bytes) -> Iterator[bytes]:
    lines = iter(data.splitlines())
    for line in lines:
        if line.startswith(b"begin "):
            break
    for line in lines:
        if line.strip() in (b"end", b"`", b""):
            return
        try:
            yield binascii.a2b_uu(line)
        except binascii.Error:
            # Some writers pad a line with too much; the length that it states tells how much counts.
            yield _padded_uu(line)


def _padded_uu(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line[: 1 + (((line[0] - 32) & 63) * 4 + 5) // 3])
    except binascii.Error:
        return b""
