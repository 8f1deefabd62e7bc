"""The small pages for a browser that works without JavaScript."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

from fte.runtime import Response

_HEADERS: Final = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}
_BACK: Final = "Go back to the form: what you wrote is still there."
_NOT_SENT: Final = {
    403: ("This form cannot be used here", "It stands on a page that we do not know. Please write from our own page."),
    413: ("Your message is too long", f"We take up to 5,000 characters, and no files. {_BACK}"),
    422: ("Please go back and correct the form", ""),
    429: ("Please wait a little", f"Many messages came from you in a short time, so this one was not taken. {_BACK}"),
}
_NOT_TAKEN: Final = ("We could not take your message just now", f"{_BACK} Please send it again in a minute.")
_NOT_FOUND: Final = ("Not found", "We know no request with this reference.")
_NOT_LOOKED_UP: Final = ("We cannot look it up just now", "Please try again in a minute.")

_PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} | TechCorp Support</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 1rem/1.6 system-ui, sans-serif; max-width: 36rem; margin: 3rem auto; padding: 0 1rem;
  overflow-wrap: anywhere; background: light-dark(#fff, #1b2029); color: light-dark(#1c2330, #e8ebf1) }}
a {{ color: light-dark(#1f5fd0, #8ab4ff) }}
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


def page(status: int, title: str, paragraphs: Sequence[str]) -> Response:
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


def trouble(answer: Response, *, posted: bool) -> Response:
    """An answer that says in JSON what went wrong, as a page. `posted`: it was the form, not a look at a request."""
    if not posted:
        title, sentence = _NOT_FOUND if answer.status == 404 else _NOT_LOOKED_UP
    else:
        title, sentence = _NOT_SENT.get(answer.status, _NOT_TAKEN)
    shown = page(answer.status, title, [part for part in (sentence, *_fields(answer.body)) if part])
    return Response(shown.status, {**answer.headers, **shown.headers}, shown.body)


def _fields(body: bytes) -> list[str]:
    content: dict[str, Any] = json.loads(body)
    if content["error"] == "idempotency_conflict":
        return ["This form was sent before, with other words. Please open it anew."]
    return list(content.get("fields", {}).values())


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
