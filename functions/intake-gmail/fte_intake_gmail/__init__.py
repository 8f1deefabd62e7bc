"""intake-gmail: takes the support mailbox's mail from Gmail.

What it exports is what an operator's tools may build on: what becomes of a mail.
"""

from __future__ import annotations

from fte_intake_gmail.message import Ignored, inbound_message

__all__ = ["Ignored", "inbound_message"]
