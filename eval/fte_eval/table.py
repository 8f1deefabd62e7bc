"""The figures as a table on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from fte_eval.acceptance import Judged
from fte_eval.figures import Figure, Latency, percent

HEAD = ("FIGURE", "VALUE", "COUNTS", "95 % INTERVAL", "BAR", "")


def table(judged: Judged, *, whole: bool = True) -> str:
    """The figures, one a line, in columns; of a part of all scenarios only what could be measured."""
    rows = [row(figure) for figure in judged.figures if whole or figure.measured]
    if whole or judged.latency.runs:
        rows.append(latency_row(judged.latency))
    return columns([HEAD, *rows])


def row(figure: Figure) -> tuple[str, ...]:
    """One figure: name, value, counts, interval, bar, verdict."""
    if not figure.measured:
        return (figure.name, "-", "nothing", "", figure.required, "not measured")
    low, high = figure.interval
    interval = f"{percent(low)} to {percent(high)}"
    return (figure.name, percent(figure.value), figure.counts, interval, figure.required, verdict(figure.passed))


def latency_row(latency: Latency) -> tuple[str, ...]:
    """The line of the latency."""
    if not latency.runs:
        return ("offline run, p95", "-", "nothing", "", f"< {latency.bar:.0f} ms", "not measured")
    counts = f"{latency.runs} runs, p50 {latency.p50:.0f} ms"
    bar = f"< {latency.bar:.0f} ms"
    return ("offline run, p95", f"{latency.p95:.0f} ms", counts, "", bar, verdict(latency.passed))


def verdict(passed: bool | None) -> str:
    """Pass, fail, or nothing for what has no bar."""
    return {True: "pass", False: "FAIL", None: ""}[passed]


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells under each other."""
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)
