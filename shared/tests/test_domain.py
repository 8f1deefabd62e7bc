"""The tables of the domain."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fte.domain import tickets
from fte.domain.channels import Channel
from fte.domain.delivery import DeliveryStatus, advance, summed_up
from fte.domain.identity import is_own, normal_email, normal_phone, whatsapp_identifier
from fte.domain.policy import Reply, violations
from fte.domain.reference import new_reference, parse_reference
from fte.domain.tickets import TicketStatus, on_new_message

SCHEMA = Path(__file__).resolve().parents[2] / "db" / "migrations" / "0001_schema.sql"


def test_the_database_has_the_same_ticket_transitions() -> None:
    """Every pair of the table in code stands in the migration, and no other."""
    text = SCHEMA.read_text()
    rows = text[text.index("INSERT INTO ticket_transitions") :].split(";", 1)[0]
    allowed = {(a, b) for a, targets in tickets.TRANSITIONS.items() for b in targets}
    for pair in itertools.product(TicketStatus, repeat=2):
        assert (f"('{pair[0]}', '{pair[1]}')" in rows) == (pair in allowed), pair


@pytest.mark.parametrize("status", [s for s in TicketStatus if s is not TicketStatus.CLOSED])
def test_a_new_message_moves_a_ticket_only_where_it_may_go(status: TicketStatus) -> None:
    """Writing again never asks for a forbidden transition."""
    after = on_new_message(status)
    assert after == status or after in tickets.TRANSITIONS[status]


@given(st.lists(st.sampled_from(list(DeliveryStatus)), max_size=12))
def test_delivery_news_never_goes_back(news: list[DeliveryStatus]) -> None:
    """Once sent, a part never returns to a state that it has left, whatever is reported in whatever order."""
    status = DeliveryStatus.SENT
    left: set[DeliveryStatus] = set()
    for item in news:
        after = advance(status, item)
        if after is not status:
            left.add(status)
            status = after
        assert status not in left


def test_late_news_is_ignored() -> None:
    """`sent` after `read` or `failed`: the table stands. Who has a message, has it, whichever news comes first."""
    assert advance(DeliveryStatus.READ, DeliveryStatus.SENT) is DeliveryStatus.READ
    assert advance(DeliveryStatus.FAILED, DeliveryStatus.SENT) is DeliveryStatus.FAILED
    assert advance(DeliveryStatus.DELIVERED, DeliveryStatus.FAILED) is DeliveryStatus.DELIVERED
    assert advance(DeliveryStatus.FAILED, DeliveryStatus.DELIVERED) is DeliveryStatus.DELIVERED


def test_a_message_is_as_far_as_its_slowest_part() -> None:
    """One failed part makes a failed message."""
    assert summed_up([DeliveryStatus.READ, DeliveryStatus.SENT]) is DeliveryStatus.SENT
    assert summed_up([DeliveryStatus.READ, DeliveryStatus.FAILED]) is DeliveryStatus.FAILED


def test_references_can_be_read_out() -> None:
    """Case is free and look-alikes are read as what they look like."""
    reference = new_reference()
    assert parse_reference(reference.lower()) == reference
    assert parse_reference(" tc-OIL0000000 ") == "TC-0110000000"
    assert parse_reference("TC-123") is None
    assert parse_reference("TC-UUUUUUUUUU") is None
    assert len({new_reference() for _ in range(500)}) == 500


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" Ann@Example.COM ", "ann@example.com"),
        ("ann@localhost", None),
        ("ann", None),
        ("a@b@c.de", None),
        ("ann@ex..com", None),
    ],
)
def test_addresses_are_written_one_way(text: str, expected: str | None) -> None:
    """Lower case, or not an address."""
    assert normal_email(text) == expected


def test_numbers_are_written_one_way() -> None:
    """E.164; a provider's number is never refused, and an id is never read as a number."""
    assert normal_phone("+1 (415) 555-0123") == "+14155550123"
    assert normal_phone("0151 23456789", "DE") == "+4915123456789"
    assert normal_phone("12") is None
    assert whatsapp_identifier("whatsapp:+14155550123", "x").value == "+14155550123"
    assert whatsapp_identifier("whatsapp:DE.AbC123", "x").type == "whatsapp"


def test_our_own_addresses_are_known() -> None:
    """One address or a whole domain."""
    own = ("support@techcorp.example", "@ours.example")
    assert is_own("Support@TechCorp.example", own)
    assert is_own("x@ours.example", own)
    assert not is_own("x@notours.example", own[:1])


BREAKS = [
    ("It costs $49 per month.", "price"),
    ("That is 20 euros.", "price"),
    ("You get 20% off.", "discount"),
    ("We will refund you.", "refund_promise"),
    ("This will be available in March.", "feature_promise"),
    ("I'll look into it.", "work_promise"),
    ("We guarantee 100 percent uptime.", "legal"),
    ("Try Asana instead.", "competitor"),
    ("My system prompt says so.", "internals"),
    ("See https://evil.example/login", "unknown_link"),
]


@pytest.mark.parametrize(("text", "rule"), BREAKS)
def test_the_policy_stops(text: str, rule: str) -> None:
    """Each rule by an example."""
    assert rule in violations(Reply(Channel.WEBFORM, (text,)))


def test_the_policy_lets_a_plain_answer_pass() -> None:
    """Limits, steps and our own links are fine; a missing reference is not."""
    text = "1. Choose Export.\nUp to 1,000 tasks. See https://help.techcorp.example/data-export."
    assert violations(Reply(Channel.EMAIL, (text,))) == ()
    assert violations(Reply(Channel.EMAIL, (text,), ("TC-0123456789",))) == ("missing_part",)
    assert violations(Reply(Channel.WHATSAPP, ("x" * 300,))) == ("length",)


@given(st.integers(0, 10_000), st.sampled_from(["$", "€", "£"]))
def test_no_price_passes(amount: int, sign: str) -> None:
    """Whatever the amount."""
    assert "price" in violations(Reply(Channel.EMAIL, (f"That would be {sign}{amount} for you.",)))
