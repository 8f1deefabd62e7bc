"""Who is behind an address or a number."""

from __future__ import annotations

from typing import Final

from fte.domain.identity import normal_email, normal_phone, whatsapp_identifier
from fte.errors import NotFound, Unprocessable
from fte.runtime import Request, Response, json_response
from fte.store.pool import fetch_one, transaction
from fte_backoffice.questions import text_of
from fte_backoffice.wiring import Resources

_CUSTOMER: Final = """
SELECT jsonb_build_object('id', u.id, 'name', u.name, 'created_at', u.created_at) AS customer,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('type', i.type, 'value', i.value, 'level', i.level)
                                  ORDER BY i.id), '[]')
          FROM customer_identifiers AS i WHERE i.customer_id = u.id) AS identifiers,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'channel', c.channel, 'status', c.status,
                                                     'started_at', c.started_at) ORDER BY c.started_at DESC), '[]')
          FROM conversations AS c WHERE c.customer_id = u.id) AS conversations
  FROM customers AS u
  JOIN customer_identifiers AS known ON known.customer_id = u.id AND known.type = ANY(%s) AND known.value = ANY(%s)
 LIMIT 1
"""


async def lookup(request: Request, resources: Resources) -> Response:
    """`GET /customers/lookup?email=|phone=`: the customer, the identifiers, the conversations, newest first."""
    types, values = read(request)
    async with transaction(resources.pool) as connection:
        row = await fetch_one(connection, _CUSTOMER, [types, values])
    if row is None:
        raise NotFound
    return json_response(200, row)


def read(request: Request) -> tuple[list[str], list[str]]:
    """Which identifiers are asked for. Raises `Unprocessable` unless one of both is given."""
    email, phone = text_of(request, "email").strip(), text_of(request, "phone")
    if bool(email) == bool(phone.strip()):
        raise Unprocessable("one of email and phone", fields={"email": "give either email or phone"})
    if email:
        return ["email"], [normal_email(email) or email]
    # An unencoded plus arrives as a space.
    number = "+" + phone.strip() if phone.startswith(" ") else phone.strip()
    spellings = {normal_phone(number.removeprefix("whatsapp:")), whatsapp_identifier(number, "lookup").value}
    return ["phone", "whatsapp"], sorted(value for value in spellings if value)
