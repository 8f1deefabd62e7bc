"""What customers received, whatever provider brought it. No I/O."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from email.utils import parseaddr
from typing import Any, Literal

Channel = Literal["email", "whatsapp"]


def address_key(text: str) -> str:
    """What identifies an address or number: no case, no `whatsapp:`, no display name, no plus sign.

    The plus goes because an unescaped one in a query arrives as a space.
    """
    bare = text.strip().lower().removeprefix("whatsapp:").strip()
    if "@" in bare:
        return parseaddr(bare)[1] or bare
    return re.sub(r"[\s()+-]", "", bare)


def moment(at: datetime) -> str:
    """A time as the control API writes it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class Received:
    """One message in one customer's hands."""

    id: str
    channel: Channel
    to: str
    sender: str
    text: str
    at: datetime
    subject: str | None = None
    html: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    thread_id: str | None = None

    def shown(self) -> dict[str, Any]:
        """The message as the control API gives it."""
        shown = asdict(self)
        shown["from"] = shown.pop("sender")
        shown["at"] = moment(self.at)
        return shown


@dataclass(slots=True)
class Outbox:
    """All that was received, oldest first."""

    _received: list[Received] = field(default_factory=list)

    def add(self, received: Received) -> None:
        """Put a message into its receiver's hands."""
        self._received.append(received)

    def clear(self) -> None:
        """Forget everything."""
        self._received.clear()

    def find(self, channel: Channel | None, to: str | None, since: datetime | None) -> list[Received]:
        """The messages of a channel, to an address, at or after a time; None means any."""
        key = address_key(to) if to else None
        return [
            message
            for message in self._received
            if (channel is None or message.channel == channel)
            and (key is None or address_key(message.to) == key)
            and (since is None or message.at >= since)
        ]
