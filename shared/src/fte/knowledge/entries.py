"""Entries: what the table holds, one row per piece of an article, each with an id and a hash of its own."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from uuid import UUID

from fte.knowledge.articles import Article

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://help.techcorp.example/")
# Changes when the same passage is embedded in another way, so that it is embedded again.
_EMBEDDED_AS = "heading and text, half each"
_MARKS = re.compile(r"\*\*|`|^#{3,6} ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A piece of an article; or, without content, a question as customers put it: the article is found by it, and the
    piece that `answers` it (None: the article as a whole)."""

    id: UUID
    slug: str
    section: str
    position: int
    title: str
    category: str
    topics: tuple[str, ...]
    content: str
    updated: dt.date
    answers: UUID | None = None

    @property
    def content_hash(self) -> str:
        """Changes with anything that a row shows, but not with its place in the article."""
        shown = [self.title, self.section, self.category, self.topics, self.content, self.updated.isoformat()]
        shown += [str(self.answers)] if self.answers else []
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
    return tuple(entry for article in articles for entry in _of_article(article))


def _of_article(article: Article) -> Iterator[Entry]:
    pieces: Counter[str] = Counter()
    positions = count()

    def entry(heading: str, content: str = "", answers: UUID | None = None) -> Entry:
        id_ = uuid.uuid5(_NAMESPACE, f"{article.slug}#{heading}#{pieces[heading]}")
        pieces[heading] += 1
        about = (article.title, article.category, article.topics)
        return Entry(id_, article.slug, heading, next(positions), *about, content, article.updated, answers)

    passages = [entry(section.heading, section.content) for section in article.sections]
    yield from passages
    yield from map(entry, article.asked)
    for section, passage in zip(article.sections, passages, strict=True):
        yield from (entry(question, answers=passage.id) for question in section.asked)
