"""Who is behind an address or a number."""

from __future__ import annotations

import re
from email.utils import parseaddr
from typing import Any, Final

from fte.domain.identity import normal_email, normal_phone, whatsapp_identifier
from fte.errors import NotFound, Unprocessable
from fte.runtime import Request, Response, json_response
from fte.store.pool import Connection, fetch_one, transaction
from fte_backoffice.questions import text_of
from fte_backoffice.wiring import Resources

SHOWN: Final = """
SELECT jsonb_build_object('id', u.id, 'name', u.name, 'created_at', u.created_at) AS customer,
       identifiers_of(u.id) AS identifiers,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('channel', o.channel, 'address', o.address, 'source', o.source,
                                                     'since', o.created_at) ORDER BY o.created_at), '[]')
          FROM opt_outs AS o WHERE o.address IN
               (SELECT value FROM customer_identifiers WHERE customer_id = u.id)) AS opt_outs,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'channel', c.channel, 'status', c.status,
                                                     'started_at', c.started_at) ORDER BY c.started_at DESC), '[]')
          FROM conversations AS c WHERE c.customer_id = u.id) AS conversations,
       (SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object(
                   'said_by', l.said_by, 'named', l.named, 'together', l.together, 'level', l.level,
                   'reason', l.reason, 'by', l.actor, 'since', l.created_at, 'ended_at', l.ended_at,
                   'ended_by', l.ended_by, 'ended_why', l.ended_why)), '[]')
          FROM identity_links AS l JOIN customer_identifiers AS i ON i.address IN (l.said_by, l.named)
         WHERE i.customer_id = u.id) AS links,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'kind', h.kind, 'customer', h.customer_id,
                                                     'other', h.other_id, 'addresses', h.addresses,
                                                     'reason', h.reason, 'by', h.actor, 'at', h.at)
                                  ORDER BY h.at), '[]')
          FROM customer_changes AS h WHERE u.id IN (h.customer_id, h.other_id)) AS changes
  FROM customers AS u
"""

_KNOWN: Final = (
    SHOWN
    + """
 WHERE u.id = (SELECT i.customer_id FROM customer_identifiers AS i
                 JOIN (SELECT address_of(t, v) AS address
                         FROM unnest(%s::text[]) AS t, unnest(%s::text[]) AS v) AS asked
                USING (address) ORDER BY i.writes DESC, i.id LIMIT 1)
"""
)

# A number without its country code: whoever's number ends so, if that is one customer.
_ENDING: Final = (
    SHOWN
    + """
 WHERE u.id = (SELECT (array_agg(DISTINCT customer_id))[1] FROM customer_identifiers
                WHERE type = 'phone' AND value LIKE %s HAVING count(DISTINCT customer_id) = 1)
"""
)

_DIGITS: Final = re.compile(r"[\d ()/.\u00a0-]+")
_FEWEST: Final = 7
"""Digits that tell a number without its country code from others."""


async def lookup(request: Request, resources: Resources) -> Response:
    """`GET /customers/lookup?email=|phone=`: the customer, the identifiers with the level of their link, the
    conversations, newest first, where the customer wants no messages, and what joins and divided the addresses."""
    types, values = read(request)
    async with transaction(resources.pool) as connection:
        row = await fetch_one(connection, _KNOWN, [types, values])
        if row is None and "phone" in types:
            row = await _by_ending(connection, text_of(request, "phone"))
    if row is None:
        raise NotFound
    return json_response(200, row)


def read(request: Request) -> tuple[list[str], list[str]]:
    """Which identifiers are asked for. Raises `Unprocessable` unless one of both is given."""
    email, phone = text_of(request, "email").strip(), text_of(request, "phone")
    if bool(email) == bool(phone.strip()):
        raise Unprocessable("one of email and phone", fields={"email": "give either email or phone"})
    if email:
        plain = re.sub(r"^mailto:", "", email, flags=re.IGNORECASE)
        # An unencoded plus arrives as a space, and an address has none.
        written = re.sub(r"(?<=\S) (?=[^\s<>@]*@[^\s<>@]+$)", "+", plain)
        return ["email"], [normal_email(parseaddr(written)[1]) or normal_email(written) or written]
    # An unencoded plus arrives as a space.
    number = ("+" + phone.strip() if phone.startswith(" ") else phone.strip()).removeprefix("whatsapp:").strip()
    international = re.sub(r"^00(?=[1-9])", "+", number)
    spellings = {
        normal_phone(international),
        normal_phone("+" + number) if _DIGITS.fullmatch(number) and not number.startswith("0") else None,
        whatsapp_identifier(international, "lookup").value,
    }
    return ["phone", "whatsapp"], sorted(value for value in spellings if value)


async def _by_ending(connection: Connection, phone: str) -> dict[str, Any] | None:
    if not _DIGITS.fullmatch(phone.strip()):
        return None
    ending = re.sub(r"\D", "", phone).lstrip("0")
    return await fetch_one(connection, _ENDING, [f"+%{ending}"]) if len(ending) >= _FEWEST else None
