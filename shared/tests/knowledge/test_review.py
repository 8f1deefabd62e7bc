from __future__ import annotations

from pathlib import Path

import pytest

from fte.knowledge.articles import parse_article, read_articles
from fte.knowledge.review import MAX_WORDS, Piece, Source, duplicates, read_sources, read_topics, review, uncovered

KNOWLEDGE = Path(__file__).resolve().parents[3] / "knowledge"
TABS = "home board list timeline calendar workload backlog files forms reports goals settings"
FILLING = "\n".join(
    f"Open the tab {tab} and choose the three dots beside its name to see what is there." for tab in TABS.split()
)


def source(body: str, slug: str = "boards", topics: str = "boards") -> Source:
    text = (
        f"---\ntitle: Boards\ntopics: [{topics}]\ncategory: how_to\nupdated: 2026-11-02\n---\n\n{FILLING}\n\n{body}\n"
    )
    return Source(parse_article(f"{slug}.md", text), tuple(text.splitlines()))


def findings(body: str) -> list[str]:
    return [str(problem) for problem in review([source(body)])]


def test_a_good_article_has_no_findings() -> None:
    """Links to articles and to the status page, steps and limits are all right."""
    body = "See https://help.techcorp.example/boards and https://status.techcorp.example.\n\n1. Choose **Board**."
    assert findings(body) == []


@pytest.mark.parametrize(
    "link", ["https://help.techcorp.example/gone", "https://help.techcorp.example", "http://example.org/x"]
)
def test_a_dead_link_is_named_with_its_line(link: str) -> None:
    """A link goes to an article that is there, or to the status page."""
    assert findings(f"Read more:\n{link}.") == [f"boards.md:22: dead link {link}: no such article or page"]


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("We will refund the full amount to your card.", "refund_promise"),
        ("This feature is coming soon.", "feature_promise"),
        ("You get 20% off on a yearly plan.", "discount"),
    ],
)
def test_wording_that_no_reply_may_have_is_named(sentence: str, code: str) -> None:
    """What the agent may not say does not stand in an article that it answers from."""
    found = findings(f"## Money\n\nFirst this.\n\n{sentence}")
    assert any(finding.startswith(f"boards.md:25: no reply may say this: {code} (") for finding in found)


@pytest.mark.parametrize("body", ["word " * MAX_WORDS, ""])
def test_an_article_is_neither_short_nor_long(body: str) -> None:
    """150 to 500 words: below an answer lacks its limits, above nobody reads it."""
    one = source(body)
    if not body:
        one = Source(parse_article("boards.md", "\n".join([*one.lines[:6], "", "Too short."])), one.lines)
    (finding,) = review([one])
    assert finding.line == 1
    assert "words; an article has 150 to 500" in finding.text


def test_topics_and_articles_are_held_together(tmp_path: Path) -> None:
    """A topic that no article answers, and one that nobody asked for, are both named where they stand."""
    path = tmp_path / "topics.tsv"
    path.write_text("slug\ttopic\nboards\tBoards\ngantt\tTimeline\n", encoding="utf-8")
    found = [str(problem) for problem in uncovered([source("", topics="boards, bords")], read_topics(path), path.name)]
    assert found == ["boards.md:3: topic bords is not in topics.tsv", "topics.tsv:3: topic gantt has no article"]


def test_passages_that_say_the_same_are_named() -> None:
    """Two articles must not give the same answer; within one article a passage may repeat another."""
    found = [Piece("a.md", 8, "x"), Piece("a.md", 20, "x"), Piece("b.md", 9, "x"), Piece("c.md", 5, "y")]
    vectors = [(1.0, 0.0), (1.0, 0.0), (0.999, 0.02), (0.0, 1.0)]
    said = [str(problem) for problem in duplicates(found, vectors)]
    assert said == ["b.md:9: says the same as a.md:8", "b.md:9: says the same as a.md:20"]


def test_our_own_articles_pass() -> None:
    """Every topic has an article, and no article has a finding."""
    sources = read_sources(KNOWLEDGE, read_articles(KNOWLEDGE))
    assert [str(problem) for problem in review(sources)] == []
    assert list(uncovered(sources, read_topics(KNOWLEDGE / "topics.tsv"), "topics.tsv")) == []
