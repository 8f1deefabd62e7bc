"""What came without words, a picture or a place: shown in brackets, as data, and never as what a customer said."""

from __future__ import annotations

from typing import Final, Protocol

_BRACKETS: Final = str.maketrans("", "", "[]")
_MOST: Final = 300


class Message(Protocol):
    """A message with words, or with a note of what came instead."""

    @property
    def content(self) -> str: ...

    @property
    def note(self) -> str: ...


def shown(message: Message) -> str:
    """What a person or a model is shown of a message: its words, or in brackets what came instead of them."""
    return message.content if message.content.strip() else in_brackets(message.note)


def in_brackets(note: str) -> str:
    """`note` as one bracket that nothing in it can close; nothing for no note."""
    kinds = [" ".join(line.translate(_BRACKETS).split()) for line in note[: 2 * _MOST].splitlines()]
    told = "; ".join(kind for kind in kinds if kind)[:_MOST]
    return f"[without words: {told}]" if told else ""
