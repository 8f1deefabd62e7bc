"""How the team says who is one customer, and who is not. Nothing is lost by it: each change can be undone."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from fte.domain.identity import normal_email, normal_phone, whatsapp_identifier
from fte.errors import NotFound, Unprocessable
from fte.runtime import Request, Response, json_response
from fte.store.pool import Connection, fetch_all, fetch_one, transaction
from fte_backoffice.customers import SHOWN
from fte_backoffice.questions import uuid_of
from fte_backoffice.said import read_fields, read_name
from fte_backoffice.wiring import Resources

MAX_REASON: Final = 500

_BOTH: Final = "SELECT id FROM customers WHERE id = ANY(%s) AND merged_into IS NULL ORDER BY id FOR NO KEY UPDATE"
_ADDRESSES: Final = """
SELECT DISTINCT address FROM customer_identifiers
 WHERE customer_id = %(customer)s
   AND address IN (SELECT address_of(t, v) FROM unnest(%(types)s::text[], %(values)s::text[]) AS i (t, v))
"""
_OF_MERGE: Final = """
SELECT DISTINCT i.address FROM customer_changes AS c JOIN customer_identifiers AS i ON i.address = ANY (c.addresses)
 WHERE c.id = %(merge)s AND c.kind = 'merge' AND i.customer_id = %(customer)s
"""
_REST: Final = "SELECT FROM customer_identifiers WHERE customer_id = %s AND address <> ALL (%s) AND writes LIMIT 1"


async def merge(request: Request, resources: Resources) -> Response:
    """`POST /customers/{id}/merge` `{"other","by","reason","verified"?}`: two customers are one.

    `verified` says that somebody made sure: then each may be told what the other wrote.
    """
    customer, by, fields = _read(request)
    other, why = _uuid(fields, "other"), _reason(fields)
    sure = fields.get("verified", False)
    if not isinstance(sure, bool):
        raise Unprocessable("a bad merge", fields={"verified": "must be true or false"})
    if other == customer:
        raise Unprocessable("a bad merge", fields={"other": "is the same customer"})
    async with transaction(resources.pool) as connection:
        if len(await fetch_all(connection, _BOTH, [[customer, other]])) < 2:
            raise NotFound
        await fetch_one(
            connection,
            "SELECT merge_by_team(%s, %s, %s, %s, %s)",
            [customer, other, sure, by, why],
        )
        return await _shown(connection, customer)


async def split(request: Request, resources: Resources) -> Response:
    """`POST /customers/{id}/split` `{"identifiers":[{"type","value"}],"by","reason"}`: those are another customer's.

    `{"merge": id}` in the place of `identifiers` undoes a merge. The answer is the other customer.
    """
    customer, by, fields = _read(request)
    why = _reason(fields)
    async with transaction(resources.pool) as connection:
        if not await fetch_all(connection, _BOTH, [[customer]]):
            raise NotFound
        parts = await _parts(connection, customer, fields)
        if not parts or await fetch_one(connection, _REST, [customer, parts]) is None:
            raise Unprocessable("a bad split", fields={"identifiers": "name some of the customer's, and not all"})
        row = await fetch_one(connection, "SELECT split_by_team(%s, %s, %s, %s) AS id", [customer, parts, by, why])
        assert row is not None
        return await _shown(connection, row["id"])


async def _parts(connection: Connection, customer: UUID, fields: dict[str, Any]) -> list[str]:
    if "merge" in fields:
        rows = await fetch_all(connection, _OF_MERGE, {"customer": customer, "merge": _uuid(fields, "merge")})
    else:
        pairs = _identifiers(fields.get("identifiers"))
        asked = {"types": [type_ for type_, _ in pairs], "values": [value for _, value in pairs]}
        rows = await fetch_all(connection, _ADDRESSES, {"customer": customer, **asked})
    return [row["address"] for row in rows]


def _identifiers(items: Any) -> list[tuple[str, str]]:
    found = []
    for item in items if isinstance(items, list) else ():
        type_, value = (item.get("type"), item.get("value")) if isinstance(item, dict) else (None, None)
        if isinstance(value, str) and type_ == "email":
            found.append(("email", normal_email(value) or value))
        elif isinstance(value, str) and type_ == "phone":
            found.append(("phone", normal_phone(value) or whatsapp_identifier(value, "team").value))
        elif isinstance(value, str) and type_ == "whatsapp":
            found.append(("whatsapp", value))
    return found


def _read(request: Request) -> tuple[UUID, str, dict[str, Any]]:
    return uuid_of(request.params["id"]), read_name(request), read_fields(request)


def _reason(fields: dict[str, Any]) -> str:
    reason = fields.get("reason")
    text = " ".join(reason.split()) if isinstance(reason, str) else ""
    if not text or len(text) > MAX_REASON:
        raise Unprocessable("no reason", fields={"reason": f"must have 1 to {MAX_REASON} characters"})
    return text.replace("\x00", "")


def _uuid(fields: dict[str, Any], name: str) -> UUID:
    try:
        return UUID(str(fields.get(name)))
    except ValueError:
        raise Unprocessable("a bad id", fields={name: "must be an id"}) from None


async def _shown(connection: Connection, customer: UUID) -> Response:
    row = await fetch_one(connection, SHOWN + " WHERE u.id = %s", [customer])
    assert row is not None
    return json_response(200, row)
