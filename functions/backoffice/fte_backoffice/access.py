"""Who may ask: whoever carries the internal token."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable

from fte.errors import Unauthenticated
from fte.runtime import Request, Response
from fte_backoffice.wiring import Resources

Answer = Callable[[Request, Resources], Awaitable[Response]]


def internal(answer: Answer) -> Answer:
    """`answer`, for callers with the token; `Unauthenticated` for all others, whatever they ask."""

    async def guarded(request: Request, resources: Resources) -> Response:
        if not carries(request.headers.get("authorization", ""), resources.token):
            raise Unauthenticated
        return await answer(request, resources)

    return guarded


def carries(authorization: str, token: str) -> bool:
    """Whether this `Authorization` header is a bearer of the token; compared in constant time."""
    scheme, _, given = authorization.partition(" ")
    return scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode())
