"""`fte kb`: check the documentation's articles and bring the knowledge base in line with them."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from fte.knowledge.articles import read_articles
from fte.knowledge.embedder import open_embedder
from fte.knowledge.entries import entries
from fte.knowledge.sync import sync
from fte.settings import Settings
from fte.store.pool import open_pool


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `fte kb check` and `fte kb sync`."""
    commands = subparsers.add_parser("kb", help="the knowledge base").add_subparsers(required=True, metavar="command")
    for name, run, text in (
        ("check", run_check, "read all articles and name every problem, without a database"),
        ("sync", run_sync, "make the knowledge base hold exactly the articles of the folder"),
    ):
        parser = commands.add_parser(name, help=text, description=text)
        parser.add_argument("--dir", type=Path, help="folder of the articles (default: FTE_KNOWLEDGE_DIR)")
        parser.set_defaults(func=run)


async def run_check(args: argparse.Namespace, settings: Settings) -> int:
    """Print how much there is; `ArticlesInvalid` names each problem with file and line."""
    articles = read_articles(args.dir or settings.knowledge_dir)
    print(f"{len(articles)} articles, {len(entries(articles))} passages: no problems")
    return 0


async def run_sync(args: argparse.Namespace, settings: Settings) -> int:
    """Embed what is new or changed, write all in one transaction, print the counts."""
    started = time.perf_counter()
    articles = read_articles(args.dir or settings.knowledge_dir)
    # Nobody waits for an answer here, so the embedding service may take its time and be asked again.
    embedder = open_embedder(settings, timeout=30.0, max_retries=3)
    pool = await open_pool(settings.secret("database_url"), max_size=1)
    try:
        report = await sync(pool, embedder, entries(articles))
    finally:
        await pool.close()
    print(f"{len(articles)} articles, passages: {report} ({embedder.name}, {time.perf_counter() - started:.1f} s)")
    return 0
