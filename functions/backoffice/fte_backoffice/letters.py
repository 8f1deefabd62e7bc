"""Dead letters, for tools that show them."""

from __future__ import annotations

from typing import Final

from fte.errors import NotFound, Unprocessable
from fte.runtime import Request, Response, json_response
from fte.store.pool import autocommit, fetch_one
from fte_backoffice.lists import MOST, items, shown
from fte_backoffice.questions import limit_of, moment_of, text_of, uuid_of
from fte_backoffice.wiring import Resources

_LETTERS: Final = """
SELECT id, event_id, type, source, subject, error_code, reason, destination, status, received_at FROM dead_letters
 WHERE (%(status)s = '' OR status = %(status)s)
   AND (%(before)s::timestamptz IS NULL OR received_at < %(before)s)
 ORDER BY received_at DESC, id LIMIT %(limit)s
"""

_LETTER: Final = """
SELECT id, event_id, type, source, subject, error_code, reason, destination, status, received_at, attributes, data
  FROM dead_letters WHERE id = %s
"""


async def dead_letters(request: Request, resources: Resources) -> Response:
    """`GET /dead-letters?status=open&limit=&before=`: newest first, without what they hold. `status=` alone: all."""
    status = text_of(request, "status", "open")
    if status not in ("", "open", "replayed", "discarded"):
        raise Unprocessable("bad status", fields={"status": "must be open, replayed or discarded"})
    parameters = {
        "status": status,
        "before": moment_of(request, "before"),
        "limit": limit_of(request, MOST, MOST),
    }
    return await items(resources, _LETTERS, parameters)


async def dead_letter(request: Request, resources: Resources) -> Response:
    """`GET /dead-letters/{id}`: the event itself, with all its attributes."""
    async with autocommit(resources.pool) as connection:
        row = await fetch_one(connection, _LETTER, [uuid_of(request.params["id"])])
    if row is None:
        raise NotFound
    return json_response(200, shown(row))
