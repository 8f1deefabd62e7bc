"""Bytes as text, by the charset that a mail declares as far as that can be true."""

from __future__ import annotations

import codecs
from typing import Final

_NO_TEXT: Final = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})
"""Codecs that are no charset of a mail; the first two take time by the square of the length."""

_WIDER: Final = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932", "big5": "cp950",
    "iso2022_jp": "iso2022_jp_2",
}  # fmt: skip
"""What programs mean that name the narrower one."""

_MANY_BYTES: Final = ("gb", "cp949", "cp932", "cp950", "big5", "euc", "iso2022", "hz", "johab", "shift", "utf")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_JAPANESE: Final = (b"\x1b$B", b"\x1b$@", b"\x1b(J")


def decode(data: bytes, declared: str) -> str:
    """`data` as text; what cannot be read becomes U+FFFD. Never raises; linear.

    UTF-8 under another name is read as UTF-8: other text hardly ever happens to be valid UTF-8 beyond ASCII.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    charset = _known(declared)
    if charset and charset.startswith(("utf-16", "utf-32")) and b"\x00" not in data:
        charset = "utf-8"
    for name in _candidates(data, charset):
        try:
            return data.decode(name)
        except (ValueError, LookupError):
            continue
    lenient = data.decode("utf-8", "replace")
    broken = lenient.count("\ufffd")
    if broken <= sum(character > "\x7f" for character in lenient) - broken:
        # Mostly good UTF-8, such as a text that was cut within a character.
        return lenient
    return data.decode(charset if charset and charset.startswith(_MANY_BYTES[:-1]) else "cp1252", "replace")


def _candidates(data: bytes, charset: str | None) -> list[str]:
    names = []
    if any(escape in data for escape in _JAPANESE) and not (charset or "").startswith("iso2022"):
        names.append("iso2022_jp_2")
    if charset is None or not charset.startswith(_MANY_BYTES):
        names.append("utf-8")
    names += [charset] if charset else []
    return [*names, "utf-8"]


def _known(declared: str) -> str | None:
    name = declared.partition("*")[0].strip(" \t\"'").lower()
    if not name or len(name) > 40 or not name.isascii():
        return None
    try:
        found = codecs.lookup(name)
        if found.name in _NO_TEXT:
            return None
        "".encode(found.name)  # says whether it makes text at all; `zlib` and the like do not
    except (LookupError, ValueError):
        return None
    return _WIDER.get(found.name, found.name)
