"""A real browser, driven by the WebDriver protocol, and the support form in it."""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from fte_tests.stack import REPOSITORY, Stack

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
AXE = REPOSITORY / "webform" / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = REPOSITORY / "docs" / "images"
WITHIN = 60.0
DESKTOP, PHONE = 900, 390
SEND = ".sf-button:not(.sf-quiet)"
TAB, ENTER, SHIFT, DOWN = "\ue004", "\ue007", "\ue008", "\ue015"
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the name that the WebDriver standard gives a reference

needs_chromium = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="needs Chromium and its driver (Debian: apt install chromium chromium-driver)"
)
needs_axe = pytest.mark.skipif(not AXE.exists(), reason="needs axe-core: npm ci in webform/")


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

    def press(self, keys: str, held: str = "") -> None:
        """Keys on the keyboard, wherever the focus is."""
        down = [{"type": "keyDown", "value": held}] if held else []
        up = [{"type": "keyUp", "value": held}] if held else []
        pressed = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        keyboard = {"type": "key", "id": "keyboard", "actions": [*down, *pressed, *up]}
        self.ask("POST", "actions", {"actions": [keyboard]})

    def run(self, script: str) -> Any:
        return self.ask("POST", "execute/sync", {"script": script, "args": []})

    def violations(self) -> list[str]:
        """What axe finds against WCAG 2.2 AA on this page. It is known to have looked."""
        self.run(AXE.read_text(encoding="utf-8"))
        script = """
            const done = arguments[0];
            const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
            axe.run(document, { runOnly: { type: 'tag', values: tags } }).then(({ passes, violations }) => done({
              passed: passes.length,
              found: violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html)}`),
            }), (error) => done({ passed: 0, found: [String(error)] }));
        """
        told = self.ask("POST", "execute/async", {"script": script, "args": []})
        assert told["passed"] > 10, told
        return list(told["found"])

    def chrome(self, command: str, **parameters: Any) -> Any:
        """A command of Chromium's own that WebDriver has no word for."""
        return self.ask("POST", "goog/cdp/execute", {"cmd": command, "params": parameters})

    def network(self, *, offline: bool = False, latency: int = 0) -> None:
        """The connection from here on; `latency` in milliseconds."""
        rates = {"latency": latency, "download_throughput": -1, "upload_throughput": -1}
        self.ask("POST", "chromium/network_conditions", {"network_conditions": {"offline": offline, **rates}})

    def window(self, width: int, height: int = 800, *, dark: bool = False, zoom: float = 1) -> None:
        """A window so many CSS pixels wide, in one of the two colour schemes."""
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.chrome("Emulation.setEmulatedMedia", features=scheme)
        sizes = {"width": width, "height": height, "deviceScaleFactor": zoom, "mobile": False}
        self.chrome("Emulation.setDeviceMetricsOverride", **sizes)

    def screenshot(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.ask("GET", "screenshot")))


@pytest.fixture(scope="session", name="driver")
def driver_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
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


@pytest.fixture(name="browser")
def fresh_browser(driver: str, tmp_path: Path) -> Iterator[Browser]:
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


DEVICES = {"desktop": (DESKTOP, False), "phone": (PHONE, True)}


def picture(browser: Browser, name: str, folder: Path, devices: Iterable[str] = DEVICES) -> None:
    """The page as a desktop and a phone show it, the phone by night. `FTE_SCREENSHOT` puts it among the documents."""
    for device in devices:
        width, dark = DEVICES[device]
        browser.window(width, 600, dark=dark)
        browser.window(width, browser.run("return document.documentElement.scrollHeight"), dark=dark)
        path = (PICTURES if os.environ.get("FTE_SCREENSHOT") else folder) / f"support-form-{name}-{device}.png"
        browser.screenshot(path)
        assert path.stat().st_size > 10_000
    browser.window(DESKTOP)


def address() -> str:
    return f"ann.{uuid4().hex[:8]}@customer.example"


def stored(stack: Stack, email: str) -> int:
    return int(stack.rows("SELECT count(*) FROM messages WHERE direction = 'inbound' AND sender = %s", email)[0][0])
