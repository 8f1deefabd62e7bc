"""Encoded words (RFC 2047) and parameters (RFC 2045, 2231) of headers, as programs really write them. Linear."""

from __future__ import annotations

import binascii
from typing import Final

from fte.providers.mail.charsets import decode
from fte.providers.mail.transfer import base64_bytes

_MAX_CHARSET: Final = 60
_MAX_PARAMETERS: Final = 100


def decode_words(text: str) -> str:
    """`text` with its encoded words read; what is none stays as it is."""
    out: list[str] = []
    held: list[tuple[str, bytes]] = []  # words side by side: a character may begin in one and end in the next
    position, end = 0, -1
    while (start := text.find("=?", position)) >= 0:
        first = text.find("?", start + 2, start + 2 + _MAX_CHARSET)
        if first < 0 or text[first + 2 : first + 3] != "?" or text[first + 1] not in "bBqQ":
            _tell(out, held, text[position : start + 2])
            position = start + 2
            continue
        if end < first + 3 and (end := text.find("?=", first + 3)) < 0:
            break
        _tell(out, held, text[position:start])
        held.append((text[start + 2 : first].lower(), _word(text[first + 1], text[first + 3 : end])))
        position = end + 2
    _tell(out, held, text[position:])
    _flush(out, held)
    return "".join(out)


def _tell(out: list[str], held: list[tuple[str, bytes]], between: str) -> None:
    if held and not between.strip():
        # Blanks between two encoded words are not part of the text; whether another follows is not known yet.
        held.append(("", between.encode("utf-8", "replace")))
        return
    _flush(out, held)
    out.append(between)


def _flush(out: list[str], held: list[tuple[str, bytes]]) -> None:
    trailing = held.pop()[1].decode() if held and held[-1][0] == "" else ""
    words = [(charset, data) for charset, data in held if charset]
    index = 0
    while index < len(words):
        charset, pieces = words[index][0], []
        while index < len(words) and words[index][0] == charset:
            pieces.append(words[index][1])
            index += 1
        out.append(decode(b"".join(pieces), charset))
    out.append(trailing)
    held.clear()


def _word(encoding: str, payload: str) -> bytes:
    data = payload.encode("latin-1", "replace")
    if encoding in "bB":
        return base64_bytes(data)
    return binascii.a2b_qp(data.replace(b" ", b"_"), header=True)


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """What stands before the first semicolon of a structured header, in lower case, and its parameters, decoded."""
    pieces = _split(value)
    found: dict[str, str] = {}
    extended: dict[str, dict[int, tuple[str, bool]]] = {}
    for piece in pieces[1 : _MAX_PARAMETERS + 1]:
        name, equals, text = piece.partition("=")
        if not equals:
            continue
        name, text = name.strip().lower(), _unquoted(text.strip())
        base, star, rest = name.partition("*")
        if not star:
            found.setdefault(name, decode_words(text))
            continue
        number = rest.rstrip("*")
        if not number or (number.isdecimal() and len(number) < 4):
            extended.setdefault(base, {}).setdefault(int(number or 0), (text, rest.endswith("*") or not number))
    found |= {name: _joined(sections) for name, sections in extended.items()}
    return pieces[0].strip().lower(), found


def _joined(sections: dict[int, tuple[str, bool]]) -> str:
    charset, data = "", b""
    for position, number in enumerate(sorted(sections)):
        text, percent = sections[number]
        if percent and position == 0 and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        data += _percent(text) if percent else text.encode("utf-8", "replace")
    return decode(data, charset or "utf-8")


def _percent(text: str) -> bytes:
    first, *rest = text.encode("utf-8", "replace").split(b"%")
    out = [first]
    for piece in rest:
        try:
            out.append(bytes([int(piece[:2], 16)]) + piece[2:])
        except ValueError:
            out.append(b"%" + piece)
    return b"".join(out)


def _split(value: str) -> list[str]:
    """At the semicolons outside quotes."""
    if '"' not in value:
        return value.split(";")
    pieces: list[str] = []
    current: list[str] = []
    quoted = escaped = False
    for character in value:
        if escaped:
            escaped = False
        elif character == "\\" and quoted:
            escaped = True
        elif character == '"':
            quoted = not quoted
        elif character == ";" and not quoted:
            pieces.append("".join(current))
            current = []
            continue
        current.append(character)
    return [*pieces, "".join(current)]


def _unquoted(text: str) -> str:
    if not text.startswith('"'):
        # A comment may follow a token.
        return text.split(" (")[0].strip()
    out, escaped = [], False
    for character in text[1:]:
        if escaped:
            out.append(character)
            escaped = False
        elif character == "\\":
            escaped = True
        elif character == '"':
            break
        else:
            out.append(character)
    return "".join(out)
