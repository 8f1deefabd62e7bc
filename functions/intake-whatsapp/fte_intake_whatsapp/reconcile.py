"""Messages of which no webhook has told us: Twilio calls twice, and after that nothing more happens by itself."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import urlencode

from fte.errors import Unprocessable
from fte.providers.errors import Rejected
from fte.store import pings
from fte.store.pool import Pool, autocommit, fetch_all
from fte.wiring import Core
from fte_intake_whatsapp.message import inbound_message
from fte_intake_whatsapp.signed import Form
from fte_intake_whatsapp.taking import take

if TYPE_CHECKING:
    from fte.providers.twilio import Media, ReceivedMessage

log = logging.getLogger(__name__)

NAME: Final = "whatsapp-reconcile"
FURTHEST: Final = timedelta(hours=24)
OVERLAP: Final = timedelta(minutes=15)
SETTLE: Final = timedelta(minutes=1)
"""How long a message is left to its webhook, which says more of it: longer than both of Twilio's calls take."""


class Line(Protocol):
    """What is asked of Twilio's list of messages."""

    async def received(self, since: datetime) -> list[ReceivedMessage]: ...
    async def media(self, sid: str) -> list[Media]: ...


async def reconcile(core: Core, line: Line, own_number: str, settle: timedelta = SETTLE) -> int:
    """Take in what Twilio has and we do not, oldest first; return how many messages that were.

    It looks back to shortly before the last time that came to its end, a day at most. Each message is stored as by its
    webhook, once. Raises `TryLater` and `Rejected` when Twilio fails, `Unavailable` when our database does: then the
    next one looks back as far.
    """
    began = datetime.now(UTC)
    last = await pings.last_done(core.pool, NAME)
    since = max(began - FURTHEST, last - OVERLAP) if last else began - FURTHEST
    listed = await line.received(since)
    settled = [one for one in reversed(listed) if one.at <= began - settle and one.sender != own_number]
    unknown = await _unknown(core.pool, [one.sid for one in settled])
    taken = 0
    for message in settled:
        if message.sid in unknown and await _take(core, line, message):
            taken += 1
    await pings.done(core.pool, NAME, began)
    if taken:
        # Each of them is a webhook that failed twice.
        log.warning("reconciled", extra={"taken": taken, "listed": len(listed)})
    return taken


async def _take(core: Core, line: Line, message: ReceivedMessage) -> bool:
    try:
        media = await line.media(message.sid) if message.media else []
    except Rejected:
        log.warning("media_not_listed", extra={"provider_message_id": message.sid})
        media = []
    try:
        inbound = inbound_message(_form(message, media), message.at, core.settings.own)
    except Unprocessable as error:
        # It will never be of use, and must not stand in the way of those after it.
        log.exception("message_not_taken", extra={"provider_message_id": message.sid, "fields": error.fields})
        return False
    await take(core, inbound)
    return True


def _form(message: ReceivedMessage, media: Sequence[Media]) -> Form:
    """The message as its webhook would have told of it, as far as it is known."""
    fields = {
        "MessageSid": message.sid,
        "From": message.sender,
        "To": message.to,
        "Body": message.body,
        "NumMedia": str(message.media),
    }
    for index, item in enumerate(media):
        fields |= {f"MediaUrl{index}": item.url, f"MediaContentType{index}": item.content_type}
    return Form(urlencode(fields, errors="replace").encode())


async def _unknown(pool: Pool, sids: Iterable[str]) -> set[str]:
    asked = set(sids)
    async with autocommit(pool) as connection:
        known = await fetch_all(
            connection,
            "SELECT provider_message_id FROM messages WHERE channel = 'whatsapp' AND direction = 'inbound'"
            " AND provider_message_id = ANY(%s)",
            [list(asked)],
        )
    return asked - {row["provider_message_id"] for row in known}
