"""One conversation with all that the team needs of it."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from fte.domain.identity import whatsapp_identifier
from fte.errors import NotFound
from fte.runtime import Request, Response, json_response
from fte.store.pool import Connection, fetch_all, fetch_one, transaction
from fte_backoffice.questions import uuid_of
from fte_backoffice.wiring import Resources

_MESSAGES: Final = """
SELECT id, direction, channel, coalesce(nullif(content, ''), details ->> 'note', '') AS content, delivery_status,
       coalesce(details -> 'attachments', '[]') AS attachments, received_at AS at
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
                                           ORDER BY finished_at DESC, id LIMIT 1)) AS tools,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('reference', o.reference, 'reason', l.reason)
                                  ORDER BY o.created_at, o.id), '[]')
          FROM ticket_links AS l JOIN tickets AS o
            ON o.id = CASE WHEN l.ticket_id = t.id THEN l.other_id ELSE l.ticket_id END
         WHERE t.id IN (l.ticket_id, l.other_id)) AS links
  FROM tickets AS t WHERE t.conversation_id = %s ORDER BY t.created_at, t.id
"""


# Until when WhatsApp takes an answer in our own words: a day after the last message that came from there. Who wants no
# messages is written down by what they are known by here.
_WHATSAPP: Final = """
SELECT max(received_at) + interval '24 hours' AS open_until,
       (array_agg(sender ORDER BY seq DESC))[1] AS sender
  FROM messages WHERE conversation_id = %s AND channel = 'whatsapp' AND direction = 'inbound' HAVING count(*) > 0
"""

_OPTED_OUT: Final = "SELECT created_at AS since FROM opt_outs WHERE channel = 'whatsapp' AND address = %s"

_NOT_ARRIVED: Final = """
SELECT details ->> 'message_id' AS message_id, details ->> 'code' AS code, details ->> 'next' AS next, at
  FROM audit_log WHERE conversation_id = %s AND action = 'not_arrived' ORDER BY id
"""


async def show(request: Request, resources: Resources) -> Response:
    """`GET /conversations/{id}`: its messages and tickets, oldest first; until when WhatsApp takes our own words; what
    did not arrive, and what happened then."""
    conversation_id = uuid_of(request.params["id"])
    async with transaction(resources.pool) as connection:
        head = await fetch_one(
            connection, "SELECT id, customer_id, channel, status FROM conversations WHERE id = %s", [conversation_id]
        )
        if head is None:
            raise NotFound
        messages = await fetch_all(connection, _MESSAGES, [conversation_id])
        tickets = await fetch_all(connection, _TICKETS, [conversation_id])
        not_arrived = await fetch_all(connection, _NOT_ARRIVED, [conversation_id])
        whatsapp = await _whatsapp(connection, conversation_id)
    return json_response(
        200,
        {
            **head,
            "messages": [{**message, "at": message["at"].isoformat()} for message in messages],
            "tickets": tickets,
            "whatsapp": whatsapp,
            "not_arrived": [{**lost, "at": lost["at"].isoformat()} for lost in not_arrived],
        },
    )


async def _whatsapp(connection: Connection, conversation_id: UUID) -> dict[str, Any] | None:
    """What WhatsApp lets us do here: None where nobody wrote from there."""
    row = await fetch_one(connection, _WHATSAPP, [conversation_id])
    if row is None:
        return None
    address = whatsapp_identifier(row["sender"] or "", "conversation").value
    opted_out = await fetch_one(connection, _OPTED_OUT, [address])
    return {"open_until": row["open_until"].isoformat(), "opted_out": opted_out is not None}
