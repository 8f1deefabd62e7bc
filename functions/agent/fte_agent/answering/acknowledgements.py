"""What a reply shows to have noticed of its customer: another language, earlier contact."""

from __future__ import annotations

from typing import Final

from fte.domain.channels import Channel
from fte.domain.policy.language import IN_THEIR_LANGUAGE
from fte_agent.answering.words import stems
from fte_agent.glossary import LANGUAGES
from fte_agent.records import History

IN_ANY_OTHER: Final = "We answer in English; if you would rather write with a person of our team, just tell us."

READ_BY_A_PERSON: Final = "We answer in English; a person of our team reads your message and takes over."

_CHANNELS: Final = {
    Channel.EMAIL: "by e-mail",
    Channel.WHATSAPP: "by WhatsApp",
    Channel.WEBFORM: "through our web form",
}
_ALSO: Final = "also wrote to us"
SIMILAR: Final = 0.5
SLIP: Final = 2
"""Words of a message up to which an unknown language is none."""


def language_notice(language: str) -> str:
    """One sentence that says, in the customer's language, that the answer is in English; nothing for English."""
    return "" if language in ("", "en") else IN_THEIR_LANGUAGE.get(language, IN_ANY_OTHER)


def is_read(language: str, text: str) -> bool:
    """Whether we make anything of a message but a search: its mood and its aims are told by words that we know. A word
    or two in no known language are a slip rather than one."""
    return language in ("", "en") or language in LANGUAGES or (language == "und" and len(text.split()) <= SLIP)


def earlier_contact(history: History | None, channel: Channel, text: str, *, is_new: bool, category: str) -> str:
    """A sentence on what the customer wrote before: another channel by its name alone, an earlier ticket on the same
    matter by its reference. Said once in a ticket."""
    if history is None or not is_new or any(_ALSO in message.content for message in history.messages):
        return ""
    others = [_CHANNELS[other] for other in history.other_channels if other is not channel]
    if others:
        # Only the tickets that this address may be told of are in the history at all.
        elsewhere = [ticket.reference for ticket in history.earlier if ticket.channel is not channel]
        named = f" (ticket {elsewhere[0]})" if elsewhere and channel is not Channel.WHATSAPP else ""
        return f"I can see that you {_ALSO} {_either(others)}{named}; you do not have to repeat anything."
    asked = set(stems(text))
    for ticket in history.earlier:
        about = set(stems(ticket.subject))
        if (
            about
            and asked
            and ticket.category == category
            and len(asked & about) >= SIMILAR * min(len(asked), len(about))
        ):
            if channel is Channel.WHATSAPP:
                return "I can see that you asked about this before, and I am sorry that it has come up again."
            return (
                f"I can see your earlier ticket {ticket.reference} on this matter, and I am sorry that it has come up"
                " again."
            )
    return ""


def _either(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
