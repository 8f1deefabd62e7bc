"""The customer whom a client names, and the message that an issue is taken for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final
from uuid import UUID, uuid4

from fte.domain.channels import Channel
from fte.domain.identity import Identifier, normal_email, normal_phone
from fte.errors import Unprocessable
from fte.store.intake import InboundMessage
from fte.store.pool import Pool, autocommit, fetch_one

SOURCE: Final = "mcp"

_KIND: Final = {Channel.EMAIL: "email", Channel.WEBFORM: "email", Channel.WHATSAPP: "phone"}

_SPELLING: Final = {"email": "an e-mail address", "phone": "a phone number with its country code"}

_ADDRESS: Final = """
SELECT value FROM customer_identifiers WHERE customer_id = %s AND type = %s
 ORDER BY array_position(ARRAY['verified', 'channel', 'claimed'], level), created_at LIMIT 1
"""


async def address_of(pool: Pool, named: str, channel: Channel) -> Identifier:
    """Where a customer is reached by `channel`: the one who is known by this id, or the address itself.

    Raises `Unprocessable` for what is neither.
    """
    kind, value = _KIND[channel], named
    if known := uuid_or_none(value):
        async with autocommit(pool) as connection:
            row = await fetch_one(connection, _ADDRESS, [known, kind])
        if row is None:
            raise Unprocessable(f"no customer with this id can be reached by {channel}")
        value = row["value"]
    normal = normal_email(value) if kind == "email" else normal_phone(value)
    if normal is None:
        raise Unprocessable(f"customer_id is the id of a customer, or {_SPELLING[kind]}")
    return Identifier("email" if kind == "email" else "phone", normal, "claimed", SOURCE)


def message_of(channel: Channel, customer: Identifier, issue: str) -> InboundMessage:
    """The issue as if the customer had written it by `channel`."""
    chat = channel is Channel.WHATSAPP
    return InboundMessage(
        channel=channel,
        provider_message_id=f"{SOURCE}-{uuid4().hex}",
        identifiers=[customer],
        content=issue,
        subject="" if chat else issue.splitlines()[0][:200],
        sender=f"whatsapp:{customer.value}" if chat else customer.value,
        received_at=datetime.now(UTC),
    )


def uuid_or_none(text: object) -> UUID | None:
    """The id that `text` is, or None."""
    try:
        return UUID(str(text))
    except ValueError:
        return None
