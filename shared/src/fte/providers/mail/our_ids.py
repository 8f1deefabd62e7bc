"""The Message-IDs of our own mails: the reply's id, the part, and a token that proves that we wrote them.

A customer's program sends them back in In-Reply-To and References, a mail server in its reports. Whoever makes one up
does not get into anybody's thread by it. They are short, because some programs break the lines of long ones.
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Iterable
from typing import Final
from uuid import UUID

_OURS: Final = re.compile(r"<?([a-z2-7]{26})\.(\d{1,2})\.([a-z2-7]{13})@[^<>\s]{1,253}>?")


def key_from(secret: str) -> bytes:
    """The key of the tokens, made from a secret that everybody has who sends or reads mail."""
    return hmac.digest(secret.encode(), b"techcorp fte message-id", "sha256")


def message_id(key: bytes, reply_id: UUID, part: int, domain: str) -> str:
    """The Message-ID of a part of a reply: the same for every attempt."""
    name = _text(reply_id.bytes)
    return f"<{name}.{part}.{_token(key, name, str(part))}@{domain}>"


def replies_named(key: bytes, ids: Iterable[str]) -> tuple[UUID, ...]:
    """The replies of ours that these ids name with a good token, each once, in order. None without a key."""
    found: dict[UUID, None] = {}
    for text in ids if key else ():
        match = _OURS.fullmatch(text.strip())
        if match and hmac.compare_digest(match.group(3), _token(key, match.group(1), match.group(2))):
            found.setdefault(_reply(match.group(1)))
    return tuple(found)


def _token(key: bytes, name: str, part: str) -> str:
    return _text(hmac.digest(key, f"{name}.{part}".encode(), "sha256")[:8])


def _text(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=").lower()


def _reply(name: str) -> UUID:
    # What has a good token was made by `message_id`.
    return UUID(bytes=base64.b32decode(name.upper() + "======"))
