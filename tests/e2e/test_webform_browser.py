"""The support form as a customer meets it: in a real browser, with the whole suite behind it.

Set `FTE_SCREENSHOT` to rewrite the picture in `docs/images/`; without it pictures go to the test's own folder.
"""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from fte_tests.stack import REPOSITORY, Stack

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
PICTURE = REPOSITORY / "docs" / "images" / "support-form.png"
WITHIN = 60.0
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the name that the WebDriver standard gives a reference

pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="needs Chromium and its driver (Debian: apt install chromium chromium-driver)"
)


def wait_for(what: Callable[[], Any]) -> Any:
    """What `what` says as soon as it says something."""
    end = time.monotonic() + WITHIN
    while not (said := what()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)
    return said


class Browser:
    """One Chromium window, driven by the WebDriver protocol."""

    def __init__(self, driver: httpx2.Client, session: str) -> None:
        self._driver = driver
        self._path = f"/session/{session}"

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        answer = self._driver.request(method, f"{self._path}/{path}".rstrip("/"), json=body)
        value = answer.json()["value"]
        assert answer.status_code == 200, value
        return value

    def open(self, url: str) -> None:
        self.ask("POST", "url", {"url": url})

    def find(self, selector: str) -> list[str]:
        found = self.ask("POST", "elements", {"using": "css selector", "value": selector})
        return [element[_ELEMENT] for element in found]

    def one(self, selector: str) -> str:
        """The element; it is waited for."""
        (element,) = wait_for(lambda: self.find(selector))
        return str(element)

    def text(self, selector: str) -> str:
        return str(self.ask("GET", f"element/{self.one(selector)}/text"))

    def value(self, selector: str) -> str:
        return str(self.ask("GET", f"element/{self.one(selector)}/property/value"))

    def click(self, selector: str) -> None:
        self.ask("POST", f"element/{self.one(selector)}/click", {})

    def type(self, selector: str, text: str) -> None:
        element = self.one(selector)
        self.ask("POST", f"element/{element}/clear", {})
        self.ask("POST", f"element/{element}/value", {"text": text})

    def choose(self, selector: str, value: str) -> None:
        self.click(f'{selector} option[value="{value}"]')

    def run(self, script: str) -> Any:
        return self.ask("POST", "execute/sync", {"script": script, "args": []})

    def chrome(self, command: str, **parameters: Any) -> None:
        """A command of Chromium's own that WebDriver has no word for."""
        self.ask("POST", "goog/cdp/execute", {"cmd": command, "params": parameters})

    def offline(self, is_offline: bool) -> None:
        rates = {"latency": 0, "download_throughput": -1, "upload_throughput": -1}
        self.ask("POST", "chromium/network_conditions", {"network_conditions": {"offline": is_offline, **rates}})

    def screenshot(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.ask("GET", "screenshot")))


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a WebDriver server; the port is its own choice."""
    log = tmp_path_factory.mktemp("driver") / "log"
    with log.open("wb") as output:
        server = subprocess.Popen([str(DRIVER), "--port=0"], stdout=output, stderr=output)
    try:
        started = wait_for(lambda: re.search(r"started successfully on port (\d+)", log.read_text()))
        yield f"http://127.0.0.1:{started[1]}"
    finally:
        server.terminate()
        server.wait(timeout=20)


@contextmanager
def browsing(driver: str, profile: Path, *, scripts: bool = True) -> Iterator[Browser]:
    preferences = {} if scripts else {"profile.managed_default_content_settings.javascript": 2}
    options = {"binary": CHROMIUM, "args": [*FLAGS, f"--user-data-dir={profile}"], "prefs": preferences}
    wanted = {"capabilities": {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": options}}}
    with httpx2.Client(base_url=driver, timeout=60) as client:
        answer = client.post("/session", json=wanted)
        assert answer.status_code == 200, answer.text
        browser = Browser(client, answer.json()["value"]["sessionId"])
        try:
            yield browser
        finally:
            browser.ask("DELETE", "")


@pytest.fixture
def browser(driver: str, tmp_path: Path) -> Iterator[Browser]:
    """A fresh window of a laptop's size with nothing in its profile."""
    with browsing(driver, tmp_path / "profile") as browser:
        yield browser


def fill(browser: Browser, email: str, **changes: str) -> None:
    browser.type("[name=name]", "Ann Lee")
    browser.type("[name=email]", email)
    browser.choose("[name=category]", "technical")
    browser.type("[name=subject]", "Inviting a colleague")
    browser.type("[name=message]", "How can I invite a colleague to our workspace?")
    for name, text in changes.items():
        browser.type(f"[name={name}]", text)


def mounted(browser: Browser, stack: Stack) -> None:
    """Open the form and wait for the component: it has the look-up, the plain form has not."""
    browser.open(stack.public)
    browser.one(".sf-look-up")


def picture(browser: Browser, path: Path, *, width: int = 900, dark: bool = False) -> None:
    scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
    browser.chrome("Emulation.setEmulatedMedia", features=scheme)
    sizes = {"width": width, "deviceScaleFactor": 1, "mobile": False}
    browser.chrome("Emulation.setDeviceMetricsOverride", height=600, **sizes)
    height = browser.run("return document.documentElement.scrollHeight")
    browser.chrome("Emulation.setDeviceMetricsOverride", height=height, **sizes)
    browser.screenshot(path)
    assert path.stat().st_size > 10_000


def address() -> str:
    return f"ann.{uuid4().hex[:8]}@customer.example"


def stored(stack: Stack, email: str) -> int:
    return int(stack.rows("SELECT count(*) FROM messages WHERE direction = 'inbound' AND sender = %s", email)[0][0])


def test_a_customer_corrects_the_form_sends_it_and_looks_it_up(stack: Stack, browser: Browser, tmp_path: Path) -> None:
    """Mistakes show at their fields; then there is a reference, the answer by e-mail, and the request's standing."""
    email = address()
    mounted(browser, stack)
    browser.type("[name=name]", "A")
    browser.type("[name=email]", "ann at customer")
    browser.type("[name=message]", "Help")
    browser.click(".sf-button:not(.sf-quiet)")
    wait_for(lambda: len(browser.find(".sf-error")) == 4)
    wrong = browser.run("return [...document.querySelectorAll('[aria-invalid=true]')].map(field => field.name)")
    assert wrong == ["name", "email", "subject", "message"]
    assert browser.run("return document.activeElement.name") == "name"
    described = "return document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent"
    assert browser.run(described) == "Write your name, with 2 to 100 characters."
    assert stored(stack, email) == 0
    picture(browser, tmp_path / "errors.png")

    fill(browser, email)
    assert browser.find(".sf-error") == []
    browser.run("document.activeElement.blur()")
    picture(browser, PICTURE if os.environ.get("FTE_SCREENSHOT") else tmp_path / "form.png")
    picture(browser, tmp_path / "form-dark-phone.png", width=390, dark=True)
    browser.click(".sf-button:not(.sf-quiet)")
    reference = browser.text(".sf-reference")
    assert re.fullmatch(r"TC-[0-9A-HJKMNP-TV-Z]{10}", reference)
    assert browser.run("return document.activeElement.className").split() == ["sf-card", "sf-thanks"]
    assert "minutes" in browser.text(".sf-thanks dl")
    link = browser.run("return document.querySelector('.sf-thanks a').href")
    assert link.endswith(f"/support/ticket/{reference}")
    answer = wait_for(lambda: stack.outbox(email))
    assert reference in answer[0]["text"]
    wait_for(lambda: "Answered" in browser.text(".sf-found"))
    picture(browser, tmp_path / "thanks.png")

    mounted(browser, stack)
    browser.type(".sf-look-up input", reference.lower())
    browser.click(".sf-look-up button")
    wait_for(lambda: browser.text(".sf-look-up [role=status]").startswith(f"{reference}: Answered"))
    browser.type(".sf-look-up input", "TC-0000000000")
    browser.click(".sf-look-up button")
    wait_for(lambda: browser.text(".sf-look-up [role=status]").startswith("We know no request"))
    browser.open(link)
    assert "answered" in browser.text("main")


def test_what_only_the_service_can_know_shows_at_its_field_too(stack: Stack, browser: Browser) -> None:
    """Our own address is refused by the service; the field is marked, and the next try goes through."""
    mounted(browser, stack)
    fill(browser, "support@techcorp.example")
    browser.click(".sf-button:not(.sf-quiet)")
    assert "the e-mail address that we should answer to" in browser.text(".sf-error")
    assert browser.run("return document.activeElement.name") == "email"
    browser.type("[name=email]", address())
    browser.click(".sf-button:not(.sf-quiet)")
    assert browser.text(".sf-reference").startswith("TC-")


def test_without_a_connection_nothing_is_lost_and_trying_again_sends_once(stack: Stack, browser: Browser) -> None:
    """The words stay in the form; the button says what to do."""
    email = address()
    mounted(browser, stack)
    fill(browser, email)
    browser.offline(True)
    browser.click(".sf-button:not(.sf-quiet)")
    wait_for(lambda: browser.text(".sf-notice").startswith("We cannot be reached"))
    assert browser.text(".sf-button:not(.sf-quiet)") == "Try again"
    assert browser.value("[name=message]").startswith("How can I invite")
    browser.offline(False)
    browser.click(".sf-button:not(.sf-quiet)")
    assert browser.text(".sf-reference").startswith("TC-")
    assert stored(stack, email) == 1


def test_the_form_works_without_scripts(stack: Stack, driver: str, tmp_path: Path) -> None:
    """The plain form posts itself, and the page that comes back has the reference."""
    email = address()
    with browsing(driver, tmp_path / "profile", scripts=False) as browser:
        browser.open(stack.public)
        fill(browser, email)
        assert browser.find(".sf-look-up") == []
        browser.click(".sf-button")
        assert re.search(r"TC-[0-9A-Z]{10}", wait_for(lambda: browser.find("strong") and browser.text("strong")))
    assert stored(stack, email) == 1
