"""The agent: one turn of a conversation, from unanswered messages to exactly one outcome."""
