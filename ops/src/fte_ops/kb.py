"""`fte kb`: check the documentation's articles and bring the knowledge base in line with them."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING

from psycopg.errors import UndefinedTable

from fte.errors import NotPossible
from fte.knowledge.articles import Problem, read_articles
from fte.knowledge.embedder import open_embedder
from fte.knowledge.entries import entries
from fte.knowledge.sync import sync
from fte.settings import Settings
from fte.store.pool import open_pool

if TYPE_CHECKING:
    from fte.knowledge.review import Source

TOPICS = "topics.tsv"


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `fte kb check` and `fte kb sync`."""
    commands = subparsers.add_parser("kb", help="the knowledge base").add_subparsers(required=True, metavar="command")
    parsers = {}
    for name, run, text in (
        ("check", run_check, "read all articles and name every problem, without a database"),
        ("sync", run_sync, "make the knowledge base hold exactly the articles of the folder"),
    ):
        parsers[name] = parser = commands.add_parser(name, help=text, description=text)
        parser.add_argument("--dir", type=Path, help="folder of the articles (default: FTE_KNOWLEDGE_DIR)")
        parser.set_defaults(func=run)
    check = parsers["check"]
    check.add_argument(
        "--topics", type=Path, help=f"topics that must have an article (default: {TOPICS} in the folder)"
    )
    check.add_argument("--quick", action="store_true", help="do not look for passages that say the same")


async def run_check(args: argparse.Namespace, settings: Settings) -> int:
    """Print every finding with file and line; 1 when there is one. `ArticlesInvalid` names what cannot be loaded."""
    # A synchronisation must not pay for the policy's patterns.
    from fte.knowledge import review

    folder: Path = args.dir or settings.knowledge_dir
    articles = read_articles(folder)
    sources = review.read_sources(folder, articles)
    problems = [*review.review(sources), *_coverage(args.topics, folder, sources)]
    if not args.quick:
        pieces = review.pieces(sources)
        vectors = await open_embedder(settings, timeout=30.0, max_retries=3).embed([piece.text for piece in pieces])
        problems += review.duplicates(pieces, vectors)
    for problem in sorted(problems, key=lambda problem: (problem.file, problem.line)):
        print(problem)
    count = f"{len(problems)} problem{'s' if len(problems) > 1 else ''}" if problems else "no problems"
    print(f"{len(articles)} articles, {sum(len(article.sections) for article in articles)} passages: {count}")
    return 1 if problems else 0


def _coverage(wanted: Path | None, folder: Path, sources: tuple[Source, ...]) -> list[Problem]:
    from fte.knowledge import review

    path = wanted or folder / TOPICS
    if not path.is_file():
        # A folder of one's own needs no list; one that was asked for must be there.
        return [Problem(str(wanted), 1, "there is no such list of topics")] if wanted else []
    return list(review.uncovered(sources, review.read_topics(path), path.name))


async def run_sync(args: argparse.Namespace, settings: Settings) -> int:
    """Embed what is new or changed, write all in one transaction, print the counts."""
    started = time.perf_counter()
    articles = read_articles(args.dir or settings.knowledge_dir)
    # Nobody waits for an answer here, so the embedding service may take its time and be asked again.
    embedder = open_embedder(settings, timeout=30.0, max_retries=3)
    pool = await open_pool(settings.secret("database_url"), max_size=1)
    try:
        report = await sync(pool, embedder, entries(articles))
    except UndefinedTable as missing:
        raise NotPossible("the database has no table for the knowledge base yet: run `fte migrate` first") from missing
    finally:
        await pool.close()
    print(f"{len(articles)} articles, rows: {report} ({embedder.name}, {time.perf_counter() - started:.1f} s)")
    return 0
