"""The support form as a customer meets it: in a real browser, with the whole suite behind it.

Set `FTE_SCREENSHOT` to rewrite the pictures in `docs/images/`; without it they go to the test's own folder.
"""

from __future__ import annotations

import re
from pathlib import Path

from fte_tests.browser import (
    SEND,
    Browser,
    address,
    browsing,
    fill,
    mounted,
    needs_chromium,
    picture,
    stored,
    wait_for,
)
from fte_tests.stack import Stack

pytestmark = needs_chromium


def test_a_customer_corrects_the_form_sends_it_and_looks_it_up(stack: Stack, browser: Browser, tmp_path: Path) -> None:
    """Mistakes show at their fields; then there is a reference, the answer by e-mail, and the request's standing."""
    email = address()
    mounted(browser, stack)
    picture(browser, "empty", tmp_path)
    browser.type("[name=name]", "A")
    browser.type("[name=email]", "ann at customer")
    browser.type("[name=message]", "Help")
    browser.click(SEND)
    wait_for(lambda: len(browser.find(".sf-error")) == 4)
    wrong = browser.run("return [...document.querySelectorAll('[aria-invalid=true]')].map(field => field.name)")
    assert wrong == ["name", "email", "subject", "message"]
    assert browser.run("return document.activeElement.name") == "name"
    described = "return document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent"
    assert browser.run(described) == "Write your name, with 2 to 100 characters."
    assert stored(stack, email) == 0
    picture(browser, "errors", tmp_path)

    fill(browser, email)
    assert browser.find(".sf-error") == []
    browser.run("document.activeElement.blur()")
    picture(browser, "filled", tmp_path, ["desktop"])
    browser.click(SEND)
    reference = browser.text(".sf-reference")
    assert re.fullmatch(r"TC-[0-9A-HJKMNP-TV-Z]{10}", reference)
    picture(browser, "sent", tmp_path)
    assert browser.run("return document.activeElement.className").split() == ["sf-card", "sf-thanks"]
    assert "minutes" in browser.text(".sf-thanks dl")
    link = browser.run("return document.querySelector('.sf-thanks a').href")
    assert link.endswith(f"/support/ticket/{reference}")
    answer = wait_for(lambda: stack.outbox(email))
    assert reference in answer[0]["text"]
    wait_for(lambda: "Answered" in browser.text(".sf-found"))

    mounted(browser, stack)
    browser.type(".sf-look-up input", reference.lower())
    browser.click(".sf-look-up button")
    wait_for(lambda: browser.text(".sf-look-up [role=status]").startswith(f"{reference}: Answered"))
    picture(browser, "status", tmp_path)
    browser.type(".sf-look-up input", "TC-0000000000")
    browser.click(".sf-look-up button")
    wait_for(lambda: browser.text(".sf-look-up [role=status]").startswith("We know no request"))
    browser.open(link)
    assert "answered" in browser.text("main")


def test_what_only_the_service_can_know_shows_at_its_field_too(stack: Stack, browser: Browser) -> None:
    """Our own address is refused by the service; the field is marked, and the next try goes through."""
    mounted(browser, stack)
    fill(browser, "support@techcorp.example")
    browser.click(SEND)
    assert "the e-mail address that we should answer to" in browser.text(".sf-error")
    assert browser.run("return document.activeElement.name") == "email"
    browser.type("[name=email]", address())
    browser.click(SEND)
    assert browser.text(".sf-reference").startswith("TC-")


def test_f1_f05_without_a_connection_nothing_is_lost_and_it_is_sent_once(stack: Stack, browser: Browser) -> None:
    """The words stay in the form, the button says what to do, and when the connection is back it goes by itself."""
    email = address()
    mounted(browser, stack)
    fill(browser, email)
    browser.network(offline=True)
    browser.click(SEND)
    wait_for(lambda: browser.text(".sf-notice").startswith("You are offline"))
    assert browser.text(SEND) == "Try again"
    assert browser.value("[name=message]").startswith("How can I invite")
    browser.network()
    assert browser.text(".sf-reference").startswith("TC-")
    assert stored(stack, email) == 1


def test_f1_f4_a_slow_network_and_an_impatient_customer_make_one_request(stack: Stack, browser: Browser) -> None:
    """The button says that it goes on, and clicking again changes nothing; nor does a lost answer and another try."""
    email = address()
    mounted(browser, stack)
    fill(browser, email)
    # The answer of the first try is lost on its way: it was taken, and nobody here knows.
    browser.run(
        "const real = window.fetch; window.tries = [];"
        "window.fetch = async (url, init) => {"
        "  const answer = await real(url, init);"
        "  if (init?.method !== 'POST') return answer;"
        "  window.tries.push(init.headers['Idempotency-Key']);"
        "  if (window.tries.length === 1) throw new TypeError('lost');"
        "  return answer; }"
    )
    browser.network(latency=1_000)
    for _ in range(3):
        browser.click(SEND)
    assert browser.text(SEND) == "Sending…"
    wait_for(lambda: browser.text(".sf-notice").startswith("We cannot be reached"))
    assert stored(stack, email) == 1
    browser.click(SEND)
    assert browser.text(".sf-reference").startswith("TC-")
    first, second = browser.run("return window.tries")
    assert first == second
    assert stored(stack, email) == 1


def test_f4_the_form_works_without_scripts(stack: Stack, driver: str, tmp_path: Path) -> None:
    """The plain form posts itself; what was wrong is a page, and behind it the words are still there.

    The page that comes back in the end has the reference. So it has when it is refreshed.
    """
    email = address()
    with browsing(driver, tmp_path / "profile", scripts=False) as browser:
        browser.open(stack.public)
        fill(browser, "support@techcorp.example")
        assert browser.find(".sf-look-up") == []
        browser.click(".sf-button")
        wait_for(lambda: browser.find("main h1") and "correct the form" in browser.text("main h1"))
        browser.ask("POST", "back", {})
        assert browser.value("[name=message]").startswith("How can I invite")
        assert browser.value("[name=category]") == "technical"
        browser.type("[name=email]", email)
        browser.click(".sf-button")
        reference = wait_for(lambda: browser.find("strong") and browser.text("strong"))
        assert re.fullmatch(r"TC-[0-9A-Z]{10}", reference)
        browser.ask("POST", "refresh", {})
        assert browser.text("strong") == reference
    assert stored(stack, email) == 1
