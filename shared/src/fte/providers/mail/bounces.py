"""What a report about a mail of ours says: which one, to whom, and what became of it (RFC 3464 and its relatives)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from fte.providers.mail.headers import Headers, read_headers
from fte.providers.mail.parts import Part

ROBOTS: Final = ("mailer-daemon@", "postmaster@", "mail-daemon@", "bounce@", "bounces@")
"""Who writes reports that do not say so in their headers. People read and write mail at some of these, too."""

_MACHINES: Final = ("mailer-daemon@", "mail-daemon@")

Outcome = Literal["failed", "delayed", "delivered", "relayed", "expanded", "unknown"]

_ID: Final = re.compile(r"<[^<>\s]{1,498}>")
_STATUS: Final = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\.?\d)")
_REFUSAL: Final = re.compile(r"(?<![\d.])[45]\d\d[ -]#?[45]\.\d{1,3}\.\d{1,3}(?!\.?\d)")
_REPORTS: Final = ("deliver", "recipient", "mailbox", "user unknown", "zugestellt", "zustell", "livré", "entregad")
_OUTCOMES: Final[tuple[Outcome, ...]] = ("failed", "delayed", "delivered", "relayed", "expanded")
_MAX: Final = 200_000
_MAX_IDS: Final = 50


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a mail. `message_ids` are those that the report names; the mail itself comes first."""

    outcome: Outcome = "unknown"
    status: str = ""
    recipient: str = ""
    message_ids: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    """Those of them that stand in what the report gives back, and not in what the mail answers."""


NO_REPORT: Final = Report()


def read_report(mail: Part, text: str) -> Report:
    """The report in a mail, as far as it is one; `text` is what the mail says to people."""
    statuses: list[Headers] = []
    ids: list[str] = []
    for part in _leaves(mail):
        if part.type == "message/delivery-status":
            statuses += _blocks(b"".join(part.pieces(_MAX)))
        elif part.type in ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"):
            raw = b"".join(part.pieces(_MAX))
            ids += read_headers(raw, 0, len(raw)).ids("message-id")
    ids += mail.headers.ids("x-failed-message-id")
    written = _ID.findall(text[:_MAX])[:_MAX_IDS]
    returned = (*ids, *written)
    for name in ("in-reply-to", "references"):
        ids += mail.headers.ids(name)
    ids += written
    told = [block for block in statuses if block.raw("action")]
    # A mail to one address has one; of several the worst counts.
    worst = next((block for block in told if _action(block) == "failed"), told[0] if told else Headers())
    recipient = (
        worst.text("original-recipient") or worst.text("final-recipient") or mail.headers.text("x-failed-recipients")
    )
    status = _STATUS.search(worst.text("status")) or (None if told else _STATUS.search(text[:_MAX]))
    return Report(
        _action(worst) if told else _guessed(text),
        status.group() if status else "",
        recipient.rpartition(";")[2].strip(" <>").lower()[:320],
        tuple(dict.fromkeys(ids))[:_MAX_IDS],
        tuple(dict.fromkeys(returned))[:_MAX_IDS],
    )


def is_machine(sender: str) -> bool:
    """Whether nobody ever writes from this address but a mail server."""
    return sender.startswith(_MACHINES)


def tells_status(text: str) -> bool:
    """Whether a text gives the status of a delivery. A number alone may be that of a version."""
    said = text[:_MAX]
    if _REFUSAL.search(said):
        return True
    return _STATUS.search(said) is not None and any(word in said.lower() for word in _REPORTS)


def _leaves(part: Part) -> list[Part]:
    return [leaf for child in part.children for leaf in _leaves(child)] if part.children else [part]


def _blocks(raw: bytes) -> list[Headers]:
    found: list[Headers] = []
    at = 0
    while at < len(raw) and len(found) < 100:
        headers = read_headers(raw, at, len(raw))
        if headers.body <= at:
            break
        if headers.items:
            found.append(headers)
        at = headers.body
    return found


def _action(block: Headers) -> Outcome:
    said = block.text("action").lower()
    return next((outcome for outcome in _OUTCOMES if said.startswith(outcome)), "unknown")


def _guessed(text: str) -> Outcome:
    lowered = text[:_MAX].lower()
    if any(word in lowered for word in ("delayed", "will keep trying", "will be retried", "not yet been delivered")):
        return "delayed"
    return "failed"
