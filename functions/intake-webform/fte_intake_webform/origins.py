"""Which pages may hold the form: a browser names the origin of the page that posts, and asks before it crosses over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

_MAY_ASK: Final = {
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "content-type, idempotency-key",
    "access-control-max-age": "600",
}
_MAY_READ: Final = {"access-control-expose-headers": "retry-after"}


@dataclass(frozen=True, slots=True)
class Origins:
    """Our own origin, and those on the list.

    A caller that names no origin is no browser's page: there is nothing that it could borrow, for the form knows no
    sign-in and no cookie. It is heard, and told nothing of other origins.
    """

    known: frozenset[str]

    @classmethod
    def of(cls, public_url: str, listed: str) -> Origins:
        """Our own address, and a list of origins with commas between them."""
        return cls(frozenset(_origin(url.strip()) for url in (public_url, *listed.split(","))) - {""})

    def refuse(self, origin: str | None) -> bool:
        """Whether a page of this origin may not post. `null` is that of a page which hides where it comes from."""
        return origin is not None and origin.lower() not in self.known

    def preflight(self, origin: str | None) -> Mapping[str, str]:
        """What a browser is told that asks whether it may post."""
        return _MAY_ASK if origin is not None and not self.refuse(origin) else {}

    def headers(self, origin: str | None) -> Mapping[str, str]:
        """What lets the page read an answer."""
        if origin is None or self.refuse(origin):
            return {}
        return {"access-control-allow-origin": origin, **_MAY_READ}


def _origin(url: str) -> str:
    try:
        parts = urlsplit(url.lower())
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    usual = port in (None, 80 if parts.scheme == "http" else 443)
    return f"{parts.scheme}://{host}" if usual else f"{parts.scheme}://{host}:{port}"
