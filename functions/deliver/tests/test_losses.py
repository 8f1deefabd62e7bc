"""What happens after an answer that did not arrive."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from fte.domain.channels import Channel
from fte_deliver.losses import OPTED_OUT, WINDOW, Loss, Way, next_way, window_open

NOW = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
CHAT = Channel.WHATSAPP


@pytest.mark.parametrize(
    ("ago", "is_open"),
    [
        (timedelta(0), True),
        (timedelta(hours=23, minutes=59, seconds=59), True),
        (timedelta(hours=24) - timedelta(microseconds=1), True),
        (timedelta(hours=24), False),
        (timedelta(hours=24, seconds=1), False),
        (timedelta(days=30), False),
        (-timedelta(seconds=5), True),
    ],
    ids=str,
)
def test_b15_the_edge_of_the_window(ago: timedelta, is_open: bool) -> None:
    """Also across the change of the clocks, and with a provider whose clock is ahead of ours."""
    assert window_open(NOW - ago, NOW) is is_open


def test_f35_of_somebody_of_whom_we_have_no_message_the_provider_is_asked() -> None:
    assert window_open(None, NOW)
    assert timedelta(hours=24) == WINDOW


TABLE = [
    (Loss(CHAT, "window_closed", template=True, email=True), Way.TEMPLATE),
    (Loss(CHAT, "63016", template=True, email=True), Way.TEMPLATE),
    (Loss(CHAT, "63016", template=True), Way.TEMPLATE),
    (Loss(CHAT, "63016", email=True), Way.EMAIL),
    (Loss(CHAT, "63016"), Way.PEOPLE),
    (Loss(CHAT, "63016", is_second=True, template=True, email=True), Way.EMAIL),
    (Loss(CHAT, "63016", is_second=True, template=True), Way.PEOPLE),
    (Loss(CHAT, "63041", is_second=True, template=True, email=True), Way.EMAIL),
    (Loss(CHAT, "21211", template=True, email=True), Way.EMAIL),
    (Loss(CHAT, "21211", template=True), Way.PEOPLE),
    (Loss(CHAT, "63024", email=True), Way.EMAIL),
    (Loss(CHAT, "30008"), Way.PEOPLE),
    (Loss(CHAT, "unknown", email=True), Way.EMAIL),
    (Loss(CHAT, "opted_out", template=True, email=True), Way.NONE),
    (Loss(CHAT, "21610", template=True, email=True), Way.NONE),
    (Loss(CHAT, "21610", is_second=True, template=True, email=True), Way.NONE),
    (Loss(CHAT, "policy_price", template=True, email=True), Way.NONE),
    (Loss(CHAT, "63016", held=True, template=True, email=True), Way.PEOPLE),
    (Loss(Channel.EMAIL, "invalid_recipient", email=True), Way.PEOPLE),
    (Loss(Channel.WEBFORM, "invalid_recipient", template=True, email=True), Way.PEOPLE),
    (Loss(Channel.EMAIL, "opted_out"), Way.NONE),
    (Loss(Channel.EMAIL, "opted_out", is_second=True), Way.PEOPLE),
    (Loss(Channel.EMAIL, "policy_legal"), Way.NONE),
]


@pytest.mark.parametrize(
    ("loss", "way"), TABLE, ids=[f"{loss.channel}-{loss.code}-{n}" for n, (loss, _) in enumerate(TABLE)]
)
def test_b13_what_happens_next(loss: Loss, way: Way) -> None:
    assert next_way(loss) is way


def every_loss() -> list[Loss]:
    codes = ["63016", "window_closed", "21610", "opted_out", "21211", "policy_price", "unknown", "earlier_part_failed"]
    switches = list(product([False, True], repeat=4))
    return [Loss(channel, code, *given) for channel in Channel for code in codes for given in switches]


def test_b13_a_wish_for_no_messages_is_never_got_around_on_its_channel() -> None:
    for loss in every_loss():
        if loss.channel is CHAT and loss.code in OPTED_OUT:
            assert next_way(loss) is Way.NONE


def test_b13_no_way_is_taken_that_is_not_there_or_was_taken() -> None:
    for loss in every_loss():
        way = next_way(loss)
        assert way is not Way.TEMPLATE or (loss.template and not loss.is_second and loss.channel is CHAT)
        assert way is not Way.EMAIL or (loss.email and loss.channel is CHAT)


def test_b10_nothing_talks_over_the_people_who_have_the_conversation() -> None:
    for loss in every_loss():
        if loss.held:
            assert next_way(loss) in (Way.PEOPLE, Way.NONE)
