"""One line of `fte identify`: contacts go through the intakes' own code and transaction, which is then rolled back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import permutations
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
from fte.store.pool import Connection, fetch_all
from fte_intake_gmail import Ignored
from fte_ops.dryrun.database import throw_away
from fte_ops.dryrun.inputs import Contact, EmailContact, FormContact, Scenario, WhatsAppContact
from fte_ops.dryrun.lines import Line
from fte_ops.dryrun.messages import chat_message, form_message, mail_message

_SURENESS: Final[tuple[Level, ...]] = ("claimed", "channel", "verified")

Known = Mapping[int, InboundMessage]
"""The messages of those contacts that are a customer's, by the contact's index."""

Addresses = Mapping[tuple[str, str], str]
"""What an identifier, by type and value, is known as."""


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


@dataclass(frozen=True, slots=True)
class Identified:
    """What contacts are found to be. Contacts are told by their indices; those that are no customer's are left out.

    `customers`: the contacts of each; `links`: what joins them; `sees`: the pairs of which the reply to the first may
    show what the second says.
    """

    customers: list[list[int]]
    links: list[dict[str, Any]]
    sees: frozenset[tuple[int, int]]


async def identify_line(connection: Connection, settings: Settings, line: Line[Scenario]) -> dict[str, Any]:
    """The customers among a line's contacts and the links between them, or what is wrong with the line."""
    if line.record is None:
        return {"id": line.id, "error": line.problem}
    try:
        found = await identified(connection, settings, line.record.contacts)
    except psycopg.DataError:
        return {"id": line.id, "error": f"line {line.number}: a contact cannot be stored"}
    return {"id": line.id, "customers": found.customers, "links": found.links}


async def identified(connection: Connection, settings: Settings, contacts: Sequence[Contact]) -> Identified:
    """What the intakes' own code and transaction make of these contacts, in this order; nothing of it stays."""
    read = ((index, read_contact(settings, contact)) for index, contact in enumerate(contacts))
    known = {index: message for index, message in read if message is not None}
    async with connection.transaction(force_rollback=True):
        for message in known.values():
            await connection.execute("SELECT intake_message(%s)", [Jsonb(intake_row(message, "dry-run"))])
        customers, sees = await _stored(connection, known)
        addresses = await _addresses(connection, known)
    joins = [link for group in customers for link in links({i: known[i] for i in group}, addresses)]
    return Identified(customers, joins, sees)


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


_STORED: Final = """
SELECT id, customer_id, reply_key, reply_keys_seen_by(id) AS seen FROM messages
 WHERE id = ANY(%s) AND direction = 'inbound'
"""


async def _stored(connection: Connection, known: Known) -> tuple[list[list[int]], frozenset[tuple[int, int]]]:
    """The contacts of each customer once all have come in, and which of them see which."""
    found = await fetch_all(connection, _STORED, [[message.id for message in known.values()]])
    rows = {row["id"]: row for row in found}
    groups: dict[UUID, list[int]] = {}
    for index, message in known.items():
        groups.setdefault(rows[message.id]["customer_id"], []).append(index)
    sees = frozenset(
        (one, other)
        for group in groups.values()
        for one, other in permutations(group, 2)
        if rows[known[other].id]["reply_key"] in rows[known[one].id]["seen"]
    )
    return list(groups.values()), sees


async def _addresses(connection: Connection, known: Known) -> Addresses:
    """What each identifier is known as: two spellings of a mailbox are one address."""
    pairs = {(one.type, one.value) for message in known.values() for one in message.identifiers}
    rows = await fetch_all(
        connection,
        "SELECT type, value, address_of(type, value) AS address FROM unnest(%s::text[], %s::text[]) AS i (type, value)",
        [[type_ for type_, _ in pairs], [value for _, value in pairs]],
    )
    return {(row["type"], row["value"]): row["address"] for row in rows}


def links(group: Known, addresses: Addresses) -> list[dict[str, Any]]:
    """What joins the contacts of one customer: each address that several of them have.

    A link is as sure as the less sure of its ends: those who wrote from an address are joined for sure, and who only
    typed it is joined to each of them by a claim.
    """
    shared: dict[str, dict[int, Identifier]] = defaultdict(dict)
    for index, message in group.items():
        for identifier in reversed(message.identifiers):
            shared[addresses.get((identifier.type, identifier.value), identifier.value)][index] = identifier
    return [link for ends in shared.values() if len(ends) > 1 for link in _joins(ends)]


def _joins(ends: Mapping[int, Identifier]) -> Iterator[dict[str, Any]]:
    sure = {index: end for index, end in ends.items() if end.level != "claimed"}
    typed = {index: end for index, end in ends.items() if end.level == "claimed"}
    if len(sure) > 1:
        yield _link(sure)
    if typed and len(sure) > 1:
        for index, end in sure.items():
            yield _link({index: end, **typed})
    elif typed:
        yield _link(ends)


def _link(ends: Mapping[int, Identifier]) -> dict[str, Any]:
    contacts = sorted(ends)
    level = min((end.level for end in ends.values()), key=_SURENESS.index)
    reasons = ", ".join(dict.fromkeys(ends[index].reason for index in contacts))
    return {"contacts": contacts, "level": level, "reason": f"same {ends[contacts[0]].type}: {reasons}"}
