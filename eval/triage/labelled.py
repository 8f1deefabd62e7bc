"""Labelled messages from files."""

from __future__ import annotations

import json
from pathlib import Path

from composing import Message

OURS = {"sales_pricing": "sales", "refund": "billing"}
FLAGS = {
    "SECURITY": "SECURITY_ESCALATION", "LEGAL": "LEGAL_ESCALATION", "REFUND": "REFUND_REQUEST",
    "SALES": "SALES_ESCALATION", "SENTIMENT": "SENTIMENT_ESCALATION", "WHATSAPP": "WHATSAPP_ESCALATION",
}  # fmt: skip


def read_messages(file: Path) -> list[Message]:
    """The messages of a file in the format of `labels.md`."""
    return [
        Message(
            row["subject"], row["text"], row["channel"], row["category"], row["sentiment"], frozenset(row["flags"])
        )
        for row in map(json.loads, file.read_text("utf-8").splitlines())
    ]  # fmt: skip


def read_tickets(file: Path) -> list[Message]:
    """Tickets by many hands, some of other products: other names, and many labels missing."""
    messages = []
    for row in map(json.loads, file.read_text("utf-8").splitlines()):
        category = OURS.get(row["category"], row["category"])
        flags = None
        if row["triggers"] is not None:
            flags = frozenset(FLAGS.get(trigger, trigger) for trigger in row["triggers"]) - {"KB_MISS"}
        elif row["escalate"] is False:
            flags = frozenset()
        messages.append(
            Message(
                row["subject"],
                row["text"],
                row["channel"],
                None if category == "other" else category,
                row["sentiment"],
                flags,
            )
        )
    return messages
