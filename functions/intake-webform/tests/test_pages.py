"""The pages for a browser without JavaScript."""

from __future__ import annotations

import pytest

from fte.runtime import json_response
from fte_intake_webform.pages import page, prefers_html, thanks, trouble


@pytest.mark.parametrize(
    ("accept", "html"),
    [
        ("", False),
        ("*/*", False),
        ("application/json", False),
        ("application/json, text/html;q=0.9", False),
        ("text/html", True),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", True),
        ("TEXT/HTML; charset=utf-8", True),
        ("application/json;q=0.5, text/html;q=x", False),
        ("text/html;q=0", False),
    ],
)
def test_a_browser_gets_a_page_and_a_program_gets_json(accept: str, html: bool) -> None:
    assert prefers_html(accept) is html


def test_nothing_that_is_shown_can_be_markup() -> None:
    shown = page(422, "<b>", ["<script>x</script>"]).body.decode()
    assert "<script>" not in shown
    assert "<b>" not in shown
    answer = {"reference": "TC-<i>", "ticket_url": 'https://x.example/"><i>', "expected_response": "<i>"}
    assert "<i>" not in thanks(answer).body.decode()


def test_a_page_allows_no_script() -> None:
    assert "default-src 'none'" in page(404, "x", []).headers["content-security-policy"]


@pytest.mark.parametrize(
    ("status", "error", "posted", "says"),
    [
        (403, {"error": "forbidden"}, True, "a page that we do not know"),
        (413, {"error": "too_large"}, True, "up to 5,000 characters"),
        (422, {"error": "invalid", "fields": {"name": "Write your name."}}, True, "Write your name."),
        (422, {"error": "idempotency_conflict"}, True, "open it anew"),
        (429, {"error": "too_many"}, True, "what you wrote is still there"),
        (500, {"error": "internal"}, True, "send it again in a minute"),
        (503, {"error": "unavailable"}, True, "send it again in a minute"),
        (503, {"error": "unavailable"}, False, "try again in a minute"),
        (404, {"error": "not_found"}, False, "We know no request with this reference."),
    ],
)
def test_f4_what_went_wrong_is_a_page_that_says_what_to_do(
    status: int, error: dict[str, object], posted: bool, says: str
) -> None:
    shown = trouble(json_response(status, error, {"retry-after": "5"}), posted=posted)
    assert (shown.status, shown.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert shown.headers["retry-after"] == "5"
    assert says in shown.body.decode()
    assert "{" not in shown.body.decode().partition("<body>")[2]
