"""What a reader of an HTML mail does not see is not taken for the customer's words; what is seen is not lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fte.providers.mail.colours import alike, colour_of
from fte.providers.mail.html_text import html_to_text

HIDING_RULES = [
    "div .x{color:#fff}",
    "div p.x{display:none}",
    "div > p{display:none}",
    ".x.y{display:none}",
    "h1 + .x{display:none}",
    "[title=note]{display:none}",
    'p[class~="y"]{display:none}',
    "p:first-child{display:none}",
    "p:nth-child(2n + 1){display:none}",
    "*{font-size:0}",
    "@media screen{.x{display:none}}",
    "@media all and (min-width:480px){.x{display:none}}",
    "@media not print{.x{display:none}}",
    "@supports (color:red){@media screen{.x{display:none}}}",
    "div{& .x{display:none}}",
    ".x{display:none",
    "<!-- .x{display:none} -->",
    "/* { */.x{display/**/:none}",
    '.z{content:"}@media print{"} .x{display:none}',
    ".x{d\\69splay:none}",
    ".x{display:none!important} .x{display:block}",
]


@pytest.mark.parametrize("rule", HIDING_RULES)
def test_what_a_rule_hides_is_not_read(rule: str) -> None:
    page = f"<style>{rule}</style><div><p class='x y' title=note>secret</p></div><b>shown</b>"
    assert "secret" not in html_to_text(page)


SHOWING_RULES = [
    "td .x{display:none}",
    ".x.z{display:none}",
    ".z p{color:#fff}",
    "[data-ogsc] .x{color:#fff}",
    ".x:hover{display:none}",
    ".x::before{display:none}",
    ".x:not(.y){display:none}",
    "@media print{.x{display:none}}",
    "@media (max-width:600px){.x{display:none}}",
    "@media (prefers-color-scheme:dark){.x{color:#fff}}",
    "@media screen{} @keyframes a{from{opacity:0}}",
    "/* .x{display:none} */",
    '.z{content:".x{display:none}"}',
    "p{display:none} .x{display:block}",
    "#none .x{font-size:0} .x{font:12px/0 Arial}",
]


@pytest.mark.parametrize("rule", SHOWING_RULES)
def test_what_a_rule_does_not_hide_is_read(rule: str) -> None:
    page = f"<style>{rule}</style><div><p class='x y'>words</p></div>"
    assert "words" in html_to_text(page)


def test_an_element_that_is_closed_surrounds_nothing() -> None:
    page = "<style>.a .b{display:none}</style><div class=a><p class=b>secret</p></div><p class=b>words</p>"
    assert html_to_text(page) == "words"


@pytest.mark.parametrize(
    ("outer", "inner", "seen"),
    [
        ("color:#fff", "color:inherit", False),
        ("color:#fff", "color:#111", True),
        ("visibility:hidden", "visibility:inherit", False),
        ("visibility:hidden", "visibility:visible", True),
        ("font-size:0", "font-size:2em", False),
        ("font-size:0", "font-size:2rem", True),
        ("font-size:0", "font:13px Arial", True),
        ("clip-path:inset(100%)", "color:red", False),
        ("clip-path:inset(5% 5% 5%)", "color:red", True),
        ("filter:blur(1px) opacity(0)", "", False),
        ("opacity:50%", "", True),
        ("font-size:clamp(0px,0px,0px)", "", False),
        ("font-size:clamp(12px,2vw,18px)", "", True),
    ],
)
def test_styles_reach_inwards_as_in_browsers(outer: str, inner: str, seen: bool) -> None:
    assert ("words" in html_to_text(f'<div style="{outer}"><p style="{inner}">words</p></div>')) is seen


@pytest.mark.parametrize(
    ("written", "colour"),
    [
        ("hsl(0,0%,100%)", (255, 255, 255)),
        ("hsl(120deg 100% 50% / 0.5)", (0, 255, 0)),
        ("rgb(100%,100%,100%)", (255, 255, 255)),
        ("rgb(12.5 0 255)", (12, 0, 255)),
        ("hwb(0 0% 100%)", (0, 0, 0)),
        ("rgb(999,-5,0)", (255, 0, 0)),
        ("#fff8", (255, 255, 255)),
        ("lab(50% 0 0)", None),
        ("rgb(1,2)", None),
    ],
)
def test_colours_are_read_however_they_are_written(written: str, colour: tuple[int, int, int] | None) -> None:
    assert colour_of(written) == (colour, False)


def test_a_colour_may_be_none_at_all() -> None:
    assert colour_of("hsla(0,0%,0%,0)")[1]
    assert colour_of("rgb(0 0 0 / 1%)")[1]
    assert not colour_of("rgba(0,0,0,.5)")[1]
    assert alike((255, 255, 255), (250, 248, 245))
    assert not alike((255, 255, 255), (200, 255, 255))


STYLES = st.text(alphabet=" .#*[]{}()@:;,/\\\"'!+>~&-%019apxmedisry\n", max_size=200)


@given(STYLES, STYLES)
def test_any_styles_are_read(sheet: str, style: str) -> None:
    html_to_text(f"<style>{sheet}</style><p class=a style='{style}'>words")


MANY = [
    "".join(f".a{number} .b{{color:red}}" for number in range(1_000)),
    "/*" * 40_000,
    '"' * 80_001,
    "\\" * 80_001,
    "@media screen{" * 6_000,
    ".b" * 40_000 + "{display:none}",
    ".b{" + "color:red;" * 8_000 + "}",
    "(" * 80_000,
    "[" * 80_000 + "{",
]


@pytest.mark.parametrize("sheet", MANY, ids=range(len(MANY)))
def test_hostile_sheets_are_read_in_one_pass(sheet: str) -> None:
    html_to_text(f"<style>{sheet}</style>" + "<p class=b>words" * 20_000)


def test_a_sheet_that_costs_too_much_hides_what_it_may_be_about() -> None:
    sheet = "".join(f".a{number} .b{{color:red}}" for number in range(1_000))
    read = html_to_text(f"<style>{sheet}</style>" + "<p class=b>words</p>" * 1_000 + "<p>the end</p>")
    assert 100 < read.count("words") < 500
    assert read.endswith("the end")
