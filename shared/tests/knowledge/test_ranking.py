from __future__ import annotations

import uuid

import pytest

from fte.knowledge.ranking import HALF_RANK, Candidate, rank


def candidate(slug: str, cosine: float | None, words: float = 0.0, section: str = "") -> Candidate:
    key = uuid.uuid5(uuid.NAMESPACE_URL, slug + section)
    return Candidate(key, slug, section, slug.title(), (slug,), "how_to", "text", cosine, words)


def test_meaning_decides_when_it_is_sure() -> None:
    """With a cosine of 0.5 the order is by meaning, the score is the cosine, and one search was made."""
    result = rank([candidate("slack", 0.4, 0.9), candidate("roles", 0.62, 0.1)])
    assert [(hit.slug, hit.score) for hit in result.hits] == [("roles", 0.62), ("slack", 0.4)]
    assert (result.searches, result.best_semantic, result.best) == (("semantic",), 0.62, 0.62)


def test_words_settle_what_meaning_leaves_open() -> None:
    """Two articles of nearly the same meaning: the one with the question's words comes first."""
    result = rank([candidate("slack", 0.61, 0.0), candidate("roles", 0.60, 0.2)])
    assert [hit.slug for hit in result.hits] == ["roles", "slack"]


def test_words_alone_decide_when_meaning_is_unsure() -> None:
    """Below 0.5 meaning does not count, not even for a place at the end."""
    result = rank([candidate("slack", 0.49, 0.0), candidate("roles", 0.1, HALF_RANK), candidate("tasks", None, 0.01)])
    assert [hit.slug for hit in result.hits] == ["roles", "tasks"]
    assert result.best == pytest.approx(0.5)
    assert result.searches == ("semantic", "text")
    assert result.best_semantic == 0.49


def test_without_a_vector_only_words_were_searched() -> None:
    """When the embedding model cannot be reached the result says so."""
    result = rank([candidate("roles", None, 0.3)])
    assert (result.searches, result.best_semantic) == (("text",), None)
    assert result.hits[0].slug == "roles"


def test_passages_of_one_article_are_one_hit() -> None:
    """An article stands where its best passage stands, with up to three passages, best first."""
    found = [candidate("slack", 0.5 + n / 100, section=str(n)) for n in range(5)]
    result = rank([*found, candidate("roles", 0.51)], max_results=2)
    assert [hit.slug for hit in result.hits] == ["slack", "roles"]
    assert [passage.section for passage in result.hits[0].passages] == ["4", "3", "2"]
    assert result.hits[0].score == 0.54


def test_there_are_no_more_articles_than_asked_for() -> None:
    """`max_results` counts articles."""
    found = [candidate(f"article-{n}", 0.9 - n / 100) for n in range(9)]
    assert len(rank(found, max_results=3).hits) == 3
    assert rank([], max_results=3).hits == ()


def test_equal_scores_have_one_order() -> None:
    """The same question has the same answer, in whatever order the rows come."""
    found = [candidate(slug, 0.6) for slug in ("roles", "slack", "tasks")]
    assert rank(found).hits == rank(found[::-1]).hits


def test_a_score_is_from_zero_to_one() -> None:
    """Rounding of a cosine never leaves the range."""
    assert rank([candidate("roles", 1.0000001)]).best == 1.0
    assert [hit.score for hit in rank([candidate("roles", 0.9), candidate("slack", -0.2)]).hits] == [0.9, 0.0]
