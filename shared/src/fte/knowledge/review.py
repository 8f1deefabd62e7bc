"""What an editor would send back: articles that load, and still should not go to customers as they are. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fte.domain.channels import Channel
from fte.domain.policy import Reply, broken_rules, importing
from fte.knowledge.articles import Article, Problem
from fte.knowledge.embedder import Vector

MIN_WORDS, MAX_WORDS = 150, 500
ALIKE = 0.95
"""From this cosine on two passages say the same: the closest pair that rightly stands twice has 0.93."""

_LINK = re.compile(r"https?://[^\s)>\]\"']{1,300}")
_HELP = "https://help.techcorp.example/"
_OTHERS = frozenset({"https://status.techcorp.example"})


@dataclass(frozen=True, slots=True)
class Source:
    """An article with the lines that it was read from."""

    article: Article
    lines: tuple[str, ...]

    @property
    def file(self) -> str:
        return f"{self.article.slug}.md"

    def line_of(self, text: str) -> int:
        """The line that `text` begins in; 1 when it is nowhere."""
        first = text.split("\n", 1)[0]
        return next((number for number, line in enumerate(self.lines, 1) if first in line), 1)


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage to be compared with others: where it begins, and its text."""

    file: str
    line: int
    text: str


def read_sources(folder: Path, articles: Iterable[Article]) -> tuple[Source, ...]:
    """The articles of `folder` with their lines."""
    texts = ((article, (folder / f"{article.slug}.md").read_text(encoding="utf-8")) for article in articles)
    return tuple(Source(article, tuple(text.splitlines())) for article, text in texts)


def read_topics(path: Path) -> Mapping[str, int]:
    """The topics that must be covered, each with its line: the first column, below the heading."""
    lines = path.read_text(encoding="utf-8").splitlines()
    slugs = ((number, line.split("\t", 1)[0].strip()) for number, line in enumerate(lines, 1))
    return {slug: number for number, slug in slugs if number > 1 and slug}


def review(sources: Sequence[Source]) -> Iterator[Problem]:
    """Dead links, wording that no reply may have, and articles that are too short or too long."""
    slugs = {source.article.slug for source in sources}
    for source in sources:
        yield from _links(source, slugs)
        yield from _wording(source)
        words = sum(len(section.content.split()) for section in source.article.sections)
        if not MIN_WORDS <= words <= MAX_WORDS:
            yield Problem(source.file, 1, f"has {words} words; an article has {MIN_WORDS} to {MAX_WORDS}")


def uncovered(sources: Iterable[Source], topics: Mapping[str, int], file: str) -> Iterator[Problem]:
    """Topics without an article, and topics of articles that the list does not know."""
    covered: set[str] = set()
    for source in sources:
        covered.update(source.article.topics)
        line = source.line_of("topics:")
        for topic in source.article.topics:
            if topic not in topics:
                yield Problem(source.file, line, f"topic {topic} is not in {file}")
    for topic, line in topics.items():
        if topic not in covered:
            yield Problem(file, line, f"topic {topic} has no article")


def pieces(sources: Iterable[Source]) -> tuple[Piece, ...]:
    """All passages, to be embedded for `duplicates`."""
    return tuple(
        Piece(source.file, source.line_of(section.content), section.content)
        for source in sources
        for section in source.article.sections
    )


def duplicates(found: Sequence[Piece], vectors: Sequence[Vector]) -> Iterator[Problem]:
    """Passages of different articles that say the same."""
    import numpy as np

    rows = np.asarray(vectors, dtype=np.float32)
    first, second = np.nonzero(np.triu(rows @ rows.T, 1) >= ALIKE)
    for one, other in zip(first.tolist(), second.tolist(), strict=True):
        a, b = found[one], found[other]
        if a.file != b.file:
            yield Problem(b.file, b.line, f"says the same as {a.file}:{a.line}")


def _links(source: Source, slugs: set[str]) -> Iterator[Problem]:
    for number, line in enumerate(source.lines, 1):
        for match in _LINK.finditer(line):
            link = match.group().rstrip(".,;:/")
            if link in _OTHERS or (link.startswith(_HELP) and link.removeprefix(_HELP) in slugs):
                continue
            yield Problem(source.file, number, f"dead link {link}: no such article or page")


def _wording(source: Source) -> Iterator[Problem]:
    for section in source.article.sections:
        for paragraph in section.content.split("\n\n"):
            reply = Reply(Channel.EMAIL, (paragraph,), imports=importing((section.content,)))
            for code, rule in broken_rules(reply):
                # Links are checked by themselves, with their lines.
                if code != "unknown_link":
                    yield Problem(source.file, source.line_of(paragraph), f"no reply may say this: {code} ({rule})")
