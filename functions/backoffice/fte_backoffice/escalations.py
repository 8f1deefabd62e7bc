"""What was handed over to people."""

from __future__ import annotations

from typing import Final

from fte.errors import Unprocessable
from fte.runtime import Request, Response
from fte_backoffice.lists import MOST, items
from fte_backoffice.questions import limit_of, moment_of, text_of
from fte_backoffice.wiring import Resources

_ESCALATIONS: Final = """
SELECT e.id, t.reference, e.ticket_id, e.conversation_id, t.channel, e.flag, e.flags, e.team, e.teams, e.severity,
       e.reason, e.summary, e.status, e.due_at, e.acknowledged_at, e.created_at
  FROM escalations AS e JOIN tickets AS t ON t.id = e.ticket_id
 WHERE (%(status)s = '' OR e.status = %(status)s) AND (%(team)s = '' OR %(team)s = ANY(e.team || e.teams))
   AND (%(before)s::timestamptz IS NULL OR e.created_at < %(before)s)
 ORDER BY e.created_at DESC, e.id LIMIT %(limit)s
"""


async def escalations(request: Request, resources: Resources) -> Response:
    """`GET /escalations?status=open&team=&limit=&before=`: newest first; `before` (the `created_at` of the last item)
    gives the next page. `status=` alone means all.
    """
    status = text_of(request, "status", "open")
    if status not in ("", "open", "resolved"):
        raise Unprocessable("bad status", fields={"status": "must be open or resolved"})
    parameters = {
        "status": status,
        "team": text_of(request, "team"),
        "before": moment_of(request, "before"),
        "limit": limit_of(request, MOST, MOST),
    }
    return await items(resources, _ESCALATIONS, parameters)
