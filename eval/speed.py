"""Measure how fast the triage and the search are, on one core.

    DATABASE_URL=… python eval/speed.py

wants a server on which it may make databases (`eval "$(./dev env)"` names the local platform's); its own is dropped at
the end. The triage judges the held-out texts one after the other, then texts that are made to be slow. The search
answers our own questions over 500 articles: ours, and copies of them under other names; once as the agent has it, which
has the message's vectors by then (they are made while the ticket is), and once from the words. Prints milliseconds:
of processor time for the triage, of the clock for the search. `./dev eval` measures whole runs.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from uuid import uuid5

from fte.domain.channels import Channel
from fte.knowledge.articles import read_articles
from fte.knowledge.embedder import open_embedder
from fte.knowledge.entries import Entry, entries
from fte.knowledge.search import search, texts_of, vectors_of
from fte.knowledge.sync import sync
from fte.settings import Settings
from fte.store.pool import open_pool
from fte_agent.triage import Encoder, triage
from fte_ops.dryrun.database import throw_away

HERE = Path(__file__).resolve().parent
ARTICLES = 500
HOSTILE = {
    '10 kB of "On x wrote"': "On 1 Jan 2026 x wrote\n" * 460,
    "20,000 newlines": "\n" * 20_000,
    "a 200 kB line": "a" * 200_000,
    "200 kB of triggers": "refund lawyer hacked " * 9_500,
    "100 kB of negations": "I am not asking for a refund, " * 3_300,
    "100 kB of tags": "<div " * 20_000,
    "20,000 faces": "\U0001f621" * 20_000,
    "100 kB of base64": "aGVsbG8gd29ybGQgYWdhaW4g" * 4_000,
}


def main() -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    encoder = Encoder()
    triage("Warm up", "How do I reset my password?", Channel.EMAIL, encoder)
    texts = [row for file in sorted((HERE / "triage").glob("heldout-*.jsonl")) for row in _rows(file)]
    times = [_judged(row["subject"], row["text"], Channel(row["channel"]), encoder) for row in texts]
    print(f"triage of {len(times)} held-out texts: {_shown(times)} ms")
    for name, text in HOSTILE.items():
        times = [_judged("", text, Channel.EMAIL, encoder) for _ in range(9)]
        print(f"triage of {name}: {_shown(times)} ms")
    asyncio.run(_search())


async def _search() -> None:
    settings = Settings.from_env(os.environ)
    embedder = open_embedder(settings)
    ours = entries(read_articles(settings.knowledge_dir))
    async with throw_away(settings) as url:
        pool = await open_pool(url, max_size=2)
        await sync(pool, embedder, _copied(ours))
        questions = [row for file in sorted((HERE / "search").glob("questions-[0-9].jsonl")) for row in _rows(file)]
        for known in (True, False):
            times = []
            for row in questions:
                text = f"{row['subject']}\n{row['text']}".strip()
                vectors = await vectors_of(embedder, texts_of(text) if known else ())
                start = time.perf_counter()
                await search(pool, embedder, text, known=vectors)
                times.append((time.perf_counter() - start) * 1_000)
            how = "with its vectors" if known else "from its words"
            print(f"search of {len(times)} questions in {ARTICLES} articles, {how}: {_shown(times[3:])} ms")
        await pool.close()


def _copied(ours: Sequence[Entry]) -> Iterator[Entry]:
    slugs = list(dict.fromkeys(entry.slug for entry in ours))
    for number in range(ARTICLES):
        copy, slug = divmod(number, len(slugs))
        for entry in ours:
            if entry.slug == slugs[slug]:
                yield replace(entry, id=uuid5(entry.id, str(copy)), slug=f"{entry.slug}-{copy}")


def _rows(file: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def _judged(subject: str, text: str, channel: Channel, encoder: Encoder) -> float:
    start = time.process_time()
    triage(subject, text, channel, encoder)
    return (time.process_time() - start) * 1_000


def _shown(times: Sequence[float]) -> str:
    ordered = sorted(times)
    half, most = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    return f"p50 {half:.1f}, p95 {most:.1f}, most {ordered[-1]:.1f}"


if __name__ == "__main__":
    main()
