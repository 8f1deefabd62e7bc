"""Training messages put together from sentences: a matter, a mood, a wish for a person, each with its labels.

Real messages teach what customers write; these teach what belongs to what, so that praise beside a question does not
turn the question into feedback. Everything follows from the seed.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

SENTENCES = Path(__file__).parent / "sentences.txt"

CATEGORY_OF_FLAG = {
    "SECURITY_ESCALATION": "security",
    "P1_CRITICAL": "technical_issue",
    "LEGAL_ESCALATION": "legal",
    "REFUND_REQUEST": "billing",
    "SALES_ESCALATION": "sales",
}
FLAG_OF_CATEGORY = {"legal": "LEGAL_ESCALATION", "sales": "SALES_ESCALATION"}


@dataclass(frozen=True, slots=True)
class Message:
    """A message with its labels; None where nobody can tell."""

    subject: str
    text: str
    channel: str = "email"
    category: str | None = None
    sentiment: str | None = None
    flags: frozenset[str] | None = field(default_factory=frozenset)


Bank = dict[tuple[str, str], list[str]]


def read_sentences(path: Path = SENTENCES) -> Bank:
    """The sentences of each section, by (kind, name). Raises `ValueError` on a line outside any section."""
    bank: Bank = {}
    section: list[str] | None = None
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.startswith("[") and line.endswith("]"):
            kind, _, name = line[1:-1].partition(" ")
            section = bank.setdefault((kind, name), [])
        elif line and not line.startswith("#"):
            if section is None:
                raise ValueError(f"{path.name}:{number}: a sentence before the first section")
            section.append(line)
    return bank


def singles(bank: Bank) -> list[Message]:
    """Each sentence as a message of its own."""
    messages = []
    for (kind, name), lines in bank.items():
        for line in lines:
            match kind:
                case "matter":
                    message = _matter(name, line)
                case "flag":
                    # What is wrong with the service or the account is told without joy; the rest can be told plainly.
                    mood = "negative" if name in {"P1_CRITICAL", "SECURITY_ESCALATION", "REPEAT_CONTACT"} else None
                    message = Message("", line, "whatsapp", CATEGORY_OF_FLAG.get(name), mood, frozenset({name}))
                case "mood" if name == "hostile":
                    message = Message("", line, "whatsapp", None, "negative", frozenset({"SENTIMENT_ESCALATION"}))
                case "mood":
                    message = Message("", line, "whatsapp", None, name)
                case _:
                    message = Message("", line, "whatsapp", None, None)
            messages.append(message)
    return messages


def compositions(bank: Bank, count: int, seed: int) -> list[Message]:
    """`count` messages of two to four sentences."""
    draw = random.Random(seed)
    matters = [(name, line) for (kind, name), lines in bank.items() if kind == "matter" for line in lines]
    flagged = [(name, line) for (kind, name), lines in bank.items() if kind == "flag" for line in lines]
    talk = bank["talk", "none"]
    messages = []
    for _ in range(count):
        chance = draw.random()
        if chance < 0.62:
            message = _matter(*draw.choice(matters))
        elif chance < 0.88:
            name, line = draw.choice(flagged)
            message = Message("", line, "email", CATEGORY_OF_FLAG.get(name), None, frozenset({name}))
            if message.category is None:
                matter = _matter(*draw.choice(matters))
                message = replace(
                    _joined(draw, message, matter.text),
                    category=matter.category,
                    flags=(message.flags or frozenset()) | (matter.flags or frozenset()),
                )
        else:
            message = Message("", draw.choice(talk), "email", None, "neutral")
        if draw.random() < 0.35:
            message = _joined(draw, message, draw.choice(bank["mood", "neutral"]))
        messages.append(in_a_mood(bank, message, draw) if draw.random() < 0.7 else message)
    return messages


def in_a_mood(bank: Bank, message: Message, draw: random.Random) -> Message:
    """`message` with a sentence that changes how it sounds, and nothing else."""
    moods = ["negative", "negative", "hostile"]
    if message.sentiment != "negative" and not (message.flags or frozenset()) & {
        "SECURITY_ESCALATION", "P1_CRITICAL", "REPEAT_CONTACT", "LEGAL_ESCALATION", "REFUND_REQUEST",
    }:  # fmt: skip
        moods = ["positive", "positive", "negative", "hostile"]
    mood = draw.choice(moods)
    told = _joined(draw, message, draw.choice(bank["mood", mood]))
    if mood != "hostile":
        return replace(told, sentiment=mood)
    flags = None if message.flags is None else message.flags | {"SENTIMENT_ESCALATION"}
    return replace(told, sentiment="negative", flags=flags)


def _matter(name: str, line: str) -> Message:
    flag = FLAG_OF_CATEGORY.get(name)
    mood = None if name in {"technical_issue", "feedback", "account_access", "feature_request"} else "neutral"
    return Message("", line, "webform", name, mood, frozenset({flag} if flag else ()))


def _joined(draw: random.Random, message: Message, sentence: str) -> Message:
    parts: Sequence[str] = (message.text, sentence) if draw.random() < 0.5 else (sentence, message.text)
    return replace(message, text=" ".join(part if part[-1] in ".!?" else f"{part}." for part in parts))
