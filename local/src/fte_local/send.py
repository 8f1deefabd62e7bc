"""`./dev send`: write to the suite as a customer, and see what becomes of it."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Any, Final

from fte_local.doors import Doors, Taken, Writing, decision, milliseconds, opened, quoted
from fte_local.platform import DEFAULT_STATE, Platform

WAIT_SECONDS: Final = 30.0
_LOOK_EVERY: Final = 0.1

_SUBJECT: Final = "A question"
_CHANNELS: Final = {"email": "email", "whatsapp": "whatsapp", "form": "webform"}
# The same customer each time, so that what is sent next continues the conversation.
_CUSTOMER: Final = {
    "email": "dana@customer.example",
    "whatsapp": "+14155550123",
    "webform": "dana@customer.example",
}
_ON_ITS_WAY: Final = ("queued", "sending", "unknown")


@dataclass(slots=True)
class Fate:
    """What became of a message, as far as it is known."""

    reference: str = ""
    decided: str = ""
    ms: float = 0.0
    statuses: list[str] = field(default_factory=list)
    received: list[dict[str, Any]] = field(default_factory=list)

    @property
    def settled(self) -> bool:
        """Whether nothing more is to come: every answer is with the customer, or lost."""
        return bool(self.statuses) and not any(status in _ON_ITS_WAY for status in self.statuses)


def main(argv: Sequence[str], platform: Platform) -> int:
    """Send one message; 0 when it was taken and, if it was waited for, the customer has an answer."""
    options = _parse(argv)
    writing = _writing(options)
    with opened(platform) as doors:
        started = time.time()
        taken = doors.send(writing)
        print(_taken(writing, taken), flush=True)
        if not taken.well:
            return 1
        if not options.wait:
            return 0
        fate = _follow(doors, writing, started, options.within)
    fate.reference = fate.reference or taken.reference
    _print(fate, platform)
    if not fate.received:
        print(f"No answer within {options.within:g} s.", file=sys.stderr)
    return 0 if fate.received else 1


def _follow(doors: Doors, writing: Writing, started: float, within: float) -> Fate:
    end = started + within
    while True:
        fate = _look(doors, writing, started)
        if fate.settled or time.time() > end:
            return fate
        time.sleep(_LOOK_EVERY)


def _look(doors: Doors, writing: Writing, started: float) -> Fate:
    """What there is now. Older answers of the same customer do not count."""
    conversation = doors.conversation(writing)
    if conversation is None:
        return Fate()
    fate = Fate(statuses=answers_since(conversation, started))
    ours = {ticket["reference"] for ticket in conversation["tickets"]}
    if fate.statuses:
        fate.received = doors.received(writing.customer, started)
    for run in doors.runs():
        if run["reference"] in ours and milliseconds(started, run["at"]) >= 0:
            fate.reference, fate.ms = run["reference"], milliseconds(started, run["at"])
            fate.decided = decision(run["outcome"], run["articles"], run["team"], run["flags"])
            break
    return fate


def answers_since(conversation: dict[str, Any], started: float) -> list[str]:
    """The delivery status of each answer that was written since then."""
    return [
        str(message["delivery_status"])
        for message in conversation["messages"]
        if message["direction"] == "outbound" and milliseconds(started, message["at"]) >= 0
    ]


def _taken(writing: Writing, taken: Taken) -> str:
    if taken.status is None:
        return f"Sent by {writing.channel}, but the webhook did not answer."
    told = f"Sent by {writing.channel} as {writing.customer}; the webhook answered {taken.status}."
    refused = [f"  {name}: {problem}" for name, problem in taken.refused.items()]
    return "\n".join([f"{told} {taken.reference}".rstrip(), *refused])


def _print(fate: Fate, platform: Platform) -> None:
    if fate.decided:
        print(f"{fate.reference}: {fate.decided}, after {fate.ms:.0f} ms")
    for item in fate.received:
        print(f"\n{quoted(item['text'])}")
    if lost := [status for status in fate.statuses if status in ("failed", "bounced")]:
        print(f"\nThe answer did not get through: {', '.join(lost)}.")
    if fate.reference:
        options = "" if platform.state == DEFAULT_STATE else f" --state {platform.state}"
        print(f"\nIts way: ./dev logs --trace {fate.reference}{options}")


def _writing(options: argparse.Namespace) -> Writing:
    channel = _CHANNELS[options.channel]
    text = sys.stdin.read().strip() if options.text == "-" else options.text
    name, address = "Dana Customer", _CUSTOMER[channel]
    if options.sender:
        name, address = ("", options.sender) if channel == "whatsapp" else parseaddr(options.sender)
    address = address or options.sender
    return Writing(channel, address, text, options.subject, options.name or name or address.partition("@")[0])


def _parse(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev send", description="Write as a customer, and wait for the answer.")
    parser.add_argument("channel", choices=tuple(_CHANNELS))
    parser.add_argument("text", help="what the customer writes; - reads it from standard input")
    parser.add_argument("--from", dest="sender", metavar="ADDRESS", help="e-mail address, or number for whatsapp")
    parser.add_argument("--subject", default=_SUBJECT, help="of the mail or the form")
    parser.add_argument("--name", default="", help="the customer's name")
    parser.add_argument("--wait", action=argparse.BooleanOptionalAction, default=True, help="wait for the answer")
    parser.add_argument("--within", type=float, default=WAIT_SECONDS, metavar="SECONDS", help="wait so long (30)")
    return parser.parse_args(argv)
