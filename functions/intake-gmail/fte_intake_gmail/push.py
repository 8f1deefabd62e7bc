"""What a Pub/Sub push about a Gmail mailbox says."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass

from fte.errors import Malformed


@dataclass(frozen=True, slots=True)
class Push:
    """A hint that a mailbox's history has come as far as `history_id`."""

    address: str
    history_id: int


def read_push(body: bytes) -> Push:
    """The hint in a push's body. Raises `Malformed`."""
    try:
        data = json.loads(body)["message"]["data"]
        # Pub/Sub writes standard base64, Gmail's guide says base64url: both are read.
        notice = json.loads(base64.b64decode(data.replace("-", "+").replace("_", "/") + "==", validate=False))
        address, history_id = notice["emailAddress"], int(notice["historyId"])
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise Malformed("not a push about a mailbox") from error
    if not isinstance(address, str) or history_id < 0:
        raise Malformed("not a push about a mailbox")
    return Push(address.strip().lower(), history_id)
