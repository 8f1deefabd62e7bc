"""The page of a run: `README.md` in the folder of results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fte_eval.acceptance import Judged
from fte_eval.figures import percent
from fte_eval.table import latency_row, row


def page(judged: Judged, summary: Mapping[str, Any], source: str) -> str:
    """The whole page. `source` says where the mix comes from."""
    verdict = "Every bar is held." if not judged.below else f"Below the bar: {', '.join(judged.below)}."
    if judged.unmeasured:
        verdict += f" Not measured: {', '.join(judged.unmeasured)}."
    rows = [row(figure) for figure in judged.figures] + [latency_row(judged.latency)]
    parts = [
        "# Results of the evaluation",
        f"Model `{summary['model']}`, prompt `{summary['prompt']}`, embeddings `{summary['embeddings']}`; "
        f"{summary['conversations']} conversations of {summary['scenarios']} scenarios, {summary['questions']} unseen "
        f"questions, {summary['texts']} labelled texts, {summary['attacked']} turns in which a simulated model tried "
        f"to break a rule. Seed {summary['seed']}. Written by `./dev eval`; [what is measured and how](../README.md).",
        f"**{verdict}**",
        "![Acceptance figures](figures.svg)",
        markdown_table(("Figure", "Value", "Counts", "95 % interval", "Bar", ""), rows),
        "## Flags",
        "![Flags](flags.svg)",
        "## Categories",
        "![Categories](categories.svg)",
        "## The mix",
        source.strip(),
        _mix(judged),
        "## Conversations by tag",
        markdown_table(
            ("Tag", "Conversations", "As expected"),
            [(tag, str(of["conversations"]), str(of["as_expected"])) for tag, of in summary["tags"].items()],
        ),
        "What was not as expected is in [failures.md](failures.md).",
    ]
    return "\n\n".join(parts) + "\n"


def _mix(judged: Judged) -> str:
    rows = [
        (
            part.name,
            percent(part.share),
            str(part.conversations),
            str(part.handed_over),
            str(part.settled),
            str(part.right),
        )
        for part in judged.rates.parts
    ]
    return markdown_table(
        ("Part", "Share", "Conversations", "Handed over", "Resolved without a human", "And all right"), rows
    )


def markdown_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
