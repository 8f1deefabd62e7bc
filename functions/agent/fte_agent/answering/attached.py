"""What came with a message or instead of its words: a file that nobody here opens, a place. Seen, and said to be.

A name is looked at, never repeated: anybody can put any words into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from fte_agent.answering.question import in_trouble
from fte_agent.answering.words import stems

_NAMES_FILE: Final = re.compile(
    r"\b(?:attach\w*|screen ?shots?|screen recording|picture|photo|image|see the file|enclosed|pdf|video)\b",
    re.IGNORECASE,
)
_KINDS: Final = (
    ("picture", re.compile(r"\.(?:png|jpe?g|gif|webp|heic|bmp)$|^image/", re.IGNORECASE)),
    ("voice message", re.compile(r"^audio/", re.IGNORECASE)),
    ("video", re.compile(r"\.(?:mp4|mov|webm)$|^video/", re.IGNORECASE)),
)
_FILE: Final = "file"
_ENTRY: Final = "text/calendar"
_SAID: Final = re.compile(r"\b(?:can ?not|can['\u2019]t|unable to|not able to) (?:open|read|view|see)\b", re.IGNORECASE)

LOGO_BYTES: Final = 40_000
"""A smaller picture in a mail, of which the mail says nothing, is taken for the logo of a signature."""

_INSTEAD: Final = (
    ("[location]", "I can see that you sent a location, but not yet what you need."),
    ("[contact", "I can see that you sent a contact, but not yet what you need."),
)
_NOTHING: Final = "Your message reached us without any words in it."


def files_noticed(details: Iterable[Mapping[str, Any]], text: str) -> str:
    """A sentence on the files that somebody meant us to see: nobody here opens them, a colleague can."""
    kinds = _meant(details, text)
    if not kinds:
        return ""
    them = "it" if len(kinds) == 1 else "them"
    return f"I can see {_named(kinds)}. I cannot open {them}, but a colleague can: just say so if you would like that."


def files_go_along(details: Iterable[Mapping[str, Any]], text: str) -> str:
    """The sentence on the same files where people take over."""
    kinds = _meant(details, text)
    return f"They can open {_named(kinds)} as well." if kinds else ""


def what_is_attached(details: Iterable[Mapping[str, Any]], text: str) -> str:
    """The same files in a word: "picture", "2 files"."""
    kinds = _meant(details, text)
    return "" if not kinds else kinds[0] if len(kinds) == 1 else f"{len(kinds)} {_kind(kinds)}s"


def with_files_noticed(message: str, details: Iterable[Mapping[str, Any]], text: str) -> str:
    """`message` with the sentence on files, unless it says so itself."""
    sentence = files_noticed(details, text)
    return message if not sentence or _SAID.search(message) else f"{message}\n\n{sentence}"


def has_files(details: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a message came with files."""
    return any(True for detail in details for _ in _files(detail))


def wordless_noticed(notes: Iterable[str]) -> str:
    """A sentence on what came instead of words and is no file; nothing where there was no note at all."""
    told = [note for note in notes if note]
    said = (sentence for start, sentence in _INSTEAD if any(note.startswith(start) for note in told))
    return next(said, _NOTHING if told else "")


def _meant(details: Iterable[Mapping[str, Any]], text: str) -> list[str]:
    """The kinds of the files that are more than a mail's furniture."""
    spoken_of = _NAMES_FILE.search(text[:4_000]) or in_trouble(text) or len(stems(text)) < 3
    files = [item for detail in details for item in _files(detail)]
    return [kind for kind, furniture in files if spoken_of or not furniture]


def _files(detail: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """The kind of each file, and whether a mail may have it as furniture: a logo, a calendar's entry."""
    attachments = detail.get("attachments") or ()
    for item in attachments if isinstance(attachments, list | tuple) else ():
        told = item if isinstance(item, Mapping) else {"name": str(item)}
        type_ = str(told.get("type") or told.get("content_type") or "")
        about = (type_, str(told.get("name") or ""))
        kind = next((kind for kind, pattern in _KINDS if any(map(pattern.search, about))), _FILE)
        size = told.get("size")
        small = not isinstance(size, int) or size < LOGO_BYTES
        # What came by chat has an address at the provider: somebody chose to send it.
        yield kind, "url" not in told and (type_ == _ENTRY or (kind == "picture" and small))


def _named(kinds: list[str]) -> str:
    return f"the {_kind(kinds)}{'s' if len(kinds) > 1 else ''} you attached"


def _kind(kinds: list[str]) -> str:
    return kinds[0] if len(set(kinds)) == 1 else _FILE
