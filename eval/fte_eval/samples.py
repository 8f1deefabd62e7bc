"""Labelled texts and questions: single messages that are played like scenarios of one turn."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, model_validator

from fte_eval.loading import read_records
from fte_eval.scenario import Category, ChannelName, Expect, Flag, Label, Outcome, Scenario, Strict, Turn, Words

_NOT_KEBAB: Final = re.compile(r"[^a-z0-9]+")

_CATEGORIES: Final = {"sales_pricing": "sales", "refund": "billing", "other": None}
"""Categories of other desks' tickets, as ours."""

_FLAGS: Final = {
    "SECURITY": "SECURITY_ESCALATION", "LEGAL": "LEGAL_ESCALATION", "REFUND": "REFUND_REQUEST",
    "SALES": "SALES_ESCALATION", "SENTIMENT": "SENTIMENT_ESCALATION", "WHATSAPP": "WHATSAPP_ESCALATION",
}  # fmt: skip


class Text(BaseModel):
    """A first message with what a person says of it; a label that is null is unknown."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    channel: ChannelName
    subject: str = ""
    text: str
    category: Category | None = None
    sentiment: Label | None = None
    flags: list[Flag] | None = None

    @model_validator(mode="before")
    @classmethod
    def _in_our_words(cls, value: Any) -> Any:
        """Tickets of other desks say `triggers` and `escalate`, with names of their own."""
        if not isinstance(value, dict):
            return value
        category = value.get("category")
        value = {**value, "category": _CATEGORIES.get(str(category), category)}
        if "triggers" in value and "flags" not in value:
            triggers = value["triggers"] or ([] if value.get("escalate") is False else None)
            value["flags"] = None if triggers is None else [_FLAGS.get(name, name) for name in triggers]
        return value

    def scenario(self) -> Scenario:
        """The text as a scenario that expects nothing."""
        turn = Turn(channel=self.channel, subject=self.subject, text=self.text)
        return Scenario(id=kebab(self.id), tags=["text"], turns=[turn])


class Question(Strict):
    """A question that one topic answers, with the facts that the answer must say."""

    id: str
    channel: ChannelName
    subject: str = ""
    text: Words
    topic: Words | list[Words]
    says: list[Words | list[Words]] = Field(default=[])
    outcome: Outcome | list[Outcome] | None = None

    def scenario(self) -> Scenario:
        """The question as a scenario of one turn."""
        expect = Expect(outcome=self.outcome, topic=self.topic, says=self.says)
        turn = Turn(channel=self.channel, subject=self.subject, text=self.text, expect=expect)
        return Scenario(id=kebab(self.id), tags=["question"], turns=[turn])


def kebab(id_: str) -> str:
    """An id as scenarios have it."""
    return _NOT_KEBAB.sub("-", id_.lower()).strip("-")


def read_texts(files: list[Path]) -> dict[str, Text]:
    """Labelled texts by the id of their scenario."""
    return {kebab(text.id): text for text in read_records(files, Text)}


def read_questions(file: Path) -> tuple[Question, ...]:
    """The unseen questions; none while there is no such file."""
    return read_records([file], Question) if file.exists() else ()
