"""What was handed over, and what the agent did lately."""

from __future__ import annotations

from typing import Any, Final

from fte.errors import Unprocessable
from fte.runtime import Request, Response, json_response
from fte.store.pool import fetch_all, transaction
from fte_backoffice.questions import limit_of, text_of
from fte_backoffice.wiring import Resources

MOST: Final = 200
QUESTION_LENGTH: Final = 500

_ESCALATIONS: Final = """
SELECT e.id, t.reference, e.ticket_id, e.conversation_id, t.channel, e.flag, e.flags, e.team, e.teams, e.severity,
       e.reason, e.summary, e.status, e.due_at, e.acknowledged_at, e.created_at
  FROM escalations AS e JOIN tickets AS t ON t.id = e.ticket_id
 WHERE (%(status)s = '' OR e.status = %(status)s) AND (%(team)s = '' OR %(team)s = ANY(e.team || e.teams))
 ORDER BY e.due_at, e.created_at LIMIT %(limit)s
"""

_ACTIVITY: Final = """
SELECT r.finished_at AS at, coalesce(said.channel, c.channel) AS channel, t.reference,
       left(said.question, %(length)s) AS question, r.outcome, e.team, coalesce(e.flags, '{}') AS flags, r.articles,
       ARRAY(SELECT tool FROM tool_calls WHERE run_id = r.id AND accepted ORDER BY position) AS tools,
       round(extract(epoch FROM r.finished_at - r.started_at) * 1000, 1)::double precision AS ms
  FROM agent_runs AS r
  JOIN conversations AS c ON c.id = r.conversation_id
  LEFT JOIN tickets AS t ON t.id = r.ticket_id
  LEFT JOIN LATERAL (
        SELECT string_agg(m.content, E'\\n' ORDER BY m.seq) AS question,
               (array_agg(m.channel ORDER BY m.seq DESC))[1] AS channel
          FROM messages AS m WHERE m.id = ANY(r.message_ids)) AS said ON true
  LEFT JOIN LATERAL (
        SELECT team, flags FROM escalations
         WHERE ticket_id = r.ticket_id AND r.outcome = 'escalated'
           AND created_at <= r.finished_at + interval '5 seconds'
         ORDER BY created_at DESC LIMIT 1) AS e ON true
 ORDER BY r.finished_at DESC, r.id LIMIT %(limit)s
"""


async def escalations(request: Request, resources: Resources) -> Response:
    """`GET /escalations?status=open&team=`: the one that is due first comes first. `status=` alone means all."""
    status = text_of(request, "status", "open")
    if status not in ("", "open", "resolved"):
        raise Unprocessable("bad status", fields={"status": "must be open or resolved"})
    parameters = {"status": status, "team": text_of(request, "team"), "limit": limit_of(request, MOST, MOST)}
    return await _items(resources, _ESCALATIONS, parameters)


async def activity(request: Request, resources: Resources) -> Response:
    """`GET /activity?limit=20`: the agent's runs, newest first; `ms` is how long the run took."""
    return await _items(resources, _ACTIVITY, {"limit": limit_of(request, 20, MOST), "length": QUESTION_LENGTH})


async def _items(resources: Resources, query: str, parameters: dict[str, Any]) -> Response:
    async with transaction(resources.pool) as connection:
        rows = await fetch_all(connection, query, parameters)
    items = [
        {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
        for row in rows
    ]
    return json_response(200, {"items": items})
