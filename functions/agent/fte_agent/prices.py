"""What models cost: OpenAI's list prices, unless the settings say otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fte.settings import Settings


@dataclass(frozen=True, slots=True)
class Price:
    """Of a million tokens; `cached` is the price of those that the provider's prompt cache had."""

    input: float
    output: float
    cached: float


# The list of 1 June 2025. Who changes a price changes the day.
_GPT_4O: Final = Price(input=2.50, output=10.00, cached=1.25)
_GPT_4O_MINI: Final = Price(input=0.15, output=0.60, cached=0.075)
_GPT_41: Final = Price(input=2.00, output=8.00, cached=0.50)
_GPT_41_MINI: Final = Price(input=0.40, output=1.60, cached=0.10)
_GPT_41_NANO: Final = Price(input=0.10, output=0.40, cached=0.025)

LISTED: Final = {
    "gpt-4o": _GPT_4O,
    "gpt-4o-2024-08-06": _GPT_4O,
    "gpt-4o-2024-11-20": _GPT_4O,
    "gpt-4o-mini": _GPT_4O_MINI,
    "gpt-4o-mini-2024-07-18": _GPT_4O_MINI,
    "gpt-4.1": _GPT_41,
    "gpt-4.1-2025-04-14": _GPT_41,
    "gpt-4.1-mini": _GPT_41_MINI,
    "gpt-4.1-mini-2025-04-14": _GPT_41_MINI,
    "gpt-4.1-nano": _GPT_41_NANO,
    "gpt-4.1-nano-2025-04-14": _GPT_41_NANO,
}
"""In US dollars, by the exact name: another snapshot or a model that was trained further has a price of its own."""


def price_of(model: str, settings: Settings) -> Price | None:
    """The price of `model`: each of the settings' two goes before the list's; None where one of them is not known.

    With an input price from the settings nothing is known of cached tokens, and they count as others do: what was
    paid is never more than that.
    """
    listed = LISTED.get(model)
    own_input, own_output = settings.model_price_input, settings.model_price_output
    if listed is None:
        return None if own_input is None or own_output is None else Price(own_input, own_output, own_input)
    return Price(
        input=listed.input if own_input is None else own_input,
        output=listed.output if own_output is None else own_output,
        cached=listed.cached if own_input is None else own_input,
    )
