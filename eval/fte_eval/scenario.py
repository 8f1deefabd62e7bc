"""A scenario: a conversation of one or more turns, and what must hold after each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

ChannelName = Literal["email", "whatsapp", "webform"]
Outcome = Literal["answered", "escalated", "asked", "resolved", "silent"]
Label = Literal["negative", "neutral", "positive"]
Priority = Literal["low", "medium", "high", "urgent"]
Team = Literal["support-lead", "support", "sales", "finance", "security", "engineering"]
Category = Literal[
    "how_to", "technical_issue", "account_access", "billing", "integration", "feature_request", "feedback", "sales",
    "legal", "security",
]  # fmt: skip
Flag = Literal[
    "SECURITY_ESCALATION", "P1_CRITICAL", "LEGAL_ESCALATION", "REFUND_REQUEST", "SALES_ESCALATION", "HUMAN_REQUESTED",
    "REPEAT_CONTACT", "SENTIMENT_ESCALATION", "WHATSAPP_ESCALATION", "KB_MISS",
]  # fmt: skip

Words = Annotated[str, Field(min_length=1)]


class Strict(BaseModel):
    """Data that somebody wrote by hand: an unknown field or a value of another type is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True)


class Expect(Strict):
    """What must hold after a turn. What is not given is not checked; `flags` is the exact set."""

    outcome: Outcome | list[Outcome] | None = None
    flags: list[Flag] | None = None
    team: Team | None = None
    category: Category | list[Category] | None = None
    sentiment: Label | list[Label] | None = None
    topic: Words | list[Words] | None = None
    says: list[Words | list[Words]] = Field(default=[])
    not_says: list[Words] = Field(default=[])
    ticket: Literal["new", "same", "reopened"] | None = None
    priority: Priority | list[Priority] | None = None


class Turn(Strict):
    """One message of a customer. `stranger`: it is not written by the scenario's customer, whatever the channel."""

    channel: ChannelName
    sender: str = Field("", alias="from")
    name: str = ""
    subject: str = ""
    text: str = ""
    html: str = ""
    attachments: list[Words] = Field(default=[])
    reply_to: str = ""
    quoted: str = ""
    days_ago: float = Field(0, ge=0, le=3_650)
    continues: bool | None = None
    stranger: bool = False
    expect: Expect = Expect()

    @model_validator(mode="after")
    def _has_content(self) -> Turn:
        if "text" not in self.model_fields_set and not self.html:
            raise ValueError("a turn has a text, or html")
        if self.channel != "email":
            given = {"html", "reply_to", "quoted", "continues"} & self.model_fields_set
            if given:
                raise ValueError(f"only an e-mail has: {', '.join(sorted(given))}")
        return self


class Scenario(Strict):
    """A conversation. `id` is unique over all files."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    tags: list[Words] = Field(default=[])
    turns: list[Turn] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> Scenario:
        if any(later.days_ago > earlier.days_ago for earlier, later in pairwise(self.turns)):
            raise ValueError("a turn cannot lie further back than the one before it")
        return self


def listed(value: str | Sequence[str] | None) -> list[str]:
    """A value that may be one or several, as a list."""
    return [] if value is None else [value] if isinstance(value, str) else list(value)
