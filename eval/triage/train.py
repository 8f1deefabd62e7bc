"""Train the classifiers of the triage, and say how good they and the whole triage are.

    python eval/triage/train.py [--tickets FILE] [--with-tickets] [--judge]

Reads `train-*.jsonl` and `sentences.txt` beside this file; `heldout-*.jsonl` are only counted with, never learned
from. `--tickets` adds labelled tickets that are kept elsewhere: results are given with and without them, and
`--with-tickets` ships the weights that learned from them, too; `--judge` trains nothing and only counts again. Writes
the weights into the agent's package and the results to `eval/results/triage.json`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from composing import Message, compositions, read_sentences, singles
from fitting import fit_all, fit_flags, flag_scores, thresholds_of, write
from judging import Report, judge_all, show
from labelled import read_messages, read_tickets

from fte_agent.triage.scores import FOLDER

HERE = Path(__file__).parent
RESULTS = HERE.parent / "results" / "triage.json"
COMPOSED = 1_200
SEED = 20
FOLDS = 4


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tickets", type=Path, help="labelled tickets outside the repository (JSON Lines)")
    parser.add_argument("--with-tickets", action="store_true", help="ship what learned from the tickets as well")
    parser.add_argument("--judge", action="store_true", help="train nothing, judge the shipped weights")
    options = parser.parse_args()
    files = sorted(HERE.glob("train-*.jsonl"))
    own = [message for file in files for message in read_messages(file)]
    heldout = [message for file in sorted(HERE.glob("heldout-*.jsonl")) for message in read_messages(file)]
    tickets = read_tickets(options.tickets) if options.tickets else []
    bank = read_sentences()
    made = [*singles(bank), *compositions(bank, COMPOSED, SEED)]

    results: dict[str, object] = {"counts": {"own": len(own), "made": len(made), "heldout": len(heldout)}}
    if not options.judge:
        _train([*own, *tickets] if options.with_tickets else own, made, files)
    if tickets and not options.with_tickets:
        report = judge_all(tickets)
        show("tickets, which nothing was learned from", report)
        results["tickets"] = report.as_json()
    if tickets and not options.judge:
        results["with_tickets"] = _with_tickets(own, made, tickets, heldout, files)
    report = judge_all(heldout)
    show("held-out messages", report)
    results["heldout"] = report.as_json()
    about = json.loads((FOLDER / "model.json").read_text("utf-8"))
    (FOLDER / "model.json").write_text(json.dumps({**about, "heldout": report.as_json()}, indent=1) + "\n", "utf-8")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    return 0


def _train(real: Sequence[Message], made: Sequence[Message], files: Sequence[Path]) -> None:
    """Write weights of all rows, with thresholds that were found on messages the weights had not seen."""
    folds = np.random.default_rng(SEED).integers(0, FOLDS, len(real))
    unseen: dict[int, dict[str, float]] = {}
    for fold in range(FOLDS):
        part = fit_flags([message for message, at in zip(real, folds, strict=True) if at != fold], made)
        unseen |= {at: flag_scores(part, real[at]) for at in range(len(real)) if folds[at] == fold}
    thresholds = thresholds_of(real, [unseen[at] for at in range(len(real))])
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    learned = {"files": [file.name for file in files], "sha256": digest, "messages": len(real)}
    write(FOLDER, fit_all(real, made), thresholds, learned)


def _with_tickets(
    own: Sequence[Message],
    made: Sequence[Message],
    tickets: Sequence[Message],
    heldout: Sequence[Message],
    files: Sequence[Path],
) -> dict[str, object]:
    """Results with the tickets learned: of the held-out messages, and of the tickets by cross-validation."""
    kept = {name: (FOLDER / name).read_bytes() for name in ("model.json", "model.npz")}
    folds = np.random.default_rng(SEED).integers(0, FOLDS, len(tickets))
    report = Report()
    for fold in range(FOLDS):
        learned = [ticket for ticket, at in zip(tickets, folds, strict=True) if at != fold]
        _train([*own, *learned], made, files)
        report += judge_all([ticket for ticket, at in zip(tickets, folds, strict=True) if at == fold])
    show("tickets, cross-validated", report)
    _train([*own, *tickets], made, files)
    whole = judge_all(heldout)
    for name, content in kept.items():
        (FOLDER / name).write_bytes(content)
    return {"tickets_cross_validated": report.as_json(), "heldout": whole.as_json()}


if __name__ == "__main__":
    sys.exit(main())
