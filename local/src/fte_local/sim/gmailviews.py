"""Gmail's resources as JSON, made from what the mailbox holds. Pure."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from fte_local.sim import mail, refusals
from fte_local.sim.mailbox import HistoryRecord, Stored

KINDS = {
    "messageAdded": "messagesAdded",
    "messageDeleted": "messagesDeleted",
    "labelAdded": "labelsAdded",
    "labelRemoved": "labelsRemoved",
}


def named(stored: Stored) -> dict[str, Any]:
    """A mail by its ids alone."""
    return {"id": stored.id, "threadId": stored.thread_id}


def message(stored: Stored, shape: str, wanted_headers: Collection[str]) -> dict[str, Any]:
    """The `Message` resource in the format `full`, `metadata`, `minimal` or `raw`."""
    parsed = stored.mail
    shown: dict[str, Any] = {
        **named(stored),
        "labelIds": list(stored.labels),
        "snippet": " ".join((mail.body(parsed, "plain") or "").split())[:200],
        "historyId": str(stored.history_id),
        "internalDate": str(stored.internal_date),
        "sizeEstimate": len(stored.raw),
    }
    match shape.lower():
        case "full":
            shown["payload"] = mail.payload(parsed)
        case "metadata":
            names = {name.lower() for name in wanted_headers}
            headers = [item for item in mail.header_list(parsed) if not names or item["name"].lower() in names]
            shown["payload"] = {"mimeType": parsed.get_content_type(), "headers": headers}
        case "raw":
            shown["raw"] = mail.encoded(stored.raw)
        case "minimal":
            pass
        case _:
            raise refusals.google(400, "invalidArgument", "Invalid value for format")
    return shown


def wanted(record: HistoryRecord, kinds: Collection[str], label: str | None) -> bool:
    """Whether a change passes the filters of `history.list`."""
    of_kind = not kinds or record.change in {KINDS.get(kind) for kind in kinds}
    return of_kind and (label is None or label in record.stored.labels or label in record.labels)


def history(record: HistoryRecord) -> dict[str, Any]:
    """One `History` resource."""
    stored = record.stored
    change: dict[str, Any] = {"message": {**named(stored), "labelIds": list(stored.labels)}}
    if record.labels:
        change["labelIds"] = list(record.labels)
    return {"id": str(record.id), "messages": [named(stored)], record.change: [change]}
