"""STOP and START: the words by which a customer ends and restores our messages."""

from __future__ import annotations

import re
from typing import Final

from fte.store.intake import InboundMessage, Keyword

STOPPED: Final = "You will get no more messages from TechCorp support here. Write START if you change your mind."
STARTED: Final = "Welcome back! You will get our messages here again. How can we help?"

STOP: Final = frozenset({"stop", "stopall", "unsubscribe"})
START: Final = frozenset({"start", "unstop"})
"""Words that say nothing else. CANCEL, END and YES are answers to a question as well: they are the agent's to read."""


_AROUND: Final = re.compile(r"^[\W_]+|[\W_]+$")


def keyword_in(message: InboundMessage) -> Keyword | None:
    """The keyword, if the message is one and nothing else: marks around it, seen or not, do not count.

    Where Twilio is set to treat such words itself it says so, and confirms them itself: then we say nothing.
    """
    told = str(message.details.get("twilio", {}).get("OptOutType", "")).lower()
    if told in ("stop", "start"):
        return Keyword("stop" if told == "stop" else "start")
    if "?" in message.content:
        return None
    word = _AROUND.sub("", message.content).lower()
    if word in STOP:
        return Keyword("stop", STOPPED)
    return Keyword("start", STARTED) if word in START else None
