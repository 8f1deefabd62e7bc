"""What is known of a customer when they write again, as far as the reply's address may see it.

An address sees what came from it and what went to it, and the same of addresses that are known to be the same person's:
another spelling of the mailbox, a number and its WhatsApp user id, what the team verified. Everything else that is
linked to the customer rests on what somebody typed, and is only counted, for the team alone. A channel is named where
the one who wrote there named this address: whoever types the number or address of somebody else learns nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from fte.domain.channels import Channel
from fte.store.pool import Connection, fetch_all, fetch_one
from fte_agent.records.conversation import Conversation

EARLIER_TICKETS: Final = 5
SUMMARY_CHARACTERS: Final = 600
SUBJECT_CHARACTERS: Final = 80


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier message that the reply's address may see."""

    at: datetime
    channel: Channel
    author: str
    content: str
    note: str = ""
    """What came instead of words."""


@dataclass(frozen=True, slots=True)
class EarlierTicket:
    """An earlier ticket of the reply's address."""

    reference: str
    subject: str
    category: str
    status: str
    channel: Channel
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A case of the reply's address that people have: who, since when, and what it was handed over for. A ticket that
    several teams have is a case of each."""

    reference: str
    flag: str
    teams: tuple[str, ...]
    since: datetime


@dataclass(frozen=True, slots=True)
class History:
    """What is known of the customer besides what is owed now.

    - `messages`: from and to this address, newest first, since the ticket was last reopened if it was;
    - `tickets`, `hidden_messages`: how many tickets the customer has, and how many messages of other addresses; the
      team's to know, and not this address's;
    - `answered_with`: the articles that the agent's replies on this ticket rested on, newest first;
    - `earlier`: the address's earlier tickets, newest first;
    - `other_channels`: by which other channels the customer wrote, newest first;
    - `summary`: what lies before `messages`, in a few sentences;
    - `own_tickets`: how many tickets have a message of this address;
    - `held`: the address's cases that people have now, latest first.
    """

    messages: tuple[Earlier, ...]
    tickets: int
    hidden_messages: int
    answered_with: tuple[str, ...] = ()
    earlier: tuple[EarlierTicket, ...] = ()
    other_channels: tuple[Channel, ...] = ()
    summary: str = ""
    own_tickets: int = 0
    held: tuple[Held, ...] = ()


_FACTS: Final = """
WITH seen AS MATERIALIZED (SELECT reply_keys_seen_by(%(last)s) AS keys)
SELECT seen.keys, t.id AS ticket_id, t.reopened_at,
       (SELECT count(*) FROM tickets WHERE customer_id = %(customer)s) AS tickets,
       (SELECT count(DISTINCT ticket_id) FROM messages WHERE customer_id = %(customer)s AND direction = 'inbound'
           AND reply_key = ANY (seen.keys)) AS own_tickets,
       (SELECT count(*) FROM messages WHERE customer_id = %(customer)s AND seq < %(seq)s
           AND reply_key <> ALL (seen.keys)) AS hidden,
       (SELECT count(*) FROM messages WHERE customer_id = %(customer)s AND seq < %(seq)s
           AND reply_key = ANY (seen.keys)) AS known,
       ARRAY(SELECT a.slug FROM agent_runs AS r CROSS JOIN unnest(r.articles) WITH ORDINALITY AS a (slug, place)
              WHERE r.ticket_id = t.id AND r.outcome = 'answered' ORDER BY r.finished_at DESC, a.place)
           AS answered_with,
       channels_told_to(%(last)s, %(seq)s) AS other_channels
  FROM seen CROSS JOIN messages AS last LEFT JOIN tickets AS t ON t.id = last.ticket_id WHERE last.id = %(last)s
"""

_MESSAGES: Final = """
SELECT received_at AS at, channel, author, content, coalesce(details ->> 'note', '') AS note FROM messages
 WHERE customer_id = %(customer)s AND seq < %(seq)s AND reply_key = ANY (%(keys)s)
   AND (%(since)s::timestamptz IS NULL OR received_at >= %(since)s)
 ORDER BY seq DESC LIMIT %(limit)s
"""

_TICKETS: Final = """
SELECT reference, left(subject, 200) AS subject, category, status, channel, created_at AS opened_at FROM tickets AS t
 WHERE customer_id = %(customer)s AND id IS DISTINCT FROM %(ticket)s AND EXISTS (
           SELECT FROM messages AS m
            WHERE m.ticket_id = t.id AND m.direction = 'inbound' AND m.reply_key = ANY (%(keys)s))
 ORDER BY created_at DESC LIMIT %(limit)s
"""

_HELD: Final = """
SELECT t.reference, e.flag, e.teams, e.created_at AS since FROM tickets AS t
  JOIN LATERAL (SELECT DISTINCT ON (team) flag, teams, created_at FROM escalations
                 WHERE ticket_id = t.id AND status = 'open' ORDER BY team, created_at, id) AS e ON true
 WHERE t.customer_id = %(customer)s AND t.status = 'escalated' AND EXISTS (
           SELECT FROM messages AS m
            WHERE m.ticket_id = t.id AND m.direction = 'inbound' AND m.reply_key = ANY (%(keys)s))
 ORDER BY e.created_at DESC LIMIT %(limit)s
"""


async def load_history(connection: Connection, conversation: Conversation, limit: int) -> History:
    """The customer's history before what is owed: at most `limit` messages, and in a summary what they leave out."""
    last = conversation.pending[-1]
    who: dict[str, Any] = {
        "customer": conversation.customer_id,
        "seq": conversation.pending[0].seq,
        "last": last.id,
    }
    facts = await fetch_one(connection, _FACTS, who)
    assert facts is not None
    if not facts["known"]:
        channels = tuple(Channel(channel) for channel in facts["other_channels"])
        return History((), facts["tickets"], facts["hidden"], other_channels=channels, own_tickets=facts["own_tickets"])
    who["keys"] = facts["keys"]
    shown = {"since": facts["reopened_at"], "limit": limit}
    messages = tuple(
        Earlier(row["at"], Channel(row["channel"]), row["author"], row["content"], row["note"])
        for row in await fetch_all(connection, _MESSAGES, who | shown)
    )
    earlier = await _earlier_tickets(connection, who, facts["ticket_id"])
    answered_with = tuple(dict.fromkeys(facts["answered_with"]))
    return History(
        messages,
        facts["tickets"],
        facts["hidden"],
        answered_with,
        earlier,
        tuple(Channel(channel) for channel in facts["other_channels"]),
        summarise(facts["known"] - len(messages), facts["reopened_at"], answered_with, earlier),
        facts["own_tickets"],
        await _held(connection, who),
    )


async def _earlier_tickets(
    connection: Connection, who: dict[str, Any], ticket_id: UUID | None
) -> tuple[EarlierTicket, ...]:
    rows = await fetch_all(connection, _TICKETS, who | {"ticket": ticket_id, "limit": EARLIER_TICKETS})
    return tuple(EarlierTicket(**{**row, "channel": Channel(row["channel"])}) for row in rows)


async def _held(connection: Connection, who: dict[str, Any]) -> tuple[Held, ...]:
    rows = await fetch_all(connection, _HELD, who | {"limit": EARLIER_TICKETS})
    return tuple(Held(row["reference"], row["flag"], tuple(row["teams"]), row["since"]) for row in rows)


def summarise(
    not_shown: int, reopened_at: datetime | None, answered_with: Sequence[str], earlier: Sequence[EarlierTicket]
) -> str:
    """What the messages shown leave out, in at most 600 characters of whole sentences."""
    sentences = []
    if not_shown:
        sentences.append(f"{not_shown} older message{'s are' if not_shown > 1 else ' is'} not shown.")
    if reopened_at:
        sentences.append(f"This ticket was settled and reopened on {_day(reopened_at)}.")
    if answered_with:
        sentences.append(f"Already answered on this ticket with: {', '.join(answered_with[:5])}.")
    for ticket in earlier:
        subject = " ".join(ticket.subject.split())[:SUBJECT_CHARACTERS]
        sentences.append(
            f"Earlier ticket of {_day(ticket.opened_at)} by {ticket.channel}, {ticket.category}, {ticket.status}:"
            f" {subject}."
        )
    kept = ""
    for sentence in sentences:
        if len(kept) + len(sentence) >= SUMMARY_CHARACTERS:
            break
        kept += f" {sentence}" if kept else sentence
    return kept


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"
