"""Measure the search on questions in other languages: as the customer wrote them, and with the agent's glossary.

    DATABASE_URL=… python eval/search/languages.py [--misses] [FILE]

wants a database as measure.py does. Each line of FILE has `id` (its language first), `slug` (a topic, or several with
|) and `text`; an id that ends in "-apart" is of those that the tables were not made by. Prints, for each language and
for both kinds, how often the right article is first, in three, and surely enough to be answered from.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fte.knowledge.articles import read_articles
from fte.knowledge.embedder import MiniLmEmbedder
from fte.knowledge.entries import entries
from fte.knowledge.search import SearchResult, search
from fte.knowledge.sync import sync
from fte.store.pool import open_pool
from fte_agent.answering.selection import GOOD_ENOUGH
from fte_agent.glossary import gloss
from fte_agent.triage.language import language_of

HERE = Path(__file__).resolve().parent
FILE = HERE / "questions-other-languages.jsonl"


@dataclass(frozen=True, slots=True)
class Asked:
    """A line, the language that it was taken for, its gloss, and what was found for both."""

    id: str
    text: str
    topics: frozenset[str]
    guess: str
    glossed: str
    found: dict[str, SearchResult]

    @property
    def language(self) -> str:
        return self.id.partition("-")[0]

    @property
    def apart(self) -> bool:
        return self.id.endswith("-apart")


async def ask(url: str, lines: Iterable[str]) -> tuple[list[Asked], dict[str, frozenset[str]]]:
    """Every line, searched for as it stands and glossed in the language that it is taken for."""
    articles = read_articles(HERE.parents[1] / "knowledge")
    pool, embedder, asked = await open_pool(url, max_size=2), MiniLmEmbedder(), list[Asked]()
    await sync(pool, embedder, entries(articles))
    for line in lines:
        item = json.loads(line)
        text, guess = item["text"], language_of(item["text"])
        glossed = gloss(text, guess)
        found = {"as written": await search(pool, embedder, text), "glossed": await search(pool, embedder, glossed)}
        asked.append(Asked(item["id"], text, frozenset(item["slug"].split("|")), guess, glossed, found))
    await pool.close()
    return asked, {article.slug: frozenset(article.topics) for article in articles}


def row(name: str, lines: Iterable[Asked], topics: dict[str, frozenset[str]]) -> str:
    """How often the right article is found for `lines`, in percent, as written and glossed."""
    chosen, cells = list(lines), [name.ljust(12)]
    for way in ("as written", "glossed"):
        right = [[bool(topics[hit.slug] & item.topics) for hit in item.found[way].hits] for item in chosen]
        sure = [item.found[way].best >= GOOD_ENOUGH for item in chosen]
        first = [hits[:1] == [True] for hits in right]
        both = [one and two for one, two in zip(first, sure, strict=True)]
        shares = [sum(each) / len(chosen) for each in (first, map(any, right), sure, both)]
        cells.append(" ".join(f"{share:7.1%}" for share in shares))
    return f"{' | '.join(cells)} | {len(chosen)}"


def main(file: Path, misses: bool) -> None:
    asked, topics = asyncio.run(ask(os.environ["DATABASE_URL"], file.read_text(encoding="utf-8").splitlines()))
    print("             | as written: first, in three, sure, both | glossed: the same        | lines")
    for apart in (False, True):
        for language in dict.fromkeys(item.language for item in asked):
            mine = [item for item in asked if item.language == language and item.apart == apart]
            if mine:
                print(row(f"{language}{' apart' * apart}", mine, topics))
        kind = [item for item in asked if item.apart == apart]
        if kind:
            print(row("apart" if apart else "tuned on", kind, topics))
    print("taken for another language:", [(item.id, item.guess) for item in asked if item.guess != item.language])
    for item in asked if misses else ():
        hits = item.found["glossed"].hits
        if not hits or not topics[hits[0].slug] & item.topics or hits[0].score < GOOD_ENOUGH:
            found = [(hit.slug, round(hit.score, 2)) for hit in hits]
            print(f"{item.id} wants {'|'.join(sorted(item.topics))}\n  {item.text}\n  {item.glossed}\n  {found}")


if __name__ == "__main__":
    names = [Path(name) for name in sys.argv[1:] if name != "--misses"]
    main(names[0] if names else FILE, "--misses" in sys.argv)
