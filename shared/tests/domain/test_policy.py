"""The policy gate as a whole: our own documentation, what is known of the case, parts and lengths."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fte.domain.channels import Channel
from fte.domain.policy import CODES, RULES, Reply, broken_rules, help_pages, importing, violations
from fte.knowledge.articles import read_articles

KNOWLEDGE = Path(__file__).resolve().parents[3] / "knowledge"


@given(st.text(max_size=400))
@settings(deadline=None)
def test_the_codes_are_known_and_told_once(text: str) -> None:
    """Whatever the text."""
    broken = violations(Reply(Channel.EMAIL, (text,)))
    assert len(set(broken)) == len(broken)
    assert set(broken) <= set(CODES)


def passages() -> list[tuple[str, str, str]]:
    """All passages of the documentation with their article and what it imports from."""
    found = []
    for article in read_articles(KNOWLEDGE):
        imports = importing(section.content for section in article.sections)
        for section in article.sections:
            text = re.sub(r"\[([^\]]{1,200})\]\([^)]{1,300}\)", r"\1", f"{section.heading}\n\n{section.content}")
            found.append((article.slug, text.replace("**", "").replace("`", "").strip(), imports))
    return found


@pytest.mark.parametrize("as_written", [True, False], ids=["lines", "one line"])
def test_our_own_documentation_passes(as_written: bool) -> None:
    """Each passage, as its lines stand and as one line."""
    broken = {
        (slug, passage[:60]): rules
        for slug, passage, imports in passages()
        if (rules := broken_rules(
            Reply(Channel.EMAIL, (passage if as_written else " ".join(passage.split()),), imports=imports)
        ))
    }  # fmt: skip
    assert broken == {}


def test_a_place_to_import_from_is_named_where_the_article_names_it() -> None:
    """And only there, and never compared with."""
    article = importing(["Import boards from Trello: open Import.", "Asana has nothing to do with it."])
    text = "Choose Trello, sign in there and start the import."
    assert violations(Reply(Channel.EMAIL, (text,), imports=article)) == ()
    assert violations(Reply(Channel.EMAIL, (text,))) == ("competitor",)
    assert violations(Reply(Channel.EMAIL, ("Choose Asana to import.",), imports=article)) == ("competitor",)
    assert violations(Reply(Channel.EMAIL, ("We are better than Trello. Import it.",), imports=article)) == (
        "competitor",
    )


def test_the_customers_own_address_may_be_said_to_them() -> None:
    """Nobody else's."""
    own = ("Ann@Customer.example", "whatsapp:+4915123456789")
    text = "We wrote to ann@customer.example and +49 151 23456789."
    assert violations(Reply(Channel.EMAIL, (text,), own=own)) == ()
    assert violations(Reply(Channel.EMAIL, (text,))) == ("personal_data",)
    assert violations(Reply(Channel.EMAIL, ("It is bob@customer.example.",), own=own)) == ("personal_data",)


def test_only_help_articles_that_exist_are_linked() -> None:
    """Where it is known which those are."""
    text = "See https://help.techcorp.example/made-up-page."
    assert violations(Reply(Channel.EMAIL, (text,))) == ()
    assert violations(Reply(Channel.EMAIL, (text,), articles=frozenset({"guests"}))) == ("unknown_link",)
    assert violations(Reply(Channel.EMAIL, (text,), articles=help_pages(text))) == ()
    assert violations(Reply(Channel.EMAIL, ("https://help.techcorp.example",), articles=frozenset())) == ()


def test_required_parts_and_lengths_are_rules() -> None:
    """Words of a letter, parts and units of a chat; a single word of any length is a length."""
    assert violations(Reply(Channel.EMAIL, ("Hello",), ("TC-0123456789",))) == ("missing_part",)
    assert violations(Reply(Channel.WEBFORM, ("word " * 301,))) == ("length",)
    assert violations(Reply(Channel.EMAIL, ("word " * 400,))) == ()
    assert violations(Reply(Channel.EMAIL, ("x" * 7_000,))) == ("length",)
    assert violations(Reply(Channel.WHATSAPP, ("x" * 299,) * 3)) == ()
    assert violations(Reply(Channel.WHATSAPP, ("x",) * 4)) == ("length",)
    assert violations(Reply(Channel.WHATSAPP, ("\U0001f44b" * 150,))) == ("length",)


def test_a_reply_never_shows_the_customers_addresses_when_it_is_printed() -> None:
    """A value that lands in a log or a failed assertion holds no addresses."""
    assert "ann@" not in repr(Reply(Channel.EMAIL, ("Hello",), own=("ann@customer.example",)))


def test_rules_have_ids_of_their_own_and_known_codes() -> None:
    """So that a table of examples can name them."""
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert {rule.code for rule in RULES} <= set(CODES)


def test_the_codes_are_explained_to_operators() -> None:
    """Each has its row on the page about withheld replies, and no other has."""
    page = (KNOWLEDGE.parent / "docs" / "reference" / "withheld-replies.md").read_text()
    rows = re.findall(r"^\| `([a-z_]+)` \|", page.split("| code |")[1], re.MULTILINE)
    assert sorted(rows) == sorted(CODES)
