"""What a run leaves behind: a JSON file, a page with pictures, and the failures. The same for the same run, but for the
latency."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from fte_eval.acceptance import Judged
from fte_eval.evidence import Evidence, conversations, labelled
from fte_eval.identity import page_of
from fte_eval.page import markdown_table, page
from fte_eval.pictures import bars, table_of
from fte_eval.playing import Played

_REFERENCE: Final = re.compile(r"\bTC-[0-9A-HJKMNP-TV-Z]{10}\b")


def summary(judged: Judged, evidence: Evidence, about: Mapping[str, Any]) -> dict[str, Any]:
    """The run as JSON."""
    tags = Counter(tag for turns in conversations(evidence.scenarios) for tag in turns[0].scenario.tags)
    right = Counter(
        tag
        for turns in conversations(evidence.scenarios)
        if all(turn.holds() for turn in turns)
        for tag in turns[0].scenario.tags
    )
    return {
        **about,
        "passed": not judged.below,
        "below": judged.below,
        "not_measured": judged.unmeasured,
        "figures": {figure.key: figure.as_dict() for figure in judged.figures},
        "latency": judged.latency.as_dict(),
        "mix": [
            {
                "part": part.name, "share": part.share, "conversations": part.conversations,
                "handed_over": part.handed_over, "settled": part.settled, "right": part.right,
            }
            for part in judged.rates.parts
        ],
        "categories": {label: dict(_found(judged, label)) for label in judged.categories.labels},
        "tags": {tag: {"conversations": tags[tag], "as_expected": right[tag]} for tag in sorted(tags)},
    }  # fmt: skip


def _found(judged: Judged, label: str) -> list[tuple[str, int]]:
    row = zip(judged.categories.labels, judged.categories.row(label), strict=True)
    return [(found, count) for found, count in row if count]


def write(folder: Path, judged: Judged, evidence: Evidence, about: Mapping[str, Any], source: str) -> None:
    """Write all files of a run into `folder`, in place of the last run's."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = summary(judged, evidence, about)
    plain = [figure for figure in judged.figures if not figure.key.startswith(("recall_", "precision_"))]
    flags = [figure for figure in judged.figures if figure not in plain]
    files = {
        "latest.json": json.dumps(whole, indent=2, ensure_ascii=False) + "\n",
        "figures.svg": bars(plain, "Acceptance figures with 95 % intervals"),
        "flags.svg": bars(flags, "Flags: recall and precision"),
        "categories.svg": table_of(judged.categories, "Categories: right (left) and found (top)"),
        "README.md": page(judged, whole, source),
        "failures.md": failures([*evidence.scenarios, *evidence.questions, *evidence.texts, *evidence.attacked])
        + wrong_labels(evidence)
        + page_of(evidence.identities),
    }
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")


def failures(played: Sequence[Played]) -> str:
    """Every turn in which a check failed, with the message and the reply; trials that failed alike are told once."""
    failed = [each for each in played if each.failed]
    head = f"# Failures\n\n{len(failed)} of {len(played)} turns of scenarios and questions were not as expected.\n"
    alike: dict[tuple[object, ...], list[Played]] = {}
    for each in failed:
        alike.setdefault((each.scenario.id, each.number, *_wanted(each)), []).append(each)
    return head + "".join(f"\n{_failure(these[0], {each.trial for each in these})}" for these in alike.values())


def wrong_labels(evidence: Evidence) -> str:
    """The texts that were labelled otherwise than a person does: ids and labels."""
    rows = []
    for text, played in labelled(evidence.texts, evidence.labels or {}):
        got = played.observed
        pairs = [("category", text.category, got.category), ("sentiment", text.sentiment, got.sentiment)]
        wanted = [(name, str(right), seen) for name, right, seen in pairs if right is not None]
        if text.flags is not None:
            found = {*got.flags} - {"KB_MISS"}
            wanted.append(("flags", ", ".join(sorted(text.flags)), ", ".join(sorted(found))))
        rows += [(text.id, name, right or "none", seen or "none") for name, right, seen in wanted if right != seen]
    if not rows:
        return ""
    return f"\n# Labels\n\n{markdown_table(('Text', 'What', 'Right', 'Found'), rows)}\n"


def _wanted(played: Played) -> list[str]:
    return [f"- **{check.name}**: wanted {check.wanted}; got {check.got}" for check in played.failed]


def _failure(played: Played, trials: Collection[int]) -> str:
    told = ", ".join(map(str, sorted(trials)))
    lines = [f"## {played.scenario.id}, turn {played.number} ({played.turn.channel}), trial {told}", ""]
    lines += _wanted(played)
    lines += ["", *_quoted(f"{played.turn.subject}\n{played.turn.text or played.turn.html}".strip()[:1_500])]
    observed = played.observed
    flags = ", ".join(observed.flags) or "no flags"
    articles = ", ".join(f"{hit['slug']} {hit['score']}" for hit in observed.found) or "nothing found"
    lines += ["", f"{observed.outcome} ({flags}); found: {articles}; rests on: {', '.join(observed.cited) or 'none'}"]
    lines += ["", *_quoted(observed.reply)]
    return steady("\n".join(lines)) + "\n"


def _quoted(text: str) -> list[str]:
    return [f"> {line}".rstrip() for line in text.split("\n")]


def steady(text: str) -> str:
    """`text` without what is random in every run: the references."""
    return _REFERENCE.sub("TC-XXXXXXXXXX", text)
