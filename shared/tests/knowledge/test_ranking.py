from __future__ import annotations

import uuid

import pytest

from fte.knowledge.ranking import Candidate, best_cosine, certainty, passage_score, rank


def candidate(slug: str, cosine: float | None, words: float = 0.0, section: str = "") -> Candidate:
    return Candidate(uuid.uuid5(uuid.NAMESPACE_URL, slug + section), slug, cosine, words)


def test_meaning_and_words_count_together_at_every_cosine() -> None:
    """A little less meaning is outweighed by the question's words, also where meaning is sure."""
    for cosine in (0.2, 0.45, 0.55, 0.8):
        found = [candidate("slack", cosine), candidate("roles", cosine - 0.05, 0.5)]
        assert [article.slug for article in rank(found, 6)] == ["roles", "slack"]


def test_words_do_not_beat_clear_meaning() -> None:
    """Most words of the question in an article about something else do not make it the answer."""
    found = [candidate("slack", 0.8), candidate("roles", 0.3, 0.8)]
    assert rank(found, 6)[0].slug == "slack"


def test_there_is_no_step_at_a_cosine_of_one_half() -> None:
    """A passage just above 0.5 and one just below are scored alike."""
    above, below = (rank([candidate("slack", cosine, 0.3)], 6)[0].score for cosine in (0.5001, 0.4999))
    assert above == pytest.approx(below, abs=0.01)


def test_without_meaning_words_alone_decide() -> None:
    """When the embedding model cannot be reached the article with the question's words comes first."""
    found = [candidate("slack", None, 0.2), candidate("roles", None, 0.8)]
    assert [article.slug for article in rank(found, 6)] == ["roles", "slack"]
    assert best_cosine(found) is None


def test_further_good_passages_lift_an_article_a_little() -> None:
    """Of two articles with equal best passages the one that says more about it comes first; one better passage wins."""
    more = [candidate("slack", 0.6, section=str(n)) for n in range(3)]
    assert rank([*more, candidate("roles", 0.6)], 6)[0].slug == "slack"
    assert rank([*more, candidate("roles", 0.8)], 6)[0].slug == "roles"


def test_an_article_that_leads_clearly_is_surer() -> None:
    """The same strength means more when the next article is far behind."""
    alone = rank([candidate("slack", 0.6), candidate("roles", 0.2)], 6)[0]
    close = rank([candidate("slack", 0.6), candidate("roles", 0.59)], 6)[0]
    assert alone.strength == close.strength
    assert alone.score > close.score


def test_scores_fall_with_the_order() -> None:
    """No article scores above one that stands before it."""
    found = [candidate(f"article-{n}", 0.9 - n / 50, (n % 3) / 3) for n in range(12)]
    scores = [article.score for article in rank(found, 6, max_results=12)]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 <= score <= 1.0 for score in scores)


def test_there_are_no_more_articles_than_asked_for() -> None:
    """`max_results` counts articles."""
    found = [candidate(f"article-{n}", 0.9 - n / 100) for n in range(9)]
    assert len(rank(found, 6, max_results=3)) == 3
    assert rank([], 6) == ()


def test_equal_scores_have_one_order() -> None:
    """The same question has the same answer, in whatever order the rows come."""
    found = [candidate(slug, 0.6) for slug in ("roles", "slack", "tasks")]
    assert rank(found, 6) == rank(found[::-1], 6)


@pytest.mark.parametrize(("strength", "sure"), [(0.35, False), (0.5, False), (1.0, True), (1.3, True)])
def test_half_is_where_the_article_turns_from_wrong_to_right(strength: float, sure: bool) -> None:
    """A weak resemblance scores below 0.5, a strong one above."""
    assert (certainty(strength, 0.1, 6) >= 0.5) is sure


def test_a_passage_is_scored_without_its_neighbours() -> None:
    """The score of a passage grows with its own meaning and words alone."""
    weak, strong = candidate("slack", 0.4, 0.1), candidate("slack", 0.6, 0.5)
    assert 0.0 < passage_score(weak, 6) < passage_score(strong, 6) < 1.0
