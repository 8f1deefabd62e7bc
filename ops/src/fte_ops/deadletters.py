"""Dead letters: events that nobody could handle. They are looked at, sent again, or put aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal
from uuid import UUID

from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from fte.errors import Unprocessable
from fte.events import TOPIC, EventType, derived_id
from fte.store.pool import Connection, fetch_all, fetch_one

Result = Literal["replayed", "discarded", "unchanged", "impossible"]

_OF_THE_FAILURE: Final = ("knative", "kne", "reason")
"""How the attributes begin that tell of the failure and were not the event's own."""

_LIST: Final = """
SELECT id, event_id, type, source, subject, error_code, reason, destination, status, received_at FROM dead_letters
 WHERE (%(status)s = 'all' OR status = %(status)s) AND type ILIKE %(type)s
   AND coalesce(reason, '') ILIKE %(reason)s AND coalesce(destination, '') ILIKE %(destination)s
 ORDER BY received_at DESC, id LIMIT %(limit)s
"""

# A row that was published long ago is published once more, as it was; its consumers know it by its id.
_EMIT: Final = """
INSERT INTO outbox (id, topic, key, attributes, data, conversation_id, lease_until)
VALUES (%s, %s, %s, %s, %s, %s, '-infinity')
ON CONFLICT (id) DO UPDATE SET published_at = NULL, lease_until = '-infinity'
"""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which letters: their status (or `all`), and what their type, reason and destination contain."""

    status: str = "open"
    type: str = ""
    reason: str = ""
    destination: str = ""
    limit: int = 100

    def values(self) -> dict[str, Any]:
        return {
            "status": self.status,
            "limit": self.limit,
            **{name: f"%{_literal(getattr(self, name))}%" for name in ("type", "reason", "destination")},
        }


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one letter, and if nothing could, why."""

    id: UUID
    result: Result
    why: str = ""


async def find(connection: Connection, wanted: Filter) -> list[DictRow]:
    """The letters, newest first, without what they say."""
    return await fetch_all(connection, _LIST, wanted.values())


async def get(connection: Connection, id_or_beginning: str) -> DictRow:
    """The one letter whose id begins so. Raises `Unprocessable` when there is none or more than one."""
    rows = await fetch_all(
        connection, "SELECT * FROM dead_letters WHERE starts_with(id::text, lower(%s)) LIMIT 2", [id_or_beginning]
    )
    if len(rows) != 1:
        count = "more than one dead letter has" if rows else "no dead letter has"
        raise Unprocessable(f"{count} an id that begins with {id_or_beginning!r}")
    return rows[0]


async def replay(connection: Connection, id_: UUID, *, again: bool = False) -> Done:
    """Put the event back into the outbox, to be published by any process that sweeps it, and mark the letter.

    A letter that is not open stays as it is, unless `again`: so a repeated command does nothing. Effects happen once
    in any case, because the event keeps its id.
    """
    letter = await fetch_one(connection, "SELECT * FROM dead_letters WHERE id = %s FOR UPDATE", [id_])
    assert letter is not None
    if letter["status"] != "open" and not again:
        return Done(id_, "unchanged", f"it is {letter['status']} already")
    why = _why_not(letter)
    if why:
        return Done(id_, "impossible", why)
    attributes = _own_attributes(letter["attributes"])
    conversation = _uuid(letter["subject"] or "")
    key = attributes.get("partitionkey") or str(letter["data"].get("customer_id") or letter["event_id"])
    await connection.execute(
        _EMIT,
        [
            _uuid(letter["event_id"]) or derived_id("replay", letter["source"], letter["event_id"]),
            TOPIC[EventType(letter["type"])],
            key,
            Jsonb(attributes),
            Jsonb(letter["data"]),
            conversation,
        ],
    )
    await _mark(connection, letter, "replayed")
    return Done(id_, "replayed")


async def discard(connection: Connection, id_: UUID) -> Done:
    """Put the letter aside: nobody needs to look at it again."""
    letter = await fetch_one(connection, "SELECT * FROM dead_letters WHERE id = %s FOR UPDATE", [id_])
    assert letter is not None
    if letter["status"] != "open":
        return Done(id_, "unchanged", f"it is {letter['status']} already")
    await _mark(connection, letter, "discarded")
    return Done(id_, "discarded")


async def _mark(connection: Connection, letter: Mapping[str, Any], status: Result) -> None:
    await connection.execute("UPDATE dead_letters SET status = %s WHERE id = %s", [status, letter["id"]])
    await connection.execute(
        "INSERT INTO audit_log (actor, action, conversation_id, details) VALUES ('operator', %s, %s, %s)",
        [
            f"dead_letter_{status}",
            _uuid(letter["subject"] or ""),
            Jsonb({"dead_letter_id": str(letter["id"]), "event_id": letter["event_id"]}),
        ],
    )


def _why_not(letter: Mapping[str, Any]) -> str:
    if letter["type"] not in {str(type_) for type_ in TOPIC}:
        return f"events of type {letter['type']} are not ours, so they have no topic"
    if not isinstance(letter["data"], dict) or set(letter["data"]) == {"body_base64"}:
        return "it never held an event that could be read"
    return ""


def _own_attributes(attributes: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if not name.startswith(_OF_THE_FAILURE)}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
