"""What a model costs: by the list, and by the settings."""

from __future__ import annotations

import pytest

from fte.settings import Settings
from fte_agent.prices import LISTED, Price, price_of

INPUT, OUTPUT = "FTE_MODEL_PRICE_INPUT", "FTE_MODEL_PRICE_OUTPUT"

PRICES = {
    "the list's": ("gpt-4o", {}, Price(2.5, 10.0, 1.25)),
    "a small sister's": ("gpt-4.1-nano", {}, Price(0.1, 0.4, 0.025)),
    "ours": ("gpt-4o", {INPUT: "2", OUTPUT: "9"}, Price(2.0, 9.0, 2.0)),
    "ours, and the list's for what comes out": ("gpt-4o", {INPUT: "0"}, Price(0.0, 10.0, 0.0)),
    "ours for what comes out, and the list's": ("gpt-4o", {OUTPUT: "0"}, Price(2.5, 0.0, 1.25)),
    "ours for a model that is not listed": ("llama-4-70b", {INPUT: "1", OUTPUT: "2"}, Price(1.0, 2.0, 1.0)),
    "half of it is not known": ("llama-4-70b", {INPUT: "1"}, None),
    "another snapshot, which costs twice as much": ("gpt-4o-2024-05-13", {}, None),
    "trained further": ("ft:gpt-4o:techcorp", {}, None),
}


@pytest.mark.parametrize("case", PRICES)
def test_the_settings_go_before_the_list(case: str) -> None:
    """Each of the two for itself; what is not known is not guessed from a name that looks like another."""
    model, environment, price = PRICES[case]
    assert price_of(model, Settings.from_env(environment)) == price


def test_the_default_model_has_a_price() -> None:
    assert Settings.from_env({}).model in LISTED


@pytest.mark.parametrize("model", LISTED)
def test_cached_tokens_are_cheaper_and_answers_dearer(model: str) -> None:
    price = LISTED[model]
    assert 0 < price.cached < price.input < price.output
