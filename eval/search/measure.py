"""Measure the search of the knowledge base on our own questions, and fit the certainty of its scores.

    DATABASE_URL=… python eval/search/measure.py [FILE …]

wants an empty migrated database (or one with our articles), and embeds with OpenAI's model if OPENAI_API_KEY is set.
Each line of a FILE has `id`, `slug` (a topic, or several with |; none: no article answers it), `subject` and `text`.
Prints, for each file, how often the right article is first and in three, by every way of ranking; then the fit on
every second line, and how reliable it is on the others.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from fte.knowledge import ranking
from fte.knowledge.articles import read_articles
from fte.knowledge.embedder import open_embedder
from fte.knowledge.entries import entries
from fte.knowledge.ranking import MANY_WORDS, Candidate, Ranked, SearchResult, rank
from fte.knowledge.search import search
from fte.knowledge.sync import sync
from fte.settings import Settings
from fte.store.pool import open_pool

HERE = Path(__file__).resolve().parent
FILES = tuple(
    HERE / f"{name}.jsonl"
    for name in (
        "questions-1",
        "questions-2",
        "questions-3",
        "questions-4",
        "in-scope",
        "long-stories",
        "out-of-scope",
        "out-of-scope-2",
    )
)
Order = Callable[[Sequence[Candidate]], list[str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A line, what was found for it at last, and how the search answered."""

    file: str
    id: str
    topics: frozenset[str]
    found: tuple[Candidate, ...]
    words: int
    result: SearchResult
    ms: float

    @property
    def features(self) -> tuple[float, float, float, float]:
        """What the certainty is made of."""
        best = rank(self.found, self.words, 2)
        lead = best[0].strength - best[1].strength if len(best) > 1 else 0.0
        return 1.0, best[0].strength if best else 0.0, lead, min(self.words, MANY_WORDS) / MANY_WORDS


def by_passage(score: Callable[[Candidate], float]) -> Order:
    """Articles by their best passage alone."""

    def order(found: Sequence[Candidate]) -> list[str]:
        return list(dict.fromkeys(item.slug for item in sorted(found, key=score, reverse=True)))

    return order


def meaning(found: Candidate) -> float:
    return found.cosine or 0.0


ORDERS: dict[str, Order] = {
    "meaning alone": by_passage(meaning),
    "words alone": by_passage(lambda found: found.words),
    **{f"meaning + {w} words": by_passage(partial(lambda w, f: meaning(f) + w * f.words, w)) for w in (0.2, 0.4, 0.6)},
    "as built": lambda found: [article.slug for article in rank(found, 1, 3)],
}


async def ask(url: str, files: Sequence[Path]) -> tuple[list[Asked], dict[str, frozenset[str]]]:
    """Every line of the files, searched for."""
    articles = read_articles(HERE.parents[1] / "knowledge")
    embedder = open_embedder(Settings.from_env(os.environ), timeout=30.0, max_retries=3)
    pool, asked = await open_pool(url, max_size=2), list[Asked]()
    seen: list[tuple[tuple[Candidate, ...], int]] = []

    def recording(found: Sequence[Candidate], words: int, max_results: int) -> tuple[Ranked, ...]:
        seen.append((tuple(found), words))
        return rank(found, words, max_results)

    print(await sync(pool, embedder, entries(articles)))
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            text = f"{item.get('subject', '')}\n{item.get('text') or item.get('question')}".strip()[:1000]
            started = time.perf_counter()
            seen[:] = [((), 0)]
            result = await search(pool, embedder, text, ranking=recording)
            spent = (time.perf_counter() - started) * 1000
            topics = frozenset(filter(None, str(item.get("slug", "")).split("|")))
            asked.append(Asked(file.stem, item.get("id", ""), topics, *seen[-1], result, spent))
    await pool.close()
    return asked, {article.slug: frozenset(article.topics) for article in articles}


def main(files: Sequence[Path]) -> None:
    asked, topics = asyncio.run(ask(os.environ["DATABASE_URL"], files))
    for file in dict.fromkeys(item.file for item in asked):
        lines = [item for item in asked if item.file == file]
        p50, p95 = np.percentile([item.ms for item in lines], (50, 95))
        misses = sum(item.result.best < 0.5 for item in lines) / len(lines)
        print(f"\n{file}: {len(lines)} lines, below 0.5: {misses:.1%}, p50 {p50:.1f} ms, p95 {p95:.1f} ms")
        if not any(item.topics for item in lines):
            continue
        for name, order in ORDERS.items():
            right = [[bool(topics[slug] & item.topics) for slug in order(item.found)[:3]] for item in lines]
            first, three = np.mean([hits[:1] == [True] for hits in right]), np.mean([any(hits) for hits in right])
            print(f"  {name:20} first {first:6.1%}  in three {three:6.1%}")
        for item in lines:
            hits = [hit.slug for hit in item.result.hits]
            if not topics[hits[0]] & item.topics if hits else True:
                print(f"    {item.id} wants {'|'.join(sorted(item.topics))}, finds {item.result.best:.2f} {hits}")
    calibrate(asked, topics)


def calibrate(asked: Sequence[Asked], topics: dict[str, frozenset[str]]) -> None:
    """Fit on every second line, and print the table of the others."""
    features = np.array([item.features for item in asked])
    right = np.array([bool(item.result.hits and topics[item.result.hits[0].slug] & item.topics) for item in asked])
    fitted, other = slice(0, None, 2), slice(1, None, 2)
    weights = fit(features[fitted], right[fitted])
    print("\nfit on every second line: base, strength, lead, length =", np.round(weights, 1))
    print("in use:", ranking.certainty)
    for name, sure in (
        ("fitted, on the other lines", 1 / (1 + np.exp(-features[other] @ np.round(weights, 1)))),
        ("in use, on the other lines", np.array([item.result.best for item in asked])[other]),
    ):
        print(f"{name}: score, lines, mean score, first article right")
        for low in (0.0, 0.1, 0.3, 0.5, 0.7, 0.9):
            high = {0.0: 0.1, 0.9: 1.01}.get(low, low + 0.2)
            here = (sure >= low) & (sure < high)
            if here.any():
                span = f"{low:.1f}-{min(high, 1):.1f}"
                print(f"  {span} {here.sum():4} {sure[here].mean():.2f} {right[other][here].mean():.1%}")


def fit(features: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Logistic regression by Newton's method, with a slight pull of the weights to zero."""
    weights, pull = np.zeros(features.shape[1]), np.diag([0.0] + [0.05] * (features.shape[1] - 1))
    for _ in range(60):
        sure = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (sure - right) + pull @ weights
        weights -= np.linalg.solve(features.T @ (features * (sure * (1 - sure))[:, None]) + pull, slope)
    return weights


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or FILES)
