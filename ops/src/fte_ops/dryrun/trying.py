"""One line of `fte try`: the customer's earlier tickets, then the ticket itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from email.utils import parseaddr
from typing import Any, Final

from fte.domain.identity import Identifier
from fte.errors import Permanent, Unprocessable
from fte.settings import Settings
from fte.store.intake import InboundMessage
from fte_intake_gmail import Ignored
from fte_ops.dryrun.desk import NOTHING_SAID, Desk
from fte_ops.dryrun.inputs import ChannelName, Ticket
from fte_ops.dryrun.lines import Line
from fte_ops.dryrun.messages import UNUSED, chat_message, form_message, mail_message


async def try_line(desk: Desk, settings: Settings, line: Line[Ticket]) -> dict[str, Any]:
    """The result for one line, or what is wrong with it. Its customer is nobody else's, whatever the address."""
    if line.record is None:
        return {"id": line.id, "error": line.problem}
    try:
        return {"id": line.id, **await _tried(desk, settings, line.number, line.record)}
    except Permanent as error:
        fields = "; ".join(error.fields.values()) if isinstance(error, Unprocessable) else ""
        return {"id": line.id, "error": f"line {line.number}: {fields or error}"}


async def _tried(desk: Desk, settings: Settings, number: int, ticket: Ticket) -> dict[str, Any]:
    senders = _senders(number, ticket)
    message = _message(settings, senders, ticket)
    if message is None:
        return NOTHING_SAID
    # One address may stand in many lines, and each is to be a customer that we have never met before.
    identity = _of_line(number, message.identifiers)
    for entry in sorted(ticket.history, key=lambda entry: -entry.days_ago):
        past = Ticket(channel=entry.channel, text=entry.text, sender_name=ticket.sender_name)
        earlier = _message(settings, senders, past)
        if earlier is not None:
            # On another channel the customer has named the address of this one: one customer, by a claim.
            own = _of_line(number, earlier.identifiers[:1])
            claim = (
                [replace(identity[0], level="claimed", reason="history")] if own[0].value != identity[0].value else []
            )
            await desk.remember(replace(earlier, identifiers=(*own, *claim)), entry.days_ago)
    return await desk.answer(replace(message, identifiers=identity))


def _of_line(number: int, identifiers: Sequence[Identifier]) -> tuple[Identifier, ...]:
    return tuple(replace(one, value=f"line {number} {one.value}") for one in identifiers)


def _senders(number: int, ticket: Ticket) -> dict[ChannelName, str]:
    """Where this customer writes from, on every channel; what the line does not say is made up."""
    sender = ticket.sender.strip()
    by_chat = ticket.channel == "whatsapp"
    address = sender if sender and not by_chat else f"customer-{number}@{UNUSED}"
    # 555 is nobody's area code.
    phone = sender if sender and by_chat else f"whatsapp:+1555{number:07d}"
    return {"email": address, "webform": address, "whatsapp": phone}


def _message(settings: Settings, senders: Mapping[ChannelName, str], ticket: Ticket) -> InboundMessage | None:
    return _MAKERS[ticket.channel](settings, senders[ticket.channel], ticket)


def _mail(settings: Settings, sender: str, ticket: Ticket) -> InboundMessage | None:
    if ticket.sender_name:
        name = ticket.sender_name.replace("\\", " ").replace('"', "'")
        sender = f'"{name}" <{parseaddr(sender)[1] or sender}>'
    headers = {"From": sender, "Subject": ticket.subject}
    message = mail_message(settings, headers, ticket.text, ticket.html, ticket.attachments)
    if not isinstance(message, Ignored):
        return message
    if message.action == "unreadable_mail":
        raise Unprocessable("from is no address that can be answered")
    return None


def _chat(settings: Settings, sender: str, ticket: Ticket) -> InboundMessage | None:
    fields = {"From": sender, "Body": ticket.text, "ProfileName": ticket.sender_name}
    message = chat_message(settings, fields, ticket.attachments)
    # A chat has no subject, but a ticket that a help desk has written down may have a title.
    return replace(message, subject=ticket.subject.strip()) if message and ticket.subject else message


def _form(settings: Settings, sender: str, ticket: Ticket) -> InboundMessage | None:
    fields = {
        "name": ticket.sender_name,
        "email": parseaddr(sender)[1] or sender,
        "subject": ticket.subject,
        "message": ticket.text,
    }
    message = form_message(settings, fields)
    files = [{"name": name, "size": 0, "type": ""} for name in ticket.attachments]
    return replace(message, details={**message.details, "attachments": files}) if files else message


_MAKERS: Final[dict[ChannelName, Callable[[Settings, str, Ticket], InboundMessage | None]]] = {
    "email": _mail,
    "whatsapp": _chat,
    "webform": _form,
}
