"""Markdown of an article as the plain text that a customer reads: blocks, sentences, menu paths."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from fte.domain.layout import LIST_ITEM, SENTENCE_END

Kind = Literal["text", "steps", "bullets", "table", "code"]

_LINK: Final = re.compile(r"\[([^\]]{1,200})\]\([^)]{1,300}\)")
_PATH: Final = re.compile(
    r"\*\*(?:Workspace settings|Profile settings|Project settings|Settings|Reports|Billing|Projects|Help)\*\*"
    r"(?:[^*\n]{0,30}\)?, (?:then )?\*\*[^*]{1,60}\*\*){1,5}"
)
_STEP: Final = re.compile(r"\d{1,2}[.)]\s")
_RULE: Final = re.compile(r"[\s|:-]+")
_MARKS: Final = re.compile(r"\*\*|`|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)")

# Sentences that speak of the page they stand on, or send the reader to where this customer already is.
_ABOUT_THE_PAGE: Final = re.compile(
    r"^(?:This (?:page|article|guide)\b|These are public facts\b|It tells how\b|The steps below\b)"
    r"|\btold below\b|\b(?:steps|described|listed|named|shown) (?:above|below)\b|\bsee (?:above|below)\b"
    r"|^(?:For|If|When) .{1,80} see https://",
    re.IGNORECASE,
)
_TO_SUPPORT: Final = re.compile(
    r"^(?:Write to (?:us|Support)\b|(?:If .{1,80} )?(?:contact|write to) (?:us|Support)\b|Support looks into\b)",
    re.IGNORECASE,
)
_WHAT_TO_SEND: Final = re.compile(
    r"^(?:(?:Tell us|Send us)\b|(?:Send|Include|Name) (?:the|its|your|us|both|a|an|about)\b|\W*(?:\w+\W+){1,5}$)",
    re.IGNORECASE,
)
"""What is to be sent; and the few words that go with it ("Do not remove the app.")."""
_REASON_TO_WRITE: Final = re.compile(r"Write to us when ([^;]{5,220}?)(?:[;.]|$)")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (one line), or a list or table (a line for each item or row)."""

    kind: Kind
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def plain(markdown: str) -> str:
    """The whole text without Markdown's marks: wrapped lines joined, lists with their numbers, tables as lines."""
    return "\n\n".join(block.text for block in blocks(markdown))


@lru_cache(maxsize=2_048)
def blocks(markdown: str) -> tuple[Block, ...]:
    """The paragraphs, lists, tables and code of `markdown`, in order, as plain text."""
    found: list[Block] = []
    for lines in _groups(markdown.splitlines()):
        if lines[0].startswith("```"):
            found.append(Block("code", tuple(line for line in lines if not line.startswith("```"))))
        elif lines[0].startswith("|"):
            found.append(Block("table", tuple(_rows(lines))))
        else:
            found.extend(_prose(lines))
    return tuple(block for block in found if block.text.strip())


@lru_cache(maxsize=8_192)
def sentences(line: str) -> tuple[str, ...]:
    """The sentences of one line."""
    return tuple(sentence for sentence in SENTENCE_END.split(line.strip()) if sentence)


def sentences_of(text: str) -> Iterator[str]:
    """Those of all lines of a text."""
    return (sentence for line in text.splitlines() for sentence in sentences(line))


def for_a_reply(found: Iterable[str]) -> Iterator[str]:
    """The sentences that make sense in a reply: not those that speak of their page, nor those that tell the reader to
    write to us, as this one just did, with what to send then, unless they lead to a list."""
    dropped = False
    for sentence in found:
        to_support = bool(_TO_SUPPORT.match(sentence)) and not sentence.endswith(":")
        if to_support or (dropped and _WHAT_TO_SEND.match(sentence)) or _ABOUT_THE_PAGE.search(sentence):
            dropped = to_support or dropped
            continue
        dropped = False
        yield sentence


def reason_to_write(markdown: str) -> str:
    """When the article wants to hear from the customer ("the test message fails"), or nothing."""
    found = _REASON_TO_WRITE.search(" ".join(plain(markdown).split()))
    return found.group(1).strip() if found else ""


def _groups(lines: Iterable[str]) -> Iterator[list[str]]:
    """Lines that belong together: up to a blank one, a fence with all that is in it."""
    group: list[str] = []
    fenced = False
    for line in lines:
        fence = line.lstrip().startswith("```")
        if fenced or fence:
            if fence and not fenced and group:
                yield group
                group = []
            group.append(line.strip() if fence else line.rstrip())
            if fence and fenced:
                yield group
                group = []
            fenced ^= fence
        elif line.strip():
            group.append(line.strip())
        elif group:
            yield group
            group = []
    if group:
        yield group


def _prose(lines: list[str]) -> Iterator[Block]:
    kind: Kind = "text"
    items: list[str] = []
    for line in (line.lstrip("#").strip() for line in lines):
        if not LIST_ITEM.match(line) and items:
            items[-1] += f" {line}"
            continue
        new: Kind = "text" if not LIST_ITEM.match(line) else "steps" if _STEP.match(line) else "bullets"
        if new != kind and items:
            yield Block(kind, tuple(map(_bare, items)))
            items = []
        kind = new
        items.append(line)
    if items:
        yield Block(kind, tuple(map(_bare, items)))


def _rows(lines: list[str]) -> Iterator[str]:
    rows = [[_bare(cell.strip()) for cell in line.strip("|").split("|")] for line in lines if not _RULE.fullmatch(line)]
    if not rows:
        return
    head, *body = rows
    for name, *values in body or [head]:
        if len(values) == 1:
            yield f"{name}: {values[0]}"
        else:
            named = (f"{column} {value}" for column, value in zip(head[1:], values, strict=False) if value)
            yield f"{name}: " + ", ".join(named)


def _bare(text: str) -> str:
    text = _LINK.sub(r"\1", text)
    text = _PATH.sub(lambda path: re.sub(r", (?:then )?(?=\*\*)", " > ", path.group()), text)
    return _MARKS.sub("", text).replace(" as above", "").strip()
