"""One line of `fte identify`: contacts go through the intakes' own code and transaction, which is then rolled back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final
from uuid import UUID

import psycopg
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from fte.domain.identity import Identifier, Level
from fte.errors import Permanent, Unavailable
from fte.settings import Settings
from fte.store.inbound import intake_row
from fte.store.intake import InboundMessage
from fte.store.pool import Connection, fetch_one
from fte_intake_gmail import Ignored
from fte_ops.dryrun.database import throw_away
from fte_ops.dryrun.inputs import Contact, EmailContact, FormContact, Scenario, WhatsAppContact
from fte_ops.dryrun.lines import Line
from fte_ops.dryrun.messages import chat_message, form_message, mail_message

_SURENESS: Final[tuple[Level, ...]] = ("claimed", "channel", "verified")

Known = Mapping[int, InboundMessage]
"""The messages of those contacts that are a customer's, by the contact's index."""


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Connection]:
    """A connection to a database of its own. Raises `Unavailable`, `Unprocessable`."""
    async with throw_away(settings) as address:
        try:
            async with await psycopg.AsyncConnection.connect(
                address, autocommit=True, row_factory=dict_row
            ) as connection:
                yield connection
        except psycopg.OperationalError as error:
            raise Unavailable("the dry run's database went away") from error


async def identify_line(connection: Connection, settings: Settings, line: Line[Scenario]) -> dict[str, Any]:
    """The customers among a line's contacts and the links between them, or what is wrong with the line."""
    if line.record is None:
        return {"id": line.id, "error": line.problem}
    found = ((index, read_contact(settings, contact)) for index, contact in enumerate(line.record.contacts))
    known = {index: message for index, message in found if message is not None}
    try:
        customers = await _customers(connection, known)
    except psycopg.DataError:
        return {"id": line.id, "error": f"line {line.number}: a contact cannot be stored"}
    return {
        "id": line.id,
        "customers": customers,
        "links": [link for group in customers for link in links({index: known[index] for index in group})],
    }


def read_contact(settings: Settings, contact: Contact) -> InboundMessage | None:
    """What the contact's intake makes of it; None when it is no customer's or would be refused."""
    try:
        match contact:
            case EmailContact():
                headers = {
                    "From": contact.sender,
                    "Subject": contact.subject,
                    "Reply-To": contact.reply_to,
                    "Sender": contact.on_behalf,
                    "Cc": contact.cc,
                }
                message = mail_message(settings, headers, contact.body)
                return None if isinstance(message, Ignored) else message
            case WhatsAppContact():
                return chat_message(
                    settings,
                    {
                        # A user without a number is known by the id alone, and then it stands in From as well.
                        "From": contact.sender or contact.external_user_id,
                        "Body": contact.body,
                        "ProfileName": contact.profile_name,
                        "ExternalUserId": contact.external_user_id,
                    },
                )
            case FormContact():
                return form_message(
                    settings,
                    {
                        "name": contact.name,
                        "email": contact.email,
                        "phone": contact.phone,
                        "country": contact.country,
                        "subject": contact.subject,
                        "message": contact.body,
                    },
                )
    except Permanent:
        return None


async def _customers(connection: Connection, known: Known) -> list[list[int]]:
    """The contacts of each customer, as the intakes' transaction finds them when they come in this order."""
    groups: dict[UUID, list[int]] = {}
    async with connection.transaction(force_rollback=True):
        for index, message in known.items():
            row = await fetch_one(
                connection, "SELECT intake_message(%s) AS accepted", [Jsonb(intake_row(message, "dry-run"))]
            )
            assert row is not None
            customer = UUID(row["accepted"]["events"][0]["data"]["customer_id"])
            groups.setdefault(customer, []).append(index)
    return list(groups.values())


def links(group: Known) -> list[dict[str, Any]]:
    """What joins the contacts of one customer: each identifier that several of them have.

    A link is as sure as the least sure of its ends.
    """
    shared: dict[tuple[str, str], dict[int, Identifier]] = defaultdict(dict)
    for index, message in group.items():
        for identifier in message.identifiers:
            shared[identifier.type, identifier.value][index] = identifier
    return [
        {"contacts": list(ends), "level": _weakest(ends.values()), "reason": _reason(kind, list(ends.values()))}
        for (kind, _), ends in shared.items()
        if len(ends) > 1
    ]


def _weakest(ends: Iterable[Identifier]) -> Level:
    return min((end.level for end in ends), key=_SURENESS.index)


def _reason(kind: str, ends: Sequence[Identifier]) -> str:
    return f"same {kind}: {', '.join(dict.fromkeys(end.reason for end in ends))}"
