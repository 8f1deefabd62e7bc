"""What the agent did lately."""

from __future__ import annotations

from typing import Final

from fte.runtime import Request, Response
from fte_backoffice.lists import MOST, items
from fte_backoffice.questions import limit_of
from fte_backoffice.wiring import Resources

QUESTION_LENGTH: Final = 500

_ACTIVITY: Final = """
SELECT r.finished_at AS at, coalesce(said.channel, c.channel) AS channel, t.reference,
       left(said.question, %(length)s) AS question, r.outcome, e.team, coalesce(e.flags, '{}') AS flags, r.articles,
       ARRAY(SELECT tool FROM tool_calls WHERE run_id = r.id AND accepted ORDER BY position) AS tools,
       round(extract(epoch FROM r.finished_at - r.started_at) * 1000, 1)::double precision AS ms
  FROM agent_runs AS r
  JOIN conversations AS c ON c.id = r.conversation_id
  LEFT JOIN tickets AS t ON t.id = r.ticket_id
  LEFT JOIN LATERAL (
        SELECT string_agg(coalesce(nullif(m.content, ''), m.details ->> 'note', ''), E'\\n' ORDER BY m.seq) AS question,
               (array_agg(m.channel ORDER BY m.seq DESC))[1] AS channel
          FROM messages AS m WHERE m.id = ANY(r.message_ids)) AS said ON true
  LEFT JOIN LATERAL (
        SELECT team, flags FROM escalations
         WHERE ticket_id = r.ticket_id AND r.outcome = 'escalated'
           AND created_at <= r.finished_at + interval '5 seconds'
         ORDER BY created_at DESC LIMIT 1) AS e ON true
 ORDER BY r.finished_at DESC, r.id LIMIT %(limit)s
"""


async def activity(request: Request, resources: Resources) -> Response:
    """`GET /activity?limit=20`: the agent's runs, newest first; `ms` is how long the run took."""
    return await items(resources, _ACTIVITY, {"limit": limit_of(request, 20, MOST), "length": QUESTION_LENGTH})
