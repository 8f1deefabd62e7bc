"""The support form for everybody: WCAG 2.2 AA in a real browser, the keyboard alone, enlarged, by day and night."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from fte_tests.browser import (
    DESKTOP,
    DOWN,
    ENTER,
    PHONE,
    SEND,
    SHIFT,
    TAB,
    Browser,
    address,
    fill,
    mounted,
    needs_axe,
    needs_chromium,
    stored,
    wait_for,
)
from fte_tests.stack import Stack

pytestmark = needs_chromium

FIELDS = ["name", "email", "category", "priority", "phone", "subject", "message"]
LOOKS = [(DESKTOP, False), (DESKTOP, True), (PHONE, False), (PHONE, True)]


def with_errors(browser: Browser, stack: Stack) -> None:
    mounted(browser, stack)
    browser.click(SEND)
    wait_for(lambda: len(browser.find(".sf-error")) == 4)


def sent(browser: Browser, stack: Stack) -> None:
    mounted(browser, stack)
    fill(browser, address())
    browser.click(SEND)
    assert browser.text(".sf-reference").startswith("TC-")
    wait_for(lambda: browser.text(".sf-look-up [role=status]").startswith("TC-"))


def unknown(browser: Browser, stack: Stack) -> None:
    mounted(browser, stack)
    browser.type(".sf-look-up input", "TC-0000000000")
    browser.click(".sf-look-up button")
    wait_for(lambda: browser.text(".sf-look-up [role=status]").startswith("We know no request"))


@needs_axe
@pytest.mark.parametrize("state", [mounted, with_errors, sent, unknown], ids=lambda state: str(state.__name__))
def test_f4_axe_finds_nothing_in_any_state_width_or_scheme(
    stack: Stack, browser: Browser, state: Callable[[Browser, Stack], None]
) -> None:
    """WCAG 2.2 A and AA and axe's own best practices."""
    state(browser, stack)
    found = {}
    for width, dark in LOOKS:
        browser.window(width, dark=dark)
        found[width, dark] = browser.violations()
    assert found == {look: [] for look in LOOKS}


@needs_axe
def test_axe_finds_what_is_wrong(stack: Stack, browser: Browser) -> None:
    """The test above could fail: a label and the colour of a hint make it."""
    mounted(browser, stack)
    browser.run("document.querySelector('[name=subject]').labels[0].remove()")
    browser.run("document.querySelector('.sf-hint').style.color = '#bbb'")
    assert {found.partition(":")[0] for found in browser.violations()} == {"label", "color-contrast"}


@needs_axe
def test_f4_axe_finds_nothing_in_the_pages_without_scripts(stack: Stack, browser: Browser) -> None:
    """The plain form, the refusal, the thanks, where a request stands, and that there is none."""
    # The form's script is kept away rather than all scripts: axe is one.
    browser.chrome("Network.enable")
    browser.chrome("Network.setBlockedURLs", urls=["*support-form.js*"])

    def said(start: str) -> None:
        wait_for(lambda: browser.find("main h1") and browser.text("main h1").startswith(start))
        for dark in (False, True):
            browser.window(PHONE, dark=dark)
            assert browser.violations() == []

    browser.open(stack.public)
    said("How can we help?")
    assert browser.find(".sf-look-up") == []
    fill(browser, "support@techcorp.example")
    browser.click(SEND)
    said("Please go back and correct the form")
    assert "the e-mail address that we should answer to" in browser.text("main p")
    browser.open(stack.public)
    fill(browser, address())
    browser.click(SEND)
    said("Thank you")
    browser.click("main a")
    said("TC-")
    browser.open(f"{stack.public}/support/ticket/TC-0000000000")
    said("Not found")


def focused(browser: Browser) -> str:
    """What has the focus: a field by its name or label, anything else by its words."""
    what = "return e.name || e.innerText || e.labels?.[0].innerText || e.className"
    return str(browser.run(f"const e = document.activeElement; {what}"))


def test_f4_the_keyboard_is_enough(stack: Stack, browser: Browser) -> None:
    """From the first field to the reference and on to another message: in the order of the page, always in sight."""
    email = address()
    mounted(browser, stack)
    stops = []
    for _ in range(10):
        browser.press(TAB)
        stops.append(focused(browser))
        outline = "const s = getComputedStyle(document.activeElement); return [s.outlineStyle, s.outlineWidth]"
        assert browser.run(outline) == ["solid", "3px"], stops[-1]
    assert stops == [*FIELDS, "Send message", "Reference", "Look it up"]
    browser.press(TAB * 9, SHIFT)
    assert focused(browser) == "name"

    browser.press("A" + TAB + "ann at customer" + ENTER)
    wait_for(lambda: len(browser.find(".sf-error")) == 4)
    assert focused(browser) == "name"
    browser.press("nn Lee" + TAB)
    browser.press("a", "\ue009")  # with Control: all of it, to be written over
    browser.press(email + TAB + DOWN + TAB * 3 + "Inviting" + TAB + "How can I invite a colleague?" + TAB)
    assert focused(browser) == "Send message"
    assert browser.value("[name=category]") == "technical"
    assert browser.find(".sf-error") == []
    browser.press(ENTER)
    assert browser.text(".sf-reference").startswith("TC-")
    assert focused(browser).startswith("Thank you, we have your message")
    browser.press(TAB)
    assert focused(browser) == "Link to your request"
    browser.press(TAB + ENTER)
    wait_for(lambda: browser.find("[name=subject]"))
    wait_for(lambda: focused(browser) == "subject")
    assert browser.value("[name=name]") == "Ann Lee"
    assert stored(stack, email) == 1


def heard(browser: Browser, role: str) -> list[dict[str, Any]]:
    """What a screen reader is told of all elements of this role: name, description, and whether it is wrong."""
    nodes = browser.chrome("Accessibility.getFullAXTree")["nodes"]
    return [
        {
            "name": node.get("name", {}).get("value", ""),
            "description": node.get("description", {}).get("value", ""),
            **{entry["name"]: entry["value"].get("value") for entry in node.get("properties", [])},
        }
        for node in nodes
        if node.get("role", {}).get("value") == role and not node["ignored"]
    ]


def test_f4_a_screen_reader_is_told_what_is_wrong_and_where(stack: Stack, browser: Browser) -> None:
    """Each field has a name, a wrong one says so and why; one notice is announced, by an element that was there."""
    mounted(browser, stack)
    boxes = [box["name"] for box in heard(browser, "textbox")]
    assert boxes == ["Name", "E-mail", "Phone (optional)", "Subject", "Message", "Reference"]
    browser.run("window.alerting = document.querySelector('[role=alert]')")
    browser.click(SEND)
    wait_for(lambda: len(browser.find(".sf-error")) == 4)
    wrong = {box["name"]: box["description"] for box in heard(browser, "textbox") if box.get("invalid") == "true"}
    assert set(wrong) == {"Name", "E-mail", "Subject", "Message"}
    assert wrong["Name"] == "Write your name, with 2 to 100 characters."
    assert wrong["Message"].endswith("Describe your question, with 10 to 5,000 characters.")
    (first,) = [box for box in heard(browser, "textbox") if box.get("focused")]
    assert first["name"] == "Name"
    said = "return window.alerting.isConnected && window.alerting.textContent"
    assert browser.run(said) == "Please look at the marked fields."
    fill(browser, address())
    assert browser.run(said) == ""
    browser.click(SEND)
    wait_for(lambda: browser.find(".sf-thanks"))
    (region,) = [box for box in heard(browser, "region") if box.get("focused")]
    assert region["name"] == "Thank you, we have your message"


SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
CUT_OFF = """
    const page = document.documentElement;
    const cut = [...document.querySelectorAll('.support-form *')].filter((element) => {
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      const outside = box.width && (box.left < -1 || box.right > page.clientWidth + 1);
      const isBlock = element.clientWidth && style.display !== 'inline';
      const clipped = isBlock && element.scrollWidth > element.clientWidth + 1;
      return (outside || clipped) && !element.matches('option');
    });
    return [page.scrollWidth > page.clientWidth, cut.map((element) => element.outerHTML.slice(0, 90))];
"""


@pytest.mark.parametrize(
    ("width", "zoom", "change"),
    [
        (640, 2, ""),  # a window of 1,280 pixels at 200 %
        (320, 4, ""),  # the same at 400 %
        (1280, 1, "document.documentElement.style.fontSize = '200%'"),  # the text alone at 200 %
        (640, 1, f"document.head.append(Object.assign(document.createElement('style'), {{textContent: '{SPACING}'}}))"),
    ],
    ids=["200 %", "400 %", "text at 200 %", "text spacing"],
)
def test_f4_enlarged_nothing_is_cut_off(stack: Stack, browser: Browser, width: int, zoom: int, change: str) -> None:
    """Empty, with errors, and with a message that has been sent: no scrolling sideways, no text that does not fit."""
    for state in (mounted, with_errors, sent):
        browser.window(width, zoom=zoom)
        state(browser, stack)
        browser.run(change)
        assert browser.run(CUT_OFF) == [False, []], state.__name__


def contrast(one: list[float], other: list[float]) -> float:
    def luminance(colour: list[float]) -> float:
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_f4_what_is_no_text_can_be_told_apart_too(stack: Stack, browser: Browser, dark: bool) -> None:
    """Borders of fields, right and wrong, and the mark of the focus: 3 to 1 against what is beside them."""
    browser.window(DESKTOP, dark=dark)
    with_errors(browser, stack)
    browser.press(TAB)

    def colour(selector: str, what: str) -> list[float]:
        style = browser.run(f"return getComputedStyle(document.querySelector('{selector}')).{what}")
        return [int(part) / 255 for part in re.findall(r"\d+", style)[:3]]

    card = colour(".sf-card", "backgroundColor")
    for selector, what in (
        ("[name=phone]", "borderTopColor"),
        ("[name=name]", "borderTopColor"),
        ("[name=email]", "outlineColor"),
        (SEND, "backgroundColor"),
    ):
        assert contrast(colour(selector, what), card) >= 3, (selector, what)
    assert contrast(colour("[name=phone]", "borderTopColor"), colour("[name=phone]", "backgroundColor")) >= 3
