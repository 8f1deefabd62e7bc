"""The pages for a browser without JavaScript."""

from __future__ import annotations

import pytest

from fte_intake_webform.pages import page, prefers_html, thanks


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
