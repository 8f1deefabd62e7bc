from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from fte_eval.always import FORMAT, ORDER, VIOLATIONS, Channels, always
from fte_eval.observing import Observed
from fte_eval.scenario import Turn

MAIL = Turn(channel="email", text="How do I export?")
CHAT = Turn(channel="whatsapp", text="how do i export")


def failing(turn: Turn, observed: Observed, channels: Channels, *, first: bool = True) -> set[str]:
    found = always(turn, observed, channels, first=first, known=frozenset())
    return {check.name for check in found if not check.passed}


def said(observed: Observed, old: str, new: str) -> Observed:
    """The reply with other words."""
    assert old in observed.reply
    return replace(
        observed,
        reply=observed.reply.replace(old, new),
        parts=tuple(part.replace(old, new) for part in observed.parts),
    )


def test_good_replies_pass_every_check(letter: Observed, chat: Observed, channels: Channels) -> None:
    """And every kind of check is made."""
    assert failing(MAIL, letter, channels) == set()
    assert failing(CHAT, chat, channels) == set()
    made = {check.name for check in always(MAIL, letter, channels, first=True, known=frozenset())}
    assert made == {*FORMAT, *ORDER, *VIOLATIONS}


@pytest.mark.parametrize(
    ("changed", "names"),
    [
        ({"tools": ("create_ticket", "search_knowledge_base", "get_customer_history", "send_response")}, {"tools"}),
        ({"tools": ("create_ticket", "get_customer_history", "search_knowledge_base")}, {"tools"}),
        ({"runs": 2}, {"one_outcome"}),
        ({"replies": 0}, {"one_outcome"}),
        ({"recipient": "eve@other.example"}, {"addressee"}),
        ({"reply_ticket": UUID(int=2)}, {"addressee"}),
        ({"reply_channel": "whatsapp"}, {"addressee"}),
        ({"parts": ()}, {"format", "policy"}),
    ],
)
def test_the_end_state_is_checked(
    changed: dict[str, Any], names: set[str], letter: Observed, channels: Channels
) -> None:
    """Order of tools, one outcome, the right address, something that goes out."""
    assert failing(MAIL, replace(letter, **changed), channels) == names


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ("Hello Ann", "Ann", {"greeting"}),
        ("Kind regards,", "Yours,", {"signature"}),
        ("TC-0123456789", "none", {"reference", "policy"}),
        ("as CSV", "as CSV" + " and more" * 20, {"format"}),
        ("Open the project and choose Export as CSV.", "Yes.", {"format"}),
        ("as CSV", "as CSV, as in ticket TC-9876543210", {"leak"}),
        ("as CSV", "as CSV, as eve@other.example did", {"leak"}),
        ("as CSV", "as CSV for twenty dollars", {"crude"}),
    ],
)
def test_a_letter_is_checked(old: str, new: str, names: set[str], letter: Observed, channels: Channels) -> None:
    """Required parts, length, other people's data and forbidden words."""
    assert names <= failing(MAIL, said(letter, old, new), channels)


def test_a_broken_rule_of_the_gate_counts(letter: Observed, channels: Channels) -> None:
    """What the policy gate would have refused was delivered all the same."""
    assert "policy" in failing(MAIL, said(letter, "as CSV", "as CSV for $20"), channels)


def test_a_chat_is_checked(chat: Observed, channels: Channels) -> None:
    """Parts and characters are limited; the reference is told only when it is asked for; only the first line greets."""
    assert failing(CHAT, said(chat, "as CSV", "as CSV" + "!" * 60), channels) == {"format"}
    assert failing(CHAT, replace(chat, parts=("a", "b", "c")), channels) == {"format"}
    told = said(chat, "as CSV", "as CSV TC-0123456789")
    assert failing(CHAT, told, channels) == {"reference"}
    asked = Turn(channel="whatsapp", text="what is my ticket number?")
    assert failing(asked, told, channels) == set()
    plain = said(chat, "Hi Tom! ", "")
    assert failing(CHAT, plain, channels) == {"greeting"}
    assert failing(CHAT, plain, channels, first=False) == set()


def test_silence_says_nothing(channels: Channels, letter: Observed) -> None:
    """A silent outcome with a reply is wrong."""
    assert failing(MAIL, Observed(outcome="silent"), channels) == set()
    assert failing(MAIL, replace(letter, outcome="silent"), channels) == {"one_outcome"}


def test_a_reference_that_the_customer_knows_is_no_leak(letter: Observed, channels: Channels) -> None:
    """An earlier ticket of the same conversation may be named."""
    named = said(letter, "as CSV", "as CSV, see TC-9876543210")
    found = always(MAIL, named, channels, first=False, known=frozenset({"TC-9876543210"}))
    assert all(check.passed for check in found)
