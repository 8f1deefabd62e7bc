"""The two ways out: e-mail by Gmail and WhatsApp by Twilio, behind one shape."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from fte.providers.errors import Rejected
from fte.providers.gmail import SentMail
from fte.providers.mail.our_ids import message_id
from fte.providers.twilio import SentMessage
from fte_deliver.mail import Reply, Undeliverable, build
from fte_deliver.records import Claim, Taken
from fte_deliver.second_way import TEMPLATE


class Sender(Protocol):
    """A provider that takes messages to customers. Raises the errors of `fte.providers.errors`."""

    async def send(self, claim: Claim) -> Taken:
        """Hand the part over to the provider, in one attempt."""

    async def find(self, claim: Claim) -> Sequence[Taken]:
        """What the provider already has that may be this part."""


class Mailbox(Protocol):
    """What is needed of `fte.providers.gmail.GmailClient`."""

    async def send(self, raw: bytes, thread_id: str | None) -> SentMail: ...

    async def find_by_rfc_id(self, message_id: str) -> SentMail | None: ...


class Messenger(Protocol):
    """What is needed of `fte.providers.twilio.TwilioMessenger`."""

    async def send(self, to: str, body: str, status_callback: str) -> str: ...

    async def send_template(self, to: str, template: str, text: str, status_callback: str) -> str: ...

    async def recent(self, to: str, since: datetime) -> list[SentMessage]: ...


class MailSender:
    """Answers to e-mail, in their thread, and to the form, in a thread of their own."""

    def __init__(self, mailbox: Mailbox, support_address: str, key: bytes) -> None:
        self._mailbox = mailbox
        self._support_address = support_address
        self._key = key

    async def send(self, claim: Claim) -> Taken:
        """Send the mail; when its thread is gone from our mailbox, as a mail of its own."""
        reply = Reply.from_row(
            sender=self._support_address,
            recipient=claim.recipient,
            subject=claim.subject,
            body=claim.body,
            message_id=self._message_id(claim),
            details=claim.details,
            author=claim.author,
        )
        try:
            raw = build(reply)
        except Undeliverable as error:
            raise Rejected("invalid_recipient") from error
        thread_id = str(claim.details.get("thread_id") or "") or None
        try:
            sent = await self._mailbox.send(raw, thread_id)
        except Rejected as error:
            if thread_id is None or error.code != "notFound":
                raise
            sent = await self._mailbox.send(raw, None)
        return Taken(sent.id, sent.thread_id)

    async def find(self, claim: Claim) -> Sequence[Taken]:
        """The mail with our own Message-ID, which no other attempt and no other part has."""
        # An attempt of an older version has the id without a token.
        for id_ in (self._message_id(claim), claim.rfc_message_id):
            if id_ and (found := await self._mailbox.find_by_rfc_id(id_)):
                return [Taken(found.id, found.thread_id)]
        return []

    def _message_id(self, claim: Claim) -> str:
        return message_id(self._key, claim.message_id, claim.part, self._support_address.rpartition("@")[2])


class WhatsAppSender:
    """Answers to WhatsApp messages. Twilio has no key for repeated calls: an attempt is found by its text."""

    def __init__(self, messenger: Messenger, status_callback: str, template: str | None = None) -> None:
        self._messenger = messenger
        self._status_callback = status_callback
        self._template = template

    async def send(self, claim: Claim) -> Taken:
        """Send the message, in our own words or in those of the template."""
        to, callback = _address(claim), self._status_callback
        if not claim.details.get(TEMPLATE):
            return Taken(await self._messenger.send(to, claim.body, callback))
        if self._template is None:
            raise Rejected("no_template")
        return Taken(await self._messenger.send_template(to, self._template, claim.body, callback))

    async def find(self, claim: Claim) -> Sequence[Taken]:
        """Messages to this number with this text since the part was written."""
        sent = await self._messenger.recent(_address(claim), claim.created_at)
        same = _holds if claim.details.get(TEMPLATE) else _same
        return [Taken(message.sid) for message in reversed(sent) if same(message.body, claim.body)]


def _address(claim: Claim) -> str:
    return "whatsapp:" + claim.recipient.strip().removeprefix("whatsapp:")


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()


def _holds(one: str, other: str) -> bool:
    # The provider shows the template's own words around ours.
    return " ".join(other.split()) in " ".join(one.split())
