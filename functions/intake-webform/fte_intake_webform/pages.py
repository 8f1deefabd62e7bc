"""The small pages for a browser that posted the form without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Final

from fte.runtime import Response

_HEADERS: Final = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}

_PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} | TechCorp Support</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 1rem/1.6 system-ui, sans-serif; max-width: 36rem; margin: 3rem auto; padding: 0 1rem }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{content}
</main>
</body>
</html>
"""


def prefers_html(accept: str) -> bool:
    """Whether an `Accept` header would rather have HTML than JSON, as a browser's does."""
    return _quality(accept, "text/html") > _quality(accept, "application/json")


def page(status: int, title: str, paragraphs: list[str]) -> Response:
    """A page of plain sentences. They are escaped here."""
    content = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    return Response(status, _HEADERS, _PAGE.format(title=escape(title), content=content).encode())


def thanks(answer: Mapping[str, str]) -> Response:
    """Thank you, with the reference and the way to look after it."""
    content = (
        f"<p>Your reference is <strong>{escape(answer['reference'])}</strong>.</p>\n"
        f"<p>{escape(answer['expected_response'])}</p>\n"
        f'<p><a href="{escape(answer["ticket_url"])}">See where your request stands</a></p>'
    )
    return Response(202, _HEADERS, _PAGE.format(title="Thank you", content=content).encode())


def _quality(accept: str, wanted: str) -> float:
    for entry in accept.lower().split(","):
        kind, *parameters = (part.strip() for part in entry.split(";"))
        if kind == wanted:
            value = next((p[2:] for p in parameters if p.startswith("q=")), "1")
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 0.0
