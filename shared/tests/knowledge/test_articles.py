from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fte.knowledge.articles import ArticlesInvalid, Section, parse_article, read_articles, split_passage

KNOWLEDGE = Path(__file__).resolve().parents[3] / "knowledge"
GOOD = """---
title: Reset your password
topics: [password-reset, login]
category: account_access
updated: 2026-11-02
---

You can do it yourself.

## Forgotten

1. Open the page.

```
## not a heading
```

## Locked

Wait.
"""


def problems_of(text: str, name: str = "password-reset.md") -> list[str]:
    with pytest.raises(ArticlesInvalid) as caught:
        parse_article(name, text)
    return [str(problem) for problem in caught.value.problems]


def test_an_article_is_its_front_matter_and_its_sections() -> None:
    """The text before the first heading is the introduction; a heading inside a code block is text."""
    article = parse_article("password-reset.md", GOOD)
    assert (article.slug, article.title) == ("password-reset", "Reset your password")
    assert article.topics == ("password-reset", "login")
    assert (article.category, article.updated) == ("account_access", dt.date(2026, 11, 2))
    assert article.sections == (
        Section("", "You can do it yourself."),
        Section("Forgotten", "1. Open the page.\n\n```\n## not a heading\n```"),
        Section("Locked", "Wait."),
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("category: account_access", "category: passwords", "password-reset.md:4: category must be one of"),
        ("[password-reset, login]", "[Password Reset]", "password-reset.md:3: topics must be a list"),
        ("[password-reset, login]", "[]", "password-reset.md:3: topics must be a list"),
        ("updated: 2026-11-02", "updated: yesterday", "password-reset.md:5: updated must be a day"),
        ("title: Reset your password", "title: 7", "password-reset.md:2: title must be a text"),
        ("title: Reset your password\n", "", "password-reset.md:1: front matter lacks title"),
        ("updated: 2026-11-02", "updated: 2026-11-02\nauthor: me", "password-reset.md:6: unknown field author"),
        ("topics: [password-reset, login]", "topics: [password", "front matter is not YAML"),
        ("Wait.", "It costs $ 5 a month.", "password-reset.md:20: names an amount of money"),
        ("Wait.", "It costs 5 euros.", "password-reset.md:20: names an amount of money"),
        ("Wait.", "", 'password-reset.md:18: section "Locked" has no text'),
    ],
)
def test_each_problem_is_named_with_its_line(old: str, new: str, expected: str) -> None:
    """A writer is told the file and the line of what is wrong."""
    assert old in GOOD
    found = problems_of(GOOD.replace(old, new))
    assert len(found) == 1
    assert expected in found[0]


def test_all_problems_are_told_at_once() -> None:
    """Three mistakes in one article are three problems of one error."""
    text = GOOD.replace("account_access", "x").replace("2026-11-02", "soon").replace("Wait.", "")
    assert len(problems_of(text)) == 3


@pytest.mark.parametrize("text", ["", "Just text.", "---\ntitle: Never closed\n"])
def test_a_file_without_front_matter_is_refused(text: str) -> None:
    """Front matter stands between two lines of three hyphens."""
    assert problems_of(text) == ["password-reset.md:1: must begin with front matter between two lines of ---"]


def test_an_article_without_text_is_refused() -> None:
    """Front matter alone answers nobody."""
    assert problems_of(GOOD[: GOOD.index("You can")]) == ["password-reset.md:7: has no text"]


def test_the_name_of_the_file_must_be_a_slug() -> None:
    """The slug becomes a part of the help address."""
    assert "lower-case words" in problems_of(GOOD, "Password Reset.md")[0]


def test_a_folder_reports_the_problems_of_all_its_files(tmp_path: Path) -> None:
    """One run names the mistakes of every article; product facts and the README are not articles."""
    (tmp_path / "a.md").write_text(GOOD.replace("account_access", "x"), encoding="utf-8")
    (tmp_path / "b.md").write_bytes(b"\xff\xfe")
    (tmp_path / "product-facts.md").write_text("no front matter", encoding="utf-8")
    with pytest.raises(ArticlesInvalid) as caught:
        read_articles(tmp_path)
    assert [problem.file for problem in caught.value.problems] == ["a.md", "b.md"]


def test_a_folder_without_articles_is_a_problem(tmp_path: Path) -> None:
    """A wrong path must not empty the knowledge base."""
    with pytest.raises(ArticlesInvalid, match="holds no articles"):
        read_articles(tmp_path)


@given(st.text(alphabet="ab \n", max_size=400), st.integers(1, 20))
def test_splitting_keeps_every_word_and_the_limit(text: str, limit: int) -> None:
    """Whatever the layout, pieces have at most the limit's words, and together all of them in order."""
    pieces = split_passage(text, limit)
    assert [word for piece in pieces for word in piece.split()] == text.split()
    assert all(len(piece.split()) <= limit for piece in pieces)


def test_a_long_section_is_cut_between_paragraphs() -> None:
    """A cut falls between two paragraphs where that is possible."""
    assert split_passage("a b c\n\nd e f\n\ng h", 6) == ("a b c\n\nd e f", "g h")


def test_our_own_articles_are_in_order() -> None:
    """Every article of the repository parses and has 150 to 500 words."""
    articles = read_articles(KNOWLEDGE)
    assert len(articles) >= 10
    for article in articles:
        words = sum(len(f"{section.heading} {section.content}".split()) for section in article.sections)
        assert 150 <= words <= 500, f"{article.slug}: {words} words"


def test_what_customers_ask_is_read() -> None:
    """The field may be left out."""
    asked = GOOD.replace("updated: 2026-11-02\n", "updated: 2026-11-02\nasked:\n  - i cannot get in\n  - 'no: never'\n")
    assert parse_article("password-reset.md", asked).asked == ("i cannot get in", "no: never")
    assert parse_article("password-reset.md", GOOD).asked == ()


@pytest.mark.parametrize("value", ["locked out", "[429]", "['']", "[{a: b}]", f"['{'word ' * 26}']"])
def test_what_customers_ask_is_a_list_of_short_texts(value: str) -> None:
    """Anything else is a problem with its line."""
    (problem,) = problems_of(GOOD.replace("updated: 2026-11-02\n", f"updated: 2026-11-02\nasked: {value}\n"))
    assert problem.startswith("password-reset.md:6: asked must be a list of texts")


COMMENT = "<!-- asked:\n{}\n-->"


def test_what_customers_ask_of_a_section_is_read() -> None:
    """It belongs to the section that it stands in (to the first piece of a long one), and is no part of its text."""
    text = GOOD.replace("## ", f"{COMMENT.format('what is this')}\n\n## ", 1) + COMMENT.format("one\n  two words")
    introduction, *others = parse_article("password-reset.md", text).sections
    assert introduction.asked == ("what is this",)
    assert others[-1].asked == ("one", "two words")
    assert "<!--" not in introduction.content + others[-1].content


@pytest.mark.parametrize(
    "comment",
    ["<!-- a note -->", "<!-- asked: one -->", "<!-- asked:\nnever closed", COMMENT.format("a\n\nb"),
     COMMENT.format("word " * 26)],
)  # fmt: skip
def test_a_comment_that_would_reach_customers_or_nobody_is_a_problem(comment: str) -> None:
    """It is named with the line of its heading."""
    (problem,) = problems_of(f"{GOOD}\n## Last\n\nText.\n\n{comment}\n")
    line = f"{GOOD}\n## Last".count("\n") + 1
    assert problem.startswith(f"password-reset.md:{line}: a comment under this heading must begin with")
