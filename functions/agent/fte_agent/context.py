"""Everything that one run knows and has done. The tools and gates share it; the model sees only what is put to it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID, uuid4

from fte.domain.channels import Channel
from fte.domain.teams import due_at
from fte.domain.tickets import TicketStatus
from fte.knowledge.embedder import Vector
from fte.knowledge.search import SearchResult
from fte_agent.limits import TOO_MANY
from fte_agent.records import Conversation, Held, History, Ticket
from fte_agent.triage import Triage, Trigger
from fte_agent.turn import Turn

if TYPE_CHECKING:
    from fte_agent.wiring import AgentResources

Outcome = Literal["answered", "asked", "escalated", "resolved", "silent"]

MODEL_SECONDS_FROM_RECEIPT = 2.5
MODEL_SECONDS_FROM_START = 2.0


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A call that was asked for: whether the gates let it through, and if not, why."""

    tool: str
    accepted: bool
    reason: str = ""


@dataclass(slots=True)
class RunContext:
    """One run over all that a conversation owes."""

    resources: AgentResources
    turn: Turn
    conversation: Conversation
    triage: Triage
    vectors: asyncio.Task[Mapping[str, Vector]] | None = None
    """Of what is searched for; they are made while the ticket is opened."""
    may_rerun: bool = True
    id: UUID = field(default_factory=uuid4)
    started_at: float = field(default_factory=time.time)

    calls: list[ToolCall] = field(default_factory=list)
    claimed: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    stages: dict[str, float] = field(default_factory=dict)

    ticket: Ticket | None = None
    history: History | None = None
    found: SearchResult | None = None
    outcome: Outcome | None = None
    superseded: Exception | None = None
    failed: bool = False
    model: str = ""
    usage: dict[str, int] = field(default_factory=dict)

    @property
    def over(self) -> bool:
        """Whether there is nothing left to do: an outcome was written, or something made this run pointless."""
        return self.outcome is not None or self.superseded is not None

    @property
    def for_people(self) -> bool:
        """Whether people have to take over, whatever an answer could say."""
        return self.route is not None or self.triage.risk == "high"

    @property
    def over_limit(self) -> int:
        """How many messages their sender has written, where that is more than one person does; else 0."""
        return max(message.over_limit for message in self.conversation.pending)

    @property
    def too_many(self) -> bool:
        """Whether people take over for the number of messages alone."""
        return self.over_limit > 0 and self.triage.route is None

    @property
    def route(self) -> Trigger | None:
        """What decides who takes over: a trigger that fired, else a limit that the sender is over."""
        return TOO_MANY if self.too_many else self.triage.route

    @property
    def cases(self) -> tuple[Held, ...]:
        """The cases that people have in this ticket, that which is due first before the others."""
        if self.ticket is None or self.ticket.status is not TicketStatus.ESCALATED or self.history is None:
            return ()
        ours = [case for case in self.history.held if case.reference == self.ticket.reference]
        return tuple(sorted(ours, key=lambda case: due_at(case.teams[0], case.since)))

    @property
    def channel(self) -> Channel:
        """The channel of the last message: the reply goes there."""
        return self.conversation.pending[-1].channel

    @property
    def now(self) -> datetime:
        """When the last message came: what is said of times is counted from there, so that a repeated run says it."""
        return self.conversation.pending[-1].received_at

    @property
    def question(self) -> str:
        """What the customer wrote, all unanswered messages together."""
        return "\n".join(message.content for message in self.conversation.pending)

    @property
    def details(self) -> list[Mapping[str, Any]]:
        """What else is known of the unanswered messages, one after the other."""
        return [message.details for message in self.conversation.pending]

    @property
    def query(self) -> str:
        """What is searched for: the subject, which often says it best, and the question."""
        subject = self.conversation.pending[-1].subject.strip()
        return f"{subject}\n{self.question}".strip()[:1_000]

    @property
    def subject(self) -> str:
        """The subject of the last message, or the beginning of the question where the channel has none."""
        subject = self.conversation.pending[-1].subject.strip()
        first_line = self.question.strip().splitlines()[0] if self.question.strip() else "No text"
        return (subject or first_line)[:200]

    @property
    def model_deadline(self) -> float:
        """Until when (Unix time) a model may answer; then the offline answerer does."""
        receipt = self.now.timestamp()
        return max(receipt + MODEL_SECONDS_FROM_RECEIPT, self.started_at + MODEL_SECONDS_FROM_START)

    def mark(self, stage: str) -> None:
        """Note that `stage` is over, in milliseconds since the start of the run."""
        self.stages[stage] = round((time.time() - self.started_at) * 1000, 1)
