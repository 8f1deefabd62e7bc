"""The inputs of the five tools, with the names that the specification gives them.

`reasoning` comes first in the last two: it is produced before the answer, always, and stored with it.
"""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from fte.domain.channels import Channel


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TicketInput(_Input):
    """What `create_ticket` needs."""

    customer_id: UUID
    issue: str = Field(max_length=300)
    priority: Literal["low", "medium", "high", "urgent"] = "medium"
    category: str = Field(max_length=40)
    channel: Channel


class HistoryInput(_Input):
    """What `get_customer_history` needs."""

    customer_id: UUID
    limit: int = Field(10, ge=1, le=50)


class SearchInput(_Input):
    """What `search_knowledge_base` needs."""

    query: str = Field(max_length=4_000)
    max_results: int = Field(3, ge=1, le=10)


class ResponseInput(_Input):
    """What `send_response` needs: the core of the answer, and the slugs of the articles it rests on."""

    reasoning: str = Field(max_length=2_000)
    ticket_id: UUID
    message: str = Field(min_length=1, max_length=8_000)
    channel: Channel
    articles: list[str] = Field(default_factory=list, max_length=10)
    kind: Literal["answer", "question", "thanks"] = "answer"


class EscalationInput(_Input):
    """What `escalate_to_human` needs. `flag` is one of the escalation flags; `reason` is read by staff."""

    reasoning: str = Field(max_length=2_000)
    ticket_id: UUID
    reason: str = Field(min_length=1, max_length=500)
    flag: Literal[
        "SECURITY_ESCALATION",
        "P1_CRITICAL",
        "LEGAL_ESCALATION",
        "REFUND_REQUEST",
        "SALES_ESCALATION",
        "HUMAN_REQUESTED",
        "REPEAT_CONTACT",
        "SENTIMENT_ESCALATION",
        "WHATSAPP_ESCALATION",
        "KB_MISS",
    ] = "HUMAN_REQUESTED"
