"""The agent: one turn of a conversation, from unanswered messages to exactly one outcome.

What it exports is what an operator's tools may build on: its resources, answering a conversation, and its tools one by
one with their inputs.
"""

from __future__ import annotations

from fte_agent.conversation import GIVE_UP_AFTER, answer
from fte_agent.gates import INPUTS
from fte_agent.models import OFFLINE
from fte_agent.stepwise import Said, StepwiseRun
from fte_agent.wiring import AgentResources, model_factory, open_client

__all__ = [
    "GIVE_UP_AFTER",
    "INPUTS",
    "OFFLINE",
    "AgentResources",
    "Said",
    "StepwiseRun",
    "answer",
    "model_factory",
    "open_client",
]
