"""Entries: what the table holds, one row per piece of an article, each with an id and a hash of its own."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from fte.knowledge.articles import Article, Section

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://help.techcorp.example/")
# Changes when the same passage is embedded in another way, so that it is embedded again.
_EMBEDDED_AS = "heading and text, half each"
_MARKS = re.compile(r"\*\*|`|^#{3,6} ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A piece of an article; or, without content, a question as customers put it: the article is found by it."""

    id: UUID
    slug: str
    section: str
    position: int
    title: str
    category: str
    topics: tuple[str, ...]
    content: str
    updated: dt.date

    @property
    def content_hash(self) -> str:
        """Changes with anything that a row shows, but not with its place in the article."""
        shown = [self.title, self.section, self.category, self.topics, self.content, self.updated.isoformat()]
        shown.append(_EMBEDDED_AS)
        return hashlib.sha256(json.dumps(shown, ensure_ascii=False).encode()).hexdigest()

    @property
    def text(self) -> str:
        """One half of what is embedded: the title and heading tell what a list of steps is about."""
        heading = f"{self.title}. {self.section}" if self.section else self.title
        return f"{heading}\n{_MARKS.sub('', self.content)}"

    @property
    def question(self) -> str:
        """The other half: a question resembles a heading more than a list of steps."""
        return self.section or self.title


def entries(articles: Iterable[Article]) -> tuple[Entry, ...]:
    """The entries of all articles.

    An id derives from article, heading and the number of the piece under that heading, so it stays when other sections
    come, go or move: replies that were written from a passage still name it.
    """
    found: list[Entry] = []
    for article in articles:
        pieces: Counter[str] = Counter()
        asked = [Section(question, "") for question in article.asked]
        for position, section in enumerate([*article.sections, *asked]):
            name = f"{article.slug}#{section.heading}#{pieces[section.heading]}"
            pieces[section.heading] += 1
            found.append(
                Entry(
                    uuid.uuid5(_NAMESPACE, name),
                    article.slug,
                    section.heading,
                    position,
                    article.title,
                    article.category,
                    article.topics,
                    section.content,
                    article.updated,
                )
            )
    return tuple(found)
