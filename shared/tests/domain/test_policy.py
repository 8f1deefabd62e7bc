"""The policy gate as a whole: prices in any spelling, our own documentation, what is known of the case."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fte.domain.channels import Channel
from fte.domain.policy import CODES, RULES, Reply, broken_rules, help_pages, importing, violations

KNOWLEDGE = Path(__file__).resolve().parents[3] / "knowledge"
NO_ARTICLES = {"product-facts.md", "README.md"}

SMALL = ("one", "two", "three", "seven", "twelve", "nineteen", "twenty", "forty-nine", "ninety nine")
ALLOWED = (
    "Open Settings, then choose Export.",
    "Up to 1,000 tasks fit in a project on Free.",
    "The Price field takes numbers.",
    "1. Open the menu.\n2. Choose Billing.",
    "You can have 25 guests and 10 GB.",
)
SIGNS = "$\u20ac\u00a3\u00a5\u20b9\u20bd\u20a9\uff04\ufe69"
HIDDEN = ("\u200b", "\u200d", "\u2060", "\u00ad", "\ufeff", "\u202e", "\u2066", "\u034f", "\ufe0f")
CURRENCIES = (
    "USD",
    "EUR",
    "GBP",
    "CHF",
    "dollars",
    "euros",
    "pounds",
    "Euro",
    "US dollars",
    "bucks",
    "\u0435uros",
    "cents",
)
PERIODS = ("per user per month", "/user/month", "per seat / year", "a user a month", "per member, per month")


def in_digits(style: int, number: int) -> str:
    """`number` in one of the ways in which digits are written."""
    text = (str(number), f"{number:,}", f"{number}.00", f"{number},50", f"{number:,}.99".replace(",", " "))[style % 5]
    scripts = ("0123456789", "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669",
               "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19",
               "\u0966\u0967\u0968\u0969\u096a\u096b\u096c\u096d\u096e\u096f")  # fmt: skip
    return text.translate(str.maketrans("0123456789", scripts[style // 5 % 4]))


numbers = st.builds(in_digits, st.integers(0, 19), st.integers(1, 99_999))
amounts = numbers | st.sampled_from(SMALL).map(str) | st.sampled_from(SMALL).map(str.upper)
spaces = st.sampled_from(("", " ", "\u00a0", "\u202f", "\n", "  "))
prices = st.one_of(
    st.tuples(st.sampled_from(SIGNS), spaces, numbers).map("".join),
    st.tuples(numbers, spaces, st.sampled_from(SIGNS)).map("".join),
    st.tuples(amounts, st.sampled_from((" ", "\u00a0", "\n")), st.sampled_from(CURRENCIES)).map("".join),
    st.tuples(st.sampled_from(CURRENCIES[:4]), spaces, numbers).map("".join),
    st.tuples(amounts, st.just(" "), st.sampled_from(PERIODS)).map("".join),
    st.tuples(st.sampled_from(("It costs ", "the price is ", "You pay only ", "for just ")), numbers).map("".join),
)


def with_hidden(price: str, where: int, what: str) -> str:
    """`price` with a character in it that nobody sees."""
    at = where % (len(price) + 1)
    return price[:at] + what + price[at:]


hidden = st.builds(with_hidden, prices, st.integers(0, 40), st.sampled_from(HIDDEN))


@given(prices | hidden, st.sampled_from(ALLOWED), st.sampled_from(ALLOWED), st.sampled_from(list(Channel)))
@settings(deadline=None)
def test_no_price_passes(price: str, before: str, after: str, channel: Channel) -> None:
    """Whatever the number, the currency, the script and what is hidden between its characters."""
    assert "price" in violations(Reply(channel, (f"{before} {price}. {after}",))), price


@given(prices, st.integers(1, 40))
@settings(deadline=None)
def test_a_price_cut_in_two_by_the_end_of_a_part_does_not_pass(price: str, cut: int) -> None:
    """Parts are read as one text; a cut between words hides nothing."""
    words = f"Here it is: {price} for you.".split(" ")
    parts = (" ".join(words[: cut % len(words)]), " ".join(words[cut % len(words) :]))
    assert "price" in violations(Reply(Channel.WHATSAPP, parts)), parts


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
    for path in sorted(KNOWLEDGE.glob("*.md")):
        if path.name in NO_ARTICLES:
            continue
        body = path.read_text().split("---\n", 2)[2]
        body = re.sub(r"\[([^\]]{1,200})\]\([^)]{1,300}\)", r"\1", body).replace("**", "").replace("`", "")
        sections = re.split(r"\n(?=## )", body)
        found += [(path.stem, section.strip(), importing(sections)) for section in sections]
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
