"""The support form on somebody else's page: one script tag, another origin, other looks."""

from __future__ import annotations

import json

import httpx2
import pytest

from fte_tests.browser import SEND, Browser, address, fill, needs_axe, needs_chromium, stored, wait_for
from fte_tests.stack import Stack

pytestmark = needs_chromium

PAGE = "<main><h1>Our own page</h1><div data-support-form></div></main>"


def embedded(browser: Browser, page: str, stack: Stack, style: str = "") -> None:
    """A page with a place for the form, and the one script that fills it."""
    browser.open(page)
    browser.run(
        f"document.documentElement.lang = 'en'; document.title = 'Ours'; document.body.innerHTML = {json.dumps(PAGE)};"
        f"document.head.append(Object.assign(document.createElement('style'), {{textContent: {json.dumps(style)}}}));"
        "window.told = []; addEventListener('support-form:submitted', (event) => told.push(event.detail.reference));"
        f"const script = document.createElement('script'); script.src = '{stack.public}/assets/support-form.js';"
        "document.body.append(script);"
    )
    browser.one(".sf-look-up")


@needs_axe
def test_one_script_tag_puts_the_form_on_a_page_of_a_listed_origin(stack: Stack, browser: Browser) -> None:
    """It has its looks, sends across origins after the browser has asked, and tells the page of the reference."""
    email = address()
    embedded(browser, f"{stack.simulators}/health", stack)
    assert browser.violations() == []
    fill(browser, email)
    browser.click(SEND)
    reference = browser.text(".sf-reference")
    assert browser.run("return window.told") == [reference]
    wait_for(lambda: browser.text(".sf-look-up [role=status]").startswith(reference))
    assert stored(stack, email) == 1


def test_f2_on_a_page_of_another_origin_it_sends_nothing(stack: Stack, browser: Browser) -> None:
    """The browser asks, and is not told that it may."""
    email = address()
    foreign = httpx2.URL(stack.backoffice)
    embedded(browser, f"{foreign}/health/liveness", stack)
    fill(browser, email)
    browser.click(SEND)
    wait_for(lambda: browser.text(".sf-notice").startswith("We cannot be reached"))
    assert stored(stack, email) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_looks_are_the_pages_own(stack: Stack, browser: Browser, scheme: str) -> None:
    """Variables set colours, corners and font; `color-scheme` has one of the two whatever the system likes."""
    style = (
        ".support-form { --sf-accent: rgb(122, 31, 162); --sf-radius: 0px; --sf-font: serif;"
        f" color-scheme: {scheme}; }}"
    )
    browser.window(900, dark=scheme == "light")
    embedded(browser, f"{stack.simulators}/health", stack, style)
    looks = f"const s = getComputedStyle(document.querySelector('{SEND}'));"
    assert browser.run(f"{looks} return [s.backgroundColor, s.borderRadius, s.fontFamily]") == [
        "rgb(122, 31, 162)", "0px", "serif",
    ]  # fmt: skip
    card = browser.run("return getComputedStyle(document.querySelector('.sf-card')).backgroundColor")
    assert card == {"light": "rgb(255, 255, 255)", "dark": "rgb(27, 32, 41)"}[scheme]
