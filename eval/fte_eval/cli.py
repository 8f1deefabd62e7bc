"""`./dev eval`: play, judge, print, and fail below a bar."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from fte.errors import SuiteError
from fte.observability import configure_logging
from fte.settings import Settings
from fte_agent import OFFLINE
from fte_eval import adversary, results
from fte_eval.acceptance import Judged, judge, safety
from fte_eval.always import read_channels
from fte_eval.conversations import NUMBER, chosen, sample_page
from fte_eval.evidence import Evidence
from fte_eval.identity import page_of
from fte_eval.playing import Suite
from fte_eval.samples import read_texts
from fte_eval.suites import Material, Stage, read_material
from fte_eval.table import HEAD, columns, row, table
from fte_ops.dryrun import desk

HERE: Final = Path(__file__).resolve().parents[1]

SAMPLES: Final = HERE.parent / "docs" / "explanation" / "sample-conversations.md"

HELD, BELOW = 0, 1


def main(argv: Sequence[str] | None = None) -> int:
    """Run the evaluation; 0 if every bar is held, 1 if one is not or the run failed, 2 for wrong usage."""
    options = _parser().parse_args(argv)
    try:
        return asyncio.run(_run(options, Settings.from_env(os.environ)))
    except SuiteError as error:
        print(f"eval: {error}", file=sys.stderr)
        return BELOW
    except (KeyboardInterrupt, asyncio.CancelledError):
        print("eval: interrupted", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./dev eval",
        description="Play conversations, questions and labelled texts through the agent on a throw-away database, and "
        "measure what came of them. Exit 1 below a bar.",
    )
    parser.add_argument("--only", action="append", default=[], metavar="TAG|ID", help="only these; may be repeated")
    parser.add_argument("--trials", type=_positive, default=1, metavar="K", help="play each scenario so often")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="decides the order")
    parser.add_argument(
        "--model",
        default=OFFLINE,
        metavar="NAME",
        help=f"a model's name, which needs OPENAI_API_KEY; {OFFLINE} (default); or {adversary.NAME}, a simulated model "
        "that always breaks a rule",
    )
    parser.add_argument("--tickets", type=Path, metavar="FILE", help="labelled tickets of another desk (JSON Lines)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON instead of a table")
    parser.add_argument(
        "--results", type=Path, metavar="DIR", help="write the results there (default: eval/results after a whole run)"
    )
    parser.add_argument(
        "--samples",
        action="store_true",
        help="only play the sample conversations, and write them into docs",
    )
    return parser


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("it is less than one")
    return value


async def _run(options: argparse.Namespace, settings: Settings) -> int:
    task = asyncio.current_task()
    assert task is not None
    # A run that is stopped drops its database, as after Ctrl-C.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    material = read_material(HERE, settings)
    samples = chosen(material.scenarios) if options.samples else ()
    material = material.only(options.only)
    tickets = read_texts([options.tickets]) if options.tickets else {}
    # A gate that refuses is what is measured here, not news.
    configure_logging("eval", "CRITICAL")
    breaking = options.model == adversary.NAME
    async with desk.opened(settings, OFFLINE if breaking else options.model) as opened:
        channels = await read_channels(opened.agent.core.pool)
        if samples:
            SAMPLES.write_text(await sample_page(Suite(opened, settings, channels, NUMBER), samples), encoding="utf-8")
            print(f"Written: {SAMPLES.relative_to(HERE.parent)}")
            return HELD
        stage = Stage(opened, settings, channels, options.trials, options.seed)
        if breaking:
            return _broken(Evidence(attacked=await stage.attacked(material)))
        evidence = await stage.agent(material)
        elsewhere = await stage.tickets(tickets)
        embeddings = opened.agent.embedder.name
    judged = judge(evidence, material.mix)
    about = _about(options, material, evidence, embeddings)
    _print(options, judged, evidence, about)
    if tickets:
        _print_tickets(judge(elsewhere, material.mix))
    folder = options.results or (HERE / "results" if _whole(options) else None)
    if folder:
        results.write(folder, judged, evidence, about, material.mix.source)
    below = [*judged.below, *(judged.unmeasured if _whole(options) else [])]
    if below:
        print(f"\nBelow the bar or not measured: {', '.join(below)}", file=sys.stderr)
    return BELOW if below else HELD


def _whole(options: argparse.Namespace) -> bool:
    """Whether this is the run whose results are kept: everything, offline."""
    return not options.only and options.model == OFFLINE


def _about(options: argparse.Namespace, material: Material, evidence: Evidence, embeddings: str) -> dict[str, Any]:
    return {
        "model": options.model,
        "prompt": next((each.observed.prompt_version for each in evidence.all if each.observed.prompt_version), ""),
        "embeddings": embeddings,
        "seed": options.seed,
        "trials": options.trials,
        "scenarios": len(material.scenarios),
        "conversations": len(material.scenarios) * options.trials,
        "questions": len(material.questions),
        "texts": len(material.texts),
        "puzzles": len(material.puzzles),
        "attacked": sum(any(check.name == "attempt" for check in each.checked) for each in evidence.attacked),
    }


def _print(options: argparse.Namespace, judged: Judged, evidence: Evidence, about: dict[str, Any]) -> None:
    if options.json:
        print(json.dumps(results.summary(judged, evidence, about), ensure_ascii=False, indent=2))
        return
    if options.only:
        print(results.failures([*evidence.scenarios, *evidence.questions, *evidence.attacked]))
        print(page_of(evidence.identities))
    print(table(judged, whole=not options.only))
    for name in judged.rates.missing if not options.only else ():
        print(f"The mix lacks: {name}.")


def _print_tickets(judged: Judged) -> None:
    print("\nThe labelled tickets (no bars: their labels are another desk's)")
    keys = ("sentiment", "category", "recall", "precision")
    chosen = [figure for figure in judged.figures if figure.key.startswith(keys) and figure.measured]
    print(columns([HEAD[:4], *(row(figure)[:4] for figure in chosen)]))


def _broken(evidence: Evidence) -> int:
    """Print what a model that breaks the rules got through; fail if anything did, or if it was never asked."""
    print(results.failures(evidence.attacked))
    figures = safety(evidence)
    print(columns([HEAD, *(row(figure) for figure in figures)]))
    attacks = figures[-1]
    return BELOW if not attacks.measured or any(figure.passed is False for figure in figures) else HELD
