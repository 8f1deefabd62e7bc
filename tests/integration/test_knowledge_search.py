"""The knowledge base in a real PostgreSQL with pgvector: synchronised from the repository's articles, then searched."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Sequence

import pytest

from fte.errors import Unavailable
from fte.knowledge import sync as synchronising
from fte.knowledge.articles import read_articles
from fte.knowledge.embedder import MiniLmEmbedder, Vector
from fte.knowledge.entries import Entry, entries
from fte.knowledge.search import search, texts_of
from fte.knowledge.sync import INDEX, Report, sync
from fte.store.pool import Pool, fetch_all, transaction
from fte_tests.agent_fixtures import KNOWLEDGE

pytestmark = pytest.mark.anyio

ENTRIES = entries(read_articles(KNOWLEDGE))
FEW = [entry for entry in ENTRIES if entry.slug in ("password-reset", "roles", "slack")]


class Counting:
    """The real embedder, counting the texts; it may be made unreachable, or given another name."""

    def __init__(self, embedder: MiniLmEmbedder, name: str = MiniLmEmbedder.name) -> None:
        self._embedder = embedder
        self.name = name
        self.texts = 0
        self.down = False

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        if self.down:
            raise Unavailable
        self.texts += len(texts)
        return await self._embedder.embed(texts)


@pytest.fixture
def counting(embedder: MiniLmEmbedder) -> Counting:
    return Counting(embedder)


async def stored(pool: Pool) -> list[tuple[str, int, str]]:
    async with transaction(pool) as connection:
        rows = await fetch_all(connection, "SELECT slug, position, section FROM knowledge_base ORDER BY slug, position")
    return [(row["slug"], row["position"], row["section"]) for row in rows]


def expected(wanted: Sequence[Entry]) -> list[tuple[str, int, str]]:
    return sorted((entry.slug, entry.position, entry.section) for entry in wanted)


def article(slug: str) -> list[Entry]:
    return [entry for entry in ENTRIES if entry.slug == slug]


@pytest.mark.parametrize(
    ("question", "slug"),
    [
        ("forgot my password, reset link not coming", "password-reset"),
        ("how do i add a new team member to my project?", "invite-members"),
        ("how to export board to pdf??", "data-export"),
        ("Slack notifications stopped in our channel since yesterday", "slack"),
        ("your product is trash. i want my money back", "refund-policy"),
        ("I'm an admin but can't see my team's tasks. Is this a permission issue?", "roles"),
        ("can i assign multiple ppl to one card?", "tasks"),
        ("Do you have an API? Where's the documentation?", "api-access"),
        ("too many notification emails, how do I reduce them", "notifications"),
        ("lost my phone and can't get my 2FA code", "two-factor"),
    ],
)
@pytest.mark.usefixtures("knowledge")
async def test_each_topic_is_found(pool: Pool, counting: Counting, question: str, slug: str) -> None:
    """What customers ask about a documented topic finds its article first."""
    result = await search(pool, counting, question)
    assert slug in result.hits[0].topics
    assert result.best >= 0.5
    assert len(result.hits) <= 3


async def test_a_second_synchronisation_embeds_nothing(pool: Pool, counting: Counting) -> None:
    """What is there already is neither embedded nor written again."""
    total = len(FEW)
    texts = {entry.text for entry in FEW} | {entry.question for entry in FEW}
    assert await sync(pool, counting, FEW) == Report(total, 0, 0, 0, 0)
    assert await sync(pool, counting, FEW) == Report(0, 0, 0, 0, total)
    assert counting.texts == len(texts)
    assert await stored(pool) == expected(FEW)


async def test_changes_moves_and_removals_are_followed(pool: Pool, counting: Counting) -> None:
    """After a section came first, another went and a third was rewritten the table is what the folder is."""
    slack = article("slack")
    await sync(pool, counting, slack)
    rewritten = dataclasses.replace(slack[2], content="Other words.")
    kept = [slack[0], rewritten, *slack[4:]]
    first = dataclasses.replace(article("roles")[1], slug="slack", position=0)
    wanted = [first, *(dataclasses.replace(entry, position=at) for at, entry in enumerate(kept, 1))]
    counting.texts = 0
    report = await sync(pool, counting, wanted)
    assert (report.added, report.changed, report.removed) == (1, 1, 2)
    assert counting.texts == 4, "text and heading of each of the two"
    assert await stored(pool) == expected(wanted)


async def test_sections_can_change_places(pool: Pool, counting: Counting) -> None:
    """Places are unique within an article, and two passages may still swap them; nothing is embedded for it."""
    slack = article("slack")
    await sync(pool, counting, slack)
    counting.texts = 0
    swapped = [dataclasses.replace(entry, position=len(slack) - 1 - entry.position) for entry in slack]
    report = await sync(pool, counting, swapped)
    assert (report.moved, report.added, report.removed, counting.texts) == (
        sum(a.position != b.position for a, b in zip(slack, swapped, strict=True)),
        0,
        0,
        0,
    )
    assert await stored(pool) == expected(swapped)


async def test_a_failed_synchronisation_changes_nothing(pool: Pool, counting: Counting) -> None:
    """When the model cannot be reached the old articles stay, all of them."""
    await sync(pool, counting, article("slack"))
    counting.down = True
    with pytest.raises(Unavailable):
        await sync(pool, counting, article("roles"))
    assert await stored(pool) == expected(article("slack"))


async def test_two_synchronisations_at_once_agree(pool: Pool, counting: Counting) -> None:
    """Both end well, and the passages are there once."""
    await asyncio.gather(*(sync(pool, counting, FEW) for _ in range(3)))
    assert await stored(pool) == expected(FEW)


async def test_rows_of_another_model_are_not_compared(pool: Pool, counting: Counting, embedder: MiniLmEmbedder) -> None:
    """After a change of the model, until the next synchronisation, words alone find articles."""
    other = Counting(embedder, "another-model")
    await sync(pool, counting, FEW)
    result = await search(pool, other, "How do I reset my password?")
    assert (result.searches, result.best_semantic) == (("text",), None)
    assert result.hits[0].slug == "password-reset"
    await sync(pool, other, FEW)
    async with transaction(pool) as connection:
        names = await fetch_all(connection, "SELECT DISTINCT embedding_model FROM knowledge_base")
    assert [row["embedding_model"] for row in names] == ["another-model"]


@pytest.mark.usefixtures("knowledge")
async def test_a_model_that_is_away_costs_meaning_not_the_answer(pool: Pool, counting: Counting) -> None:
    """Words alone find the article."""
    counting.down = True
    result = await search(pool, counting, "reset my password")
    assert (result.searches, result.hits[0].slug) == (("text",), "password-reset")


@pytest.mark.usefixtures("knowledge")
async def test_the_second_search_is_made_only_where_meaning_is_unsure(pool: Pool, counting: Counting) -> None:
    """A clear question is one search; one that no article resembles is two, and its best score stays below 0.5."""
    clear = await search(pool, counting, "How do I reset my password?")
    assert clear.searches == ("semantic",)
    unknown = await search(pool, counting, "Do you deliver pizza to Paris?")
    assert unknown.searches == ("semantic", "text")
    assert unknown.best < 0.5


@pytest.mark.usefixtures("knowledge")
async def test_a_hit_has_its_whole_article(pool: Pool, counting: Counting) -> None:
    """All passages come, the best first, each with its place and a score of its own."""
    hit = (await search(pool, counting, "The QR code for my authenticator app gives an error")).hits[0]
    assert hit.slug == "two-factor"
    assert sorted(passage.position for passage in hit.passages) == list(
        range(sum(bool(entry.content) for entry in article("two-factor")))
    )
    assert hit.passages[0].section == "Error after scanning the QR code"
    scores = [passage.score for passage in hit.passages]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 < score < 1.0 for score in scores)


@pytest.mark.usefixtures("knowledge")
async def test_the_question_is_found_in_a_long_story(pool: Pool, counting: Counting) -> None:
    """Greeting, story and signature around a question do not change which article answers it."""
    story = (
        "Hello dear team,\nwe are a family firm and have built kitchens since 1974. In summer we moved to a new hall."
        " My cousin joined us last year and brought new ideas. We talked about the summer party over coffee.{}"
        " The weather was lovely that day, and the mood in the hall is good.\nKind regards\nMarga Vollmer\nMill Road 12"
    )
    question = " Where do we see the velocity of our last sprints?"
    assert "sprints" in (await search(pool, counting, story.format(question))).hits[0].topics


@pytest.mark.parametrize("message", ["Hello", "Thanks, have a nice day", "asdf jkl qwer", "When does my train leave?"])
@pytest.mark.usefixtures("knowledge")
async def test_what_we_do_not_document_is_a_miss(pool: Pool, counting: Counting, message: str) -> None:
    """Two searches are made and neither finds an article that is likely right."""
    result = await search(pool, counting, message)
    assert result.searches == ("semantic", "text")
    assert result.best < 0.5


@pytest.mark.parametrize("question", ["", "   ", "👍", "the", "':*&|!()<->", "%s %(x)s \\ ''", "ü" * 9000])
async def test_any_text_may_be_asked(pool: Pool, counting: Counting, question: str) -> None:
    """No question breaks the search, and none of these finds an answer."""
    await sync(pool, counting, article("slack"))
    assert (await search(pool, counting, question)).best < 0.5


async def test_an_empty_knowledge_base_finds_nothing(pool: Pool, counting: Counting) -> None:
    """No rows, no hits, no error."""
    result = await search(pool, counting, "How do I reset my password?")
    assert (result.hits, result.best_semantic) == ((), None)


@pytest.mark.usefixtures("knowledge")
async def test_a_given_vector_is_used(pool: Pool, counting: Counting) -> None:
    """The caller who has the question's vector does not pay for it twice."""
    message = "Hello Support,\n\nhow do I reset my pw?\n\nKind regards\nAnn Lee"
    known = {text: (await counting.embed([text]))[0] for text in texts_of(message)}
    counting.texts = 0
    result = await search(pool, counting, message, known=known, max_results=1)
    assert [hit.slug for hit in result.hits] == ["password-reset"]
    assert counting.texts == 0


@pytest.mark.usefixtures("knowledge")
async def test_the_index_is_made_used_and_dropped(
    pool: Pool, counting: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Above the threshold the same articles are found through the index; below it there is none."""

    async def present() -> bool:
        async with transaction(pool) as connection:
            (row,) = await fetch_all(connection, "SELECT to_regclass(%s) IS NOT NULL AS present", [INDEX])
        return bool(row["present"])

    questions = ("How do I reset my password?", "Slack stopped posting", "Too many notification emails")
    exact = [(await search(pool, counting, question)).hits[0].slug for question in questions]
    assert not await present()
    monkeypatch.setattr(synchronising, "INDEX_FROM", 50)
    await sync(pool, counting, ENTRIES[1:])
    assert await present()
    assert [(await search(pool, counting, question)).hits[0].slug for question in questions] == exact
    monkeypatch.undo()
    await sync(pool, counting, ENTRIES)
    assert not await present()
