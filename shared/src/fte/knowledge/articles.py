"""Articles: Markdown files with front matter, cut into passages that each answer one question.

---
title: Reset or change your password
topics: [password-reset]
category: account_access
updated: 2026-11-02
asked:
  - the mail for a new password never comes
---

An introduction (the passage of section "").

## The reset email does not arrive

<!-- asked:
no mail from you after forgot password
-->
...
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from fte.errors import Permanent

CATEGORIES = frozenset(
    {
        "how_to",
        "technical_issue",
        "account_access",
        "billing",
        "integration",
        "feature_request",
        "feedback",
        "sales",
        "legal",
        "security",
    }
)
FIELDS = ("title", "topics", "category", "updated")
KNOWN_FIELDS = (*FIELDS, "asked")
NOT_ARTICLES = frozenset({"README.md", "product-facts.md"})
PASSAGE_WORDS = 220
ASKED_WORDS = 25

_WANTED_COMMENT = (
    'a comment under this heading must begin with "<!-- asked:" and end with "-->", each alone on its line, and have'
    f" one question of 1 to {ASKED_WORDS} words on each line between"
)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MONEY = re.compile(r"[$€£¥]\s?\d|\d\s?(?:[$€£¥]|(?:USD|EUR|GBP|dollars?|euros?|pounds?)\b)", re.IGNORECASE)
_FENCE = re.compile(r"\s*(```|~~~)")
_ASKED = re.compile(r"<!-- asked:\n(.*?)\n-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where somebody who mends it must look."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


class ArticlesInvalid(Permanent):
    """Articles cannot be loaded as they are."""

    code = "articles-invalid"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of an article under one heading ("" is the introduction); a long one is several pieces.

    `asked` is how customers put what this piece answers: found by, and never shown."""

    heading: str
    content: str
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """`asked` is how customers put what the whole article is about: found by, and never shown."""

    slug: str
    title: str
    topics: tuple[str, ...]
    category: str
    updated: dt.date
    sections: tuple[Section, ...]
    asked: tuple[str, ...] = ()


def read_articles(folder: Path) -> tuple[Article, ...]:
    """All articles of a folder, ordered by slug.

    Raises `ArticlesInvalid` with every problem of every file, so that a writer mends them in one go. A folder without
    articles is a problem too: it is a wrong path more often than an empty knowledge base.
    """
    articles: list[Article] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.md")):
        if path.name in NOT_ARTICLES:
            continue
        try:
            articles.append(parse_article(path.name, path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            problems.append(Problem(path.name, 1, "is not UTF-8 text"))
        except ArticlesInvalid as invalid:
            problems.extend(invalid.problems)
    if not articles and not problems:
        problems.append(Problem(str(folder), 1, "holds no articles"))
    if problems:
        raise ArticlesInvalid(problems)
    return tuple(articles)


def parse_article(name: str, text: str) -> Article:
    """The article in `text`; its slug is the file's name. Raises `ArticlesInvalid` with all problems."""
    slug = name.removesuffix(".md")
    problems: list[Problem] = []
    if not _SLUG.fullmatch(slug):
        problems.append(Problem(name, 1, "the file's name must be lower-case words joined by hyphens"))
    lines = text.splitlines()
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if not lines or lines[0].rstrip() != "---" or end is None:
        raise ArticlesInvalid([*problems, Problem(name, 1, "must begin with front matter between two lines of ---")])
    fields, found = _front_matter(name, lines[1:end])
    problems += found
    sections = tuple(_sections(name, lines, end + 1, problems))
    problems += [
        Problem(name, number, "names an amount of money; prices are for Sales and invoices")
        for number, line in enumerate(lines[end + 1 :], end + 2)
        if _MONEY.search(line)
    ]
    if not sections:
        problems.append(Problem(name, end + 2, "has no text"))
    if problems:
        raise ArticlesInvalid(problems)
    asked = tuple(fields.get("asked", ()))
    return Article(
        slug, fields["title"], tuple(fields["topics"]), fields["category"], fields["updated"], sections, asked
    )


def _front_matter(name: str, lines: list[str]) -> tuple[dict[str, Any], list[Problem]]:
    try:
        fields = yaml.safe_load("\n".join(lines))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = 2 + (mark.line if mark else 0)
        reason = getattr(error, "problem", None) or "unreadable"
        return {}, [Problem(name, line, f"front matter is not YAML ({reason})")]
    if not isinstance(fields, dict):
        return {}, [Problem(name, 2, "front matter must be fields with values")]

    def at(field: object) -> int:
        return next((number for number, line in enumerate(lines, 2) if line.startswith(f"{field}:")), 1)

    problems = [Problem(name, 1, f"front matter lacks {field}") for field in FIELDS if field not in fields]
    problems += [Problem(name, at(field), f"unknown field {field}") for field in fields if field not in KNOWN_FIELDS]
    wrong = {
        "title": lambda value: not isinstance(value, str) or not value.strip(),
        "topics": lambda value: not isinstance(value, list) or not value or not all(map(_is_slug, value)),
        "category": lambda value: not isinstance(value, str) or value not in CATEGORIES,
        "updated": lambda value: type(value) is not dt.date,
        "asked": lambda value: not isinstance(value, list) or not all(map(_is_asked, value)),
    }
    wanted = {
        "title": "must be a text",
        "topics": "must be a list of at least one topic, each lower-case words joined by hyphens",
        "category": f"must be one of {', '.join(sorted(CATEGORIES))}",
        "updated": "must be a day (YYYY-MM-DD)",
        "asked": f"must be a list of texts of 1 to {ASKED_WORDS} words, in quotation marks where YAML wants them",
    }
    problems += [
        Problem(name, at(field), f"{field} {wanted[field]}")
        for field in KNOWN_FIELDS
        if field in fields and wrong[field](fields[field])
    ]
    return fields, problems


def _is_slug(value: object) -> bool:
    return isinstance(value, str) and _SLUG.fullmatch(value) is not None


def _is_asked(value: object) -> bool:
    return isinstance(value, str) and 1 <= len(value.split()) <= ASKED_WORDS


def _sections(name: str, lines: list[str], start: int, problems: list[Problem]) -> Iterator[Section]:
    heading, opened, body, fenced = "", start, list[str](), False

    def close() -> Iterator[Section]:
        whole = "\n".join(body)
        asked = [line.strip() for comment in _ASKED.findall(whole) for line in comment.splitlines()]
        text = _ASKED.sub("", whole).strip()
        if "<!--" in text or not all(map(_is_asked, asked)):
            problems.append(Problem(name, opened + 1, _WANTED_COMMENT))
        if text:
            first, *others = split_passage(text)
            yield Section(heading, first, tuple(asked))
            yield from (Section(heading, piece) for piece in others)
        elif heading:
            problems.append(Problem(name, opened + 1, f'section "{heading}" has no text'))

    for number, line in enumerate(lines[start:], start):
        if _FENCE.match(line):
            fenced = not fenced
        if fenced or not (line.startswith("## ") or line.rstrip() == "##"):
            body.append(line.rstrip())
            continue
        yield from close()
        heading, opened, body = line[2:].strip(), number, []
        if not heading:
            problems.append(Problem(name, number + 1, "a heading without words"))
    yield from close()


def split_passage(
    text: str, limit: int = PASSAGE_WORDS, cuts: tuple[str, ...] = ("\n\n", "\n", " ")
) -> tuple[str, ...]:
    """Cut a text of more than `limit` words between its blocks (else lines, else words), in order, no word lost."""
    if len(text.split()) <= limit or not cuts:
        return (text,)
    pieces: list[str] = []
    for part in text.split(cuts[0]):
        for piece in split_passage(part, limit, cuts[1:]):
            if pieces and len(pieces[-1].split()) + len(piece.split()) <= limit:
                pieces[-1] += cuts[0] + piece
            else:
                pieces.append(piece)
    return tuple(piece.strip() for piece in pieces if piece.strip())
