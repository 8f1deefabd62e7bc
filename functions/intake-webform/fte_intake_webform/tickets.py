"""Where a request stands, for whoever has its reference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fte.store.pool import Pool, autocommit, fetch_one

# A reference is reserved with the message. It may become a ticket's own, or its message may continue another ticket.
# That of a post which was set aside looks like any that nobody has got to yet.
_STANDING: Final = """
SELECT coalesce(own.status, joined.status, 'received') AS status,
       coalesce(own.updated_at, joined.updated_at, m.received_at, s.received_at) AS updated_at,
       coalesce(m.channel, own.channel, 'webform') AS channel
  FROM (VALUES (%s)) AS asked (reference)
  LEFT JOIN messages AS m ON m.reference = asked.reference
  LEFT JOIN tickets AS joined ON joined.id = m.ticket_id
  LEFT JOIN tickets AS own ON own.reference = asked.reference
  LEFT JOIN form_spam AS s ON s.reference = asked.reference
 WHERE m.id IS NOT NULL OR own.id IS NOT NULL OR s.id IS NOT NULL
"""
_NOBODYS: Final = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A request's state. Nothing personal: a reference can be read over a shoulder."""

    reference: str
    status: str
    updated_at: datetime
    channel: str


async def standing(pool: Pool, reference: str | None) -> Standing | None:
    """Where the request with this reference stands; None when there is none.

    It is looked for in any case, also without a reference: how long that takes tells nothing.
    """
    async with autocommit(pool) as connection:
        row = await fetch_one(connection, _STANDING, [reference or _NOBODYS])
    return Standing(reference, row["status"], row["updated_at"], row["channel"]) if reference and row else None
