"""The loop breaker: a machine that answers our answers, under whatever address and subject, gets no more of them.

What a header tells of a machine is settled before. Here mail is counted that passes for a person's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from fte.providers.mail import Mail, may_be_automatic, shows_signs
from fte.store.pool import Pool, autocommit, fetch_all, fetch_one, transaction

Sign = Literal["same_body", "automatic_signs", "same_body_from_domain", "foreign_answers", "automatic", "all"]

WITHIN: Final = timedelta(hours=1)
LIMIT: Final = 3
"""So many of a kind in an hour are answered; the next ones are not."""

PERSON_LIMIT: Final = 20
"""Somebody who writes more in an hour is no case for a machine any more, and is handed over."""

_REFERENCE: Final = re.compile(r"\bTC-[0-9A-HJKMNP-TV-Z]{10}\b")
_DIGITS: Final = re.compile(r"\d+")


def keys(mail: Mail, sender: str, *, foreign: bool) -> dict[Sign, str]:
    """The kinds of mail that this one counts as; a key is a hash. `foreign`: it answers a mail of ours that went to
    another address, as a machine does that writes under a new one each time.
    """
    words = " ".join(mail.text.lower().split())
    files = ",".join(sorted(attachment.sha256 for attachment in mail.attachments))
    domain = sender.rpartition("@")[2]
    found: dict[Sign, str] = {
        "all": _key("all", sender),
        "same_body": _key("body", sender, words, files),
    }
    if shows_signs(mail):
        found["automatic_signs"] = _key("signs", sender)
    if foreign or may_be_automatic(mail):
        # The number of a ticket and the date are new each time.
        found["same_body_from_domain"] = _key("body", domain, _DIGITS.sub("#", words), files)
    if foreign:
        found["foreign_answers"] = _key("foreign", domain)
    return found


def automatic_keys(sender: str | None) -> dict[Sign, str]:
    """The kind of a mail that says itself that no person wrote it."""
    return {"automatic": _key("automatic", sender or "")}


async def tally(pool: Pool, found: Mapping[Sign, str], mail_id: str, at: datetime) -> dict[Sign, int]:
    """How many mails of each kind came in the hour up to this one, this one included. A mail counts once."""
    async with transaction(pool) as connection:
        await connection.execute(
            "INSERT INTO mail_tally (key, mail_id, received_at) SELECT unnest(%s::text[]), %s, %s"
            " ON CONFLICT DO NOTHING",
            [list(found.values()), mail_id, at],
        )
        rows = await fetch_all(
            connection,
            "SELECT key, count(*) AS count FROM mail_tally WHERE key = ANY(%s) AND received_at BETWEEN %s AND %s"
            " GROUP BY key",
            [list(found.values()), at - WITHIN, at],
        )
    counts = {row["key"]: int(row["count"]) for row in rows}
    return {sign: counts.get(key, 1) for sign, key in found.items()}


def looping(counts: Mapping[Sign, int]) -> Sign | None:
    """The sign by which this mail is one too many, or None."""
    return next((sign for sign, count in counts.items() if sign != "all" and count > LIMIT), None)


def over_limit(counts: Mapping[Sign, int]) -> bool:
    """Whether a person writes more than anybody can be answered by a machine."""
    return counts.get("all", 0) > PERSON_LIMIT


async def is_foreign_answer(pool: Pool, mail: Mail, sender: str, replies: Sequence[UUID]) -> bool:
    """Whether a mail answers what went to another address: one of these replies of ours, or a ticket that it names."""
    references = list(dict.fromkeys(_REFERENCE.findall(f"{mail.subject}\n{mail.full_text[:20_000]}")))[:10]
    if not replies and not references:
        return False
    async with autocommit(pool) as connection:
        row = await fetch_one(
            connection,
            "SELECT FROM messages WHERE id = ANY(%(replies)s) AND direction = 'outbound' AND reply_key <> %(sender)s"
            " UNION ALL SELECT FROM tickets AS t WHERE t.reference = ANY(%(references)s) AND NOT EXISTS (SELECT FROM"
            " messages AS m WHERE m.ticket_id = t.id AND m.reply_key = %(sender)s) LIMIT 1",
            {"replies": list(replies), "sender": sender, "references": references},
        )
    return row is not None


async def flag(pool: Pool, sender: str, sign: Sign) -> None:
    """Have the team look at the latest ticket of this address: nobody answers it by itself any more."""
    async with autocommit(pool) as connection:
        await connection.execute(
            "UPDATE tickets SET needs_review = true, triage = triage || jsonb_build_object('loop', %s::text)"
            " WHERE id = (SELECT ticket_id FROM messages WHERE reply_key = %s AND ticket_id IS NOT NULL"
            " ORDER BY seq DESC LIMIT 1)",
            [sign, sender],
        )


def _key(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()
