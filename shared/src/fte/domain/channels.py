"""The channels a customer can use."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """Where a message came from, and where its answer goes."""

    EMAIL = "email"
    WHATSAPP = "whatsapp"
    WEBFORM = "webform"
