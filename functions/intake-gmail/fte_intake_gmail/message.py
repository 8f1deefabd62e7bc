"""What a mail in the mailbox becomes: a message for the agent, or a line in the audit log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Final

from fte.domain.channels import Channel
from fte.domain.identity import is_own
from fte.providers.gmail import GmailMessage
from fte.providers.mail import Mail, classify, read_mail
from fte.providers.mail.our_ids import replies_named
from fte.store.intake import InboundMessage
from fte_intake_gmail.writer import identifiers

_NOT_INBOUND: Final = frozenset({"SENT", "DRAFT", "SPAM", "TRASH"})
_NOT_FILES: Final = frozenset({
    "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "application/pgp-keys",
})  # fmt: skip
"""What a mail program adds of its own: nobody means it as a file for us."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """A mail that is no customer's message: what is written to the audit log. No address, none of its words.

    `mail` is the mail itself where it was read, and no part of what the note says.
    """

    action: str
    provider_message_id: str
    reason: str
    mail: Mail | None = field(default=None, compare=False, repr=False)


def inbound_message(
    message: GmailMessage, own: Sequence[str], recipient: str, key: bytes = b""
) -> InboundMessage | Ignored:
    """The message to store, or why there is none. Never raises: one mail must not stop the mailbox.

    `key` proves which of the Message-IDs in it are ours.
    """
    return read_message(message, own, recipient, key)[0]


def read_message(
    message: GmailMessage, own: Sequence[str], recipient: str, key: bytes
) -> tuple[InboundMessage | Ignored, Mail | None]:
    """The same, with the mail as it was read."""
    labels = message.label_ids & _NOT_INBOUND
    if labels:
        return Ignored("mail_ignored", message.id, min(labels).lower()), None
    mail = read_mail(message.raw)
    kind = classify(mail, own)
    if kind != "customer":
        return Ignored("automatic_mail_ignored", message.id, kind, mail), mail
    if mail.sender is None:
        return Ignored("unreadable_mail", message.id, "no_sender", mail), mail
    return _customer_message(message, mail, mail.sender, own, recipient, key), mail


def _customer_message(
    message: GmailMessage, mail: Mail, sender: str, own: Sequence[str], recipient: str, key: bytes
) -> InboundMessage:
    # An answer that was asked to go to us would come back to us.
    reply_to = mail.reply_to if mail.reply_to and not is_own(mail.reply_to, own) else sender
    # What the answer may reveal must not rest on a From that proves nothing, or on one that it does not go to.
    doubts = [
        doubt
        for doubt, holds in (
            ("other Reply-To", reply_to != sender),
            ("two From", mail.doubtful_sender),
            ("DMARC fails", _fails_dmarc(mail)),
        )
        if holds
    ]
    ours = replies_named(key, [mail.in_reply_to, *reversed(mail.references)])
    return InboundMessage(
        channel=Channel.EMAIL,
        provider_message_id=message.id,
        identifiers=identifiers(mail, sender, reply_to, doubts, own),
        content=mail.text,
        received_at=message.internal_date,
        subject=mail.subject,
        name=mail.sender_name,
        sender=sender,
        recipient=recipient,
        provider_thread_id=message.thread_id,
        rfc_message_id=mail.message_id,
        received={
            "thread_id": message.thread_id,
            "rfc_message_id": mail.message_id,
            "in_reply_to": mail.in_reply_to,
            "references": list(mail.references),
            "headers": mail.headers,
        },
        details={
            "subject": mail.subject,
            "reply_to": reply_to,
            "full_text": mail.full_text,
            "quoted": mail.quoted,
            "signature": mail.signature,
            "answers_ours": [str(reply) for reply in ours],
            "attachments": [asdict(attachment) for attachment in mail.attachments if attachment.type not in _NOT_FILES],
        },
    )


def _fails_dmarc(mail: Mail) -> bool:
    # Only what Gmail itself puts on top is believed; a sender can write such a header too.
    verdict = mail.headers.get("authentication-results", "").lower()
    return verdict.startswith("mx.google.com") and "dmarc=fail" in verdict
