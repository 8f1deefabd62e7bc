"""What a mail in the mailbox becomes: a message for the agent, or a line in the audit log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from fte.domain.channels import Channel
from fte.domain.identity import Identifier, is_own
from fte.providers.gmail import GmailMessage
from fte.providers.mail import Mail, Unreadable, classify, read_mail
from fte.store.intake import InboundMessage

_NOT_INBOUND: Final = frozenset({"SENT", "DRAFT", "SPAM", "TRASH"})


@dataclass(frozen=True, slots=True)
class Ignored:
    """A mail that is no customer's message: what is written to the audit log. No address, none of its words."""

    action: str
    provider_message_id: str
    reason: str


def inbound_message(message: GmailMessage, own: Sequence[str], recipient: str) -> InboundMessage | Ignored:
    """The message to store, or why there is none. Never raises: one mail must not stop the mailbox."""
    labels = message.label_ids & _NOT_INBOUND
    if labels:
        return Ignored("mail_ignored", message.id, min(labels).lower())
    try:
        mail = read_mail(message.raw)
    except Unreadable:
        return Ignored("unreadable_mail", message.id, "unreadable")
    kind = classify(mail, own)
    if kind != "customer":
        return Ignored("automatic_mail_ignored", message.id, kind)
    if mail.sender is None:
        return Ignored("unreadable_mail", message.id, "no_sender")
    return _customer_message(message, mail, mail.sender, own, recipient)


def _customer_message(
    message: GmailMessage, mail: Mail, sender: str, own: Sequence[str], recipient: str
) -> InboundMessage:
    # An answer that was asked to go to us would come back to us.
    reply_to = mail.reply_to if mail.reply_to and not is_own(mail.reply_to, own) else sender
    other = reply_to != sender
    # The answer goes to an address that From does not prove: what it may reveal must not rest on From alone.
    identifier = Identifier(
        "email", sender, "claimed" if other else "channel", "mail From" + ", other Reply-To" * other
    )
    return InboundMessage(
        channel=Channel.EMAIL,
        provider_message_id=message.id,
        identifiers=(identifier,),
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
            "attachments": [asdict(attachment) for attachment in mail.attachments],
        },
    )
