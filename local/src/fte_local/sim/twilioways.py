"""How Twilio behaves towards this account just now: what a test may set, and what the customers' own words change."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Literal

from fte_local.sim import refusals

Status = Literal["received", "queued", "sent", "delivered", "read", "failed", "undelivered"]

IN_ORDER: tuple[Status, ...] = ("queued", "sent", "delivered")
WINDOW_CLOSED = 63016
STOPPED = 21610
TEMPLATE_SID = re.compile(r"HX[0-9a-fA-F]{32}")
TEMPLATE = "Your answer from TechCorp support: {}"

STOP_WORDS = frozenset({"stop", "stopall", "unsubscribe", "cancel", "end", "quit"})
START_WORDS = frozenset({"start", "yes", "unstop"})


@dataclass(slots=True)
class TwilioWays:
    """`callbacks` are the reports of a message that is sent, in the order in which they come; with `early` they come
    before the call that sends it is answered.

    To an address in `closed` free text is taken and then fails with 63016, or is refused at once with
    `refuses_closed`; what its owner writes opens it again. One in `stopped` is refused with 21610. With `keywords`
    Twilio reads STOP and START itself. A webhook that fails is called `retries` times more, then `fallback` once.
    """

    callbacks: tuple[Status, ...] = IN_ORDER
    early: bool = False
    closed: set[str] = field(default_factory=set)
    refuses_closed: bool = False
    stopped: set[str] = field(default_factory=set)
    keywords: bool = False
    retries: int = 1
    fallback: str | None = None

    def heard(self, sender: str, text: str) -> str | None:
        """A customer writes: the window is open. Returns what Twilio makes of the words, if it reads them itself."""
        self.closed.discard(sender)
        word = text.strip().lower()
        if self.keywords and word in STOP_WORDS:
            self.stopped.add(sender)
            return "STOP"
        if self.keywords and word in START_WORDS:
            self.stopped.discard(sender)
            return "START"
        return None

    def refuse(self, to: str, *, is_template: bool) -> None:
        """Raise Twilio's refusal of a message to this address, if it is refused at once."""
        if to in self.stopped:
            raise refusals.twilio(400, STOPPED, "Attempt to send to unsubscribed recipient")
        if self.refuses_closed and not self.takes(to, is_template=is_template):
            raise refusals.twilio(400, WINDOW_CLOSED, "Failed to send freeform message: outside the allowed window")

    def takes(self, to: str, *, is_template: bool) -> bool:
        """Whether WhatsApp brings a message to this address."""
        return is_template or to not in self.closed


def rendered(template: str, variables: str) -> str:
    """The text of a template with its variable. Raises what Twilio answers to a bad one."""
    if not TEMPLATE_SID.fullmatch(template):
        raise refusals.twilio(400, 21655, "The ContentSid is invalid")
    try:
        text = json.loads(variables)["1"]
    except (ValueError, KeyError, TypeError):
        text = None
    # WhatsApp takes no line ends, tabs or rows of blanks in a variable.
    if not isinstance(text, str) or not text or re.search(r"[\n\t]| {5}", text):
        raise refusals.twilio(400, 21656, "The ContentVariables parameter is invalid")
    return TEMPLATE.format(text)
