"""A run context without database: what the pure parts of the agent are tested with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from fte.domain.channels import Channel
from fte.domain.tickets import TicketStatus
from fte.knowledge.search import Hit, Passage, SearchResult
from fte_agent.context import RunContext
from fte_agent.records import ChannelConfig, Conversation, History, Inbound, Ticket
from fte_agent.triage import triage
from fte_agent.turn import Turn

CONFIGS = {
    Channel.EMAIL: ChannelConfig(
        Channel.EMAIL,
        150,
        400,
        None,
        1,
        "Hello {name},",
        "Kind regards,\nTechCorp Customer Success",
        True,
        True,
        "formal",
    ),
    Channel.WHATSAPP: ChannelConfig(
        Channel.WHATSAPP, 0, None, 300, 3, "Hi {name}!", "", False, False, "conversational"
    ),
    Channel.WEBFORM: ChannelConfig(
        Channel.WEBFORM, 100, 300, None, 1, "Hello {name},", "Best regards,\nTechCorp", True, True, "semi-formal"
    ),
}

RESET = Hit(
    slug="password-reset",
    title="Reset your password",
    topics=("password-reset",),
    category="account_access",
    score=0.9,
    passages=(
        Passage(
            uuid4(), "Reset it", "1. Open the sign-in page.\n2. Choose **Forgot password?**\n3. Open the mail.", 0.8
        ),
        Passage(uuid4(), "", "A reset link works once\nand for 60 minutes.", 0.6),
    ),
)

MakeContext = Callable[..., RunContext]


@pytest.fixture
def make_context() -> MakeContext:
    """Makes the context of a run that has done its first three steps."""

    def make(text: str, channel: Channel = Channel.EMAIL, *, hits: tuple[Hit, ...] = (RESET,), new: bool = True) -> Any:
        customer = uuid4()
        inbound = Inbound(
            uuid4(), 1, channel, "Question", text, "ann@example.com", "TC-0000000000", datetime.now(UTC), None, None,
            None, {},
        )  # fmt: skip
        conversation = Conversation(uuid4(), customer, "Ann Lee", False, CONFIGS[channel], (inbound,))
        return RunContext(
            resources=None,  # type: ignore[arg-type]  # the pure parts use none
            turn=Turn(conversation.id, 1),
            conversation=conversation,
            triage=triage("Question", text, channel, begins=new),
            claimed={"create_ticket", "get_customer_history", "search_knowledge_base"},
            done={"create_ticket", "get_customer_history", "search_knowledge_base"},
            ticket=Ticket(UUID(int=7), "TC-0123456789", TicketStatus.IN_PROGRESS, "how_to", "medium", is_new=new),
            history=History((), 1, 0),
            found=SearchResult(hits, ("semantic",), 0.8 if hits else None),
        )

    return make
