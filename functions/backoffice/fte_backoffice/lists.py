"""How a list is answered: `{"items": […]}`, as long as the caller wants it."""

from __future__ import annotations

from typing import Any, Final

from fte.runtime import Response, json_response
from fte.store.pool import autocommit, fetch_all
from fte_backoffice.wiring import Resources

MOST: Final = 200


async def items(resources: Resources, query: str, parameters: dict[str, Any]) -> Response:
    """The rows of `query`, with times in ISO 8601."""
    async with autocommit(resources.pool) as connection:
        rows = await fetch_all(connection, query, parameters)
    return json_response(200, {"items": [shown(row) for row in rows]})


def shown(row: dict[str, Any]) -> dict[str, Any]:
    """A row as JSON holds it."""
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
