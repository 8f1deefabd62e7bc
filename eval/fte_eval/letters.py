"""From a turn to the message that its channel's intake makes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from fte.domain.channels import Channel
from fte.domain.identity import Identifier
from fte.domain.reference import ALPHABET
from fte.settings import Settings
from fte.store.intake import InboundMessage
from fte_eval.scenario import Turn
from fte_intake_gmail import Ignored
from fte_ops.dryrun.messages import UNUSED, chat_message, form_message, mail_message

QUOTED_BY: Final = "On Mon, Jun 1, 2026 at 9:14 AM TechCorp Customer Success <support@techcorp.example> wrote:"


@dataclass(frozen=True, slots=True)
class Thread:
    """Where a mail of the customer continues: our mail that it replies to."""

    id: str
    answers: str
    subject: str


@dataclass(frozen=True, slots=True)
class Writer:
    """A customer as the intakes meet it: `key` keeps it apart from everybody else, the addresses are what is seen."""

    key: str
    email: str
    phone: str

    def identifiers(self, message: InboundMessage) -> tuple[Identifier, ...]:
        """The channel's own address first; the other one as if it had been typed into a form before."""
        own, other = ("phone", "email") if message.channel is Channel.WHATSAPP else ("email", "phone")
        level = message.identifiers[0].level
        return (
            Identifier(own, f"{self.key} {own}", level, message.identifiers[0].reason),  # type: ignore[arg-type]
            Identifier(other, f"{self.key} {other}", "claimed", "form"),  # type: ignore[arg-type]
        )


def writer_of(key: str, number: int, turn: Turn) -> Writer:
    """The writer of a turn without an address of its own; 555 is nobody's area code."""
    sender = turn.sender.strip()
    by_chat = turn.channel == "whatsapp"
    phone = sender if sender and by_chat else f"+1555{number:07d}"
    address = sender if sender and not by_chat else f"customer-{number}@{UNUSED}"
    return Writer(key, address, phone.removeprefix("whatsapp:"))


def unchanging(message: InboundMessage, key: str) -> InboundMessage:
    """`message` under an id and a reference that follow from `key`: by them the agent chooses its words."""
    digest = sha256(key.encode())
    reference = "TC-" + "".join(ALPHABET[octet % len(ALPHABET)] for octet in digest.digest()[:10])
    return replace(message, provider_message_id=digest.hexdigest(), reference=reference)


def letter(settings: Settings, turn: Turn, writer: Writer, thread: Thread | None) -> InboundMessage | None:
    """The message to store; None when it is no customer's."""
    match turn.channel:
        case "email":
            message = _mail(settings, turn, writer, thread)
        case "whatsapp":
            fields = {"From": writer.phone, "Body": turn.text, "ProfileName": turn.name}
            message = chat_message(settings, fields, turn.attachments)
        case "webform":
            message = _form(settings, turn, writer)
    return None if message is None else replace(message, identifiers=writer.identifiers(message))


def _mail(settings: Settings, turn: Turn, writer: Writer, thread: Thread | None) -> InboundMessage | None:
    name = turn.name.replace("\\", " ").replace('"', "'")
    subject = turn.subject or (f"Re: {thread.subject.removeprefix('Re: ')}" if thread else "")
    headers = {
        "From": f'"{name}" <{writer.email}>' if name else writer.email,
        "Subject": subject,
        "Reply-To": turn.reply_to,
        "In-Reply-To": thread.answers if thread else "",
        "References": thread.answers if thread else "",
    }
    text = turn.text
    if turn.quoted:
        text += f"\n\n{QUOTED_BY}\n" + "\n".join(f"> {line}" for line in turn.quoted.rstrip("\n").split("\n"))
    message = mail_message(settings, headers, text, turn.html, turn.attachments)
    if isinstance(message, Ignored):
        return None
    return replace(message, provider_thread_id=thread.id) if thread else message


def _form(settings: Settings, turn: Turn, writer: Writer) -> InboundMessage:
    fields = {"name": turn.name, "email": writer.email, "subject": turn.subject, "message": turn.text}
    message = form_message(settings, fields)
    files = [{"name": name, "size": 0, "type": ""} for name in turn.attachments]
    return replace(message, details={**message.details, "attachments": files}) if files else message
