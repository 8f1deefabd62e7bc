"""The committed bundle is what its sources say, and the form's own checks are those of the service."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from fte.errors import Unprocessable
from fte_intake_webform.form import SENTENCES, SupportForm, read_form

WEBFORM = Path(__file__).resolve().parents[1]
BUNDLE = WEBFORM / "dist"
MANIFEST: dict[str, dict[str, Any]] = json.loads((BUNDLE / "manifest.json").read_text(encoding="utf-8"))
CASES: list[dict[str, Any]] = json.loads((WEBFORM / "tests" / "cases.json").read_text(encoding="utf-8"))
GOOD = {
    "name": "Ana Lima",
    "email": "ana@customer.example",
    "category": "technical",
    "priority": "high",
    "phone": "+44 20 7946 0000",
    "subject": "Export fails",
    "message": "The export stops at 50 %.",
}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read(**changes: str) -> SupportForm:
    return read_form("application/json", json.dumps(GOOD | changes).encode(), ())


def spelled(value: Any) -> str:
    return value if isinstance(value, str) else value["repeat"] * value["times"] + value.get("then", "")


def test_the_bundle_was_built_from_these_sources() -> None:
    """When this fails: `npm ci && npm run build` in webform/, and commit what changed."""
    assert {name: digest(WEBFORM / name) for name in MANIFEST["sources"]} == MANIFEST["sources"]
    sources = {path.name for path in WEBFORM.iterdir() if path.suffix in (".js", ".jsx", ".css")}
    assert sources < MANIFEST["sources"].keys()


def test_the_bundle_is_as_it_was_built() -> None:
    """Nobody edits it by hand, and nothing of it is missing."""
    files = {path.name: digest(path) for path in BUNDLE.iterdir() if path.name != "manifest.json"}
    assert files == MANIFEST["files"]
    assert files.keys() == {"support-form.js", "support-form.css"}


def test_the_bundle_carries_the_licence_of_what_it_holds() -> None:
    """Preact's terms ask for that."""
    start = (BUNDLE / "support-form.js").read_text(encoding="utf-8")[:2_000]
    assert "Holds Preact." in start
    assert "Permission is hereby granted" in start


def test_the_bundle_is_small_and_as_large_as_the_readme_says() -> None:
    """`npm run size` prints the figures of the manifest."""
    readme = (WEBFORM / "README.md").read_text(encoding="utf-8")
    for name, size in MANIFEST["sizes"].items():
        content = (BUNDLE / name).read_bytes()
        assert size["bytes"] == len(content)
        # Node's zlib and Python's need not be of one version.
        assert size["gzip"] == pytest.approx(len(gzip.compress(content, 9)), rel=0.03)
        assert f"{size['bytes'] / 1000:.1f} kB, {size['gzip'] / 1000:.1f} kB with gzip" in readme
    assert MANIFEST["sizes"]["support-form.js"]["gzip"] < 15_000


def test_the_lock_file_names_no_registry() -> None:
    """Whoever installs decides where packages come from; the hashes say that they are the right ones."""
    packages = json.loads((WEBFORM / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    installed = {name: package for name, package in packages.items() if name}
    assert len(installed) > 50
    assert [name for name, package in installed.items() if "resolved" in package] == []
    assert [name for name, package in installed.items() if "integrity" not in package] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_the_service_judges_as_the_form_does(case: dict[str, Any]) -> None:
    """The same table as in validation.test.jsx: what one of the two lets pass, the other does."""
    wrong: set[str] = set()
    try:
        read(**{name: spelled(value) for name, value in case["change"].items()})
    except Unprocessable as refused:
        wrong = set(refused.fields)
    assert wrong == set(case["wrong"])


def test_the_form_says_what_the_service_says() -> None:
    """One sentence for one mistake, whoever finds it; the form's choices are lists, which need no list of values."""
    component = (WEBFORM / "SupportForm.jsx").read_text(encoding="utf-8")
    missing = [name for name, sentence in SENTENCES.items() if f"'{sentence}'" not in component]
    assert missing == ["category", "priority"]


def test_the_forms_choices_are_known_to_the_service() -> None:
    """Each value of both lists is taken."""
    values = re.findall(r"\{ value: '(\w*)', label: '", (WEBFORM / "SupportForm.jsx").read_text(encoding="utf-8"))
    categories, priorities = values[:5], values[5:]
    assert [read(category=category).category for category in categories] == categories
    assert priorities == ["", "low", "medium", "high", "urgent"]
    assert [read(priority=priority).priority for priority in priorities] == priorities
