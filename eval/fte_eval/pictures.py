"""The figures as pictures: bars with intervals, and the table of confusions. Plain SVG, always the same."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from fte_eval.figures import Figure, percent
from fte_eval.labels import Confusion

_FONT: Final = 'font-family="system-ui, sans-serif" font-size="12"'
_INK, _QUIET, _LINE = "#1c2733", "#5d6b7a", "#d5dce3"
_GOOD, _BAD, _PLAIN = "#2f7d5b", "#b3432f", "#5f7ea3"
_LEFT, _WIDTH, _ROW, _RIGHT = 300, 420, 24, 150


def bars(figures: Sequence[Figure], title: str) -> str:
    """One bar a figure, with its interval as a whisker and its bar as a mark."""
    shown = [figure for figure in figures if figure.measured]
    rows = [_bar(figure, 40 + index * _ROW) for index, figure in enumerate(shown)]
    bottom = 40 + len(shown) * _ROW
    grid = [
        f'<line x1="{_x(share)}" y1="32" x2="{_x(share)}" y2="{bottom}" stroke="{_LINE}"/>'
        f'<text x="{_x(share)}" y="{bottom + 16}" text-anchor="middle" fill="{_QUIET}">{share:.0%}</text>'
        for share in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]
    return _svg(_LEFT + _WIDTH + _RIGHT, bottom + 28, title, [*grid, *rows])


def _bar(figure: Figure, top: int) -> str:
    low, high = figure.interval
    middle = top + _ROW // 2 - 2
    colour = {True: _GOOD, False: _BAD, None: _PLAIN}[figure.passed]
    parts = [
        f'<text x="{_LEFT - 10}" y="{middle + 4}" text-anchor="end" fill="{_INK}">{escape(figure.name)}</text>',
        f'<rect x="{_LEFT}" y="{top}" width="{_x(figure.value) - _LEFT:.1f}" height="{_ROW - 6}" fill="{colour}" '
        'fill-opacity="0.75"/>',
        f'<path d="M{_x(low)} {middle}H{_x(high)}M{_x(low)} {middle - 4}v8M{_x(high)} {middle - 4}v8" '
        f'stroke="{_INK}" fill="none"/>',
        f'<text x="{_LEFT + _WIDTH + 10}" y="{middle + 4}" fill="{_INK}">{percent(figure.value)}'
        f'<tspan fill="{_QUIET}" dx="6">{escape(figure.required)}</tspan></text>',
    ]
    if figure.bar:
        at = _x(figure.bar.value)
        parts.append(f'<path d="M{at} {top - 2}v{_ROW - 2}" stroke="{_BAD}" stroke-width="2" stroke-dasharray="3 2"/>')
    return "".join(parts)


def _x(share: float) -> float:
    return round(_LEFT + share * _WIDTH, 1)


def table_of(confusion: Confusion, title: str) -> str:
    """The right label to the left, the found one on top; the stronger the colour, the larger the share of the row."""
    cell, left, top = 46, 130, 120
    parts = []
    for place, label in enumerate(confusion.labels):
        middle = left + place * cell + cell // 2
        parts.append(
            f'<text transform="translate({middle + 4} {top - 8}) rotate(-50)" fill="{_INK}">{escape(label)}</text>'
        )
        y = top + place * cell
        place_of_name = f'x="{left - 8}" y="{y + cell // 2 + 4}" text-anchor="end"'
        parts.append(f'<text {place_of_name} fill="{_INK}">{escape(label)}</text>')
        counts = confusion.row(label)
        for column, count in enumerate(counts):
            share = count / (sum(counts) or 1)
            colour = _GOOD if column == place else _BAD
            parts.append(
                f'<rect x="{left + column * cell}" y="{y}" width="{cell}" height="{cell}" fill="{colour}" '
                f'fill-opacity="{share:.2f}" stroke="{_LINE}"/>'
            )
            if count:
                parts.append(
                    f'<text x="{left + column * cell + cell // 2}" y="{y + cell // 2 + 4}" text-anchor="middle" '
                    f'fill="{_INK}">{count}</text>'
                )
    side = len(confusion.labels) * cell
    return _svg(left + side + 90, top + side + 12, title, parts)


def _svg(width: int, height: int, title: str, parts: Sequence[str]) -> str:
    heading = f'<text x="12" y="20" font-weight="600" fill="{_INK}">{escape(title)}</text>'
    lines = "\n".join([heading, *parts])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'{_FONT} role="img" aria-label="{escape(title)}">\n'
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>\n{lines}\n</svg>\n'
    )
