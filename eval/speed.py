"""Measure how fast the triage and the search are, on one core, and hold them to their bars.

    DATABASE_URL=… python eval/speed.py [--rounds N] [--results DIR]

wants a server on which it may make databases (`eval "$(./dev env)"` names the local platform's); its own is dropped at
the end. Run it alone, on a quiet machine. Prints milliseconds, writes `speed.json`, and ends with exit code 1 if a bar
is missed. What is measured, and which statistic is held to which bar, stands in README.md under "Speed". `./dev eval`
measures whole runs.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal
from uuid import uuid5

from fte.domain.channels import Channel
from fte.knowledge.articles import read_articles
from fte.knowledge.embedder import Vector, open_embedder
from fte.knowledge.entries import Entry, entries
from fte.knowledge.search import search, texts_of, vectors_of
from fte.knowledge.sync import sync
from fte.settings import Settings
from fte.store.pool import open_pool
from fte_agent.triage import Encoder, triage
from fte_eval.intervals import percentile
from fte_ops.dryrun.database import throw_away

HERE: Final = Path(__file__).resolve().parent
ROUNDS: Final = 5
ARTICLES: Final = 500
TRIAGE_MS: Final = 15.0
HOSTILE_MS: Final = 50.0
SEARCH_MS: Final = 25.0
HOSTILE: Final = {
    '10 kB of "On x wrote"': "On 1 Jan 2026 x wrote\n" * 460,
    "20,000 newlines": "\n" * 20_000,
    "a 200 kB line": "a" * 200_000,
    "200 kB of triggers": "refund lawyer hacked " * 9_500,
    "100 kB of negations": "I am not asking for a refund, " * 3_300,
    "100 kB of tags": "<div " * 20_000,
    "20,000 faces": "\U0001f621" * 20_000,
    "100 kB of base64": "aGVsbG8gd29ybGQgYWdhaW4g" * 4_000,
}


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured in each round, in milliseconds, and the statistic over all rounds that is held to a bar."""

    name: str
    rounds: Sequence[Sequence[float]]
    held: Literal["p50", "p95", "most"]
    bar: float

    @property
    def passed(self) -> bool:
        return bool(self.summary[self.held] < self.bar)

    @property
    def summary(self) -> dict[str, float]:
        """The middle, the 95th percentile and the most of all that was measured."""
        return _summary([took for times in self.rounds for took in times])

    def as_dict(self) -> dict[str, Any]:
        """For the file: also each round by itself, so that a reader sees how much a figure moves."""
        return {
            "name": self.name,
            "measured": sum(map(len, self.rounds)),
            **{name: round(value, 2) for name, value in self.summary.items()},
            "rounds": [{name: round(value, 2) for name, value in _summary(times).items()} for times in self.rounds],
            "held": self.held,
            "bar": self.bar,
            "passed": self.passed,
        }

    def __str__(self) -> str:
        of_rounds = [_summary(times)[self.held] for times in self.rounds]
        shown = ", ".join(f"{name} {value:.1f}" for name, value in self.summary.items())
        spread = f"{self.held} of a round {min(of_rounds):.1f} to {max(of_rounds):.1f}"
        verdict = "holds" if self.passed else "MISSED"
        return f"{self.name}: {shown} ms ({spread}); {self.held} < {self.bar:g} ms {verdict}"


def _summary(times: Sequence[float]) -> dict[str, float]:
    return {"p50": percentile(times, 0.5), "p95": percentile(times, 0.95), "most": max(times)}


def report(figures: Sequence[Figure], machine: Mapping[str, Any]) -> dict[str, Any]:
    """What `speed.json` holds. Without figures nothing has passed."""
    return {
        "passed": bool(figures) and all(figure.passed for figure in figures),
        "unit": "ms",
        "machine": dict(machine),
        "figures": [figure.as_dict() for figure in figures],
    }


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Measure how fast the triage and the search are.")
    parser.add_argument("--rounds", type=_rounds, default=ROUNDS, help=f"how often everything is measured ({ROUNDS})")
    parser.add_argument("--results", type=Path, default=HERE / "results", help="where speed.json is written")
    args = parser.parse_args(argv)
    machine = _machine()
    print(f"load before: {machine['load_before']}; a quiet machine has less than 0.3")
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    figures: list[Figure] = []
    for figure in (*_triage(args.rounds), *asyncio.run(_search(args.rounds))):
        print(figure)
        figures.append(figure)
    told = report(figures, machine)
    args.results.mkdir(parents=True, exist_ok=True)
    (args.results / "speed.json").write_text(json.dumps(told, indent=2) + "\n", "utf-8")
    return 0 if told["passed"] else 1


def _rounds(text: str) -> int:
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError("at least one round")
    return number


def _machine() -> dict[str, Any]:
    """Where this runs, as far as it tells what the figures mean."""
    return {
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 2),
        "day": time.strftime("%Y-%m-%d", time.gmtime()),
    }


def _triage(rounds: int) -> Iterator[Figure]:
    encoder = Encoder()
    triage("Warm up", "How do I reset my password?", Channel.EMAIL, encoder)
    texts = [row for file in sorted((HERE / "triage").glob("heldout-*.jsonl")) for row in _rows(file)]
    times = [
        [_judged(row["subject"], row["text"], Channel(row["channel"]), encoder) for row in texts] for _ in range(rounds)
    ]
    yield Figure(f"triage of {len(texts)} held-out texts", times, "p50", TRIAGE_MS)
    for name, text in HOSTILE.items():
        times = [[_judged("", text, Channel.EMAIL, encoder)] for _ in range(rounds)]
        yield Figure(f"triage of {name}", times, "most", HOSTILE_MS)


async def _search(rounds: int) -> list[Figure]:
    settings = Settings.from_env(os.environ)
    embedder = open_embedder(settings)
    ours = entries(read_articles(settings.knowledge_dir))
    questions = [row for file in sorted((HERE / "search").glob("questions-[0-9].jsonl")) for row in _rows(file)]
    texts = [f"{row['subject']}\n{row['text']}".strip() for row in questions]
    async with throw_away(settings) as url:
        pool = await open_pool(url, max_size=2)
        await sync(pool, embedder, _copied(ours))

        async def took(text: str, known: Mapping[str, Vector]) -> float:
            start = time.perf_counter()
            await search(pool, embedder, text, known=known)
            return (time.perf_counter() - start) * 1_000

        vectors = [await vectors_of(embedder, texts_of(text)) for text in texts]
        for text in texts[:3]:
            await took(text, {})
        known = [[await took(*asked) for asked in zip(texts, vectors, strict=True)] for _ in range(rounds)]
        words = [[await took(text, {}) for text in texts] for _ in range(rounds)]
        await pool.close()
    of = f"search of {len(texts)} questions in {ARTICLES} articles"
    return [
        Figure(f"{of}, with its vectors", known, "p95", SEARCH_MS),
        Figure(f"{of}, from its words", words, "p50", SEARCH_MS),
    ]


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


if __name__ == "__main__":
    sys.exit(main())
