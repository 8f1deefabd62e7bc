"""One conversation with all that the team needs of it."""

from __future__ import annotations

from typing import Final

from fte.errors import NotFound
from fte.runtime import Request, Response, json_response
from fte.store.pool import fetch_all, fetch_one, transaction
from fte_backoffice.questions import uuid_of
from fte_backoffice.wiring import Resources

_MESSAGES: Final = """
SELECT id, direction, channel, content, delivery_status, received_at AS at
  FROM messages WHERE conversation_id = %s ORDER BY seq
"""

_TICKETS: Final = """
SELECT t.id, t.reference, t.status, t.category, t.priority,
       jsonb_build_object('score', round(t.sentiment_score::numeric, 3), 'label', t.sentiment_label) AS sentiment,
       (SELECT jsonb_build_object('flags', e.flags, 'team', e.team, 'reason', e.reason, 'severity', e.severity)
          FROM escalations AS e WHERE e.ticket_id = t.id ORDER BY e.created_at DESC LIMIT 1) AS escalation,
       (SELECT coalesce(jsonb_agg(a.slug ORDER BY a.finished_at, a.position), '[]')
          FROM (SELECT DISTINCT ON (slug) slug, finished_at, position
                  FROM agent_runs AS r, unnest(r.articles) WITH ORDINALITY AS s (slug, position)
                 WHERE r.ticket_id = t.id ORDER BY slug, finished_at, position) AS a) AS articles,
       (SELECT coalesce(jsonb_agg(c.tool ORDER BY c.position), '[]')
          FROM tool_calls AS c
         WHERE c.accepted AND c.run_id = (SELECT id FROM agent_runs WHERE ticket_id = t.id
                                           ORDER BY finished_at DESC, id LIMIT 1)) AS tools
  FROM tickets AS t WHERE t.conversation_id = %s ORDER BY t.created_at, t.id
"""


async def show(request: Request, resources: Resources) -> Response:
    """`GET /conversations/{id}`: its messages and tickets, oldest first."""
    conversation_id = uuid_of(request.params["id"])
    async with transaction(resources.pool) as connection:
        head = await fetch_one(
            connection, "SELECT id, customer_id, channel, status FROM conversations WHERE id = %s", [conversation_id]
        )
        if head is None:
            raise NotFound
        messages = await fetch_all(connection, _MESSAGES, [conversation_id])
        tickets = await fetch_all(connection, _TICKETS, [conversation_id])
    return json_response(
        200,
        {
            **head,
            "messages": [{**message, "at": message["at"].isoformat()} for message in messages],
            "tickets": tickets,
        },
    )
