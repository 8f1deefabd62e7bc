"""What the agent reads of a conversation and of its customer, and the ticket that it opens."""

from __future__ import annotations

from fte_agent.records.conversation import ChannelConfig, Conversation, Inbound, load_conversation, postpone
from fte_agent.records.history import Earlier, EarlierTicket, Held, History, load_history
from fte_agent.records.tickets import SETTLED, Ticket, more_urgent, open_ticket, opens_another

__all__ = [
    "SETTLED",
    "ChannelConfig",
    "Conversation",
    "Earlier",
    "EarlierTicket",
    "Held",
    "History",
    "Inbound",
    "Ticket",
    "load_conversation",
    "load_history",
    "more_urgent",
    "open_ticket",
    "opens_another",
    "postpone",
]
