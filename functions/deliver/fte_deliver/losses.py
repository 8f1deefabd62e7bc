"""What happens after an answer that did not arrive, decided from the provider's code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from fte.domain.channels import Channel

WINDOW: Final = timedelta(hours=24)
"""How long after a customer's last message WhatsApp takes an answer in our own words."""

WINDOW_CLOSED: Final = "window_closed"
"""Our own code for an answer that we did not even try."""

OPTED_OUT: Final = frozenset({"opted_out", "21610"})
"""Ours, and Twilio's for a number that wrote STOP to it."""

POLICY: Final = "policy_"

_OUTSIDE_WINDOW: Final = frozenset({WINDOW_CLOSED, "63016"})


class Way(StrEnum):
    """`people`: nobody but a person can still bring it. `none`: it is not to be brought."""

    TEMPLATE = "template"
    EMAIL = "email"
    PEOPLE = "people"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Loss:
    """An answer that did not arrive, and what else could bring it.

    `is_second`: it was the second way of another answer already. `held`: people have the conversation now, and the
    agent wrote it.
    """

    channel: Channel
    code: str
    is_second: bool = False
    held: bool = False
    template: bool = False
    email: bool = False


def window_open(last_inbound: datetime | None, now: datetime) -> bool:
    """Whether WhatsApp takes an answer in our own words now. What we sent ourselves keeps no window open.

    Of somebody of whom we have no message the provider knows more than we do: it is asked.
    """
    return last_inbound is None or now < last_inbound + WINDOW


def next_way(loss: Loss) -> Way:
    """How the answer is brought to the customer after all, or who is told that it cannot be."""
    if loss.code.startswith(POLICY):
        # Stopped on purpose, and handed over with that.
        return Way.NONE
    if loss.code in OPTED_OUT and (loss.channel is Channel.WHATSAPP or not loss.is_second):
        return Way.NONE
    if loss.channel is not Channel.WHATSAPP or loss.held:
        return Way.PEOPLE
    if loss.code in _OUTSIDE_WINDOW and loss.template and not loss.is_second:
        return Way.TEMPLATE
    return Way.EMAIL if loss.email else Way.PEOPLE
