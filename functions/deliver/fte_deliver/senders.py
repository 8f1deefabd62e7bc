"""The two ways out: e-mail by Gmail and WhatsApp by Twilio, behind one shape."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from fte.providers.errors import Rejected
from fte.providers.gmail import SentMail
from fte.providers.twilio import SentMessage
from fte_deliver.mail import Reply, Undeliverable, build
from fte_deliver.records import Claim, Taken


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

    async def recent(self, to: str, since: datetime) -> list[SentMessage]: ...


class MailSender:
    """Answers to e-mail, in their thread, and to the form, in a thread of their own."""

    def __init__(self, mailbox: Mailbox, support_address: str) -> None:
        self._mailbox = mailbox
        self._support_address = support_address

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
        found = await self._mailbox.find_by_rfc_id(self._message_id(claim))
        return [Taken(found.id, found.thread_id)] if found else []

    def _message_id(self, claim: Claim) -> str:
        domain = self._support_address.rpartition("@")[2]
        return claim.rfc_message_id or f"<{claim.message_id}.{claim.part}@{domain}>"


class WhatsAppSender:
    """Answers to WhatsApp messages. Twilio has no key for repeated calls: an attempt is found by its text."""

    def __init__(self, messenger: Messenger, status_callback: str) -> None:
        self._messenger = messenger
        self._status_callback = status_callback

    async def send(self, claim: Claim) -> Taken:
        """Send the message."""
        return Taken(await self._messenger.send(_address(claim), claim.body, self._status_callback))

    async def find(self, claim: Claim) -> Sequence[Taken]:
        """Messages to this number with this text since the part was written."""
        sent = await self._messenger.recent(_address(claim), claim.created_at)
        return [Taken(message.sid) for message in reversed(sent) if _same(message.body, claim.body)]


def _address(claim: Claim) -> str:
    return "whatsapp:" + claim.recipient.strip().removeprefix("whatsapp:")


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()
