"""What callers may ask, and who may."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from fte.errors import NotFound, Unprocessable
from fte.runtime import Request
from fte_backoffice.access import carries
from fte_backoffice.channelmetrics import summary
from fte_backoffice.customers import read
from fte_backoffice.questions import limit_of, since_of, uuid_of

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
NOON = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


def asked(query: str) -> Request:
    return Request("GET", "/", query, {}, b"")


@pytest.mark.parametrize(
    ("header", "good"),
    [
        ("Bearer secret", True),
        ("bearer secret", True),
        ("Bearer  secret ", True),
        ("Bearer Secret", False),
        ("Bearer", False),
        ("secret", False),
        ("Basic secret", False),
        ("", False),
        ("Bearer sécret", False),
    ],
)
def test_the_token_opens(header: str, good: bool) -> None:
    assert carries(header, "secret") is good


@pytest.mark.parametrize(
    ("query", "since"),
    [
        ("", NOW),
        ("since=2026-11-01", datetime(2026, 11, 1, tzinfo=UTC)),
        ("since=2026-11-01T12:00:00", NOON),
        ("since=2026-11-01T12:00:00Z", NOON),
        ("since=2026-11-01T13:00:00%2B01:00", NOON),
        ("since=2026-11-01T13:00:00+01:00", NOON),
    ],
)
def test_since(query: str, since: datetime) -> None:
    assert since_of(asked(query), NOW) == since


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "1", "0001-01-01T00:00:00%2B14:00"])
def test_a_bad_since_names_the_field(text: str) -> None:
    with pytest.raises(Unprocessable) as caught:
        since_of(asked(f"since={text}"), NOW)
    assert list(caught.value.fields) == ["since"]


@pytest.mark.parametrize(("query", "limit"), [("", 20), ("limit=5", 5), ("limit=99999", 200)])
def test_limit(query: str, limit: int) -> None:
    assert limit_of(asked(query), 20, 200) == limit


@pytest.mark.parametrize("text", ["0", "-1", "x", "", "1.5", "٣"])
def test_a_bad_limit_names_the_field(text: str) -> None:
    with pytest.raises(Unprocessable):
        limit_of(asked(f"limit={text}"), 20, 200)


def test_nothing_has_an_id_that_is_none() -> None:
    assert uuid_of(str(UUID(int=1))) == UUID(int=1)
    with pytest.raises(NotFound):
        uuid_of("1; DROP TABLE customers")


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("email=%20Ana@Customer.example", ["ana@customer.example"]),
        ("email=Ana%20Lee%20%3Cmailto@customer.example%3E", ["mailto@customer.example"]),
        ("email=mailto:Ana@customer.example", ["ana@customer.example"]),
        ("email=ana+tag@customer.example", ["ana+tag@customer.example"]),
        ("phone=%2B49 170 1234567", ["+49 170 1234567", "+491701234567"]),
        ("phone=0049 170 1234567", ["+49 170 1234567", "+491701234567"]),
        ("phone=49 (0)170 1234567", ["+491701234567", "49 (0)170 1234567"]),
        ("phone=+491701234567", ["+491701234567"]),
        ("phone=whatsapp:%2B491701234567", ["+491701234567"]),
        ("phone=US.13491208655302741918", ["US.13491208655302741918"]),
        ("email=a%00na@customer.example", ["ana@customer.example"]),
    ],
)
def test_a_customer_is_found_by_any_spelling(query: str, values: list[str]) -> None:
    assert read(asked(query))[1] == values


@pytest.mark.parametrize("query", ["", "email=", "email=%00", "email=a@b.example&phone=%2B491701234567"])
def test_one_of_email_and_phone_is_needed(query: str) -> None:
    with pytest.raises(Unprocessable):
        read(asked(query))


def test_a_channel_without_anything_has_no_rates() -> None:
    """A rate of nothing is no rate: zero would be a claim."""
    figures = summary({}, {}, {}, {})
    assert set(figures["rates"].values()) == {None}
    assert figures["response_ms"] == {"p50": None, "p95": None, "p99": None}
    assert figures["received"] == figures["delivery_failures"] == 0


def test_figures_of_a_channel() -> None:
    figures = summary(
        {"received": 8, "answered": 6, "escalated": 2},
        {"tickets": 4, "confirmed": 1, "assumed": 2},
        {"percentiles": [1000.04, 2000.0, 3000.0]},
        {"failures": 1},
    )
    assert figures["resolved"] == {"total": 3, "confirmed": 1, "assumed": 2}
    assert figures["rates"] == {
        "answered": 0.75,
        "resolved": 0.75,
        "confirmed": 0.25,
        "assumed": 0.5,
        "escalated": 0.25,
    }
    assert figures["response_ms"] == {"p50": 1000.0, "p95": 2000.0, "p99": 3000.0}
    assert figures["delivery_failures"] == 1
