"""How a provider's model is asked: the settings that its kind takes, and what an answer of it costs."""

from __future__ import annotations

import re
from typing import Final, Literal

from agents import ModelSettings, Usage
from openai.types.shared import Reasoning

from fte_agent.prices import Price
from fte_agent.prompts import PROMPT_VERSION

Effort = Literal["none", "minimal", "low"]

ANSWER_TOKENS: Final = 500
THINKING_TOKENS: Final = 2_000

# The least thinking that each family allows: a customer waits. All others do not reason, or not unless told to.
_EFFORTS: Final[tuple[tuple[re.Pattern[str], Effort | None], ...]] = (
    (re.compile(r"gpt-\d[\w.]*-chat"), None),
    (re.compile(r"gpt-5(?:-|$)"), "minimal"),
    (re.compile(r"gpt-(?:5\.|[6-9]|\d\d)"), "none"),
    (re.compile(r"o\d(?:-|$)"), "low"),
)


def least_effort(model: str) -> Effort | None:
    """How little `model` can be told to reason; None where it does not and the parameter would be refused."""
    name = model.rpartition("/")[2].lower()
    return next((effort for pattern, effort in _EFFORTS if pattern.match(name)), None)


def model_settings(model: str, *, cache_key: bool) -> ModelSettings:
    """The settings of one call. With `cache_key` all runs share one route to the provider's prompt cache.

    A compatible server may refuse a parameter that it does not know, so the key is sent only where it is understood.
    """
    effort = least_effort(model)
    return ModelSettings(
        temperature=0.2 if effort is None else None,
        reasoning=None if effort is None else Reasoning(effort=effort),
        tool_choice="required",
        parallel_tool_calls=False,
        max_tokens=ANSWER_TOKENS if effort in (None, "none") else THINKING_TOKENS,
        # The words are a customer's: the provider keeps none.
        store=False,
        extra_args={"prompt_cache_key": f"fte:{PROMPT_VERSION}"} if cache_key else None,
    )


def usage_of(usage: Usage, price: Price | None) -> dict[str, int]:
    """What an answer took, as it is stored with the reply: tokens and, with a price, the cost in micro-units.

    A price is per million tokens, so a token at price 1 costs one micro-unit. Cached tokens are part of the input, at
    a price of their own.
    """
    cached = usage.input_tokens_details.cached_tokens
    taken = {"input_tokens": usage.input_tokens, "output_tokens": usage.output_tokens, "cached_tokens": cached}
    if price is not None:
        new = usage.input_tokens - cached
        taken["cost_micros"] = round(new * price.input + cached * price.cached + usage.output_tokens * price.output)
    return taken
