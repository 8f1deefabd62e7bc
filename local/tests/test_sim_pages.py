"""The two plain pages: what a browser without script gets, and that nothing comes from elsewhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FORM = ROOT / "webform" / "plain" / "index.html"
PLAYGROUND = ROOT / "local" / "src" / "fte_local" / "playground"
REQUIRED = {"name", "email", "category", "subject", "message"}
LIMITS = {
    "name": ("2", "100"),
    "email": (None, "254"),
    "phone": (None, "40"),
    "subject": (None, "200"),
    "message": ("10", "5000"),
}

Attributes = dict[str, str | None]


class Page(HTMLParser):
    """Collects the tags of a page with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, Attributes]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, *names: str) -> list[Attributes]:
        return [attributes for tag, attributes in self.tags if tag in names]

    def ids(self) -> set[str | None]:
        return {attributes["id"] for _, attributes in self.tags if "id" in attributes}


@pytest.fixture(scope="module")
def form() -> Page:
    return Page(FORM.read_text("utf-8"))


def test_the_form_posts_itself_without_a_script(form: Page) -> None:
    (tag,) = form.all("form")
    assert (tag["action"], tag["method"]) == ("/support/submit", "post")
    fields = {str(field["name"]): field for field in form.all("input", "select", "textarea")}
    assert set(fields) == REQUIRED | {"phone", "priority", "website"}  # nobody sees the last: it is for machines
    assert {name for name, field in fields.items() if "required" in field} == REQUIRED
    assert {
        name: (field.get("minlength"), field.get("maxlength")) for name, field in fields.items() if name in LIMITS
    } == LIMITS


def test_the_form_offers_exactly_the_values_that_the_intake_takes(form: Page) -> None:
    values = {option["value"] for option in form.all("option")}
    categories = {"general", "technical", "billing", "feedback", "bug_report"}
    assert values == categories | {"", "low", "medium", "high", "urgent"}


def test_every_field_has_a_label(form: Page) -> None:
    labelled = {label["for"] for label in form.all("label") if "for" in label}
    fields = form.all("input", "select", "textarea")
    assert {field["id"] for field in fields} <= labelled


@pytest.mark.parametrize("path", [FORM, *sorted(PLAYGROUND.iterdir())], ids=lambda path: str(path.name))
def test_nothing_is_fetched_from_elsewhere(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//|url\(|@import""", text)


def test_the_playground_script_finds_every_element_it_names() -> None:
    page = Page((PLAYGROUND / "index.html").read_text("utf-8"))
    named = set(re.findall(r'get\("([\w-]+)"\)', (PLAYGROUND / "playground.js").read_text("utf-8")))
    assert len(named) > 10
    assert named <= page.ids()
