"""intake-whatsapp: takes WhatsApp messages and delivery reports from Twilio.

What it exports is what an operator's tools may build on: what becomes of a message's fields.
"""

from __future__ import annotations

from fte_intake_whatsapp.message import inbound_message
from fte_intake_whatsapp.signed import Form

__all__ = ["Form", "inbound_message"]
